"""Pieces that the deeds on submissions share; none runs outside a transaction."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from grids.ground_steps import hang_picture
from grids.models import GridEvent
from lib.errors import OutOfTurn, Unknown
from lib.transactions import require_transaction
from mobile.models import Conflict, Receipt, ReceiptPhoto
from mobile.states import PHASE_OF, Kind


def receipt_of(client_id: UUID, by: Hat) -> Receipt | None:
    """Return the receipt of a submission of this hat's post, or `None` if nothing came under the key.

    :raises Unknown: if the key is somebody else's
    """
    receipt = Receipt.objects.select_related("event").filter(pk=client_id).first()
    if receipt is not None and receipt.post_id != by.post.pk:
        raise Unknown(_("There is no such submission."))
    return receipt


def hold_conflict(conflict_id: int) -> Conflict:
    """Return a conflict, held.

    :raises OutOfTurn: if somebody decided it
    """
    require_transaction("hold_conflict")
    rows = Conflict.objects.select_for_update(of=("self",)).select_related("receipt")
    conflict = rows.get(pk=conflict_id)
    if not conflict.is_open:
        raise OutOfTurn(_("Somebody decided it already."))
    return conflict


def hang_waiting(receipt: Receipt, event: GridEvent, *, by: Hat, now: datetime) -> None:
    """Hang on an event, held, the pictures that waited with a submission."""
    require_transaction("hang_waiting")
    for photo in ReceiptPhoto.objects.filter(receipt=receipt, is_hung=False).order_by("number"):
        hang_picture(event, photo.file, phase=PHASE_OF[Kind(receipt.kind)], by=by, now=now)
        photo.is_hung = True
        photo.save(update_fields=["is_hung"])
