"""Rules of registering, as calculation: no clock, no database."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

from cases.intake import FromAbove, Person
from cases.states import (
    FROM_ABOVE,
    MOST_REPRESENTATIVES,
    STANDS_FOR_ANOTHER,
    Channel,
    ClockCode,
    IdType,
    PersonRole,
    RegisterLevel,
    Source,
)
from lib.crypto import normalise_id_number, normalise_phone
from lib.errors import Words
from places.models import Level

# Sealed petitions have a number series of their own, so that neither series shows a gap (Q1, Q16).
SEALED_MARK = "M"

WRONG_DIGIT = _("A digit is wrong: this is no valid identity number. Compare, or clear it.")
WRONG_TELEPHONE = _(
    "No petitioner has such a telephone: a mobile has 11 digits, a landline 7 or 8, with its area code before them. "
    "Several with a comma between; a service number such as 12345 is none. Leave it empty where there is none."
)
# as written: "8222345 转 801", "0358-8222345-801", "+86 138 …"
_TELEPHONE = re.compile(r"(?P<number>\+?[\d\s()\-—]+?)\s*(?:(?:转|-(?=\d{1,5}$))\s*\d{1,6})?")
# mobile; landline with its area code of three or four digits, or without; 400 and 800
_DIGITS = re.compile(r"1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}|[48]00\d{7}")
_ABROAD = re.compile(r"\+\d{8,15}")
_BETWEEN_TELEPHONES = re.compile(r"[/、,;]")

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


def is_identity_number(number: str) -> bool:
    """Test length and check digit of a resident's identity number, however it is spaced (GB 11643).

    Not its county: cards keep the code of a county that has since been renamed or merged.
    """
    digits = normalise_id_number(number)
    well_formed = len(digits) == 18 and digits.isascii() and digits[:17].isdecimal()
    return well_formed and str(ric.calc_check_digit(digits)) == digits[17]


def faults_of_people(people: Sequence[Person], *, is_anonymous: bool) -> dict[str, Words]:
    """Return what keeps these people from being registered, by field: `people-2-name` is the third person's name.

    A petitioner is named unless the petition is anonymous; an agent or a guardian stands for another person of the
    list (R-09), and one under 14 comes through a guardian (Q19). More than five representatives are no fault: see
    `in_seats` (R-07).
    """
    if not people and not is_anonymous:
        return {"people": _("Name the petitioner, or tick “Anonymous”.")}
    guarded = {
        person.acts_for for person in people if person.role is PersonRole.GUARDIAN and not person.under_14
    }
    faults: dict[str, Words] = {}
    for index, person in enumerate(people):
        position = index + 1
        if not person.name.strip():
            faults[f"people-{index}-name"] = _(
                "Write the name, or “Anonymous” where none was given, or take the row off."
            )
        if (
            person.id_type is IdType.RESIDENT
            and person.id_number
            and not is_identity_number(person.id_number)
        ):
            faults[f"people-{index}-id_number"] = WRONG_DIGIT
        if person.phone and not is_telephone(person.phone):
            faults[f"people-{index}-phone"] = WRONG_TELEPHONE
        if person.acts_for is not None and not _is_another(person.acts_for, position, people):
            faults[f"people-{index}-acts_for"] = _(
                "An agent or guardian stands for another person of the list."
            )
        elif person.acts_for is None and person.role in STANDS_FOR_ANOTHER:
            faults[f"people-{index}-acts_for"] = _("Say whom the agent or guardian stands for.")
        if person.under_14 and position not in guarded:
            faults[f"people-{index}-under_14"] = _("A petitioner under 14 comes through a guardian.")
    return faults


def is_telephone(text: str) -> bool:
    """Test if a text is a telephone that a petitioner may have, or several: no short service number is one."""
    numbers = [
        number.strip()
        for number in _BETWEEN_TELEPHONES.split(unicodedata.normalize("NFKC", text))
        if number.strip()
    ]
    return bool(numbers) and all(_is_one_telephone(number) for number in numbers)


def _is_one_telephone(written: str) -> bool:
    whole = _TELEPHONE.fullmatch(written)
    readings = {written, whole["number"]} if whole else set()
    return any(
        _DIGITS.fullmatch(normalise_phone(number)) or _ABROAD.fullmatch(re.sub(r"[^+\d]", "", number))
        for number in readings
    )


def _is_another(acts_for: int, position: int, people: Sequence[Person]) -> bool:
    return acts_for != position and 1 <= acts_for <= len(people) and bool(people[acts_for - 1].name.strip())


def faults_of_superior(source: Source, above: FromAbove | None) -> dict[str, Words]:
    """Return what a petition from above lacks of the superior's particulars, by field (Q21)."""
    if source not in FROM_ABOVE:
        return {}
    given = {
        "superior_organ": above and above.organ.strip(),
        "superior_number": above and above.number.strip(),
        "superior_date": above and above.dated,
    }
    missing = _("A petition from above keeps the superior's own particulars.")
    return {name: missing for name, value in given.items() if not value}


def asks_for_name_list(
    channel: Channel, petitioner_count: int, *, named: int, listed: int, threshold: int
) -> bool:
    """Test if a group came without its list: a collective visit of more persons than are named (data-standard §3, §5).

    It is asked for, not required: the count is typed at once and stands (Q17).
    """
    return is_collective(channel, petitioner_count, threshold) and petitioner_count > named and not listed


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
