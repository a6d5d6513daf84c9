"""What a slip has to say before it is written, and its pieces that several deeds share."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from assignments.parts import AS_SET, ask
from audit.parts import record
from cases.models import Petition
from cases.parts import users_kept_out
from documents import parts as documents
from leadership.meeting_states import MeetingState
from leadership.models import Meeting, Slip
from leadership.numbers import faults_of_numbers
from leadership.papers import ANSWER, days_to_answer, paper_of
from leadership.parts import led_by, organs_kept_out, tell_office
from leadership.periods import has_passed
from leadership.permissions import DRAFTS
from leadership.states import (
    ASKED_AS,
    BY_THE_CONFERENCE,
    GRADED,
    GROUNDED,
    PAPER_OF,
    RECOMMENDATIONS,
    SENT_TO,
    TO_WHO_LEADS,
    Adopted,
    Grade,
    Ground,
    SlipKind,
    SlipState,
)
from lib.errors import OutOfTurn, Refused, Words
from lib.transactions import require_transaction
from notices.models import Kind

# No slip asks for an act beyond this.
_FURTHEST_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class Says:
    """What a person writes into a slip or recommendation."""

    kind: SlipKind
    addressee_id: int
    facts: str
    act: str
    due_on: date | None = None
    ground: Ground | None = None
    grade: Grade | None = None
    evidence: str = ""
    advice: str = ""
    again_because: str = ""
    delay_because: str = ""
    elsewhere_because: str = ""
    sooner_because: str = ""
    meeting_id: UUID | None = None
    held_at: datetime | None = None
    held_where: str = ""
    called: str = ""


def refuse_over(petition: Petition, kind: SlipKind) -> None:
    """Refuse to supervise what is over; a recommendation may be drawn from a finished petition too.

    :raises OutOfTurn: if it is over, or void
    """
    if petition.is_void or (kind in TO_WHO_LEADS and not petition.is_open):
        raise OutOfTurn(_("This petition is over: nothing more is asked on it."))


def refuse_incomplete(
    petition: Petition,
    says: Says,
    addressee: Organ | None,
    *,
    besides: Slip | None = None,
    by: Hat,
    now: datetime,
) -> None:
    """Refuse what a slip of its kind cannot say (R-50, R-51, R-53); `besides` is the draft that is written anew.

    :raises Refused: with each fault at its field
    """
    faults = _faults(says, today=timezone.localdate(now))
    if addressee is None or addressee.carried_on_by_id or addressee.pk == by.organ.pk:
        faults["addressee"] = _("Choose another organ that exists today.")
    elif addressee.pk in organs_kept_out(petition):
        faults["addressee"] = _(
            "The petition names this unit, or who leads it: nothing about it is sent there."
        )
    elif says.kind in TO_WHO_LEADS and not led_by(petition, addressee):
        faults["addressee"] = _("This unit leads nothing of this petition.")
    else:
        faults |= _unsaid_reasons(petition, says, addressee, besides=besides, now=now)
        faults |= _unsaid_of_recommendation(says, addressee, by=by, on=timezone.localdate(now))
    if says.meeting_id is not None and not meetings_that_decide(by.organ).filter(pk=says.meeting_id).exists():
        faults.setdefault("meeting", _("Choose a meeting of the joint conference that was held."))
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


def standing_beside(slip: Slip) -> QuerySet[Slip]:
    """Return the others of a slip's kind and ground to its unit that wait for a signature or stand."""
    alike = Slip.objects.like(slip.petition, slip.addressee, kind=slip.kind, ground=slip.ground)
    return alike.exclude(pk=slip.pk)


def _unsaid_reasons(
    petition: Petition, says: Says, addressee: Organ, *, besides: Slip | None, now: datetime
) -> dict[str, Words]:
    """Return which reasons are missing for what is unusual, so that whoever signs can weigh them."""
    faults: dict[str, Words] = {}
    alike = Slip.objects.like(petition, addressee, kind=says.kind, ground=says.ground or "")
    alike = alike.exclude(pk=besides.pk) if besides is not None else alike
    if not says.again_because.strip() and alike.exists():
        faults["again_because"] = _(
            "One like it waits for a signature or stands already. Say why there is a second one, or leave it."
        )
    late = says.ground != Ground.DELAY or has_passed(petition, addressee, now=now)
    if not late and not says.delay_because.strip():
        faults["delay_because"] = _(
            "No period of this unit has passed on this petition. Say what the delay is, or choose another ground."
        )
    return faults


