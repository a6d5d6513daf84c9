"""What is done with an event, from the spot to being struck off ([L08] Art 11, 12); each step as it was seen."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from assignments.parts import ask, hold
from assignments.parts import send_back as send_reply_back
from assignments.states import Kind, State, Tier
from audit.parts import record
from grids.event_parts import (
    asked_on,
    check_step,
    end_period,
    evaluate,
    hold_event,
    let_in,
    move_to,
    note,
    start_period,
    tell_desk,
    was_done,
)
from grids.event_states import Basis, EventState, Phase, Rating, Step
from grids.ground_steps import (
    did_it,
    hang_picture,
    hold_for_picture,
    note_how_it_goes,
    send_event_up,
    settle,
    verify,
)
from grids.lifts import give_back, standing_lift, take_lift
from grids.models import EventPhoto, GridEvent
from grids.parts import need
from infra.files import Checked, store
from infra.models import StoredFile
from lib.errors import NotAllowed, Refused, Unknown
from notices.models import Kind as NoticeKind


@transaction.atomic(durable=True)
def settle_event(
    event_id: UUID,
    *,
    words: str,
    version: int,
    observed_at: datetime | None = None,
    client_id: UUID | None = None,
    by: Hat,
    now: datetime,
) -> GridEvent:
    """Write that an event was settled on the spot; somebody else verifies it.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    :raises Refused: without what was done
    """
    if was_done(client_id, event_id):
        return hold_event(event_id, by)
    return settle(
        event_id,
        words=words,
        version=version,
        observed_at=observed_at,
        client_id=client_id,
        by=by,
        now=now,
    )


@transaction.atomic(durable=True)
def note_progress(event_id: UUID, *, words: str, by: Hat, now: datetime) -> GridEvent:
    """Write down how it goes with an event; where it stands is as it was.

    :raises Unknown: if this hat knows of none
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if the event is over
    :raises Refused: without words
    """
    return note_how_it_goes(event_id, words=words, by=by, now=now)


@transaction.atomic(durable=True)
def send_up(event_id: UUID, *, words: str, version: int, by: Hat, now: datetime) -> GridEvent:
    """Send what cannot be settled in the grid up to its community ([L08] Art 11).

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    """
    return send_event_up(event_id, words=words, version=version, by=by, now=now)


@transaction.atomic(durable=True)
def accept_event(event_id: UUID, *, version: int, by: Hat, now: datetime) -> GridEvent:
    """Accept an event; one that was lifted here is this tier's from now on.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.ACCEPT, event, by)
    take_lift(event, by=by, now=now)
    move_to(event, EventState.ACCEPTED, now=now)
    note(event, Step.ACCEPT, by=by, now=now)
    return event


@transaction.atomic(durable=True)
def ask_unit(
    event_id: UUID, *, organ_id: int, act: str, due_on: date, version: int, by: Hat, now: datetime
) -> GridEvent:
    """Give an event to a unit, with what is to be done and by when; several units may be asked, one after the other.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    :raises Refused: for a unit that is none of today, is asked already or has the event, or a day that is over
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.ASK, event, by)
    need(act, "act")
    organ = Organ.objects.current().filter(pk=organ_id).exclude(pk=event.organ_id).first()
    if organ is None:
        words = _("Choose another organ that exists today.")
        raise Refused(words, fields={"organ": words})
    if asked_on(event).filter(organ=organ, ended_at=None).exists():
        words = _("This unit is asked already.")
        raise Refused(words, fields={"organ": words})
    if due_on < timezone.localdate(now):
        words = _("The day is over.")
        raise Refused(words, fields={"due_on": words})
    ask(
        Kind.EVENT,
        event.pk,
        of=organ,
        act=act.strip(),
        asking_organ=event.organ,
        by=by,
        now=now,
        due_on=due_on,
    )
    let_in(event, organ, Basis.ASKED, now=now)
    move_to(event, EventState.HANDLING, now=now)
    note(event, Step.ASK, act, by=by, now=now, organ=organ)
    return event


@transaction.atomic(durable=True)
def feed_back(event_id: UUID, *, words: str, version: int, by: Hat, now: datetime) -> GridEvent:
    """Write what whoever has the event did about it himself.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    :raises Refused: without what was done
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.FEED_BACK, event, by)
    need(words, "words")
    move_to(event, EventState.FED_BACK, now=now)
    end_period(event, met=True, now=now)
    note(event, Step.FEED_BACK, words, by=by, now=now, organ=event.organ)
    return event


@transaction.atomic(durable=True)
def verify_event(event_id: UUID, *, words: str, version: int, by: Hat, now: datetime) -> GridEvent:
    """Write that somebody who did not do it looked at what was done and found it so.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's, or the person did it
    :raises OutOfTurn: if it does not follow
    :raises Refused: without what was looked at
    """
    return verify(event_id, words=words, version=version, by=by, now=now)


