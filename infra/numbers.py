"""Numbers without a gap."""

from django.db import connection

from lib.transactions import require_transaction

_TAKE = """
INSERT INTO infra_numberseries AS series (key, last) VALUES (%(key)s, %(count)s)
ON CONFLICT (key) DO UPDATE SET last = series.last + %(count)s RETURNING last
"""


def take_number(key: str) -> int:
    """Return the next number of a series, from 1 on. Held until commit: take it late in the transaction.

    A transaction that rolls back gives its number back, so the series has no gap.

    :raises RuntimeError: outside a transaction
    """
    return take_numbers(key, 1)


def take_numbers(key: str, count: int) -> int:
    """Return the first of the next `count` numbers of a series, all of them taken at once and held until commit.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("take_numbers")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"key": key, "count": count})
        (last,) = cursor.fetchone()
    return int(last) - count + 1
