"""What whoever has the query code reads: what was done, what comes next, until when, and who does it.

No name stands in it, no word of staff but the title, and nothing that has not left the house: a reply is told of as on
its way until it was handed over. A sealed petition says that it was received or forwarded, and nothing else (R-02;
protection §2.7).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cases.handlings import addressees
from cases.models import Handling, Petition, PetitionClock, Petitioner, Route, SealedHandover
from cases.remedies.standing import standings_of
from cases.states import ClockCode, EndKind, HandlingState, Receipt, RouteKind, Routing
from leadership.models import Invitation
from leadership.reception_states import INVITED
from lib.masking import mask_text
from portal.remedies import due_of, rights_of

# what a period means to who waits for it; the others are between organs
_NEXT: Mapping[str, Promise] = {
    ClockCode.T1: gettext_lazy("It decides which unit your matter belongs to and tells you in writing."),
    ClockCode.T2: gettext_lazy("It tells you in writing whether it accepts your matter."),
    ClockCode.T3: gettext_lazy("It tells you in writing whether it accepts your matter."),
    ClockCode.T11: gettext_lazy("It decides whether it accepts your matter."),
    ClockCode.T5: gettext_lazy("It gives you its written reply."),
    ClockCode.T12: gettext_lazy("It answers you."),
    ClockCode.EXECUTION: gettext_lazy("It carries out what its reply promised."),
    ClockCode.SUGGESTION: gettext_lazy("It answers your suggestion."),
    ClockCode.ANEW: gettext_lazy("Its reply was revoked; it gives you another one."),
}
_STATES: Mapping[str, Promise] = {
    HandlingState.UNDER_REVIEW: gettext_lazy("It looks at whether your matter is its to handle."),
    HandlingState.NOT_ACCEPTED: gettext_lazy(
        "It decided; a written notice says what, why, and where you can turn."
    ),
    HandlingState.INVESTIGATING: gettext_lazy("It accepted your matter and is looking into it."),
    HandlingState.OPINION_ISSUED: gettext_lazy("Its written reply is made and on its way to you."),
    HandlingState.SERVED: gettext_lazy("Its written reply was handed over."),
    HandlingState.EXECUTING: gettext_lazy(
        "Its written reply was handed over; it is carrying out what it promised."
    ),
    HandlingState.EXECUTED: gettext_lazy("It carried out what its reply promised."),
}
# from here on the thirty days for a review run
_REPLIED = frozenset({HandlingState.SERVED, HandlingState.EXECUTING, HandlingState.EXECUTED})


@dataclass(frozen=True)
class Waits:
    """What is owed next, and the last day of it; none while that is not known."""

    words: str
    until: date | None
    late: bool


@dataclass(frozen=True)
class UnitProgress:
    """What one unit has done, and what it owes next."""

    organ: str
    state: str
    since: date | None
    waits: Sequence[Waits]
    # what may be asked for against its reply, of whom, until when (Art 35, 36)
    rights: Sequence[str] = ()


@dataclass(frozen=True)
class Done:
    """One thing that was done, with its day."""

    words: str
    on: date | None


@dataclass(frozen=True)
class Progress:
    """The whole of it."""

    number: str
    headline: str
    office: str = ""
    title: str = ""
    done: Sequence[Done] = ()
    waits: Sequence[Waits] = ()
    units: Sequence[UnitProgress] = ()
    invitations: Sequence[Invitation] = ()
    is_open: bool = False
    # who told it may say now whether it is solved, with this ticket; or has said so
    rates_with: str = ""
    is_rated: bool = False


def progress_of(petition_id: UUID, *, now: datetime) -> Progress:
    """Return what the page shows of a petition whose code was right, in a fixed number of queries."""
    petition = Petition.objects.select_related("words", "register_organ").get(pk=petition_id)
    if petition.sealed:
        return Progress(petition.number, _sealed_words(petition))
    handlings = list(
        Handling.objects.filter(petition=petition, ended_at=None)
        .exclude(receipt=Receipt.RETURNED)
        .select_related("organ", "organ__next_higher")
        .order_by("sent_at", "pk")
    )
    owed: dict[int, list[Waits]] = {}
    clocks = PetitionClock.objects.open().filter(petition=petition, presumed=False, code__in=sorted(_NEXT))
    for clock in clocks.order_by("last_day", "pk"):
        late = clock.due_at is not None and clock.due_at <= now
        owed.setdefault(clock.organ_id, []).append(Waits(str(_NEXT[clock.code]), clock.last_day, late))
    is_open = petition.is_open
    names = list(Petitioner.objects.filter(petition=petition).values_list("name", flat=True))
    leading = {handling.organ_id for handling in handlings}
    office = petition.register_organ
    return Progress(
        number=petition.number,
        headline=_headline(petition, handlings),
        office=office.short_name,
        title=mask_text(petition.words.title, names=names),
        done=list(_done(petition)),
        waits=owed.get(office.pk, []) if is_open and office.pk not in leading else [],
        units=list(_units(petition, handlings, owed if is_open else {}, now)),
        invitations=_invitations(petition, timezone.localdate(now)),
        is_open=is_open,
    )


def _sealed_words(petition: Petition) -> str:
    """Return one of two words: whom it was forwarded to stands in the written word the reporter was given."""
    handed = SealedHandover.objects.standing().filter(petition=petition)
    return pgettext("progress", "Forwarded") if handed.exists() else pgettext("progress", "Received")


def _headline(petition: Petition, handlings: Sequence[Handling]) -> str:
    match petition.routing:
        case Routing.FINISHED:
            return _("Finished: everything was answered in writing")
        case Routing.ENDED if petition.ended_as == EndKind.WITHDRAWN:
            return _("Ended: it was withdrawn")
        case Routing.ENDED:
            return _("Ended")
        case Routing.VOID:
            return _("This registration was cancelled. The office tells you why")
        case Routing.REGISTERED:
            return _("Registered: the office decides who handles it")
    if any(handling.state == HandlingState.INVESTIGATING for handling in handlings):
        return _("Being looked into")
    if handlings and all(handling.state in _REPLIED for handling in handlings):
        return _("Answered in writing")
    return _("With the unit that is to handle it")


def _done(petition: Petition) -> Iterator[Done]:
    yield Done(pgettext("progress", "Received"), timezone.localdate(petition.received_at))
    yield Done(_("Registered under its number"), timezone.localdate(petition.registered_at))
    routes = Route.objects.filter(petition=petition, ended_at=None).select_related("handling__organ")
    for route in routes.order_by("made_at", "pk"):
        if route.holds:
            yield Done(_way(route), timezone.localdate(route.countersigned_at or route.made_at))
    for handling in Handling.objects.filter(petition=petition, ended_at=None, accepted_on__isnull=False):
        yield Done(pgettext("progress", "Accepted"), handling.accepted_on)


def _way(route: Route) -> str:
    if route.kind in {RouteKind.FORWARD, RouteKind.ASSIGN}:
        return _("Sent to %(organ)s") % {"organ": route.handling.organ.short_name}
    if route.kind == RouteKind.GUIDE:
        return _("You were told where it belongs: %(where)s") % {"where": route.guided_to}
    if route.kind == RouteKind.SELF_HANDLE:
        return _("The office handles it itself")
    if route.kind == RouteKind.JOIN:
        return _("It is handled together with the same matter, which is being handled already")
    return _("The office keeps it without further action; you were told why")


def _units(
    petition: Petition, handlings: Sequence[Handling], owed: Mapping[int, Sequence[Waits]], now: datetime
) -> Iterator[UnitProgress]:
    replied = [handling for handling in handlings if handling.state in _REPLIED]
    people = [person.pk for person in addressees(petition)] if replied else []
    standings = standings_of(replied, people=people, now=now) if replied else []
    due = due_of(petition.pk) if any(standing.remedies for standing in standings) else {}
    rights = {each.handling.pk: list(rights_of(each, due=due)) for each in standings}
    for handling in handlings:
        yield _unit(handling, owed, rights.get(handling.pk, []))


def _unit(handling: Handling, owed: Mapping[int, Sequence[Waits]], rights: Sequence[str]) -> UnitProgress:
    signed = handling.receipt != Receipt.DELIVERED
    return UnitProgress(
        organ=handling.organ.short_name,
        state=str(_STATES[handling.state]) if signed else _("It was sent there and not signed for yet."),
        since=handling.accepted_on or timezone.localdate(handling.received_at or handling.sent_at),
        waits=owed.get(handling.organ_id, []),
        rights=rights,
    )


def _invitations(petition: Petition, today: date) -> Sequence[Invitation]:
    standing = Invitation.objects.filter(petition=petition, state__in=sorted(INVITED), day__gte=today)
    return list(standing.select_related("post__user", "post__organ").order_by("day", "pk"))
