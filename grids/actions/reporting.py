"""Reporting an event, or what names a cadre: once, however often a phone sends it.

The moment it was seen stands beside the one it came. What names a cadre becomes no event (Q3).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.hats import Hat
from grids.filing import NewEvent
from grids.ground_steps import file_direct_report, file_event
from grids.models import GridEvent
from infra.files import Checked


@transaction.atomic(durable=True)
def report_event(
    event_id: UUID, new: NewEvent, *, photos: Sequence[Checked] = (), by: Hat, now: datetime
) -> GridEvent:
    """Report an event of a grid under a key of the sender's own; sent again it is reported once.

    Danger goes to the community at once. Periods count from when it was seen, unless the phone's clock is wrong.

    :raises Unknown: if this hat does not work in the grid, or the key is somebody else's event
    :raises NotAllowed: if this hat reports no events
    :raises OutOfTurn: if the round it was found in was reported or ended
    :raises Refused: if something is missing, the type is over, or it was seen too long ago
    """
    return file_event(event_id, new, photos=photos, by=by, now=now)


@transaction.atomic(durable=True)
def report_cadre(
    report_id: UUID, new: NewEvent, *, photos: Sequence[Checked] = (), by: Hat, now: datetime
) -> None:
    """Send what names a cadre straight to the petition office above the street; sent again it is there once (Q3).

    Nothing is returned: neither the grid nor whoever sent it has anything to read. The audit says that one came, not
    from whom; that stands in the sealed words alone (protection §2.7).

    :raises Unknown: if this hat does not work in the grid, or the key is an event's
    :raises NotAllowed: if this hat reports no events
    :raises Refused: if something is missing, it was seen too long ago, or no office is there to take it
    """
    file_direct_report(report_id, new, photos=photos, by=by, now=now)
