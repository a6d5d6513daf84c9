"""Taking the pictures of a submission, after its text: the nth of each once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from grids.ground_steps import hang_picture, hold_for_picture
from infra.files import Checked, store
from infra.idempotency import serialise
from lib.errors import Refused
from mobile.models import Conflict, ReceiptPhoto
from mobile.parts import receipt_of
from mobile.states import PHASE_OF, Kind
from mobile.submissions import TooEarly

MOST_PHOTOS = 6


@transaction.atomic(durable=True)
def take_photo(client_id: UUID, number: int, photo: Checked, *, by: Hat, now: datetime) -> bool:
    """Take the nth picture of a submission and return if it is new; what waits for a human keeps its pictures.

    :raises TooEarly: if the text has not come
    :raises Unknown: if the key is somebody else's, or this hat knows of the event no longer
    :raises OutOfTurn: if the event is over
    :raises Refused: for what is no picture, or one too many
    """
    if not 1 <= number <= MOST_PHOTOS:
        raise Refused(_("At most %(most)d photos.") % {"most": MOST_PHOTOS})
    serialise(client_id)
    receipt = receipt_of(client_id, by)
    if receipt is None:
        raise TooEarly(_("The text comes before its pictures."))
    if receipt.event_id is None:
        raise Refused(_("Pictures hang on events alone."))
    if ReceiptPhoto.objects.filter(receipt=receipt, number=number).exists():
        return False
    waits = Conflict.objects.open().filter(receipt=receipt).exists()
    if waits and not photo.content_type.startswith("image/"):
        raise Refused(_("Take a picture (JPG, PNG)."))
    event = None if waits else hold_for_picture(receipt.event_id, photo, by)
    file = store(photo, now=now)
    ReceiptPhoto.objects.create(receipt=receipt, number=number, file=file, is_hung=not waits)
    if event is not None:
        hang_picture(event, file, phase=PHASE_OF[Kind(receipt.kind)], by=by, now=now)
    return True
