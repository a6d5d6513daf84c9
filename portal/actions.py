"""What people do at the public door: look up, book, take back, tell; what the office publishes there (R-02; Q35)."""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import Actor, record
from cases.models import QueryCode
from grids.event_parts import evaluate, goes_as, lock_event, note
from grids.event_states import EventState, Rating, Step
from grids.filing import (
    NewEvent,
    an_event,
    refuse_impossible,
    write_event,
    write_report,
    write_words,
)
from grids.models import EventType, Grid, GridEvent
from grids.petitions import office_for, put_before_office
from infra.files import Checked
from infra.idempotency import serialise
from infra.local_settings import Setting, value_of
from leadership.models import DutyDay, Ticket
from leadership.queues import booking_of, give_number
from leadership.reception_states import Came, TicketState
from lib.codes import code_digest, code_digests, new_code, tidy_code
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from portal import permissions as may
from portal.limits import count_attempt, mark_of, network_of, stretch_of, take_attempt_back
from portal.models import Publication, ServiceGuide, Telling
from portal.states import Scope, Topic, Wish

# whoever stands at the public door: no name, no account
VISITOR = Actor(words="public_page")
BOOKED_AHEAD = timedelta(days=30)
_A_DAY = timedelta(days=1)
# before the number of what was told through a grid's code
_TOLD = "MS"
_DIGITS = 12
_OF_TOLD = re.compile(rf"{_TOLD}\d{{{_DIGITS}}}", re.ASCII)


@dataclass(frozen=True)
class Tried:
    """What an attempt came to: whose code it was, or nothing; `blocked` if there were too many before."""

    petition_id: UUID | None = None
    # which of its query codes it was
    code_id: int | None = None
    telling_id: UUID | None = None
    blocked: bool = False


@transaction.atomic(durable=True)
def look_up(number: str, code: str, *, address: str, by: Actor, now: datetime) -> Tried:
    """Try a number, of a petition or of what was told, with its query code. What was tried too often is not looked at.

    A wrong code and a number that never was do the same work and answer alike (protection §2.11). Each attempt is
    counted before it is looked at, so that many at once do not get past the limits; a right one is not counted. Where
    it comes from is braked first: what is stopped there stops neither the number nor anybody else.
    """
    today = timezone.localdate(now)
    began_at = stretch_of(now, length=timedelta(minutes=value_of(Setting.LOOKUP_MINUTES, on=today)))
    typed = _tidy(number)
    network = network_of(address)
    of_source = [
        (Scope.SOURCE, mark_of(Scope.SOURCE, f"{network} {typed}"), Setting.LOOKUPS_PER_SOURCE),
        (Scope.ADDRESS, mark_of(Scope.ADDRESS, network), Setting.LOOKUPS_PER_ADDRESS),
    ]
    of_all = [
        (Scope.NUMBER, mark_of(Scope.NUMBER, typed), Setting.LOOKUPS_PER_NUMBER),
        (Scope.ALL, "", Setting.LOOKUPS_IN_ALL),
    ]
    for counted in (of_source, of_all):
        # in one order for everybody, and both of them, so that neither tells of the other
        over = [
            count_attempt(scope, subject, began_at) > value_of(limit, on=today)
            for scope, subject, limit in counted
        ]
        if any(over):
            return Tried(blocked=True)
    tried = _tried(typed, code_digests(code, keys=settings.QUERY_CODE_KEYS), by=by, now=now)
    if tried != Tried():
        for scope, subject, _limit in (*of_source, *of_all):
            take_attempt_back(scope, subject, began_at)
    return tried


def _tried(typed: str, digests: Sequence[str], *, by: Actor, now: datetime) -> Tried:
    if _OF_TOLD.fullmatch(tidy_code(typed)):
        told = Telling.objects.filter(digest__in=digests, number=tidy_code(typed)).first()
        if told is None:
            return Tried()
        record("telling.look_up", told, by=by, at=now)
        return Tried(telling_id=told.pk)
    fits = QueryCode.objects.filter(digest__in=digests, replaced_at=None, petition__number=typed)
    found = fits.select_related("petition").first()
    if found is None:
        return Tried()
    record("petition.look_up", found.petition, by=by, at=now)
    return Tried(found.petition_id, found.pk)


def _tidy(number: str) -> str:
    """Return a typed number as it is kept: half-width capitals without spaces."""
    return "".join(unicodedata.normalize("NFKC", number).upper().split())


@transaction.atomic(durable=True)
def rate_told(telling_id: UUID, *, rating: Rating, words: str, by: Actor, now: datetime) -> None:
    """Take what a resident says of what he told himself, once it is struck off; it is said once and stays (Q28).

    :raises Unknown: if it became no event, or there is none
    :raises OutOfTurn: if it is not struck off, or was rated
    """
    telling = Telling.objects.filter(pk=telling_id).first()
    if telling is None or not GridEvent.objects.filter(pk=telling.subject).exists():
        raise Unknown(_("There is no such page."))
    event = lock_event(telling.subject)
    if goes_as(event).state != EventState.CLOSED:
        raise OutOfTurn(_("It can be rated once it is done and struck off."))
    evaluate(event, rating, words, by=None, now=now, actor=by)


