"""What of a petition is encrypted, under which key, and bound to which row and field."""

from django.conf import settings

from lib.crypto import blind_index, blind_indexes, decrypt, encrypt, normalise_id_number, normalise_phone

# how many last digits of a telephone number are searched for by themselves
PHONE_TAIL = 4


def seal_field(model: str, row: object, field: str, value: str) -> bytes | None:
    """Return a petitioner's value under the field key, or nothing for an empty one."""
    if not value:
        return None
    return encrypt(value, keys=settings.FIELD_KEYS, bound_to=f"{model}:{row}:{field}", cipher=settings.CIPHER)


def open_field(model: str, row: object, field: str, sealed: bytes | memoryview | None) -> str:
    """Return the value that `seal_field` took, empty for nothing."""
    if sealed is None:
        return ""
    return decrypt(bytes(sealed), keys=settings.FIELD_KEYS, bound_to=f"{model}:{row}:{field}")


def seal_reporter_field(row: object, field: str, value: str) -> bytes | None:
    """Return a reporter's value under the reporters' own key (protection §2.7)."""
    if not value:
        return None
    return encrypt(
        value, keys=settings.REPORTER_KEYS, bound_to=f"reporter:{row}:{field}", cipher=settings.CIPHER
    )


def open_reporter_field(row: object, field: str, sealed: bytes | memoryview | None) -> str:
    """Return the value that `seal_reporter_field` took, empty for nothing."""
    if sealed is None:
        return ""
    return decrypt(bytes(sealed), keys=settings.REPORTER_KEYS, bound_to=f"reporter:{row}:{field}")


def id_number_index(value: str) -> str | None:
    """Return the keyed index of an identity number, the same however it was typed."""
    number = normalise_id_number(value)
    return blind_index(number, keys=settings.BLIND_INDEX_KEYS, purpose="id_number") if number else None


def phone_index(value: str) -> str | None:
    """Return the keyed index of a telephone number, the same however it was typed."""
    number = normalise_phone(value)
    return blind_index(number, keys=settings.BLIND_INDEX_KEYS, purpose="phone") if number else None


def phone_tail_index(value: str) -> str | None:
    """Return the keyed index of a telephone number's last four digits, of which many numbers share each."""
    tail = normalise_phone(value)[-PHONE_TAIL:]
    if len(tail) < PHONE_TAIL:
        return None
    return blind_index(tail, keys=settings.BLIND_INDEX_KEYS, purpose="phone_tail")


def all_indexes(value: str, *, purpose: str) -> list[str]:
    """Return the keyed index of a normalised value under every key in use: what a search asks for."""
    return blind_indexes(value, keys=settings.BLIND_INDEX_KEYS, purpose=purpose)
