"""Which piece of the room of grids carries which submission."""

from collections.abc import Callable, Mapping

from grids.ground_steps import note_how_it_goes, send_event_up, settle, verify
from grids.models import GridEvent
from mobile.states import Kind

PARTS: Mapping[Kind, Callable[..., GridEvent]] = {
    Kind.PROGRESS: note_how_it_goes,
    Kind.SETTLE: settle,
    Kind.SEND_UP: send_event_up,
    Kind.VERIFY: verify,
}
