"""Identifiers made by the application, so that no address tells how many rows lie between two others."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """Return a new UUID of version 7 (RFC 9562): ordered by millisecond, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (random >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | random & (1 << 62) - 1
    return uuid.UUID(int=value)
