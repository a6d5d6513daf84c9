"""Hearings on their way, each step made by the deed itself under the hat whose deed it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.hats import Hat
from accounts.roles import Role
from hearings.actions import arranging, asking, concluding, holding, registry
from hearings.actions.arranging import Called
from hearings.actions.asking import Asked
from hearings.actions.concluding import Conclusion, Promise
from hearings.models import Hearing, Panelist, ProcedureSet, Seat
from hearings.states import Applicant, Ground, NoticeMode, SeatRole, Step, Vote
from lib.ids import uuid7
from tests.cases.handling.given import Case, received
from tests.given import MONDAY, a_hat

# the day of the hearings of tests: ten days after they are called
DAY = MONDAY + timedelta(days=10)


@dataclass
class Held:
    """A hearing with its petition and those who work on it: one notes and arranges, a head decides, a clerk writes."""

    pk: UUID
    case: Case
    officer: Hat
    head: Hat
    clerk: Hat
    chair: Hat

    @property
    def now(self) -> Hearing:
        """The hearing as it stands in the database."""
        return Hearing.objects.get(pk=self.pk)

    def seats(self, role: SeatRole) -> list[Seat]:
        return list(Seat.objects.filter(hearing=self.pk, role=role, left_at=None).order_by("pk"))


def asks(**facts: Any) -> Asked:
    """Return that a petitioner asks for a hearing today by the district's procedure."""
    given = {
        "procedure_id": ProcedureSet.objects.get(code="DISTRICT").pk,
        "asked_by": Applicant.PETITIONER,
        "ground": Ground.MANY,
        "reason": "涉及人数多、分歧大",
        "applied_on": timezone.localdate(MONDAY),
        **facts,
    }
    return Asked(**given)


def asked(case: Case | None = None, *, now: datetime = MONDAY) -> Held:
    case = case or received(now=now)
    office = case.office
    clerk = a_hat(Role.HEARING_CLERK, organ=office.organ)
    chair = a_hat(Role.SECTION_HEAD, organ=office.organ)
    row = asking.ask_hearing(case.pk, asks(), by=office.officer, now=now)
    return Held(row.pk, case, office.officer, office.head, clerk, chair)


def granted(case: Case | None = None, *, now: datetime = MONDAY) -> Held:
    held = asked(case, now=now)
    asking.decide_hearing(held.pk, agree=True, by=held.head, now=now)
    return held


def a_call(held: Held, **facts: Any) -> Called:
    """Return when and where a hearing is to be held, with a room of its own."""
    if "room_id" not in facts:
        facts["room_id"] = registry.enter_room(name=f"听证室{uuid7()}", by=held.officer, now=MONDAY).pk
    given = {
        "begins_at": DAY,
        "ends_at": DAY + timedelta(hours=3),
        "chair_id": held.chair.post.pk,
        "clerk_id": held.clerk.post.pk,
        **facts,
    }
    return Called(**given)


def called(case: Case | None = None, **facts: Any) -> Held:
    held = granted(case)
    arranging.call_hearing(held.pk, a_call(held, **facts), by=held.officer, now=MONDAY)
    return held


def a_registry(held: Held, count: int = 7) -> list[Panelist]:
    """Let the office enter so many panel members."""
    return [
        registry.enter_panelist(name=f"听证员{number}{uuid7()}", kind="lawyer", by=held.officer, now=MONDAY)
        for number in range(count)
    ]


def seated(held: Held | None = None) -> Held:
    """Draw a panel of five, seat the petitioner and the unit's officer, and note that both were told at once."""
    held = held or called()
    a_registry(held)
    arranging.draw_panel(held.pk, count=5, by=held.officer, now=MONDAY)
    first = arranging.seat_representative(held.pk, position=1, by=held.officer, now=MONDAY)
    officer = held.case.unit.officer
    second = arranging.seat_officer(held.pk, post_id=officer.post.pk, by=held.officer, now=MONDAY)
    for seat in (first, second):
        told(held, seat)
    return held


def told(held: Held, seat: Seat, **facts: Any) -> None:
    given = {
        "told_on": timezone.localdate(MONDAY),
        "mode": NoticeMode.IN_PERSON,
        "proof": "回证签名",
        **facts,
    }
    arranging.note_notice(held.pk, seat_id=seat.pk, **given, by=held.officer, now=MONDAY)


def all_came(held: Held, *, now: datetime = DAY) -> None:
    for seat in Seat.objects.filter(hearing=held.pk, left_at=None):
        holding.note_presence(held.pk, seat_id=seat.pk, came=True, by=held.officer, now=now)


def opened(held: Held | None = None) -> Held:
    held = seated(held)
    all_came(held)
    holding.open_hearing(held.pk, recusal_asked=True, by=held.officer, now=DAY)
    return held


def at_step(step: Step, held: Held | None = None) -> Held:
    """Go through a hearing to a step; a panel of five finds four to one for the petitioner."""
    held = held or opened()
    for number in range(1, step):
        if number == Step.DELIBERATION:
            votes(held)
        holding.next_step(held.pk, by=held.officer, now=DAY + timedelta(minutes=10 * number))
    return held


def votes(held: Held) -> None:
    seats = held.seats(SeatRole.PANEL)
    for seat in seats[:-1]:
        concluding.note_vote(held.pk, seat_id=seat.pk, vote=Vote.SUPPORT, by=held.officer, now=DAY)
    last = {"seat_id": seats[-1].pk, "vote": Vote.PARTLY, "words": "七户先确权"}
    concluding.note_vote(held.pk, **last, by=held.officer, now=DAY)


def promised(held: Held, **facts: Any) -> Any:
    """Let the unit's officer answer for a promise in three weeks."""
    unit = held.case.unit
    given = {
        "words": "竣工联合验收",
        "organ_id": unit.organ.pk,
        "responsible_id": unit.officer.post.pk,
        "due_on": timezone.localdate(DAY) + timedelta(days=21),
        **facts,
    }
    return concluding.promise(held.pk, Promise(**given), by=held.officer, now=DAY)


def concludes(**facts: Any) -> Conclusion:
    given = {
        "outcome": Vote.SUPPORT,
        "facts": "住户已付清房款",
        "disputes": "欠费由谁承担",
        "basis": "建议先办证后清算，依据不动产登记暂行条例",
        "announced": True,
        **facts,
    }
    return Conclusion(**given)


def concluded(held: Held | None = None) -> Held:
    held = at_step(Step.ANNOUNCEMENT, held)
    promised(held)
    concluding.conclude(held.pk, concludes(), by=held.officer, now=DAY + timedelta(hours=2))
    return held


def closed(held: Held | None = None) -> Held:
    held = concluded(held)
    now = DAY + timedelta(hours=3)
    for seat in Seat.objects.filter(hearing=held.pk, left_at=None):
        concluding.sign_record(held.pk, seat_id=seat.pk, by=held.officer, now=now)
    concluding.close_hearing(held.pk, by=held.officer, now=now)
    return held
