"""Work the clock brings. Safe to run twice, or in two places at once."""

from datetime import datetime, timedelta

from portal.models import Attempts

# longer than any stretch that is counted
_KEPT = timedelta(days=2)


def remove_old_attempts(*, now: datetime) -> int:
    """Remove counts of attempts whose stretch is long over. Return how many."""
    removed, _by_table = Attempts.objects.filter(began_at__lt=now - _KEPT).delete()
    return removed
