"""What was typed into the one search box, told by its look alone: a number, a code, a person, or words."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from cases.secrets import PHONE_TAIL
from lib.codes import ALPHABET, LENGTH, tidy_code
from lib.crypto import normalise_id_number, normalise_phone
from lib.folding import fold
from lib.surnames import may_be_name

LONGEST = 60
# words beyond these narrow nothing that people ask for
MOST_TERMS = 6
SHORTEST_TERM = 2

# Q16: letters of the office, year, six digits; from its beginning, with a digit so that letters alone stay words
_BEGINNING = re.compile(r"([A-Z]{2,7}(?:20?|20\d{1,2}))(?:(?<=\d{4})-?(\d{0,6}))?")
_LAST_DIGITS = re.compile(r"\d{1,6}")
_ID_NUMBER = re.compile(r"\d{17}[\dX]|\d{15}")
_PHONE = re.compile(r"1\d{10}|0\d{9,11}|[2-9]\d{6,7}")
_WRITTEN_AS_NUMBER = re.compile(r"(?=.*\d)[\d\s+()-]*[\dXx]")
_INITIALS = re.compile(r"[a-z]{2,5}")
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


class PersonKind(StrEnum):
    """By what a person is looked for (Q5)."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    PHONE_TAIL = "phone_tail"
    NAME = "name"
    INITIALS = "initials"


@dataclass(frozen=True)
class Sought:
    """A person as one looks for him: a normalised value and what it is."""

    kind: PersonKind
    value: str


@dataclass(frozen=True)
class Typed:
    """What the box holds. Several readings may be possible; `person` is never put into an address."""

    # the beginning or the last digits of a petition number
    number: str = ""
    code: str = ""
    # folded, each of two signs or more
    terms: tuple[str, ...] = ()
    # terms too short to be looked for
    short: tuple[str, ...] = ()
    person: Sought | None = None
    # nothing but a person, or a number that can be nothing we know
    is_personal: bool = False

    @property
    def is_empty(self) -> bool:
        return self == Typed()

    @property
    def may_stand_in_an_address(self) -> bool:
        """Test if it surely names nobody, so that the search may be a link."""
        return bool(self.number) or not (self.code or self.is_personal or self.person)


def read(typed: str) -> Typed:
    """Return what a text can mean. Numbers are told by their look, names by their surname and length."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not plain:
        return Typed()
    if _WRITTEN_AS_NUMBER.fullmatch(plain):
        return _read_number(plain)
    if number := _BEGINNING.fullmatch(plain.upper()):
        return Typed(number="-".join(filter(None, number.groups())))
    code = tidy_code(plain)
    if _CODE.fullmatch(code) and not code.isdecimal():
        return Typed(code=code)
    return _read_words(plain)


def person_of(typed: str) -> Sought | None:
    """Return whom a text names, read as a person's number or name; `None` if it can be none."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    if _WRITTEN_AS_NUMBER.fullmatch(plain):
        return _number_of_person(plain)
    letters = plain.lower().replace(" ", "")
    if _INITIALS.fullmatch(letters):
        return Sought(PersonKind.INITIALS, letters)
    name = re.sub(r"\s", "", plain) if not plain.isascii() else plain
    return Sought(PersonKind.NAME, name) if len(name) >= SHORTEST_TERM else None


def _read_number(plain: str) -> Typed:
    last_digits = plain if _LAST_DIGITS.fullmatch(plain) else ""
    person = _number_of_person(plain)
    return Typed(number=last_digits, person=person, is_personal=not last_digits)


def _number_of_person(plain: str) -> Sought | None:
    id_number, phone = normalise_id_number(plain), normalise_phone(plain)
    if _ID_NUMBER.fullmatch(id_number):
        return Sought(PersonKind.ID_NUMBER, id_number)
    if _PHONE.fullmatch(phone):
        return Sought(PersonKind.PHONE, phone)
    if len(phone) == PHONE_TAIL:
        return Sought(PersonKind.PHONE_TAIL, phone)
    return None


def _read_words(plain: str) -> Typed:
    written = plain.split()
    numbers = [found for word in written if (found := _long_number_of(word))]
    if numbers:
        # a name beside a telephone is no word of the matter
        return Typed(person=numbers[0], is_personal=True)
    folded = [term for word in written for term in fold(word).split("*") if term]
    terms = tuple(dict.fromkeys(term for term in folded if len(term) >= SHORTEST_TERM))[:MOST_TERMS]
    short = tuple(term for term in folded if len(term) < SHORTEST_TERM)
    return Typed(terms=terms, short=short, person=_maybe_name(plain, written))


def _long_number_of(word: str) -> Sought | None:
    if not _WRITTEN_AS_NUMBER.fullmatch(word):
        return None
    found = _number_of_person(word)
    return found if found and found.kind is not PersonKind.PHONE_TAIL else None


def _maybe_name(plain: str, written: list[str]) -> Sought | None:
    together = "".join(written)
    if _INITIALS.fullmatch(together.lower()):
        return Sought(PersonKind.INITIALS, together.lower())
    whole = together if all(len(word) < SHORTEST_TERM for word in written) else ""
    name = next((word for word in (whole, *written) if word and may_be_name(word)), None)
    return Sought(PersonKind.NAME, name) if name else None
