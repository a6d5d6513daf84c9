"""How a resident may be reached, under the field key and bound to its row."""

from uuid import UUID

from django.conf import settings

from lib.crypto import decrypt, encrypt


def seal_contact(event_id: UUID, contact: str) -> bytes | None:
    """Return what a resident left to be reached by, sealed; nothing for nothing."""
    if not contact:
        return None
    return encrypt(contact, keys=settings.FIELD_KEYS, bound_to=_place(event_id), cipher=settings.CIPHER)


def open_contact(event_id: UUID, sealed: bytes | memoryview | None) -> str:
    """Return what `seal_contact` took, empty for nothing."""
    if sealed is None:
        return ""
    return decrypt(bytes(sealed), keys=settings.FIELD_KEYS, bound_to=_place(event_id))


def _place(event_id: UUID) -> str:
    return f"grid_event:{event_id}:contact"
