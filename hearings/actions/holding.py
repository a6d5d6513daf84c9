"""Holding a hearing: opening it, its ten steps, who came, what was said and shown, suspending it (hearing.md §5)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.parts import users_kept_out
from hearings import permissions as may
from hearings.models import Exhibit, Hearing, Pause, RecordChange, RecordEntry, Seat, StepRun
from hearings.parts import hold_arranged, hold_hearing, missing_to_open, move_on, need, standing_seats
from hearings.states import HEARD, HearingState, PauseGround, SeatRole, Step
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale, Unknown

# within so long the same writer's wording is still being written, and no earlier one is kept
_STILL_WRITING = timedelta(seconds=60)


@transaction.atomic(durable=True)
def note_presence(hearing_id: UUID, *, seat_id: int, came: bool, by: Hat, now: datetime) -> Seat:
    """Write whether somebody came.

    :raises Unknown: if this hat does not read it, or nobody has this seat
    :raises NotAllowed: if it does not lead through it
    :raises OutOfTurn: if it is neither called nor under way
    """
    hearing = hold_arranged(hearing_id, by, HEARD | {HearingState.CALLED})
    seat = _seat(hearing, seat_id)
    seat.came = came
    seat.save(update_fields=["came"])
    record("hearing.note_presence", hearing, by=by.actor, at=now, facts={"seat": seat.role, "came": came})
    return seat


@transaction.atomic(durable=True)
def open_hearing(hearing_id: UUID, *, recusal_asked: bool, by: Hat, now: datetime) -> Hearing:
    """Open a hearing: all were told in time, the panel is complete and odd, recusal was asked, and it is recorded.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not lead through it
    :raises OutOfTurn: if it is not called, its time has not come, or chair, clerk, panel, a petitioner or a notice
        is missing
    :raises Refused: if recusal was not asked
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.CALLED})
    missing = missing_to_open(hearing, now=now)
    if missing:
        raise OutOfTurn(missing[0])
    if not recusal_asked:
        words = _("The chair asks for recusals first.")
        raise Refused(words, fields={"recusal_asked": words})
    hearing.state, hearing.step, hearing.recusal_asked_at = HearingState.OPEN, Step.OPENING, now
    hearing.save(update_fields=["state", "step", "recusal_asked_at"])
    StepRun.objects.create(hearing=hearing, step=Step.OPENING, began_at=now)
    record("hearing.open", hearing, by=by.actor, at=now)
    return hearing


