"""The periods that figures are of: whole days of the office, half-open, so that two that touch share none (trap 5)."""

from dataclasses import dataclass
from datetime import date, datetime

from cases.ledger import midnight_of


@dataclass(frozen=True)
class Period:
    """The days from `since`, which belongs to it, to `until`, which does not.

    :raises ValueError: if it has no day
    """

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.until <= self.since:
            message = f"no day from {self.since} to {self.until}"
            raise ValueError(message)

    @property
    def since_at(self) -> datetime:
        return midnight_of(self.since)

    @property
    def until_at(self) -> datetime:
        """The first moment after it."""
        return midnight_of(self.until)

    def a_year_before(self) -> "Period":
        """Return the same days of the year before (I14); 29 February, which it lacks, is with the 28th."""
        return Period(
            _a_year_before(self.since, leap_day=(2, 28)), _a_year_before(self.until, leap_day=(3, 1))
        )


def _a_year_before(day: date, *, leap_day: tuple[int, int]) -> date:
    month, number = leap_day if (day.month, day.day) == (2, 29) else (day.month, day.day)
    return date(day.year - 1, month, number)
