"""What is proposed for a meeting's agenda, from the facts: one question for each ground, nothing sealed (Q2)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.hats import Hat
from assignments.states import STANDS, LiftState, Tier
from cases.models import JurisdictionDispute, Petition, PetitionClock, PetitionQuerySet, ReturnRequest
from cases.states import OPEN, ClockCode, PowerLevel
from leadership.lists import still
from leadership.meeting_states import AgendaGround, MeetingState
from leadership.models import (
    AgendaLine,
    LessonsNote,
    ListItem,
    Meeting,
    MeetingDecision,
    PetitionLift,
    PlanStep,
    Slip,
    Sponsorship,
)
from leadership.states import SlipKind, SlipState, SponsorEnd, SponsorKind

# as many as a meeting can hear of on one ground
_MOST = 20
_OLD = timedelta(days=180)
_SOON = timedelta(days=15)
_TWICE = 2
_TAUGHT = 3
_A_MONTH = 30
# the tiers of the district's leaders and above
_OF_THE_DISTRICT = [tier for tier in Tier if tier.rank >= Tier.DISTRICT_LEADER.rank]
_OF_LEADERS = [SponsorKind.DISTRICT_LEADER, SponsorKind.HIGHER_LEADER]


@dataclass(frozen=True)
class Fact:
    """By what a matter is proposed: a day, a number of days or times."""

    ground: AgendaGround
    on: date | None = None
    count: int | None = None

    @property
    def words(self) -> str:
        """The fact as the agenda shows it, after the name of its ground."""
        day = f"{self.on:%Y-%m-%d}" if self.on else ""
        if self.ground in _SINCE:
            return _("since %(day)s") % {"day": day} if day else ""
        if self.ground is AgendaGround.RETURNED and self.count is not None:
            return ngettext("%(count)d time", "%(count)d times", self.count) % {"count": self.count}
        return _("due %(day)s") % {"day": day} if day else ""


# the gravest first: what was decided or promised and is late, then what is stuck, then what is only watched
_BY_WEIGHT = (
    AgendaGround.UNDONE,
    AgendaGround.OVERDUE,
    AgendaGround.PROMISE,
    AgendaGround.DISPUTE,
    AgendaGround.CITY,
    AgendaGround.STUCK,
    AgendaGround.RETURNED,
    AgendaGround.OLD,
    AgendaGround.KEY,
    AgendaGround.LESSONS,
)
_SINCE = frozenset(
    {
        AgendaGround.KEY,
        AgendaGround.OLD,
        AgendaGround.DISPUTE,
        AgendaGround.CITY,
        AgendaGround.STUCK,
    }
)


@dataclass(frozen=True)
class Proposal:
    """One matter that is proposed: a petition with its fact, or a decision that is not done."""

    fact: Fact
    petition_id: UUID | None = None
    earlier: MeetingDecision | None = None

    @property
    def key(self) -> UUID | None:
        """The key it is chosen by: the decision's, else the petition's."""
        return self.earlier.pk if self.earlier is not None else self.petition_id


def proposals_for(meeting: Meeting, hat: Hat, *, now: datetime) -> list[Proposal]:
    """Return what is proposed for a meeting and was neither taken nor struck.

    Each petition stands there once, by its gravest ground; what was decided on it and is not done comes before all.
    """
    taken = set(meeting.lines.values_list("petition", flat=True))
    earlier_taken = set(meeting.lines.exclude(earlier=None).values_list("earlier", flat=True))
    seen = Petition.objects.visible_to(hat)
    found: dict[object, Proposal] = {}
    for ground in _BY_WEIGHT:
        if ground not in meeting.kind.proposes:
            continue
        if ground is AgendaGround.UNDONE:
            for decision in _undone(meeting, hat):
                if decision.pk not in earlier_taken:
                    fact = Fact(ground, on=decision.due_on)
                    found[decision.pk] = Proposal(fact, decision.petition_id, decision)
                taken.add(decision.petition_id)
            continue
        for petition_id, on, count in _QUESTIONS[ground](seen, now):
            if petition_id not in taken and petition_id not in found:
                found[petition_id] = Proposal(Fact(ground, _day(on), count), petition_id)
    return list(found.values())


def proposal_for(
    meeting: Meeting, hat: Hat, *, petition_id: UUID | None, earlier_id: UUID | None, now: datetime
) -> Proposal | None:
    """Return one of what is proposed, nothing if it is not."""
    return next(
        (
            one
            for one in proposals_for(meeting, hat, now=now)
            if (one.earlier.pk if one.earlier else None) == earlier_id
            and (earlier_id is not None or one.petition_id == petition_id)
        ),
        None,
    )


def undone_at(place_id: int) -> Any:
    """Return what meetings of a place decided and is not done, the nearest day first."""
    rows = MeetingDecision.objects.undone().filter(meeting__organ__place=place_id)
    return rows.select_related("meeting__kind", "organ", "responsible__user", "assignment__clock").order_by(
        "due_on", "pk"
    )


def _undone(meeting: Meeting, hat: Hat) -> Any:
    rows = undone_at(meeting.organ.place_id).exclude(meeting=meeting.pk)
    own = rows.filter(meeting__kind=meeting.kind_id)
    seen = Petition.objects.visible_to(hat).filter(pk=OuterRef("petition"))
    readable = Q(petition=None) | Q(Exists(seen))
    return own.filter(readable)[: 2 * _MOST]


def _day(on: date | datetime | None) -> date | None:
    return timezone.localdate(on) if isinstance(on, datetime) else on


# petitions a hat sees, now → petition, the day of the fact, how often
Question = Callable[[PetitionQuerySet, datetime], Iterator[tuple[UUID, date | datetime | None, int | None]]]


def _once(rows: Any, on: str, count: str = "") -> Iterator[Any]:
    names = ["petition", on, *([count] if count else [])]
    for values in rows.values_list(*names)[:_MOST]:
        yield (*values, None) if not count else values


def _key(seen: PetitionQuerySet, _now: datetime) -> Iterator[Any]:
    standing = Sponsorship.objects.standing().filter(
        kind__in=_OF_LEADERS, petition__in=seen.open(), petition__next_due_at__isnull=False
    )
    rows = standing.values("petition").annotate(since=Min("begun_at"), due=Min("petition__next_due_at"))
    return _once(rows.order_by("due", "petition"), "since")


def _overdue(seen: PetitionQuerySet, now: datetime) -> Iterator[Any]:
    """Ask for what stands at the tier of the district's leaders or above and passed its day."""
    lifts = PetitionLift.objects.filter(
        state__in=sorted(STANDS),
        to_tier__in=_OF_THE_DISTRICT,
        petition__in=seen.open(),
        petition__next_due_at__lte=now,
    )
    rows = lifts.values("petition").annotate(due=Min("petition__next_due_at"))
    return _once(rows.order_by("due", "petition"), "due")