@transaction.atomic(durable=True)
def send_event_back(event_id: UUID, *, words: str, version: int, by: Hat, now: datetime) -> GridEvent:
    """Send back what was not done: units answer anew, whoever has the event goes on.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    :raises Refused: without what is missing
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.SEND_BACK, event, by)
    need(words, "words")
    replied = list(asked_on(event).filter(state=State.REPLIED))
    for asked in replied:
        send_reply_back(hold(asked.pk), words, by=by, now=now)
    event.settled_on_spot = False
    state = EventState.HANDLING if replied else EventState.ACCEPTED
    if event.tier == Tier.GRID:
        event.tier = Tier.COMMUNITY
    move_to(event, state, "settled_on_spot", "tier", now=now)
    start_period(event, since=now, now=now)
    note(event, Step.SEND_BACK, words, by=by, now=now)
    return event


@transaction.atomic(durable=True)
def close_event(event_id: UUID, *, words: str, version: int, by: Hat, now: datetime) -> GridEvent:
    """Strike a verified event off (销号).

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.CLOSE, event, by)
    move_to(event, EventState.CLOSED, now=now)
    note(event, Step.CLOSE, words, by=by, now=now)
    return event


@transaction.atomic(durable=True)
def evaluate_event(
    event_id: UUID, *, rating: Rating, words: str, version: int, by: Hat, now: datetime
) -> GridEvent:
    """Take down what the resident says of it; nobody takes down the rating of his own work (Q28).

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's, or the person did it
    :raises OutOfTurn: if it does not follow, or it was rated
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.EVALUATE, event, by)
    if did_it(event, by):
        raise NotAllowed(_("Who did it does not take down how it is rated."))
    evaluate(event, rating, words, by=by, now=now)
    return event


@transaction.atomic(durable=True)
def return_event(event_id: UUID, *, reason: str, version: int, by: Hat, now: datetime) -> GridEvent:
    """Return an event that is none of this tier's duty, with the reason: down where it came from, or to the grid.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    :raises Refused: without a reason
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.RETURN, event, by)
    need(reason, "reason")
    end_period(event, met=False, now=now)
    lift = standing_lift(event)
    if lift is None:
        move_to(event, EventState.RETURNED, now=now)
    else:
        give_back(event, lift, reason, by=by, now=now)
        move_to(event, EventState.ACCEPTED, now=now)
        start_period(event, since=now, now=now)
        tell_desk(event, NoticeKind.EVENT_WAITS, key=f"waits:{event.version}", now=now)
    note(event, Step.RETURN, reason, by=by, now=now)
    return event


@transaction.atomic(durable=True)
def reopen_event(event_id: UUID, *, reason: str, version: int, by: Hat, now: datetime) -> GridEvent:
    """Open an event again that was struck off or returned.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    :raises Refused: without a reason
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.REOPEN, event, by)
    need(reason, "reason")
    event.settled_on_spot = False
    if event.tier == Tier.GRID:
        event.tier = Tier.COMMUNITY
    move_to(event, EventState.ACCEPTED, "settled_on_spot", "tier", now=now)
    start_period(event, since=now, now=now)
    note(event, Step.REOPEN, reason, by=by, now=now)
    return event


@transaction.atomic(durable=True)
def join_event(event_id: UUID, *, number: str, version: int, by: Hat, now: datetime) -> GridEvent:
    """Join an event to an equal one that is open in the same place; from now on it goes as that one goes.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    :raises Refused: if there is no such open event of the same organ and type
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.JOIN, event, by)
    others = GridEvent.objects.visible_to(by).open().filter(organ=event.organ, type=event.type)
    other = others.filter(number=number.strip().upper()).exclude(pk=event.pk).first()
    if other is None:
        words = _("There is no open event of this kind under this number.")
        raise Refused(words, fields={"number": words})
    event.joined_to = other
    move_to(event, EventState.JOINED, "joined_to", now=now)
    end_period(event, met=False, now=now)
    note(event, Step.JOIN, other.number, by=by, now=now)
    return event


@transaction.atomic(durable=True)
def add_photo(
    event_id: UUID, *, photo: Checked, phase: Phase, client_id: UUID | None = None, by: Hat, now: datetime
) -> GridEvent:
    """Add a picture of the spot, before or after; place and device recorded in it are gone already.

    :raises Unknown: if this hat knows of none
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    :raises Refused: for what is no picture, or one too many
    """
    if was_done(client_id, event_id):
        return hold_event(event_id, by)
    event = hold_for_picture(event_id, photo, by)
    hang_picture(event, store(photo, now=now), phase=phase, client_id=client_id, by=by, now=now)
    return event


@transaction.atomic(durable=True)
def fetch_photo(event_id: UUID, photo_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return a picture of an event to whoever knows of it, written down.

    :raises Unknown: if this hat knows of none
    """
    event = hold_event(event_id, by)
    photo = EventPhoto.objects.filter(event=event, pk=photo_id).select_related("file").first()
    if photo is None:
        raise Unknown(_("There is no such file."))
    record("event.fetch_photo", event, by=by.actor, at=now)
    return photo.file