@transaction.atomic(durable=True)
def next_step(hearing_id: UUID, *, by: Hat, now: datetime) -> Hearing:
    """Go on to the next of the ten steps; none is left out, and from the ninth the conclusion leads on.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not lead through it
    :raises OutOfTurn: if it is not under way, it waits for its conclusion, or votes are missing
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.OPEN})
    step = Step(hearing.step or Step.OPENING)
    if step >= Step.ANNOUNCEMENT:
        raise OutOfTurn(_("Write the conclusion: it leads on to the signatures."))
    if step == Step.DELIBERATION and any(not seat.vote for seat in standing_seats(hearing) if _votes(seat)):
        raise OutOfTurn(_("A panel member has not voted."))
    move_on(hearing, Step(step + 1), now=now)
    hearing.save(update_fields=["step"])
    record("hearing.next_step", hearing, by=by.actor, at=now, facts={"hearing_step": hearing.step})
    return hearing


def _votes(seat: Seat) -> bool:
    return seat.role == SeatRole.PANEL and bool(seat.came)


@transaction.atomic(durable=True)
def write_entry(
    hearing_id: UUID,
    *,
    entry_id: UUID,
    seat_id: int | None,
    text: str,
    version: int,
    by: Hat,
    now: datetime,
) -> RecordEntry:
    """Write what somebody said, or write it anew: every few seconds while it is typed, under one key.

    A repeated save is one entry. Whoever did not see the wording that stands is refused with it (Q32).

    :raises Unknown: if this hat does not read it, or nobody has this seat
    :raises NotAllowed: if it does not keep the record
    :raises OutOfTurn: if it is not under way
    :raises Stale: if somebody else wrote on this entry meanwhile, with his words
    :raises Refused: without words
    """
    hearing = hold_hearing(hearing_id, by, HEARD)
    if not may.writes_record(by, hearing) or by.user.pk in users_kept_out(hearing.petition):
        raise NotAllowed(_("Your post does not keep this record."))
    words = need(text, "text")
    seat = _seat(hearing, seat_id) if seat_id is not None else None
    entry = RecordEntry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        return _begin(hearing, entry_id, seat, words, by=by, now=now)
    if entry.hearing_id != hearing.pk:
        raise Unknown(_("There is no such entry."))
    if (entry.text, entry.seat_id) == (words, seat_id):
        return entry
    if entry.version != version:
        raise Stale(_("Somebody wrote here meanwhile: “%(text)s”") % {"text": entry.text})
    if entry.person_id != by.user.pk or now - entry.written_at > _STILL_WRITING:
        _keep(entry)
        record("hearing.change_entry", hearing, by=by.actor, at=now, facts={"hearing_step": entry.step})
    entry.text, entry.seat, entry.version = words, seat, entry.version + 1
    entry.by, entry.person, entry.written_at = by.post, by.user, now
    entry.save(update_fields=["text", "seat", "version", "by", "person", "written_at"])
    return entry


def _begin(
    hearing: Hearing, entry_id: UUID, seat: Seat | None, words: str, *, by: Hat, now: datetime
) -> RecordEntry:
    entry = RecordEntry.objects.create(
        pk=entry_id,
        hearing=hearing,
        step=hearing.step or Step.OPENING,
        seat=seat,
        text=words,
        by=by.post,
        person=by.user,
        begun_at=now,
        written_at=now,
    )
    record("hearing.write_entry", hearing, by=by.actor, at=now, facts={"hearing_step": entry.step})
    return entry


def _keep(entry: RecordEntry) -> None:
    RecordChange.objects.create(
        entry=entry,
        version=entry.version,
        text=entry.text,
        person_id=entry.person_id,
        written_at=entry.written_at,
    )


@transaction.atomic(durable=True)
def show_exhibit(hearing_id: UUID, *, seat_id: int, what: str, by: Hat, now: datetime) -> Exhibit:
    """Write what evidence was shown, and by whom.

    :raises Unknown: if this hat does not read it, or nobody has this seat
    :raises NotAllowed: if it does not keep the record
    :raises OutOfTurn: if it is not under way
    :raises Refused: without words
    """
    hearing = hold_hearing(hearing_id, by, HEARD)
    if not may.writes_record(by, hearing) or by.user.pk in users_kept_out(hearing.petition):
        raise NotAllowed(_("Your post does not keep this record."))
    row = Exhibit.objects.create(
        hearing=hearing,
        seat=_seat(hearing, seat_id),
        what=need(what, "what"),
        shown_at=now,
        noted_by=by.post,
    )
    record("hearing.show_exhibit", hearing, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def suspend(hearing_id: UUID, *, ground: PauseGround, why: str, by: Hat, now: datetime) -> Hearing:
    """Suspend a hearing that is under way, with why: a new witness, a test repeated, a party that cannot go on.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not lead through it
    :raises OutOfTurn: if it is not under way
    :raises Refused: without a reason
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.OPEN})
    Pause.objects.create(hearing=hearing, ground=ground, why=need(why, "why"), began_at=now, by=by.post)
    hearing.state = HearingState.SUSPENDED
    hearing.save(update_fields=["state"])
    record("hearing.suspend", hearing, by=by.actor, at=now, facts={"pause": ground})
    return hearing


@transaction.atomic(durable=True)
def resume(hearing_id: UUID, *, by: Hat, now: datetime) -> Hearing:
    """Go on with a hearing that was suspended, in the step it had come to.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not lead through it
    :raises OutOfTurn: if it is not suspended
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.SUSPENDED})
    Pause.objects.filter(hearing=hearing, ended_at=None).update(ended_at=now)
    hearing.state = HearingState.OPEN
    hearing.save(update_fields=["state"])
    record("hearing.resume", hearing, by=by.actor, at=now)
    return hearing


def _seat(hearing: Hearing, seat_id: int) -> Seat:
    seat = hearing.seats.filter(pk=seat_id, left_at=None).first()
    if seat is None:
        raise Unknown(_("Nobody has this seat."))
    return seat
