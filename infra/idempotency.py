"""Doing once what may be asked for twice."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from lib.transactions import require_transaction


def serialise(key: UUID) -> None:
    """Let one transaction at a time work on a key, whether or not there is a row for it yet; the others wait.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("idempotency.serialise")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])


def claim(key: UUID, *, now: datetime) -> bool:
    """Return whether this is the first time the key is seen.

    A second transaction with the same key waits here for the first one to end: it then sees what the first wrote, or
    is itself the first if that one rolled back.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("idempotency.claim")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO infra_idempotencykey (key, first_seen_at) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [key, now],
        )
        return bool(cursor.rowcount == 1)