def _old(seen: PetitionQuerySet, now: datetime) -> Iterator[Any]:
    rows = seen.open().filter(received_at__lte=now - _OLD).order_by("received_at", "pk")
    for pk, received_at in rows.values_list("pk", "received_at")[:_MOST]:
        yield pk, received_at, None


def _returned(seen: PetitionQuerySet, _now: datetime) -> Iterator[Any]:
    returned = ReturnRequest.objects.filter(agreed=True, handling__petition__in=seen.open())
    rows = (
        returned.values(petition=F("handling__petition"))
        .annotate(returns=Count("pk"), first=Min("decided_at"))
        .filter(returns__gte=_TWICE)
        .order_by("first", "petition")
    )
    for row in rows[:_MOST]:
        yield row["petition"], row["first"], row["returns"]


def _promised(seen: PetitionQuerySet, now: datetime) -> Iterator[Any]:
    """Ask for what sponsors planned and opinions are to be carried out by within days, or should have been."""
    until = timezone.localdate(now + _SOON)
    steps = PlanStep.objects.filter(
        done_on=None,
        dropped_at=None,
        due_on__lte=until,
        sponsorship__ended_at=None,
        sponsorship__petition__in=seen.open(),
    )
    planned = steps.values(petition=F("sponsorship__petition")).annotate(due=Min("due_on"))
    for row in planned.order_by("due", "petition")[:_MOST]:
        yield row["petition"], row["due"], None
    owed = PetitionClock.objects.open().filter(
        code=ClockCode.EXECUTION, due_at__lte=now + _SOON, petition__in=seen.open()
    )
    yield from _once(owed.order_by("due_at", "pk"), "last_day")


def _disputed(seen: PetitionQuerySet, _now: datetime) -> Iterator[Any]:
    rows = JurisdictionDispute.objects.filter(settled_at=None, petition__in=seen.open())
    return _once(rows.order_by("opened_at", "pk"), "opened_at")