@dataclass(frozen=True)
class Booked:
    """A number that was booked with the code that takes it back, in clear for this once; or nothing, if blocked."""

    ticket: Ticket | None = None
    code: str = ""


@transaction.atomic(durable=True)
def book(day_id: UUID, *, persons: int, address: str, by: Actor, now: datetime) -> Booked:
    """Book a number of a reception day. It bears no name; whoever comes with it is received (Q35).

    :raises Unknown: if the day is on no roster, or too far ahead
    :raises OutOfTurn: if it was called off or is over, or all that may be booked is taken
    :raises Refused: for more persons than are received together
    """
    today = timezone.localdate(now)
    rows = DutyDay.objects.select_for_update(of=("self",)).filter(day__lte=today + BOOKED_AHEAD)
    day = rows.select_related("post__user", "office").filter(pk=day_id).first()
    if day is None:
        raise Unknown(_("There is no such day on the roster."))
    subject = mark_of(Scope.BOOKING, network_of(address))
    booked = count_attempt(Scope.BOOKING, subject, stretch_of(now, length=_A_DAY))
    if booked > value_of(Setting.BOOKINGS_PER_ADDRESS, on=today):
        return Booked()
    ticket, code = give_number(day, Came.ONLINE, persons=persons, now=now)
    record("reception.book", ticket, by=by, at=now, facts={"number": ticket.number})
    return Booked(ticket, code)


@transaction.atomic(durable=True)
def take_back(code: str, *, address: str, by: Actor, now: datetime) -> Ticket | None:
    """Take a booking back by its code. Nothing is returned where there was none, or too many were tried before."""
    today = timezone.localdate(now)
    began_at = stretch_of(now, length=timedelta(minutes=value_of(Setting.LOOKUP_MINUTES, on=today)))
    subject = mark_of(Scope.ADDRESS, network_of(address))
    if count_attempt(Scope.ADDRESS, subject, began_at) > value_of(Setting.LOOKUPS_PER_ADDRESS, on=today):
        return None
    ticket = booking_of(code)
    if ticket is None:
        return None
    take_attempt_back(Scope.ADDRESS, subject, began_at)
    ticket.state, ticket.ended_at = TicketState.CANCELLED, now
    ticket.save(update_fields=["state", "ended_at"])
    record("reception.take_back", ticket, by=by, at=now, facts={"number": ticket.number})
    return ticket


@dataclass(frozen=True)
class Told:
    """What was told, with its query code in clear for this once; `again` if it had come before. Nothing, if blocked."""

    telling: Telling | None = None
    code: str = ""
    again: bool = False


@transaction.atomic(durable=True)
def tell_of(
    key: UUID,
    new: NewEvent,
    *,
    wish: Wish,
    names_cadre: bool,
    photos: Sequence[Checked] = (),
    address: str,
    by: Actor,
    now: datetime,
) -> Told:
    """Take in what a resident tells through a posted grid's code (码上办), without a name or an account.

    It becomes an event with the community or, at his wish, one that the petition office registers (Art 22). What names
    a cadre goes to the petition office alone, sealed, whatever else he wished (Q3). Number and query code look alike
    for all three. Sent again under its key it is there once, and the code is drawn anew.

    :raises Unknown: if the grid is not posted
    :raises Refused: if something is missing, or no office is there to take it
    """
    serialise(key)
    code = new_code()
    digest = code_digest(code, keys=settings.QUERY_CODE_KEYS)
    known = Telling.objects.filter(key=key).first()
    if known is not None:
        known.digest = digest
        known.save(update_fields=["digest"])
        return Told(known, code, again=True)
    rows = Grid.objects.posted().select_related("organ", "parent", "place")
    grid = rows.filter(pk=new.grid_id).first()
    if grid is None:
        raise Unknown(_("There is no such page."))
    type_ = EventType.objects.filter(pk=new.type_id, ended_at=None).first()
    refuse_impossible(new, type_, len(photos), now, now)
    if _told_too_often(grid, address, now=now):
        return Told()
    number = f"{_TOLD}{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    telling = Telling.objects.create(key=key, number=number, digest=digest, told_at=now)
    if names_cadre:
        write_report(telling.subject, new, grid, photos, told_by="", now=now)
    else:
        _write_told(telling.subject, new, grid, photos, wish=wish, by=by, now=now)
    return Told(telling, code)


def _told_too_often(grid: Grid, address: str, *, now: datetime) -> bool:
    """Count one telling of a source, of a grid and in all; whoever is over his own limit counts against no other."""
    today, began_at = timezone.localdate(now), stretch_of(now, length=_A_DAY)
    counted = (
        (Scope.TELLING, network_of(address), Setting.TELLINGS_PER_ADDRESS),
        (Scope.GRID, grid.code, Setting.TELLINGS_PER_GRID),
        (Scope.TOLD, "", Setting.TELLINGS_IN_ALL),
    )
    return any(
        count_attempt(scope, mark_of(scope, subject), began_at) > value_of(limit, on=today)
        for scope, subject, limit in counted
    )


