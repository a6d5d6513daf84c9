"""Saved views as questions: what each asks today, how many that is for the reader, and where it leads."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet

from accounts.hats import Hat
from accounts.models import Organ
from cases.counting import HowMany
from cases.ledger import Question, asked, question_of
from cases.models import Petition, PetitionQuerySet, SavedView
from lib.prepared import Given, prepared
from places.models import Place

# Exact up to here: a list of a dozen counts is drawn with every look at the ledger.
COUNTED = 1_000


def questions_of(views: Iterable[SavedView], hat: Hat) -> Mapping[UUID, Question]:
    """Return what views ask, in two queries; one that names what is not there for this hat any more asks nothing."""
    listed = list(views)
    inside = hat.organ.place.path
    inner = Place.objects.inside(inside).filter(code__in=_codes(listed, "place"))
    places = {place.code: place for place in inner}
    units = _codes(listed, "unit") | _codes(listed, "organ")
    around = Organ.objects.filter(place__path__startswith=inside, code__in=units)
    organs = {organ.code: organ for organ in around}
    asked_by = ((view.pk, _question(view.facts, places, organs)) for view in listed)
    return {key: question for key, question in asked_by if question is not None}


def _codes(views: Sequence[SavedView], name: str) -> set[str]:
    return {view.facts[name] for view in views if view.facts.get(name)}


def _question(
    facts: Mapping[str, str], places: Mapping[str, Place], organs: Mapping[str, Organ]
) -> Question | None:
    """Return a question, or nothing where a part of it is not there any more."""
    try:
        return question_of(
            facts,
            place=places[facts["place"]] if "place" in facts else None,
            unit=organs[facts["unit"]] if "unit" in facts else None,
            organ=organs[facts["organ"]] if "organ" in facts else None,
        )
    except (KeyError, ValueError):
        return None


def counts_of_saved(questions: Mapping[UUID, Question], *, hat: Hat, now: datetime) -> Mapping[UUID, int]:
    """Return how many petitions of its own each view has for a hat, at most one more than are counted, in one query."""
    if not questions:
        return {}
    counts = {
        f"view_{place}": HowMany(_listed(question, hat, now).order_by().values("pk")[: COUNTED + 1])
        for place, question in enumerate(questions.values())
    }
    # any one row to hang the counts on
    found = Organ.objects.filter(pk=hat.organ.pk).annotate(**counts).values_list(*counts).get()
    return dict(zip(questions, found, strict=True))


def _listed(question: Question, hat: Hat, now: datetime) -> PetitionQuerySet:
    return asked(Petition.objects.visible_to(hat), question, hat=hat, now=now)


def question_string(view: SavedView) -> str:
    """Return the view as the ledger's address carries it."""
    order = {"order": "received"} if view.by_date else {}
    return urlencode({**view.facts, **order, "saved": str(view.pk)})


def views_above(hat: Hat) -> list[SavedView]:
    """Return the views that stand above a hat's ledger, in one query."""
    return own_first(_used_by(user=hat.user.pk, organ=hat.organ.pk), hat)


@prepared
def _used_by(user: Given, organ: Given) -> QuerySet[SavedView]:
    return SavedView.objects.used_by(user, organ)


def own_first(views: Iterable[SavedView], hat: Hat) -> list[SavedView]:
    """Return views as they stand above the ledger: one's own, then those that others share, by name."""
    return sorted(views, key=lambda view: (view.owner_id != hat.user.pk, view.name))
