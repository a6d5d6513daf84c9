"""How often each sweep comes. The timetable itself is in `config`, which this room does not know.

Without models, because it is filled before they are loaded.
"""

from collections.abc import Mapping
from datetime import timedelta

_PERIODS: dict[str, timedelta] = {}


def expect(name: str, *, every: timedelta) -> None:
    """Say how long it is at most from one run of a sweep, named as its task, to the next."""
    _PERIODS[name] = every


def periods() -> Mapping[str, timedelta]:
    """Return how often each sweep of the timetable comes."""
    return _PERIODS
