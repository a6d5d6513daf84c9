"""Leaders, their secretaries, and what they sponsor, made by the deeds themselves."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import OrganKind
from accounts.roles import Role
from infra.files import Checked
from leadership.actions import instructing, sponsoring
from leadership.actions.secretaries import name_secretary
from leadership.actions.sponsoring import Visited
from leadership.instructions import Order
from leadership.models import Instruction, Sponsorship
from leadership.states import Duty, SponsorKind
from leadership.sweeps import give_instructions
from tests.cases.handling.given import Case, received
from tests.given import MONDAY, a_hat, an_organ

A_SCAN = Checked("批示.pdf", "application/pdf", b"%PDF-1.4")
LATER = MONDAY + timedelta(seconds=11)


def a_leader(title: str = "副区长", code: str = "QZF") -> Hat:
    """Make a leader of the district's government, or of another of its bodies."""
    organ = an_organ(code, kind=OrganKind.LEADING_BODY, name="吕梁市离石区人民政府", short_name="区政府")
    return a_hat(Role.LEADER, organ=organ, title=title)


def a_secretary(leader: Hat, *, now: datetime = MONDAY) -> Hat:
    """Make a secretary whom a leader names as his."""
    hat = a_hat(Role.LEADER_SECRETARY, organ=leader.organ, title="秘书")
    name_secretary(hat.post.pk, by=leader, now=now)
    return hat


def sponsored(
    case: Case | None = None, leader: Hat | None = None, *, now: datetime = MONDAY
) -> tuple[Case, Hat, Sponsorship]:
    """Let the office name a district leader as sponsor."""
    case = case or received(now=now)
    leader = leader or a_leader()
    row = sponsoring.sponsor(
        case.pk,
        SponsorKind.DISTRICT_LEADER,
        post_id=leader.post.pk,
        reason="多年未解决",
        by=case.office.officer,
        now=now,
    )
    return case, leader, row


def all_duties(row: Sponsorship, by: Hat, *, now: datetime = MONDAY) -> None:
    """Write something on each of the four duties."""
    for duty in Duty:
        sponsoring.note_duty(row.pk, duty, done_on=timezone.localdate(now), words="已落实", by=by, now=now)


def a_visit(**facts: Any) -> Visited:
    given = {
        "visited_on": timezone.localdate(MONDAY),
        "place": "永宁社区",
        "persons_met": 3,
        "result": "商定办证次序",
    }
    return Visited(**{**given, **facts})


def an_order(case: Case, *, text: str = "请抓紧办理，三日内反馈。", now: datetime = MONDAY) -> Order:
    """Return an instruction to the unit that leads a case."""
    due_on = timezone.localdate(now) + timedelta(days=3)
    return Order(text=text, organ_ids=(case.unit.organ.pk,), due_on=due_on)


def signed(case: Case, leader: Hat, *, now: datetime = MONDAY) -> Instruction:
    """Let a leader sign; it is held back still."""
    return instructing.sign_instruction(case.pk, an_order(case, now=now), by=leader, now=now)


def given(case: Case, leader: Hat, *, now: datetime = MONDAY) -> Instruction:
    """Let a leader sign, and the ten seconds pass."""
    row = signed(case, leader, now=now)
    give_instructions(now=now + timedelta(seconds=11))
    return Instruction.objects.get(pk=row.pk)
