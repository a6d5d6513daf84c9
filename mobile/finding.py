"""Finding what a hat may decide; what is hidden and what is not there answer alike (Q6)."""

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from grids.event_pages import shows_words
from grids.models import EventPhoto
from infra.models import StoredFile
from lib.errors import Unknown
from mobile.models import Conflict

# of the other side the newest
_MOST_PHOTOS = 6


def photos_of(conflict: Conflict) -> tuple[list[StoredFile], list[StoredFile]]:
    """Return the pictures of both versions: those that came with the submission, and the newest others of the event."""
    own = [photo.file for photo in conflict.receipt.photos.select_related("file").order_by("number")]
    others = EventPhoto.objects.filter(event=conflict.event).exclude(file__in=own).select_related("file")
    return own, [photo.file for photo in others.order_by("-pk")[:_MOST_PHOTOS]]


def photo_of(hat: Hat, conflict_id: int, file_id: UUID) -> StoredFile:
    """Return a picture of either version to a hat that decides between them and reads the event's words.

    :raises Unknown: if there is none
    """
    conflict = conflict_of(hat, conflict_id)
    own, others = photos_of(conflict)
    found = next((file for file in (*own, *others) if file.pk == file_id), None)
    if found is None or not shows_words(hat, conflict.event):
        raise Unknown(_("There is no such picture."))
    return found


def conflict_of(hat: Hat, conflict_id: int) -> Conflict:
    """Return a conflict this hat may decide, with its submission and event.

    :raises Unknown: if there is none
    """
    rows = Conflict.objects.visible_to(hat).select_related(
        "receipt__event__type", "receipt__event__organ", "receipt__user", "settled_by__user"
    )
    found = rows.filter(pk=conflict_id).first()
    if found is None:
        raise Unknown(_("There is no such submission."))
    return found
