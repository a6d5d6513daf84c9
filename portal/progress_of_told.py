"""What whoever told something through a grid's code reads of it: where it stands, until when, no word of staff.

What names a cadre says that it was received, and nothing else; once registered, what its petition says (Q3).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cases.models import Petition
from grids.event_parts import goes_as
from grids.event_states import EventState, Step
from grids.models import Evaluation, EventMove, GridEvent
from lib.masking import mask_text
from portal.keys import key_for_telling
from portal.models import Telling
from portal.progress import Done, Progress, Waits, progress_of

_HEADLINES: Mapping[str, Promise] = {
    EventState.DISCOVERED: gettext_lazy("In the grid: somebody tries to settle it there"),
    EventState.REPORTED: gettext_lazy("Received: it waits to be accepted"),
    EventState.ACCEPTED: gettext_lazy("Accepted: it is being seen to"),
    EventState.HANDLING: gettext_lazy("With the units that are to handle it"),
    EventState.FED_BACK: gettext_lazy("Done, and somebody else looks whether it is"),
    EventState.VERIFIED: gettext_lazy("Done and verified"),
    EventState.CLOSED: gettext_lazy("Done, verified and struck off"),
    EventState.RETURNED: gettext_lazy(
        "It is not the grid's to settle. Ask why at the grid's complaint telephone; you may petition at any time"
    ),
    EventState.HANDED_OVER: gettext_lazy("The petition office has it and registers it"),
    EventState.CONVERTED: gettext_lazy("Registered as a petition"),
}
_DONE: Mapping[str, Promise] = {
    Step.ACCEPT: gettext_lazy("Accepted by whoever has it"),
    Step.SETTLE: gettext_lazy("Settled on the spot"),
    Step.ASK: gettext_lazy("Given to %(organ)s"),
    Step.LIFT: gettext_lazy("Lifted to the next tier"),
    Step.VERIFY: gettext_lazy("Looked at by somebody else: it is done"),
    Step.SEND_BACK: gettext_lazy("Looked at by somebody else: it is not done yet"),
    Step.CLOSE: gettext_lazy("Struck off"),
    Step.JOIN: gettext_lazy("Goes on together with the same matter, told before"),
    Step.RETURN: gettext_lazy("Returned with the reason"),
    Step.REOPEN: gettext_lazy("Opened again"),
    Step.HAND_OVER: gettext_lazy("Handed to the petition office as it was told"),
}


def progress_of_told(telling_id: UUID, *, now: datetime) -> Progress:
    """Return what the page shows of what was told, to whoever had its code right, in a fixed number of queries."""
    telling = Telling.objects.get(pk=telling_id)
    petition = Petition.objects.filter(submission_id=telling.subject).only("pk").first()
    if petition is not None:
        return progress_of(petition.pk, now=now)
    rows = GridEvent.objects.select_related("organ", "joined_to__organ")
    event = rows.filter(pk=telling.subject).first()
    if event is None:
        return Progress(telling.written, pgettext("progress", "Received"))
    stands = goes_as(event)
    rated = Evaluation.objects.filter(event=event).exists()
    moves = EventMove.objects.filter(event=event, step__in=sorted(_DONE)).select_related("organ")
    return Progress(
        number=telling.written,
        headline=str(_HEADLINES[stands.state]),
        office=stands.organ.short_name,
        title=mask_text(event.title),
        done=[
            Done(pgettext("progress", "Received"), timezone.localdate(event.received_at)),
            *(_done(move) for move in moves.order_by("pk")),
        ],
        waits=list(_waits(stands, now)),
        is_open=stands.is_open,
        rates_with="" if rated or stands.state != EventState.CLOSED else key_for_telling(telling.pk),
        is_rated=rated,
    )


def _waits(event: GridEvent, now: datetime) -> Iterator[Waits]:
    due_at = event.next_due_at
    if event.is_open and due_at is not None:
        yield Waits(_("It sees to the matter or sends it on."), timezone.localdate(due_at), due_at <= now)


def _done(move: EventMove) -> Done:
    words = str(_DONE[move.step])
    organ = move.organ.short_name if move.organ else ""
    return Done(
        words % {"organ": organ} if move.step == Step.ASK else words, timezone.localdate(move.done_at)
    )
