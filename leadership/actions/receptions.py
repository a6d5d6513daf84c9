"""接访: numbers of the queue, calling them, and what each talk came to (seeds-map 37, 102; Q35)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.models import Petition
from leadership import permissions as may
from leadership.models import Sponsorship, Ticket
from leadership.parts import hold_open_lane
from leadership.queues import MOST_PERSONS, give_number, hold_ticket, refuse_closed, refuse_early, serves
from leadership.reception_states import Came, Outcome, TicketState
from leadership.rosters import hold_duty_day, office_for
from leadership.sponsoring import begin_sponsorship, may_be_asked
from leadership.states import SponsorKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

_REFUSED_AT_ONCE = frozenset({Came.ONLINE})


@dataclass(frozen=True)
class Given:
    """A number that was given out, and the code that takes a booking back, in clear for this once."""

    ticket: Ticket
    code: str


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What a talk came to: how many persons, what was said to them, and on which petition. No names of petitioners."""

    outcome: Outcome
    persons: int
    words: str
    # of a petition already in hand
    number: str = ""


@transaction.atomic(durable=True)
def take_number(day_id: UUID, came: Came, *, persons: int, by: Hat, now: datetime) -> Given:
    """Give out the next number of a day, in the hall or to whoever telephones. It bears no name.

    :raises Unknown: if the day is on another office's roster
    :raises NotAllowed: if this hat does not work at the window
    :raises OutOfTurn: if the day was called off or is over, or all that may be booked is taken
    :raises Refused: if the number of persons is not one a day receives together
    """
    day = hold_duty_day(day_id, office_for(by))
    _at_window(by)
    if came in _REFUSED_AT_ONCE:
        raise Refused(_("Choose how the number was taken."), {"came": _("Choose how the number was taken.")})
    ticket, code = give_number(day, came, persons=persons, now=now, by=by.post)
    facts = {"came": came, "number": ticket.number}
    record("reception.take_number", ticket, by=by.actor, at=now, facts=facts)
    return Given(ticket, code)


@transaction.atomic(durable=True)
def call(ticket_id: UUID, *, by: Hat, now: datetime) -> Ticket:
    """Call a number that waits.

    :raises Unknown: if it is none of this office
    :raises NotAllowed: if this hat does not work at the window
    :raises OutOfTurn: if it does not wait any more, or the day has not come or is over
    """
    ticket = _held(ticket_id, by)
    _at_window(by)
    refuse_early(ticket.duty_day, now)
    refuse_closed(ticket.duty_day, now)
    if ticket.state != TicketState.WAITING:
        raise OutOfTurn(_("This number was called already."))
    ticket.state, ticket.called_at = TicketState.CALLED, now
    ticket.save(update_fields=["state", "called_at"])
    record("reception.call", ticket, by=by.actor, at=now, facts={"number": ticket.number})
    return ticket


@transaction.atomic(durable=True)
def let_go(ticket_id: UUID, state: TicketState, *, by: Hat, now: datetime) -> Ticket:
    """Take a number out of the queue: nobody came, or whoever held it asked for that. Nothing follows from either.

    :raises Unknown: if it is none of this office
    :raises NotAllowed: if this hat does not work at the window
    :raises OutOfTurn: if it has left the queue, or nobody can have failed to come yet
    """
    ticket = _held(ticket_id, by)
    _at_window(by)
    _refuse_gone(ticket)
    if state == TicketState.ABSENT:
        refuse_early(ticket.duty_day, now)
    if state not in {TicketState.ABSENT, TicketState.CANCELLED}:
        raise Refused(_("Choose whether nobody came or it was cancelled."))
    _leave(ticket, state, by, now)
    record("reception.let_go", ticket, by=by.actor, at=now, facts={"number": ticket.number})
    return ticket


