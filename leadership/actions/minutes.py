"""会议纪要: what was discussed and decided, signed by a second person; then each decision is asked of its unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.roles import Role
from assignments.models import ANSWERS
from assignments.parts import ask
from assignments.states import Kind as Asked
from audit.parts import record
from cases.locks import lock_several
from cases.models import JurisdictionDispute, Petition
from cases.parts import lock_petition, users_kept_out
from documents.numbering import letters_of
from infra.numbers import take_number
from leadership import permissions as may
from leadership.agenda import over_and_untaught
from leadership.meeting_states import DecisionKind, MeetingState
from leadership.meetings import hold_meeting, need
from leadership.models import AgendaLine, LessonsNote, Meeting, MeetingDecision
from leadership.parts import led_by, organs_kept_out
from leadership.states import BY_THE_CONFERENCE, SlipKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind
from notices.parts import settle, tell

_FURTHEST_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a meeting decided on a line of its agenda: who does what by when."""

    kind: DecisionKind
    words: str
    organ_id: int
    due_on: date
    line_id: int | None = None
    responsible_id: int | None = None
    measure: SlipKind | None = None


@transaction.atomic(durable=True)
def write_minutes(meeting_id: UUID, *, words: str, by: Hat, now: datetime) -> Meeting:
    """Write what was discussed, once the meeting has begun, or write it anew before it is signed.

    :raises Unknown: if this hat does not read the meeting
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if its minutes are issued, it was called off, or has not begun
    :raises Refused: without words
    """
    meeting = hold_meeting(meeting_id, by)
    if meeting.meets_at > now:
        raise OutOfTurn(_("The meeting has not begun."))
    need(words, "words")
    meeting.state, meeting.words = MeetingState.HELD, words.strip()
    meeting.noter, meeting.noted_at = by.user, now
    meeting.save(update_fields=["state", "words", "noter", "noted_at"])
    key = f"meeting:{meeting.pk}:sign"
    tell(_who_signs(meeting, by, now), Kind.MINUTES_TO_SIGN, key=key, subject_id=str(meeting.pk), now=now)
    record("meeting.write_minutes", meeting, by=by.actor, at=now)
    return meeting


