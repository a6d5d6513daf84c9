"""Numbers without a gap."""

from django.db.models import F

from infra.models import NumberSeries
from lib.transactions import require_transaction


def take_number(key: str) -> int:
    """Return the next number of a series, from 1 on. Held until commit: take it late in the transaction.

    A transaction that rolls back gives its number back, so the series has no gap.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("take_number")
    NumberSeries.objects.bulk_create([NumberSeries(key=key)], ignore_conflicts=True)
    NumberSeries.objects.filter(key=key).update(last=F("last") + 1)
    return NumberSeries.objects.get(key=key).last
