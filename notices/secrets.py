"""What a channel must keep secret: a robot's key, a password. Sealed under the field key, bound to its row."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings

from lib.crypto import decrypt, encrypt


def seal_secret(channel_id: UUID, secret: Mapping[str, str]) -> bytes:
    """Return the secret parts of a channel under the field key."""
    return encrypt(
        json.dumps(dict(secret)),
        keys=settings.FIELD_KEYS,
        bound_to=_place(channel_id),
        cipher=settings.CIPHER,
    )


def open_secret(channel_id: UUID, sealed: bytes | memoryview) -> dict[str, str]:
    """Return what `seal_secret` took."""
    parts: dict[str, str] = json.loads(
        decrypt(bytes(sealed), keys=settings.FIELD_KEYS, bound_to=_place(channel_id))
    )
    return parts


def _place(channel_id: UUID) -> str:
    return f"channel:{channel_id}:secret"
