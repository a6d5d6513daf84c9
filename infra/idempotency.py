"""Doing once what may be asked for twice."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

from infra.models import IdempotencyKey
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


def claim_each(keys: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Return those of the keys that are seen for the first time; see `claim`.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("idempotency.claim_each")
    with connection.cursor() as cursor:
        # in one order everywhere, so that two who claim the same keys do not wait for each other
        cursor.execute(
            "INSERT INTO infra_idempotencykey (key, first_seen_at) SELECT unnest(%s), %s"
            " ON CONFLICT DO NOTHING RETURNING key",
            [sorted(keys), now],
        )
        return {key for (key,) in cursor.fetchall()}


def give_back(keys: Collection[UUID]) -> None:
    """Forget keys that this transaction claimed and came to nothing.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("idempotency.give_back")
    IdempotencyKey.objects.filter(key__in=keys).delete()