@transaction.atomic(durable=True)
def note_talk(ticket_id: UUID, talk: Talk, *, by: Hat, now: datetime) -> Ticket:
    """Write what a talk came to. What was registered under the number's own key is its petition (R-10).

    A petition of the sealed lane stands on no number: the number says that one was registered and not which (Q1).

    :raises Unknown: if the number is none of this office
    :raises NotAllowed: if this hat does not work at the window
    :raises OutOfTurn: if it has left the queue, or its day has not come
    :raises Refused: without words or persons, if nothing was registered, or for a petition this hat does not see
    """
    ticket = _held(ticket_id, by)
    _at_window(by)
    _refuse_gone(ticket)
    refuse_early(ticket.duty_day, now)
    faults: dict[str, str] = {}
    if not talk.words.strip():
        faults["words"] = _("Fill this in.")
    if not 1 <= talk.persons <= MOST_PERSONS:
        faults["persons"] = _("Write how many persons come, %(most)d at most.") % {"most": MOST_PERSONS}
    petition = _petition_of(ticket, talk, by, faults)
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    ticket.outcome, ticket.words, ticket.persons = talk.outcome, talk.words.strip(), talk.persons
    ticket.petition, ticket.received_by = petition, ticket.duty_day.post
    names = ["outcome", "words", "persons", "petition", "received_by"]
    _leave(ticket, TicketState.SEEN, by, now, *names)
    facts = {"number": ticket.number, "talk": talk.outcome}
    record("reception.note_talk", ticket, by=by.actor, at=now, facts=facts)
    return ticket


def _petition_of(ticket: Ticket, talk: Talk, by: Hat, faults: dict[str, str]) -> Petition | None:
    """Return the open-lane petition of a talk; nothing for what was answered, or lies in the sealed lane."""
    if talk.outcome == Outcome.IN_HAND:
        number = talk.number.strip()
        found = Petition.objects.visible_to(by).filter(number=number, sealed=False).first()
        if found is None:
            faults["number"] = _("There is no such petition.")
        return found
    registered = Petition.objects.filter(submission_id=ticket.pk)
    if talk.outcome == Outcome.ANSWERED:
        if registered.exists():
            faults["outcome"] = _("A petition was registered at this talk.")
        return None
    if not registered.exists():
        faults["outcome"] = _(
            "Nothing is registered yet. Whoever registers does so first, from the form beside the number."
        )
    return registered.filter(sealed=False).first()


@transaction.atomic(durable=True)
def take_on(ticket_id: UUID, *, reason: str, by: Hat, now: datetime) -> Sponsorship:
    """Let the leader who received sponsor the petition he heard, until it is resolved (Q2).

    :raises Unknown: if the number is none of this office, or its petition is of the sealed lane
    :raises NotAllowed: if it is neither the leader, nor his secretary, nor who names sponsors
    :raises OutOfTurn: if no petition stands on it, it was taken on, or has a sponsor of this kind
    :raises Refused: without a reason, or if he cannot sponsor it
    """
    found = Ticket.objects.filter(pk=ticket_id).values_list("petition", flat=True).first()
    petition = hold_open_lane(found) if found else None
    ticket = _held(ticket_id, by)
    if not may.may_take_on(by, ticket.duty_day, serves=serves(by, ticket.duty_day, now)):
        raise NotAllowed(_("Only the leader who received, his secretary and the office say this."))
    if petition is None or ticket.received_by is None:
        raise OutOfTurn(_("No petition stands on this number."))
    if ticket.sponsorship_id is not None:
        raise OutOfTurn(_("He took it on already."))
    kind = SponsorKind.DISTRICT_LEADER
    if Sponsorship.objects.standing().filter(petition=petition, kind=kind).exists():
        raise OutOfTurn(_("It has a sponsor of this kind already: pass it on or release him first."))
    if not reason.strip():
        words = _("Fill this in.")
        raise Refused(words, fields={"reason": words})
    if petition.is_void or not may_be_asked(ticket.received_by, petition, kind, on=timezone.localdate(now)):
        raise Refused(_("This post cannot sponsor this petition. Choose another one."))
    row = begin_sponsorship(petition, kind, ticket.received_by, "", reason.strip(), by=by, now=now)
    ticket.sponsorship = row
    ticket.save(update_fields=["sponsorship"])
    record("reception.take_on", ticket, by=by.actor, at=now, facts={"number": ticket.number})
    return row


def _held(ticket_id: UUID, by: Hat) -> Ticket:
    ticket = hold_ticket(ticket_id)
    if ticket.duty_day.office_id != office_for(by).pk:
        raise Unknown(_("There is no such number."))
    return ticket


def _at_window(by: Hat) -> None:
    if not may.works_at_window(by):
        raise NotAllowed(_("Your post does not work at the reception window."))


def _refuse_gone(ticket: Ticket) -> None:
    if not ticket.waits:
        raise OutOfTurn(_("This number has left the queue."))


def _leave(ticket: Ticket, state: TicketState, by: Hat, now: datetime, *names: str) -> None:
    ticket.state, ticket.ended_at, ticket.ended_by = state, now, by.post
    ticket.save(update_fields=["state", "ended_at", "ended_by", *names])