@transaction.atomic(durable=True)
def decide(meeting_id: UUID, decided: Decided, *, by: Hat, now: datetime) -> MeetingDecision:
    """Write a decision into minutes that wait for their signature; nothing is asked before (Art 24, 39(3); R-24, R-53).

    :raises Unknown: if this hat does not read the meeting
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if minutes are not begun, or are issued
    :raises Refused: if line, unit, person, day or measure cannot be
    """
    petition = _petition_of(meeting_id, decided.line_id, by)
    meeting = hold_meeting(meeting_id, by)
    if meeting.state != MeetingState.HELD:
        raise OutOfTurn(_("Write the minutes first: decisions stand in them."))
    line = _line(meeting, decided.line_id)
    organ, responsible = _refuse_impossible(meeting, decided, petition, now=now)
    row = MeetingDecision.objects.create(
        meeting=meeting,
        line=line,
        petition=petition,
        kind=decided.kind,
        measure=decided.measure or "",
        words=decided.words.strip(),
        organ=organ,
        responsible=responsible,
        due_on=decided.due_on,
        noted_by=by.post,
        noted_at=now,
    )
    facts = {"decided": decided.kind, "organ": organ.code, "due_on": decided.due_on.isoformat()}
    record("meeting.decide", meeting, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def drop_decision(meeting_id: UUID, *, decision_id: UUID, by: Hat, now: datetime) -> None:
    """Take a decision out of minutes that are not signed yet.

    :raises Unknown: if this hat does not read the meeting, or the decision is not in it
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if the minutes are issued
    """
    meeting = hold_meeting(meeting_id, by)
    row = MeetingDecision.objects.of_open_lane().filter(meeting=meeting, pk=decision_id).first()
    if row is None:
        raise Unknown(_("The minutes hold no such decision."))
    record("meeting.drop_decision", meeting, by=by.actor, at=now, facts={"decided": row.kind})
    row.delete()


@transaction.atomic(durable=True)
def issue_minutes(meeting_id: UUID, *, by: Hat, now: datetime) -> Meeting:
    """Sign the minutes as a second person: numbered, frozen, and every task in them asked of its unit.

    What was sealed meanwhile is asked of nobody (Q2); who accepts and measures go on by their own deeds.

    :raises Unknown: if this hat does not read the meeting
    :raises NotAllowed: if this post does not sign, or the person wrote them
    :raises OutOfTurn: if they are not written, or are issued; or if a day in them has passed
    """
    decisions = MeetingDecision.objects.of_open_lane().filter(meeting=meeting_id)
    lock_several([one for one in decisions.values_list("petition", flat=True) if one])
    meeting = hold_meeting(meeting_id, by)
    if meeting.state != MeetingState.HELD:
        raise OutOfTurn(_("There are no minutes to sign."))
    if not may.may_sign_minutes(by, meeting):
        raise NotAllowed(_("A second person signs minutes: a head, or an officer of the joint conference."))
    today = timezone.localdate(now)
    rows = list(decisions.select_related("petition", "organ").order_by("pk"))
    if any(row.due_on <= today for row in rows):
        raise OutOfTurn(_("The day of a decision has come meanwhile: write it anew with a later one."))
    asked = sum(_ask(row, meeting, by=by, now=now) for row in rows if row.kind == DecisionKind.TASK)
    letters = letters_of(meeting.organ.short_name, seat=meeting.organ.place.short_name)
    serial = take_number(f"minutes/{letters}/{today.year}")
    meeting.number = f"{letters}纪〔{today.year}〕{serial}号"
    meeting.state, meeting.issued_by, meeting.signer, meeting.issued_at = (
        MeetingState.ISSUED,
        by.post,
        by.user,
        now,
    )
    meeting.save(update_fields=["number", "state", "issued_by", "signer", "issued_at"])
    settle(str(meeting.pk), f"meeting:{meeting.pk}:sign", now=now)
    record("meeting.issue_minutes", meeting, by=by.actor, at=now, facts={"count": asked})
    return meeting


@transaction.atomic(durable=True)
def note_lessons(
    petition_id: UUID, *, helped: str, missed: str = "", advice: str = "", by: Hat, now: datetime
) -> LessonsNote:
    """Write what a key petition taught once it is over (seeds-map 20). It is about the work, and about no person.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if it is open, no key petition, or its lessons are written
    :raises Refused: without what helped
    """
    petition = lock_petition(petition_id, by)
    if not may.may_place(by):
        raise NotAllowed(_("Your post does not write lessons."))
    if not over_and_untaught(Petition.objects.filter(pk=petition.pk)).exists():
        raise OutOfTurn(_("Lessons are written once, of a key petition that is over."))
    need(helped, "helped")
    row = LessonsNote.objects.create(
        petition=petition,
        helped=helped.strip(),
        missed=missed.strip(),
        advice=advice.strip(),
        by=by.post,
        person=by.user,
        noted_at=now,
    )
    record("petition.note_lessons", petition, by=by.actor, at=now)
    return row


def _ask(row: MeetingDecision, meeting: Meeting, *, by: Hat, now: datetime) -> int:
    petition = row.petition
    organ = row.organ.carried_on_by or row.organ
    if petition is not None and organ.pk in organs_kept_out(petition):
        return 0
    row.assignment = ask(
        Asked.DECISION,
        petition.pk if petition is not None else row.pk,
        of=organ,
        act=row.words,
        asking_organ=meeting.organ,
        by=by,
        now=now,
        due_on=row.due_on,
        except_users=users_kept_out(petition) if petition is not None else (),
    )
    row.save(update_fields=["assignment"])
    return 1


def _who_signs(meeting: Meeting, by: Hat, now: datetime) -> Iterable[int]:
    held = Post.objects.held_on(timezone.localdate(now)).filter(
        organ=meeting.organ.carried_on_by_id or meeting.organ_id, role__in=sorted(may.SIGNS)
    )
    return held.exclude(user=by.user).values_list("pk", flat=True)


def _line(meeting: Meeting, line_id: int | None) -> AgendaLine | None:
    if line_id is None:
        return None
    line = AgendaLine.objects.filter(meeting=meeting, pk=line_id, struck="").first()
    if line is None:
        words = _("Choose a line of the agenda.")
        raise Refused(words, fields={"line": words})
    return line


def _petition_of(meeting_id: UUID, line_id: int | None, by: Hat) -> Petition | None:
    """Return the petition a line is about, held before the meeting is; nothing for a topic or no line."""
    lines = AgendaLine.objects.filter(meeting=meeting_id, pk=line_id or 0, petition__isnull=False)
    petition_id = lines.values_list("petition", flat=True).first()
    return lock_petition(petition_id, by) if petition_id is not None else None


def _refuse_impossible(
    meeting: Meeting, decided: Decided, petition: Petition | None, *, now: datetime
) -> tuple[Organ, Post | None]:
    """Return the unit and whoever answers for it there."""
    need(decided.words, "words")
    today = timezone.localdate(now)
    faults: dict[str, str] = {}
    organ = Organ.objects.current().filter(pk=decided.organ_id).first()
    if organ is None:
        faults["organ"] = _("Choose another organ that exists today.")
    elif petition is not None and organ.pk in organs_kept_out(petition):
        faults["organ"] = _("The petition names this unit, or who leads it: nothing about it is sent there.")
    responsible = _responsible(decided, organ, petition, on=today)
    if decided.responsible_id is not None and responsible is None:
        faults["responsible"] = _("Choose somebody of this unit.")
    if not 0 < (decided.due_on - today).days <= _FURTHEST_DAYS:
        faults["due_on"] = _("The day lies ahead, and no more than a year.")
    faults |= _faults_of_kind(meeting, decided, petition, organ)
    if faults or organ is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    return organ, responsible


def _responsible(
    decided: Decided, organ: Organ | None, petition: Petition | None, *, on: date
) -> Post | None:
    """Return who answers for a decision in its unit: whoever was named, else the unit's head, if it has one."""
    if organ is None:
        return None
    kept_out = users_kept_out(petition) if petition is not None else set()
    held = Post.objects.held_on(on).filter(organ=organ).exclude(user__in=kept_out)
    if decided.responsible_id is None:
        return held.filter(role=Role.UNIT_HEAD).order_by("pk").first()
    return held.filter(pk=decided.responsible_id, role__in=sorted(ANSWERS | {Role.LEADER})).first()


def _faults_of_kind(
    meeting: Meeting, decided: Decided, petition: Petition | None, organ: Organ | None
) -> dict[str, str]:
    """Return what is wrong with a decision that only the joint conference takes, on a petition (Art 24, 39(3))."""
    if decided.kind is DecisionKind.TASK:
        return {}
    if petition is None:
        return {"line": _("Choose the petition it is decided on.")}
    if not meeting.kind.is_conference:
        return {"kind": _("Only the joint conference decides this.")}
    if decided.kind is DecisionKind.JURISDICTION:
        open_now = JurisdictionDispute.objects.filter(petition=petition, settled_at=None)
        return {} if open_now.exists() else {"kind": _("No dispute over this petition is open.")}
    if decided.measure not in BY_THE_CONFERENCE:
        return {"measure": _("Choose one of the four measures.")}
    if organ is not None and not led_by(petition, organ):
        return {"organ": _("This unit leads nothing of this petition.")}
    return {}
