"""Rules of registering, as calculation: no clock, no database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cases.intake import Person
from cases.states import MOST_REPRESENTATIVES, Channel, ClockCode, PersonRole, RegisterLevel, Source
from places.models import Level

# Sealed petitions have a number series of their own, so that neither series shows a gap (Q1, Q16).
SEALED_MARK = "M"

_LEVEL_OF = {
    Level.PROVINCE: RegisterLevel.PROVINCE,
    Level.CITY: RegisterLevel.CITY,
    Level.COUNTY: RegisterLevel.COUNTY,
    Level.TOWNSHIP: RegisterLevel.TOWNSHIP,
    Level.VILLAGE: RegisterLevel.TOWNSHIP,
}


def series_key(prefix: str, year: int, *, sealed: bool) -> str:
    """Return the number series of an office, a year and a lane."""
    return f"petition/{prefix}{SEALED_MARK if sealed else ''}/{year}"


def petition_number(prefix: str, year: int, serial: int, *, sealed: bool) -> str:
    """Return the number as printed: office code, year, six digits, `LS2026-004127` (Q16)."""
    return f"{prefix}{SEALED_MARK if sealed else ''}{year}-{serial:06d}"


def register_level(level: Level) -> RegisterLevel:
    """Return the level under which an organ of this place registers (data-standard §4.6)."""
    return _LEVEL_OF[level]


def is_collective(channel: Channel, petitioner_count: int, threshold: int) -> bool:
    """Test if a visit is collective (集体访): as many persons as the local threshold or more (data-standard §5)."""
    return channel is Channel.VISIT and petitioner_count >= threshold


def in_seats(people: Sequence[Person]) -> tuple[Person, ...]:
    """Return the people with five representatives at most; the sixth and later accompany (Art 20(3); R-07, Q17)."""
    seated: list[Person] = []
    representatives = 0
    for person in people:
        representatives += person.role is PersonRole.REPRESENTATIVE
        too_many = person.role is PersonRole.REPRESENTATIVE and representatives > MOST_REPRESENTATIVES
        seated.append(replace(person, role=PersonRole.ACCOMPANYING) if too_many else person)
    return tuple(seated)


def clocks_to_start(
    source: Source, *, by_petition_office: bool, has_superior_due_day: bool
) -> list[ClockCode]:
    """Return the clocks that registering starts.

    A petition office has 15 days to route (T1, Art 22(1)) and its own share of them (T1a); any other organ has 15
    days to write to the petitioner (T2, Art 23(2); Q30). A due day set from above runs as T6 (Art 22(1)(3); Q21).
    """
    clocks = [ClockCode.T1, ClockCode.T1A] if by_petition_office else [ClockCode.T2]
    if source is Source.ASSIGNED_FROM_SUPERIOR and has_superior_due_day:
        clocks.append(ClockCode.T6)
    return clocks


def is_backdated(received_on: date, previous_working_day: date) -> bool:
    """Test if a received day is typed more than one working day late, which needs evidence (Q25)."""
    return received_on < previous_working_day
