"""Suggesting the unit that a petition is routed to, from who led such matters before. A person always decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from accounts.hats import Hat
from accounts.models import Organ
from cases.models import Handling, Petition
from cases.parts import excluded_organs
from cases.routes import is_political_legal_beside
from cases.states import HandlingState, Routing
from places.models import Level, Place

MOST_SUGGESTED = 5
# How far back one looks: what units answered for before has often passed to others.
LOOKS_BACK = timedelta(days=730)
# The newest of a category say enough, and the page waits for the answer.
MOST_LOOKED_AT = 2_000


@dataclass(frozen=True)
class SuggestedUnit:
    """A unit, and how many finished petitions of the category it led: of the same township, and of any place."""

    organ: Organ
    here: int
    anywhere: int


def suggest_units(petition: Petition, hat: Hat, *, now: datetime) -> Sequence[SuggestedUnit]:
    """Return at most five units that led finished petitions of the same category, those of the township first.

    Counted is what the hat may see itself, the newest 2,000 received in the last 24 months, and never what is sealed
    (Q1, Q6). Left out are the hat's own organ, units that the petition names (R-33), those that sent it back, and where
    it is litigation-related all but the political-legal organs of its level (R-12).
    """
    of_the_township = Q(petition__place_path__startswith=township_of(petition).path)
    seen = (
        Petition.objects.visible_to(hat)
        .filter(
            routing=Routing.FINISHED,
            content_category=petition.content_category_id,
            received_at__gte=now - LOOKS_BACK,
        )
        .order_by("-received_at")
    )
    led = Handling.objects.filter(petition__in=seen.values("pk")[:MOST_LOOKED_AT], ended_at=None)
    counted = (
        led.exclude(state=HandlingState.NOT_ACCEPTED)
        .values(unit=Coalesce("organ__carried_on_by", "organ"))
        .annotate(
            here=Count("petition", distinct=True, filter=of_the_township),
            anywhere=Count("petition", distinct=True),
        )
        .order_by("-here", "-anywhere", "unit")
    )
    counts = {row["unit"]: (row["here"], row["anywhere"]) for row in counted}
    if not counts:
        return []
    organs = Organ.objects.current().select_related("place").in_bulk(list(counts))
    left_out = _left_out(petition, hat)
    suitable = (
        SuggestedUnit(organs[unit], here, anywhere)
        for unit, (here, anywhere) in counts.items()
        if unit in organs and unit not in left_out
        if not petition.litigation_related or is_political_legal_beside(organs[unit], petition)
    )
    return list(suitable)[:MOST_SUGGESTED]


def township_of(petition: Petition) -> Place:
    """Return the township a petition is about, or the place itself where it names none."""
    place = petition.place
    return place.parent if place.level == Level.VILLAGE and place.parent else place


def _left_out(petition: Petition, hat: Hat) -> set[int]:
    sent_back = Handling.objects.filter(petition=petition, ended_at__isnull=False)
    return {hat.organ.pk, *sent_back.values_list("organ", flat=True), *excluded_organs(petition, below=False)}
