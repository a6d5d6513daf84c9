"""Numbers without a gap."""

from django.db import connection

from lib.transactions import require_transaction

_TAKE = """
INSERT INTO infra_numberseries AS series (key, last) VALUES (%s, 1)
ON CONFLICT (key) DO UPDATE SET last = series.last + 1 RETURNING last
"""


def take_number(key: str) -> int:
    """Return the next number of a series, from 1 on. Held until commit: take it late in the transaction.

    A transaction that rolls back gives its number back, so the series has no gap.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("take_number")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [key])
        (number,) = cursor.fetchone()
    return int(number)
