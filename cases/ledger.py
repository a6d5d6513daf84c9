"""The ledger (台账) as questions: which petitions of those a hat sees, in what order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ
from cases.models import Handling, Petition, PetitionQuerySet
from cases.states import FROM_ABOVE, Channel, Receipt, Routing
from cases.workflow import RULES, Step
from lib.keyset import COUNTED_EXACTLY, capped_count


class View(StrEnum):
    """The ready-made views above the ledger."""

    OPEN = "open"
    TO_ROUTE = "to_route"
    TO_SIGN_FOR = "to_sign_for"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    COLLECTIVE = "collective"
    FROM_ABOVE = "from_above"
    ALL = "all"


class LampColour(StrEnum):
    """The lamp as a filter (Q27)."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


_SOON = timedelta(days=7)
Name = TypeVar("Name", bound=str)


@dataclass(frozen=True)
class Question:
    """What the ledger was asked for; empty parts do not narrow it."""

    view: View = View.OPEN
    lamp: LampColour | None = None
    routing: Routing | None = None
    channel: Channel | None = None
    place_path: str = ""
    register_organ_id: int | None = None
    since: date | None = None
    until: date | None = None
    number: str = ""

    @property
    def is_a_view_alone(self) -> bool:
        """Test if nothing narrows it but its view."""
        return self == Question(view=self.view)


def due_key(hat: Hat) -> str:
    """Return the column that the hat's index by deadline is made of."""
    return "next_due_at" if hat.sees_its_place else "involvements__next_due_at"


def _conditions(now: datetime) -> Mapping[View, Q]:
    """Return what each view keeps of the petitions that are open."""
    return {
        View.OPEN: Q(),
        View.TO_ROUTE: Q(routing=Routing.REGISTERED),
        View.TO_SIGN_FOR: Q(
            Exists(Handling.objects.filter(petition=OuterRef("pk"), receipt=Receipt.DELIVERED, ended_at=None))
        ),
        View.DUE_SOON: Q(next_due_at__gt=now, next_due_at__lte=now + _SOON),
        View.OVERDUE: Q(next_due_at__lte=now),
        View.COLLECTIVE: Q(is_collective=True),
        View.FROM_ABOVE: Q(source__in=sorted(FROM_ABOVE)),
    }


def conditions_of_open(now: datetime) -> Mapping[View, Q]:
    """Return what the views keep that ask nothing but the petition itself."""
    return {view: condition for view, condition in _conditions(now).items() if view is not View.TO_SIGN_FOR}


def in_view(rows: PetitionQuerySet, view: View, *, now: datetime) -> PetitionQuerySet:
    """Keep what belongs to a ready-made view."""
    return rows if view is View.ALL else rows.open().filter(_conditions(now)[view])


def counts_of_views(rows: PetitionQuerySet, *, now: datetime) -> Mapping[View, int]:
    """Return how many rows each view has, at most one more than are counted exactly, in three queries.

    What is open is counted in one walk along one index; what needs more is counted for itself.
    """
    counted = counts_of_open(rows, conditions_of_open(now))
    return {
        view: counted[view] if view in counted else capped_count(in_view(rows, view, now=now))
        for view in View
    }


def counts_of_open(rows: PetitionQuerySet, conditions: Mapping[Name, Q]) -> Mapping[Name, int]:
    """Return how many open petitions meet each condition, at most one more than are counted exactly, in one query."""
    found = (
        rows.open()
        .order_by()
        .aggregate(**{str(name): Count("pk", filter=q) for name, q in conditions.items()})
    )
    return {name: min(found[str(name)], COUNTED_EXACTLY + 1) for name in conditions}


def next_to_route(hat: Hat) -> Petition | None:
    """Return the petition of the hat's own organ that waits longest for its way, by its nearest last day (Art 22(1)).

    One whose keeping waits for a countersignature has its way decided and is not asked about again.
    """
    if hat.role not in RULES[Step.ROUTE].roles:
        return None
    waiting = Petition.objects.visible_to(hat).filter(routing=Routing.REGISTERED)
    own = waiting.filter(register_organ__in=Organ.objects.of_today(hat.organ))
    return own.filter(claims__route=None).order_by(F("next_due_at").asc(nulls_last=True), "pk").first()


def asked(rows: PetitionQuerySet, question: Question, *, now: datetime) -> PetitionQuerySet:
    """Keep what a question asks for."""
    rows = in_view(rows, question.view, now=now)
    if question.lamp is LampColour.RED:
        rows = rows.filter(next_due_at__lte=now)
    elif question.lamp is LampColour.AMBER:
        rows = rows.filter(next_due_at__gt=now, next_amber_at__lte=now)
    elif question.lamp is LampColour.GREEN:
        rows = rows.filter(next_amber_at__gt=now)
    if question.routing:
        rows = rows.filter(routing=question.routing)
    if question.channel:
        rows = rows.filter(channel=question.channel)
    if question.place_path:
        rows = rows.filter(place_path__startswith=question.place_path)
    if question.register_organ_id:
        rows = rows.filter(register_organ_id=question.register_organ_id)
    if question.since:
        rows = rows.filter(received_at__gte=_midnight(question.since))
    if question.until:
        rows = rows.filter(received_at__lt=_midnight(question.until + timedelta(days=1)))
    if question.number:
        rows = rows.filter(number__startswith=question.number)
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
