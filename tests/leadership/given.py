"""Slips and lifts to start from, made by the deeds themselves under the hat whose deed it is."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from accounts.roles import Role
from leadership.actions import answers, minutes, slips
from leadership.models import Meeting, Slip
from leadership.slips import Says
from leadership.states import BY_THE_CONFERENCE, RECOMMENDATIONS, Ground, SlipKind
from tests.cases.handling.given import Case, received
from tests.given import MONDAY, a_hat, an_organ
from tests.leadership.meetings import called, held


def the_conference() -> tuple[Hat, Hat]:
    """Return two officers of the joint conference's office: one draws up, the other signs."""
    office = an_organ("LXB", kind=OrganKind.JOINT_CONFERENCE_OFFICE, name="联席办", short_name="区联席办")
    role = Role.JOINT_CONFERENCE_OFFICER
    return a_hat(role, organ=office), a_hat(role, organ=office)


def a_held_conference(now: datetime = MONDAY, *, signed: bool = False) -> Meeting:
    """Return a meeting of the joint conference held at a moment; once signed its minutes have a number."""
    writer, signer = the_conference()
    meeting = held(called(writer, at=now, now=now), writer, now=now)
    return minutes.issue_minutes(meeting.pk, by=signer, now=now) if signed else meeting


def says(case: Case, kind: SlipKind = SlipKind.SUPERVISION, *, now: datetime = MONDAY, **facts: Any) -> Says:
    """Return what a slip of a kind has to say, complete."""
    order = {
        "ground": Ground.DELAY,
        "delay_because": "两次电话提醒后仍未动手",
        "advice": "健全限时办理制度",
    }
    measure = {
        "ground": Ground.DELAY,
        "delay_because": "多次督办仍未办理",
        "meeting_id": a_held_conference(now).pk if kind in BY_THE_CONFERENCE else None,
    }
    interview = {"held_at": now + timedelta(days=2), "held_where": "区信访局二楼", "called": "单位主要负责人"}
    of_kind = {SlipKind.SUPERVISION: order, SlipKind.INTERVIEW: measure | interview}
    given = {
        "addressee_id": case.unit.organ.pk,
        "facts": "受理期限已过，未见书面告知",
        "act": "三日内作出受理决定并书面告知",
        "due_on": timezone.localdate(now) + timedelta(days=30 if kind in RECOMMENDATIONS else 7),
        "evidence": "造成群众集体来访",
        **of_kind.get(kind, measure if kind in BY_THE_CONFERENCE else {}),
        **facts,
    }
    return Says(kind=kind, **given)


def drafted(
    case: Case | None = None,
    kind: SlipKind = SlipKind.SUPERVISION,
    *,
    by: Hat | None = None,
    now: datetime = MONDAY,
    **facts: Any,
) -> tuple[Case, Slip]:
    """Let the office draw up a slip to the unit that leads a case."""
    case = case or received(now=now)
    slip = slips.draft_slip(
        case.pk, says(case, kind, now=now, **facts), by=by or case.office.officer, now=now
    )
    return case, slip


def issued(
    case: Case | None = None, kind: SlipKind = SlipKind.SUPERVISION, *, now: datetime = MONDAY, **facts: Any
) -> tuple[Case, Slip]:
    """Let the director sign it."""
    case, slip = drafted(case, kind, now=now, **facts)
    return case, slips.issue_slip(slip.pk, version=slip.version, by=case.office.head, now=now)


def replied(case: Case, slip: Slip, *, now: datetime = MONDAY, **facts: Any) -> None:
    """Let the unit's officer reply."""
    assert slip.assignment is not None
    given = {"words": "已作出受理决定并送达", **facts}
    answers.reply(slip.assignment.pk, by=case.unit.officer, now=now, **given)


def an_office(organ: Organ) -> Hat:
    """Make a section head of an organ."""
    return a_hat(Role.SECTION_HEAD, organ=organ)
