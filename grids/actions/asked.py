"""What a unit that was given an event does: signs for it, feeds back, or says why it is not its duty ([L08] Art 11)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from assignments import parts
from assignments.models import Assignment
from assignments.states import OWED, Kind
from grids.event_parts import asked_on, end_period, let_out, lock_event, move_to, note, tell_desk
from grids.event_states import Basis, EventState, Step
from grids.lifts import take_lift
from grids.models import GridEvent
from grids.parts import need
from infra.files import Checked, store
from lib.errors import OutOfTurn, Unknown
from notices.models import Kind as NoticeKind


@transaction.atomic(durable=True)
def receive_event(assignment_id: UUID, *, by: Hat, now: datetime) -> Assignment:
    """Sign for an event that was given to this hat's unit.

    :raises Unknown: if nothing of the kind is asked of it
    :raises OutOfTurn: if somebody did
    """
    _event, asked = _held(assignment_id, by)
    parts.receive(asked, by=by, now=now)
    return asked


@transaction.atomic(durable=True)
def reply_event(
    assignment_id: UUID, *, words: str, file: Checked | None = None, by: Hat, now: datetime
) -> Assignment:
    """Feed back what was done; once every unit has, the event waits to be verified.

    :raises Unknown: if nothing of the kind is asked of this hat
    :raises OutOfTurn: if nothing is owed on it
    :raises Refused: without what was done
    """
    event, asked = _held(assignment_id, by)
    stored = store(file, now=now) if file else None
    parts.reply(asked, words, by=by, now=now, file=stored)
    take_lift(event, by=by, now=now)
    if event.state == EventState.HANDLING and not _owed(event):
        move_to(event, EventState.FED_BACK, now=now)
        end_period(event, met=True, now=now)
    note(event, Step.FEED_BACK, words, by=by, now=now, organ=asked.organ)
    return asked


@transaction.atomic(durable=True)
def decline_event(assignment_id: UUID, *, reason: str, by: Hat, now: datetime) -> Assignment:
    """Say why an event is not this unit's duty; it is asked no longer, and the event goes back to who has it.

    :raises Unknown: if nothing of the kind is asked of this hat
    :raises OutOfTurn: if it was answered
    :raises Refused: without a reason
    """
    event, asked = _held(assignment_id, by)
    need(reason, "reason")
    if asked.state not in OWED:
        raise OutOfTurn(_("Nothing is owed on it at this moment."))
    parts.cancel(asked, reason, by=by, now=now)
    if event.state == EventState.HANDLING and not _owed(event):
        replied = asked_on(event).filter(ended_at=None).exists()
        move_to(event, EventState.FED_BACK if replied else EventState.ACCEPTED, now=now)
        if replied:
            end_period(event, met=True, now=now)
        tell_desk(event, NoticeKind.EVENT_WAITS, key=f"waits:{event.version}", now=now)
    let_out(event, Basis.ASKED, organ=asked.organ, now=now)
    note(event, Step.DECLINE, reason, by=by, now=now, organ=asked.organ)
    return asked


def _owed(event: GridEvent) -> bool:
    return asked_on(event).filter(state__in=sorted(OWED)).exists()


def _held(assignment_id: UUID, by: Hat) -> tuple[GridEvent, Assignment]:
    """Return an event that was given to this hat's unit with what is asked, the event held first.

    :raises Unknown: if there is none
    """
    mine = Assignment.objects.asked_of(by).filter(pk=assignment_id, kind=Kind.EVENT)
    subject = mine.values_list("subject_id", flat=True).first()
    if subject is None:
        raise Unknown(_("There is no such assignment."))
    event = lock_event(UUID(subject))
    return event, parts.hold(assignment_id)
