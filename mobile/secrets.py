"""The key of a person's store on his phone, sealed at rest and bound to him."""

import base64
import os

from django.conf import settings

from lib.crypto import decrypt, encrypt

_BYTES = 32


def new_key() -> str:
    """Return a new key of 256 bits, in base64 as the phone takes it."""
    return base64.b64encode(os.urandom(_BYTES)).decode()


def seal_key(user_id: int, key: str) -> bytes:
    """Return a key sealed under the field key."""
    return encrypt(key, keys=settings.FIELD_KEYS, bound_to=_place(user_id), cipher=settings.CIPHER)


def open_key(user_id: int, sealed: bytes | memoryview) -> str:
    """Return the key that `seal_key` took."""
    return decrypt(bytes(sealed), keys=settings.FIELD_KEYS, bound_to=_place(user_id))


def _place(user_id: int) -> str:
    return f"phone_key:{user_id}:key"
