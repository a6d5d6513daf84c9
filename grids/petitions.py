"""What the petition office does with what grids handed to it, as the room of petitions calls it; and how far it is.

This room knows no petition: that room says here how far one is, and writes here that one was registered.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post
from accounts.roles import MAY_REGISTER
from grids.direct import let_go
from grids.event_parts import let_in, lock_event, move_to, note
from grids.event_states import Basis, EventState, Step
from grids.models import EventPart, GridEvent
from grids.secrets import open_contact
from lib.errors import OutOfTurn, Unknown
from lib.transactions import require_transaction
from lib.trees import paths_above
from notices.models import Kind
from notices.parts import tell

# of events by their keys, how far their petitions are, in words for whoever may know no more (grid.md §3)
Status = Callable[[Collection[UUID]], Mapping[UUID, "str | Promise"]]
_readers: list[Status] = []


def register(read: Status) -> None:
    """Let the room of petitions say how far the petition is that an event became."""
    _readers[:] = [read]


def status_of(events: Collection[UUID]) -> Mapping[UUID, "str | Promise"]:
    """Return how far the petitions are that events became, by the events' keys: their state and nothing else."""
    return _readers[0](events) if _readers and events else {}


def office_for(place_path: str) -> Organ | None:
    """Return the petition office nearest to the ground that looks after a place."""
    offices = Organ.objects.current().filter(
        kind=OrganKind.PETITION_OFFICE, place__path__in=paths_above(place_path)
    )
    return offices.order_by("-place__path", "pk").first()


def put_before_office(event: GridEvent, office: Organ, *, now: datetime) -> None:
    """Let the petition office have an event to register, and call whoever registers there; the deed notes the step."""
    require_transaction("put_before_office")
    let_in(event, office, Basis.PETITION, now=now)
    move_to(event, EventState.HANDED_OVER, now=now)
    held = Post.objects.held_on(timezone.localdate(now)).filter(organ=office, role__in=sorted(MAY_REGISTER))
    key = f"event:{event.pk}:waits:{event.version}"
    posts = held.values_list("pk", flat=True)
    tell(posts, Kind.EVENT_WAITS, key=key, subject_id=str(event.pk), now=now)


def waiting_for(hat: Hat) -> "QuerySet[GridEvent]":
    """Return the events that were handed to this hat's office and are registered nowhere yet, the oldest first."""
    organs = Organ.objects.of_today(hat.organ)
    parts = EventPart.objects.filter(basis=Basis.PETITION, organ__in=organs, ended_at=None)
    rows = GridEvent.objects.visible_to(hat).filter(
        state=EventState.HANDED_OVER, pk__in=parts.values("event")
    )
    return rows.select_related("grid__place", "type").order_by("received_at", "pk")


def contact_of(event: GridEvent) -> str:
    """Return what a resident left to be reached by, for whoever registers his petition."""
    return open_contact(event.pk, event.contact_sealed)


def hold_waiting(event_id: UUID, by: Hat) -> GridEvent:
    """Return an event that waits to be registered in this hat's office, held.

    :raises Unknown: if there is none
    """
    if not waiting_for(by).filter(pk=event_id).exists():
        raise Unknown(_("There is no such event."))
    event = lock_event(event_id)
    if event.state != EventState.HANDED_OVER:
        raise OutOfTurn(_("It is registered already."))
    return event


def convert(event_id: UUID, *, by: Hat, now: datetime) -> None:
    """Write that what grids sent under this key was registered as a petition; of any other key nothing."""
    require_transaction("grids.convert")
    let_go(event_id, now=now)
    if not GridEvent.objects.filter(pk=event_id, state=EventState.HANDED_OVER).exists():
        return
    event = lock_event(event_id)
    move_to(event, EventState.CONVERTED, now=now)
    note(event, Step.CONVERT, by=by, now=now)
