"""How a resident may be reached, what names a cadre, what a household gave: each under its key, bound to its row."""

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


def seal_report(report_id: UUID, words: str) -> bytes:
    """Return what a report that names a cadre says, under the reporters' own key (protection §2.7)."""
    return encrypt(words, keys=settings.REPORTER_KEYS, bound_to=_report(report_id), cipher=settings.CIPHER)


def open_report(report_id: UUID, sealed: bytes | memoryview) -> str:
    """Return the words that `seal_report` took."""
    return decrypt(bytes(sealed), keys=settings.REPORTER_KEYS, bound_to=_report(report_id))


def _report(report_id: UUID) -> str:
    return f"direct_report:{report_id}:content"


def seal_given(card_id: UUID, words: str) -> bytes:
    """Return what a household gave for a service, sealed."""
    return encrypt(words, keys=settings.FIELD_KEYS, bound_to=_given(card_id), cipher=settings.CIPHER)


def open_given(card_id: UUID, sealed: bytes | memoryview) -> str:
    """Return the words that `seal_given` took."""
    return decrypt(bytes(sealed), keys=settings.FIELD_KEYS, bound_to=_given(card_id))


def _given(card_id: UUID) -> str:
    return f"household_card:{card_id}:given"