def _write_told(
    event_id: UUID,
    new: NewEvent,
    grid: Grid,
    photos: Sequence[Checked],
    *,
    wish: Wish,
    by: Actor,
    now: datetime,
) -> None:
    event = an_event(event_id, new, grid, state=EventState.REPORTED, now=now)
    if wish is Wish.HERE:
        write_event(event, photos, by=None, now=now)
        note(event, Step.REPORT, by=None, now=now, actor=by)
        return
    office = office_for(grid.place_path)
    if office is None:
        raise OutOfTurn(_("No petition office looks after this place."))
    write_words(event, photos, by=None, now=now)
    note(event, Step.REPORT, by=None, now=now, actor=by)
    put_before_office(event, office, now=now)
    note(event, Step.HAND_OVER, by=None, now=now, organ=office, actor=by)


@transaction.atomic(durable=True)
def publish(topic: Topic, *, text: str, text_en: str = "", by: Hat, now: datetime) -> Publication:
    """Publish the office's words on a topic; what was published before is ended and stays (R-02).

    :raises NotAllowed: if this hat is no head of the petition office
    :raises Refused: without a Chinese text
    """
    if not may.may_publish(by):
        raise NotAllowed(_("Only a head of the petition office says what the public page says."))
    if not text.strip():
        words = _("Fill this in.")
        raise Refused(words, fields={"text": words})
    before = Publication.objects.standing().select_for_update().filter(office=by.organ, topic=topic)
    before.update(ended_at=now)
    row = Publication.objects.create(
        office=by.organ,
        topic=topic,
        text=text.strip(),
        text_en=text_en.strip(),
        posted_at=now,
        posted_by=by.post,
    )
    record("publication.publish", row, by=by.actor, at=now)
    return row


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A service of an organ as it is told: its steps and papers, one a line, and the days it holds."""

    organ_id: int
    title: str
    steps: str
    papers: str
    valid_from: date
    valid_to: date | None = None
    title_en: str = ""
    steps_en: str = ""
    papers_en: str = ""


@transaction.atomic(durable=True)
def post_guide(guide: Guide, *, by: Hat, now: datetime) -> ServiceGuide:
    """Post a service guide (Q42); the one the organ had under the same title is ended and stays.

    :raises NotAllowed: if this hat is no head of the organ or of the petition office above it
    :raises Refused: without an organ of today, title, steps or papers, or for days that run backwards
    """
    organ = Organ.objects.current().select_related("place").filter(pk=guide.organ_id).first()
    faults = {
        name: _("Fill this in.")
        for name in ("title", "steps", "papers")
        if not str(getattr(guide, name)).strip()
    }
    if organ is None:
        faults["organ"] = _("Choose a unit of today.")
    if guide.valid_to is not None and guide.valid_to < guide.valid_from:
        faults["valid_to"] = _("It ends on the day it begins, or later.")
    if faults or organ is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    if not may.keeps_guide_of(by, organ):
        raise NotAllowed(_("A head of the unit, or of the petition office, keeps its guides."))
    title = guide.title.strip()
    before = ServiceGuide.objects.standing().select_for_update().filter(organ=organ, title=title)
    before.update(ended_at=now)
    row = ServiceGuide.objects.create(
        organ=organ,
        title=title,
        title_en=guide.title_en.strip(),
        steps=_lines(guide.steps),
        steps_en=_lines(guide.steps_en),
        papers=_lines(guide.papers),
        papers_en=_lines(guide.papers_en),
        valid_from=guide.valid_from,
        valid_to=guide.valid_to,
        posted_at=now,
        posted_by=by.post,
    )
    record("service_guide.post", row, by=by.actor, at=now, facts={"organ": organ.code})
    return row


@transaction.atomic(durable=True)
def end_guide(guide_id: UUID, *, by: Hat, now: datetime) -> ServiceGuide:
    """Take a service guide off the public page; it stays with the days it stood there.

    :raises Unknown: if there is none that stands
    :raises NotAllowed: if this hat is no head of its organ or of the petition office above it
    """
    rows = ServiceGuide.objects.standing().select_for_update(of=("self",)).select_related("organ__place")
    row = rows.filter(pk=guide_id).first()
    if row is None:
        raise Unknown(_("There is no such guide."))
    if not may.keeps_guide_of(by, row.organ):
        raise NotAllowed(_("A head of the unit, or of the petition office, keeps its guides."))
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    record("service_guide.end", row, by=by.actor, at=now)
    return row


def _lines(text: str) -> str:
    """Return the lines of a text that say something, without the space around them."""
    return "\n".join(filter(None, (line.strip() for line in text.splitlines())))
