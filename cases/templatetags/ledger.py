"""The rows of a list of petitions."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from cases.cells import rows_drawn
from cases.rows import LedgerRow

register = template.Library()


@register.simple_tag
def ledger_rows(
    rows: Sequence[LedgerRow], columns: Collection[str], now: datetime, may_choose: bool = False
) -> SafeString:
    """Draw petitions as table rows with these columns, each with a box to tick where that is asked for."""
    return rows_drawn(rows, columns, may_choose=may_choose, now=now)
