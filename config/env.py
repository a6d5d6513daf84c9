"""Read settings from the environment; a missing or malformed value stops the process."""

import base64
import binascii
import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Return a variable's text. An empty value counts as not set.

    :raises ImproperlyConfigured: if it is not set and there is no default
    """
    value = os.environ.get(name) or default
    if value is None:
        message = f"{name} is not set. See .env.example."
        raise ImproperlyConfigured(message)
    return value


def flag(name: str, default: bool) -> bool:
    """Return a variable that is `true` or `false`, and nothing else."""
    value = (os.environ.get(name) or str(default)).lower()
    if value not in {"true", "false"}:
        message = f"{name} must be true or false, not {value!r}."
        raise ImproperlyConfigured(message)
    return value == "true"


def number(name: str, default: int) -> int:
    """Return a variable that is a whole number."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        message = f"{name} must be a whole number, not {value!r}."
        raise ImproperlyConfigured(message)
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Return a variable's comma-separated parts."""
    return [part.strip() for part in (os.environ.get(name) or default).split(",") if part.strip()]


def keys(name: str, default: str | None = None) -> dict[str, bytes]:
    """Return `id:base64` pairs as key id to 32 bytes; the first pair is the one that writes.

    :raises ImproperlyConfigured: if a pair has no id, or its key is not 32 bytes
    """
    found: dict[str, bytes] = {}
    for pair in text(name, default).split(","):
        key_id, separator, encoded = pair.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not separator or not key_id or len(key) != 32:
            message = f"{name} must hold id:key pairs, each key 32 bytes in base64."
            raise ImproperlyConfigured(message)
        found[key_id] = key
    return found
