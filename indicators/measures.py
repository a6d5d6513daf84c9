"""What each indicator counts, as conditions of facts: who belongs to it, in which period, and into which parts.

Cohorts are by deadline where the definition says so (trap 1), and whoever was due belongs to it also while open
(trap 2). Parts of one indicator never overlap, but for `LATE_BY_LAW`, which counts the same petitions by the law's
own days and moments (trap 3), and for those that are what a rate is of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression

from cases.ledger import SOON
from cases.rating_states import Satisfaction
from cases.states import OPEN, STAT_GROUP_OF, StatGroup
from indicators.periods import Period


class Code(StrEnum):
    """The indicators of `docs/rules/30-indicators.toml`, and the two numbers that all begins with."""

    REGISTERED = "registered"
    OPEN_NOW = "open"
    I01 = "i01"
    I02 = "i02"
    I03 = "i03"
    I04 = "i04"
    I05 = "i05"
    I06 = "i06"
    I07 = "i07"
    I08 = "i08"
    I09 = "i09"
    I10 = "i10"
    I11 = "i11"
    I12 = "i12"
    I13 = "i13"
    I14 = "i14"
    I15 = "i15"
    I16 = "i16"
    I17 = "i17"
    # what is done beside the handling (`beside`)
    LIFTED = "lifted"
    HEARD = "heard"
    CALLED_BACK = "called_back"


class Part(StrEnum):
    """The parts that indicators fall into."""

    ALL = "all"
    IN_TIME = "in_time"
    LATE = "late"
    # not done, and its day is past or is still to come
    OVERDUE = "overdue"
    NOT_YET_DUE = "not_yet_due"
    LATE_BY_LAW = "late_by_law"
    # nothing came again in all the days, nothing so far, the same matter came again
    SETTLED = "settled"
    SETTLED_SO_FAR = "settled_so_far"
    CAME_AGAIN = "came_again"
    FIRST = "first"
    REPEAT = "repeat"
    CONTACTED = "contacted"
    NOT_CONTACTED = "not_contacted"
    # how long it has been open since it was registered
    OPEN_15_DAYS = "open_15_days"
    OPEN_30_DAYS = "open_30_days"
    OPEN_60_DAYS = "open_60_days"
    OPEN_90_DAYS = "open_90_days"
    OPEN_LONGER = "open_longer"
    # its nearest period ends within a week
    DUE_SOON = "due_soon"
    # the days for rating are over, and something was said or nothing; or they are not over
    CLOSED = "closed"
    RATED = "rated"
    SILENT = "silent"
    MAY_RATE = "may_rate"
    SATISFIED = "satisfied"
    BASICALLY = "basically"
    DISSATISFIED = "dissatisfied"
    # to which tier a petition was lifted
    TOWNSHIP = "township"
    DEPARTMENT = "department"
    DISTRICT_LEADER = "district_leader"
    DISTRICT_HEADS = "district_heads"
    CITY = "city"
    # what became of a hearing, and of a call-back
    HELD = "held"
    DECLINED = "declined"
    CALLED_OFF = "called_off"
    COMING = "coming"
    ANSWERED = "answered"
    UNREACHED = "unreached"
    IN_DOUBT = "in_doubt"
    FALSE_FINISH = "false_finish"
    LETTER = "letter"
    VISIT = "visit"
    ONLINE = "online"
    PHONE = "phone"


# A superior's system adds days to the registration and keeps the time of day (trap 3).
OFFICE_DAYS, UNIT_DAYS = timedelta(days=15), timedelta(days=30)
# I07: no definition was found; the district's own (D)
QUIET_DAYS = timedelta(days=180)

Parts = Mapping[Part, Q]


@dataclass(frozen=True)
class Measure:
    """One count of petitions: its cohort in a period, the parts of it at a moment, and which of them are counted."""

    cohort: Callable[[Period], Q]
    parts: Callable[[datetime], Parts]
    counted: frozenset[Part]
    # what belongs to it at all
    among: Q = field(default_factory=Q)
    # of which part the rate is
    of: Part = Part.ALL


def within(column: str, period: Period, *, after: timedelta = timedelta()) -> Q:
    """Keep what has a moment, so long after this column, in a period; half-open (trap 5)."""
    return Q(**{f"{column}__gte": period.since_at - after, f"{column}__lt": period.until_at - after})


def _registered(period: Period) -> Q:
    return within("registered_at", period)


def _timed(
    done: str, due: CombinedExpression | F, open_until: str, open_days: timedelta, at: datetime
) -> Parts:
    """Divide by whether it was done by its moment, to the second and that moment included (I01b)."""
    undone = Q(**{done: None})
    return {
        Part.IN_TIME: Q(**{f"{done}__lte": due}),
        Part.LATE: Q(**{f"{done}__gt": due}),
        Part.OVERDUE: undone & Q(**{f"{open_until}__lte": at - open_days}),
        Part.NOT_YET_DUE: undone & Q(**{f"{open_until}__gt": at - open_days}),
    }


def _late_by_law(done: str, due: str, at: datetime) -> Q:
    """Keep what was not done when the last day was over; a legal day ends at 24:00 (Art 203 of the Civil Code)."""
    return Q(**{f"{done}__gte": F(due)}) | Q(**{done: None, f"{due}__lte": at})


def _by_office(at: datetime) -> Parts:
    return {
        **_timed("office_done_at", F("registered_at") + OFFICE_DAYS, "registered_at", OFFICE_DAYS, at),
        Part.LATE_BY_LAW: _late_by_law("office_done_at", "office_due_at", at),
    }


def _by_unit(at: datetime) -> Parts:
    return {
        **_timed("unit_done_at", F("registered_at") + UNIT_DAYS, "registered_at", UNIT_DAYS, at),
        Part.LATE_BY_LAW: _late_by_law("unit_told_at", "unit_due_at", at),
    }


def _by_reply(at: datetime) -> Parts:
    return {
        **_timed("finished_at", F("reply_due_at"), "reply_due_at", timedelta(), at),
        Part.LATE_BY_LAW: _late_by_law("replied_at", "reply_due_at", at),
    }


def _settled(at: datetime) -> Parts:
    again = Q(again_at__lte=F("finished_at") + QUIET_DAYS)
    quiet = Q(again_at=None) | Q(again_at__gt=F("finished_at") + QUIET_DAYS)
    return {
        Part.SETTLED: quiet & Q(finished_at__lte=at - QUIET_DAYS),
        Part.SETTLED_SO_FAR: quiet & Q(finished_at__gt=at - QUIET_DAYS),
        Part.CAME_AGAIN: again,
    }


def _repeats(_at: datetime) -> Parts:
    """Divide by what people decided to be a repeat (I08)."""
    return {Part.REPEAT: Q(is_repeat=True), Part.FIRST: Q(is_repeat=False)}


def _contacted(_at: datetime) -> Parts:
    return {Part.CONTACTED: Q(contacted_at__isnull=False), Part.NOT_CONTACTED: Q(contacted_at=None)}


_OF_GROUP = {
    StatGroup.LETTER: Part.LETTER,
    StatGroup.VISIT: Part.VISIT,
    StatGroup.ONLINE: Part.ONLINE,
    StatGroup.PHONE: Part.PHONE,
}


def _channels(_at: datetime) -> Parts:
    """Divide by the groups of channels (I13)."""
    return {
        part: Q(channel__in=sorted(channel for channel, its in STAT_GROUP_OF.items() if its is group))
        for group, part in _OF_GROUP.items()
    }


def _stock(at: datetime) -> Parts:
    """Divide by the nearest period; what has none is not due (I16)."""
    soon = at + SOON
    return {
        Part.OVERDUE: Q(next_due_at__lte=at),
        Part.DUE_SOON: Q(next_due_at__gt=at, next_due_at__lte=soon),
        Part.NOT_YET_DUE: Q(next_due_at=None) | Q(next_due_at__gt=soon),
    }


_AGES = (
    (Part.OPEN_15_DAYS, timedelta(days=15)),
    (Part.OPEN_30_DAYS, timedelta(days=30)),
    (Part.OPEN_60_DAYS, timedelta(days=60)),
    (Part.OPEN_90_DAYS, timedelta(days=90)),
)


def _by_age(at: datetime) -> Parts:
    parts, younger = {}, Q()
    for part, days in _AGES:
        parts[part] = younger & Q(registered_at__gt=at - days)
        younger = Q(registered_at__lte=at - days)
    return {**parts, Part.OPEN_LONGER: younger}


def _said(at: datetime) -> Parts:
    """Divide by what was said of the reply, once the days for it are over: before, nobody reads it.

    Silence is a part of its own and satisfaction of nobody (I04, I05, I06; Q28; trap 4).
    """
    closed = Q(rate_by_at__lte=at)
    return {
        Part.CLOSED: closed,
        Part.RATED: closed & ~Q(rating=""),
        Part.SILENT: closed & Q(rating=""),
        Part.MAY_RATE: Q(rate_by_at__gt=at),
        Part.SATISFIED: closed & Q(rating=Satisfaction.SATISFIED),
        Part.BASICALLY: closed & Q(rating=Satisfaction.BASICALLY),
        Part.DISSATISFIED: closed & Q(rating=Satisfaction.DISSATISFIED),
    }


def _of_said(*parts: Part) -> Callable[[datetime], Parts]:
    def divide(at: datetime) -> Parts:
        said = _said(at)
        return {part: said[part] for part in parts}

    return divide


def _by_rating(period: Period) -> Q:
    return within("rate_by_at", period)


def _any_time(_period: Period) -> Q:
    return Q()


_OPEN = Q(routing__in=sorted(OPEN))
_IN_TIME = frozenset({Part.IN_TIME})
_PLEASED = frozenset({Part.SATISFIED, Part.BASICALLY})
# first petitions that have nothing to do with litigation (law §4, P08)
_MAY_BE_RATED = Q(is_repeat=False, litigation_related=False)

MEASURES: Mapping[Code, Measure] = {
    Code.REGISTERED: Measure(_registered, _channels, frozenset(_OF_GROUP.values())),
    Code.OPEN_NOW: Measure(_any_time, _by_age, frozenset(), among=_OPEN),
    # what a list brought with its answer was never sent on by an office here: no period of it ran
    Code.I01: Measure(
        lambda period: within("registered_at", period, after=OFFICE_DAYS),
        _by_office,
        _IN_TIME,
        among=Q(office_due_at__isnull=False) | Q(office_done_at__isnull=False),
    ),
    Code.I02: Measure(
        lambda period: within("registered_at", period, after=UNIT_DAYS),
        _by_unit,
        _IN_TIME,
        among=Q(to_unit=True),
    ),
    Code.I03: Measure(lambda period: within("reply_due_at", period), _by_reply, _IN_TIME),
    Code.I04: Measure(
        _by_rating,
        _of_said(Part.RATED, Part.SILENT, Part.MAY_RATE, Part.CLOSED),
        frozenset({Part.RATED}),
        among=_MAY_BE_RATED,
        of=Part.CLOSED,
    ),
    Code.I05: Measure(
        _by_rating,
        _of_said(Part.SATISFIED, Part.BASICALLY, Part.DISSATISFIED, Part.RATED),
        _PLEASED,
        among=_MAY_BE_RATED,
        of=Part.RATED,
    ),
    Code.I06: Measure(
        _by_rating,
        _of_said(Part.SATISFIED, Part.BASICALLY, Part.CLOSED),
        _PLEASED,
        among=_MAY_BE_RATED,
        of=Part.CLOSED,
    ),
    Code.I07: Measure(
        lambda period: within("finished_at", period),
        _settled,
        frozenset({Part.SETTLED, Part.SETTLED_SO_FAR}),
        among=Q(is_repeat=False),
    ),
    Code.I08: Measure(_registered, _repeats, frozenset({Part.REPEAT})),
    Code.I11: Measure(
        _registered, _contacted, frozenset({Part.CONTACTED}), among=Q(is_repeat=False, to_unit=True)
    ),
    Code.I13: Measure(_registered, _channels, frozenset({Part.ONLINE})),
    Code.I16: Measure(_any_time, _stock, frozenset({Part.OVERDUE}), among=_OPEN),
}