def _of_the_city(seen: PetitionQuerySet, _now: datetime) -> Iterator[Any]:
    lifted = PetitionLift.objects.filter(petition=OuterRef("pk"), to_tier=Tier.CITY, state__in=sorted(STANDS))
    rows = seen.open().filter(Q(power_level=PowerLevel.SUPERIOR) | Q(Exists(lifted)))
    for pk, received_at in rows.order_by("received_at", "pk").values_list("pk", "received_at")[:_MOST]:
        yield pk, received_at, None


def _stuck(seen: PetitionQuerySet, now: datetime) -> Iterator[Any]:
    """Ask for items of lists on petitions that passed their day or on which nothing was done for a month."""
    due = ListItem.objects.unstruck().filter(due_on__lt=timezone.localdate(now), petition__in=seen.open())
    yield from _once(due.order_by("due_on", "pk"), "due_on")
    quiet = still(now, _A_MONTH).filter(petition__in=seen.open())
    for item in quiet.order_by("moved_at", "pk")[:_MOST]:
        yield item.petition_id, item.moved_at, None


def _nothing(_seen: PetitionQuerySet, _now: datetime) -> Iterator[Any]:
    return iter(())


def key_petitions_closed(seen: PetitionQuerySet) -> PetitionQuerySet:
    """Return key petitions (重点件) that are over and of which nobody has written what they taught (seeds-map 20).

    Key are those under listed supervision, those a meeting heard of or that leaders took on from below, and of what a
    leader sponsored what came from a higher-level leader, from many together, or was grave and urgent.
    """
    listed = Slip.objects.filter(kind=SlipKind.LISTED, state__in=[SlipState.ISSUED, SlipState.LIFTED])
    heard = AgendaLine.objects.filter(
        struck="", meeting__state__in=[MeetingState.HELD, MeetingState.ISSUED], petition__isnull=False
    )
    taken_on = PetitionLift.objects.filter(to_tier__in=_OF_THE_DISTRICT, state=LiftState.ACCEPTED)
    from_higher = Sponsorship.objects.filter(kind=SponsorKind.HIGHER_LEADER)
    keys = _petitions_of(listed, heard, taken_on, from_higher)
    return over_and_untaught(seen).filter(Q(pk__in=keys) | Q(is_collective=True) | Q(is_urgent=True))


def over_and_untaught(seen: PetitionQuerySet) -> PetitionQuerySet:
    """Return what leaders sponsored to the end, listed supervision held or a meeting heard of, and nobody wrote about.

    Of any of them what it taught may be written; it is asked for only of key ones.
    """
    sponsored = Sponsorship.objects.filter(kind__in=_OF_LEADERS, end__in=["", SponsorEnd.COMPLETED])
    listed = Slip.objects.filter(kind=SlipKind.LISTED, state__in=[SlipState.ISSUED, SlipState.LIFTED])
    written = LessonsNote.objects.values("petition")
    heard = AgendaLine.objects.filter(struck="", petition__isnull=False)
    taken_on = PetitionLift.objects.filter(to_tier__in=_OF_THE_DISTRICT, state=LiftState.ACCEPTED)
    keys = _petitions_of(sponsored, listed, heard, taken_on)
    over = seen.exclude(routing__in=sorted(OPEN)).standing()
    return over.filter(pk__in=keys).exclude(pk__in=written)


def _petitions_of(*rows: QuerySet[Any]) -> Any:
    """Return the petitions that any of some rows are on."""
    first, *others = [each.order_by().values("petition") for each in rows]
    return first.union(*others)


def _taught(seen: PetitionQuerySet, _now: datetime) -> Iterator[Any]:
    rows = key_petitions_closed(seen).order_by("-received_at", "pk")
    for pk in rows.values_list("pk", flat=True)[:_TAUGHT]:
        yield pk, None, None


_QUESTIONS: Mapping[AgendaGround, Question] = {
    AgendaGround.KEY: _key,
    AgendaGround.OVERDUE: _overdue,
    AgendaGround.OLD: _old,
    AgendaGround.RETURNED: _returned,
    AgendaGround.PROMISE: _promised,
    AgendaGround.DISPUTE: _disputed,
    AgendaGround.CITY: _of_the_city,
    AgendaGround.STUCK: _stuck,
    AgendaGround.LESSONS: _taught,
    AgendaGround.TOPIC: _nothing,
}
