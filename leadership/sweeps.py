"""Work the clock brings. Safe to run twice, or in two places at once; every walk goes by key to its end."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import Organ, Post
from assignments.models import AssignmentClock
from assignments.states import State
from audit.parts import Actor, record_each
from cases.models import Petition, PetitionClock
from cases.parts import users_kept_out
from cases.states import OPEN, ClockCode, Routing
from infra.sweep_runs import Tally
from leadership import (
    brief,
    bulletins,
    calling,
    closing,
    escalating,
    instructions,
    lists,
    meetings,
    reminding,
)
from leadership import permissions as may
from leadership.matters import Matters
from leadership.models import Slip
from leadership.parts import hold_open_lane
from leadership.states import RECOMMENDATIONS, Ground, SlipKind, SlipState
from lib.copying import write_rows
from lib.errors import Unknown
from lib.new_rows import new_row
from notices.models import Kind, Notice
from notices.parts import Told, tell, tell_of_each

SYSTEM = Actor(words="clock")
_BATCH = 100
# What a unit owes by law or as it was set, and the ground of Art 40 when it passes (deadlines.md §5; R-50).
_GROUND_OF = {
    ClockCode.T3: Ground.DELAY,
    ClockCode.T5: Ground.DELAY,
    ClockCode.T6: Ground.DELAY,
    ClockCode.T11: Ground.DELAY,
    ClockCode.T12: Ground.DELAY,
    ClockCode.EXECUTION: Ground.NOT_CARRIED_OUT,
}
OWED_BY_UNITS = frozenset(_GROUND_OF)


def open_supervision(*, now: datetime, tally: Tally | None = None) -> int:
    """Open a draft of a supervision order for every period of a unit that has passed, once (R-50). Return how many.

    A person signs it or decides otherwise; nothing is sent. A unit that no office supervises, or that the petition
    itself names (Q2), gets none, and does not hold the others up.
    """
    tally = tally if tally is not None else Tally()
    opened = 0
    for code in sorted(_GROUND_OF):
        after: tuple[datetime, int] | None = None
        while batch := list(_passed(code, after, now=now)):
            opened += _open(
                {clock_id: petition_id for clock_id, petition_id, _due_at in batch}, tally, now=now
            )
            last, _petition_id, due_at = batch[-1]
            assert due_at is not None  # noqa: S101  only what is due was asked for
            after = (due_at, last)
    return opened


def _passed(
    code: ClockCode, after: tuple[datetime, int] | None, *, now: datetime
) -> QuerySet[PetitionClock, tuple[int, UUID, datetime | None]]:
    """Return the next passed periods that opened nothing yet, along the index over open clocks of a code."""
    passed = _unopened(code, now=now)
    if after is not None:
        due_at, key = after
        passed = passed.filter(due_at__gte=due_at).filter(Q(due_at__gt=due_at) | Q(pk__gt=key))
    return passed.order_by("due_at", "pk").values_list("pk", "petition", "due_at")[:_BATCH]


def _unopened(code: ClockCode, *, now: datetime) -> QuerySet[PetitionClock]:
    passed = PetitionClock.objects.open().filter(
        code=code, due_at__lte=now, petition__sealed=False, petition__routing__in=sorted(OPEN)
    )
    return passed.filter(~Exists(Slip.objects.filter(opened_for=OuterRef("pk"))))


@transaction.atomic(durable=True)
def _open(petition_by_clock: Mapping[int, UUID], tally: Tally, *, now: datetime) -> int:
    """Open the drafts of one batch. Return how many."""
    matters = Matters(petition_by_clock.values(), now=now)
    opened = Slip.objects.filter(opened_for=OuterRef("pk"))
    rows = PetitionClock.objects.open().filter(~Exists(opened), pk__in=petition_by_clock, due_at__lte=now)
    clocks = rows.select_for_update(of=("self",)).select_related("organ").in_bulk()
    slips: list[Slip] = []
    told: list[Told] = []
    for clock_id, petition_id in petition_by_clock.items():
        clock, petition = clocks.get(clock_id), matters.find(petition_id)
        if clock is None or petition is None:
            tally.skip("held_or_ended")
            continue
        office = matters.office_over(petition)
        if office is None or clock.organ == office or not matters.is_led_by(petition, clock.organ):
            tally.skip("nobody_over_it")
        elif clock.organ_id in matters.organs_kept_out(petition):
            tally.skip("complained_of")
        else:
            slip = _draft_for(clock, petition, office, now=now)
            slips.append(slip)
            key = f"petition:{petition_id}:slip:{slip.pk}:1"
            posts = matters.told_in(office, may.DRAFTS, petition)
            told += [Told(str(petition_id), key, post_id) for post_id in posts]
    write_rows(slips)
    tell_of_each(told, Kind.SLIP_TO_SIGN, now=now)
    record_each("petition.open_slip", Petition, map(_as_opened, slips), by=SYSTEM, at=now)
    return len(slips)


def _draft_for(clock: PetitionClock, petition: Petition, office: Organ, *, now: datetime) -> Slip:
    return new_row(
        Slip,
        petition=petition,
        kind=SlipKind.SUPERVISION,
        state=SlipState.OPENED,
        issuer=office,
        addressee=clock.organ,
        ground=_GROUND_OF[ClockCode(clock.code)],
        opened_for=clock,
        opened_at=now,
    )


def _as_opened(slip: Slip) -> tuple[UUID, dict[str, object]]:
    """Return what the audit says of a draft that was opened: for which period of whom."""
    clock = slip.opened_for
    assert clock is not None  # noqa: S101  it was opened for one
    return slip.petition_id, {
        "clock": clock.code,
        "organ": clock.organ.code,
        "slip_ground": slip.ground,
        "presumed": clock.presumed,
        "due_on": clock.last_day and clock.last_day.isoformat(),
    }


def remind_of_asked(*, now: datetime, tally: Tally) -> int:
    """Tell of what is asked whose day comes near or has passed: each once for its last day. Return how many."""
    return reminding.remind_of_asked(now=now, tally=tally)


def draw_bulletins(*, now: datetime, tally: Tally) -> int:
    """Draw up last month's bulletin for each petition office, on a month's first working day. Return how many."""
    return bulletins.draw_up(now=now, tally=tally)


def tell_of_slips_to_lift(*, now: datetime, tally: Tally) -> int:
    """Tell the office that issued a slip, once, that it can be lifted: the answer is verified, the petition over.

    A slip outlives the petition (Art 40 speaks of work, not of the one matter): it is answered, verified and lifted
    all the same. Recommendations have their end with whether they are adopted. Return how many were told of.
    """
    told = 0
    over = Slip.objects.filter(
        state=SlipState.ISSUED,
        petition__sealed=False,
        petition__routing__in=[Routing.FINISHED, Routing.ENDED],
        assignment__state=State.VERIFIED,
    ).exclude(kind__in=sorted(RECOMMENDATIONS))
    known = Notice.objects.filter(
        kind=Kind.SLIP_TO_LIFT, subject_id=Cast(OuterRef("assignment"), CharField())
    )
    waiting = over.filter(~Exists(known)).order_by("pk")
    for slip_id, petition_id in list(waiting.values_list("pk", "petition")):
        if _tell_of_one(slip_id, petition_id, now=now):
            told += 1
        else:
            tally.skip("held_or_ended")
    return told


@transaction.atomic(durable=True)
def _tell_of_one(slip_id: UUID, petition_id: UUID, *, now: datetime) -> bool:
    try:
        petition = hold_open_lane(petition_id)
    except Unknown:
        return False
    slip = Slip.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=slip_id)
    if slip.state != SlipState.ISSUED or petition.is_open:
        return False
    signs = Post.objects.held_on(timezone.localdate(now)).filter(
        organ=slip.issuer.carried_on_by_id or slip.issuer_id, role__in=sorted(may.SIGNS)
    )
    posts = signs.exclude(user__in=users_kept_out(petition)).values_list("pk", flat=True)
    key = f"assignment:{slip.assignment_id}:lift"
    tell(posts, Kind.SLIP_TO_LIFT, key=key, subject_id=str(slip.assignment_id), now=now)
    return bool(posts)


def escalate(*, now: datetime, tally: Tally | None = None) -> int:
    """Lift what the rules in force lift, each fact once. Return how many were lifted or proposed."""
    return escalating.escalate(now=now, tally=tally if tally is not None else Tally())


def close_lifts(*, now: datetime, tally: Tally | None = None) -> int:
    """End the lifts of what is over or sealed. Return how many."""
    return escalating.close_lifts(now=now, tally=tally if tally is not None else Tally())


def close_sponsorships(*, now: datetime) -> int:
    """End what nobody may sponsor any longer, and what leaders are asked on it. Return how many."""
    return closing.close_sponsorships(now=now) + closing.close_questions(now=now)


def give_instructions(*, now: datetime) -> int:
    """Send every instruction whose ten seconds are over (Q33). Return how many."""
    return sum(instructions.give_one(*keys, now=now) for keys in instructions.due_to_go(now=now))


def remind_of_oral(*, now: datetime) -> int:
    """Remind of every oral instruction that has waited for a day, once (Q33). Return how many."""
    return sum(instructions.remind_one(*keys, now=now) for keys in instructions.oral_to_remind(now=now))


def tell_of_briefs(*, now: datetime) -> int:
    """Tell leaders and offices of the morning brief, from eight on of a working day. Return how many."""
    return brief.tell_of_briefs(now=now)


def press_items(*, now: datetime, tally: Tally) -> int:
    """Tell of items of lists that concern no petition and do not move, each once by a rule. Return how many."""
    return lists.press(now=now, tally=tally)


def watch_meetings(*, now: datetime, tally: Tally) -> int:
    """Tell of meetings that are due and not called, or were missed, each once. Return how many."""
    return meetings.watch_cadence(now=now, tally=tally)


def due_by(*, now: datetime) -> list[tuple[str, str, int]]:
    """Return what the sweeps of this room would come upon at a moment: task, by which rule, and how many (Q2)."""
    drafts = sum(_unopened(code, now=now).count() for code in _GROUND_OF)
    return [
        ("leadership.tasks.open_supervision", "", drafts),
        *(("leadership.tasks.escalate", rule, count) for rule, count in escalating.due_by(now=now)),
        ("leadership.tasks.remind_of_asked", "", AssignmentClock.objects.due(now).count()),
    ]


def open_call_backs(*, now: datetime) -> int:
    """Draw who is called back of the month before, once, and call whoever is dissatisfied (Q41). Return how many."""
    return calling.draw_call_backs(now=now) + calling.call_dissatisfied(now=now)