def _unsaid_of_recommendation(says: Says, addressee: Organ, *, by: Hat, on: date) -> dict[str, Words]:
    """Return which reasons a recommendation lacks: for another organ than the law names, or an earlier day (R-51)."""
    faults: dict[str, Words] = {}
    named = SENT_TO.get(says.kind)
    own_level = says.kind != SlipKind.COMPLETE_POLICY or addressee.place_id == by.organ.place_id
    if (
        named is not None
        and not (addressee.kind == named and own_level)
        and not says.elsewhere_because.strip()
    ):
        faults["elsewhere_because"] = (
            _(
                "It goes to the Party committee or government of this level (Art 40(2)). Say why to this organ."
            )
            if says.kind == SlipKind.COMPLETE_POLICY
            else _(
                "It goes to the organ that has authority over those concerned (Art 40(3)). Say why to this one."
            )
        )
    if says.kind in RECOMMENDATIONS and says.due_on is not None and not says.sooner_because.strip():
        days = days_to_answer(on=on)
        if says.due_on < on + timedelta(days=days):
            faults["sooner_because"] = _(
                "By the rule there are %(days)d days to answer (T14). Say why it is to be sooner."
            ) % {"days": days}
    return faults


def _faults(says: Says, *, today: date) -> dict[str, Words]:
    faults: dict[str, Words] = {}
    if not says.facts.strip():
        faults["facts"] = _("Say what happened.")
    if not says.act.strip():
        faults["act"] = _("Say what is to be done.")
    if (says.kind in GROUNDED) != (says.ground is not None):
        faults["ground"] = (
            _("It has one ground of Art 40.")
            if says.ground is None
            else _("A recommendation has no ground of Art 40.")
        )
    if (says.kind in BY_THE_CONFERENCE) != (says.meeting_id is not None):
        faults["meeting"] = (
            _("Choose the meeting of the joint conference that decided it.")
            if says.meeting_id is None
            else _("Only a measure of the joint conference is decided in its meeting.")
        )
    if says.kind == SlipKind.INTERVIEW:
        if says.held_at is None:
            faults["held_at"] = _("Say on which day and at what time it is.")
        if not says.held_where.strip():
            faults["held_where"] = _("Say where it is.")
        if not says.called.strip():
            faults["called"] = _("Say who is asked to come, by the post.")
    if says.kind == SlipKind.SUPERVISION and not says.advice.strip():
        faults["advice"] = _("A supervision order recommends how work is to improve (Art 40).")
    if says.kind == SlipKind.PURSUE_LIABILITY and not says.evidence.strip():
        faults["evidence"] = _("Pursuing liability needs grave consequences: say which, and what shows them.")
    if says.grade is not None and says.kind not in GRADED:
        faults["grade"] = _("This paper has no colour.")
    if says.due_on is None and says.kind in TO_WHO_LEADS:
        faults["due_on"] = _("Set the day of the reply.")
    return {**faults_of_writing(asdict(says), today=today), **faults}


# what is typed in running text and printed or read by the unit
TEXTS = (
    *("facts", "evidence", "act", "advice", "again_because", "delay_because"),
    *("elsewhere_because", "sooner_because", "held_where", "called"),
)


def faults_of_writing(facts: Mapping[str, Any], *, today: date) -> dict[str, Words]:
    """Return what is wrong with texts and days in themselves; those that are missing are not in it."""
    faults: dict[str, Words] = {**faults_of_numbers(facts, *TEXTS)}
    due_on = facts.get("due_on")
    if due_on is not None and not (today < due_on and (due_on - today).days <= _FURTHEST_DAYS):
        faults["due_on"] = _("The day lies ahead, and no more than a year.")
    held_at = facts.get("held_at")
    if held_at is not None and timezone.localdate(held_at) < today:
        faults["held_at"] = _("The day lies in the past.")
    if held_at is not None and due_on is not None and due_on < timezone.localdate(held_at):
        faults["due_on"] = _("The reply comes after the interview.")
    return faults


def fill(slip: Slip, says: Says) -> list[str]:
    """Write onto a row, not yet saved, what a slip says. Return the names of its fields."""
    slip.kind, slip.addressee_id = says.kind, says.addressee_id
    slip.facts, slip.act = says.facts.strip(), says.act.strip()
    slip.evidence, slip.advice = says.evidence.strip(), says.advice.strip()
    slip.ground, slip.grade, slip.due_on = says.ground or "", says.grade or "", says.due_on
    slip.held_at = says.held_at
    _fill_meeting(slip, says)
    for name in _REASONS_AND_PLACES:
        setattr(slip, name, getattr(says, name).strip())
    return [
        *("kind", "addressee", "facts", "act", "evidence", "advice", "ground", "grade", "due_on"),
        *("meeting", "decided_on", "decision_number", "held_at", *_REASONS_AND_PLACES),
    ]


def _fill_meeting(slip: Slip, says: Says) -> None:
    """Write by which meeting a measure was decided, with its day and the number its minutes have by now."""
    meeting = Meeting.objects.get(pk=says.meeting_id) if says.meeting_id is not None else None
    slip.meeting = meeting
    slip.decided_on = timezone.localdate(meeting.meets_at) if meeting is not None else None
    slip.decision_number = meeting.number if meeting is not None else ""


def meetings_that_decide(organ: Organ) -> QuerySet[Meeting]:
    """Return the meetings of the joint conference of an organ's place that were held, the latest first."""
    rows = Meeting.objects.filter(
        organ__place=organ.place_id,
        kind__is_conference=True,
        state__in=[MeetingState.HELD, MeetingState.ISSUED],
    )
    return rows.select_related("kind").order_by("-meets_at", "-pk")


_REASONS_AND_PLACES = (
    *("again_because", "delay_because", "elsewhere_because", "sooner_because"),
    *("held_where", "called"),
)


def draw_up(slip: Slip, *, by: Hat, now: datetime) -> None:
    """Draw up the paper of a slip; one that was sent back keeps its paper as it was and gets another."""
    require_transaction("draw_up")
    paper = paper_of(slip, by=by, on=timezone.localdate(now))
    kind = PAPER_OF[SlipKind(slip.kind)]
    document = slip.document
    if document is not None and document.kind == kind and slip.state == SlipState.DRAFT:
        documents.redraft(document, paper, version=document.version, by=by, now=now)
        return
    slip.document = documents.draft(kind, organ=slip.issuer, paper=paper, by=by, now=now)


def put_out(slip: Slip, *, by: Hat, now: datetime) -> None:
    """Ask for what an issued slip says, and tell the unit; its clock starts."""
    require_transaction("put_out")
    kind = SlipKind(slip.kind)
    slip.assignment = ask(
        ASKED_AS[kind],
        slip.petition_id,
        of=slip.addressee,
        act=slip.act,
        asking_organ=slip.issuer,
        by=by,
        now=now,
        due_on=slip.due_on,
        rule=AS_SET if slip.due_on else ANSWER,
        except_users=users_kept_out(slip.petition),
    )
    slip.state = SlipState.ISSUED
    slip.save(update_fields=["state", "assignment"])


def open_for_fraud(petition: Petition, unit: Organ, office: Organ, *, by: Hat, now: datetime) -> Slip | None:
    """Open a draft of an order with the ground fraud, on a locked petition, for a petition office to write (Art 40(1)).

    Nothing where one like it stands, where the petition is over or names the unit, or where the unit leads nothing.
    """
    require_transaction("open_for_fraud")
    issues = office.kind == OrganKind.PETITION_OFFICE and petition.is_open
    if not issues or not led_by(petition, unit) or unit.pk in organs_kept_out(petition):
        return None
    if Slip.objects.like(petition, unit, kind=SlipKind.SUPERVISION, ground=Ground.FRAUD).exists():
        return None
    slip = Slip.objects.create(
        petition=petition,
        kind=SlipKind.SUPERVISION,
        state=SlipState.OPENED,
        issuer=office,
        addressee=unit,
        ground=Ground.FRAUD,
        opened_at=now,
    )
    tell_office(office, DRAFTS, Kind.SLIP_TO_SIGN, petition, key=f"slip:{slip.pk}:1", now=now)
    facts = {"organ": unit.code, "slip_ground": slip.ground}
    record("petition.open_slip", petition, by=by.actor, at=now, facts=facts)
    return slip


def reply_words(words: str, adopted: Adopted | None, slip: Slip | None) -> None:
    """Refuse a reply that holds a number of a person, or does not say what its paper asks (R-51).

    :raises Refused: if a recommendation is answered without saying whether it is adopted, or not wholly without why
    """
    numbers = faults_of_numbers({"words": words}, "words")
    if numbers:
        raise Refused(numbers["words"], fields=numbers)
    if slip is None or not slip.is_recommendation:
        return
    if adopted is None:
        message = _("Say whether it is adopted (Art 40).")
        raise Refused(message, fields={"adopted": message})
    if not words.strip():
        message = _("Give the reasons, or how it is carried out.")
        raise Refused(message, fields={"words": message})
