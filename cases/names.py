"""Lists of names as they come: pasted, typed with commas, or a sheet uploaded; one person a row (Q17).

A row that cannot be taken is handed back with its line and the reason. Nothing is dropped or cut to make it fit.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from cases.intake import Person
from cases.rules import WRONG_DIGIT, is_identity_number
from cases.sheets import MOST_ROWS, Row, rows_of
from cases.states import PersonRole
from lib.crypto import normalise_id_number, normalise_phone
from lib.errors import Words

LONGEST_NAME = 60
LONGEST_ADDRESS = 200

_SEPARATORS = re.compile(r"[\t,，、;；|]+|\s{2,}")
# A long number is a part of its own, whatever stands round it: left in a name or an address it would be kept in clear.
_LONG_NUMBER = re.compile(r"(?<!\d)(\d{17}[Xx]|\d{9,})(?!\d)")
_LEADING_NUMBER = re.compile(r"^\d{1,4}\s*[.．、:： ]\s*")
# How `as_numbered_lines` writes a row's line before it.
_LINE_BEFORE = re.compile(r"^(\d{1,7})\. ")
_SERIAL = re.compile(r"^\d{1,4}[.．、]?$")
_ID_NUMBER = re.compile(r"^\d{17}[\dX]$|^\d{15}$")
_PHONE = re.compile(r"^1\d{10}$|^0\d{9,11}$|^[2-9]\d{6,7}$")
_WRITTEN_AS_NUMBER = re.compile(r"^[\d\s\-+()（）]*[\dXx]$")

# What sheets call their columns, without blanks, marks and words in brackets.
_NAME, _ID, _TELEPHONE, _ADDRESS = "name", "id_number", "phone", "address"
_COLUMNS: Mapping[str, re.Pattern[str]] = {
    _NAME: re.compile("(人员|信访人|来访人|联名人)?(姓名|名字)|信访人|来访人|联名人|name"),
    _ID: re.compile("(居民|公民)?身份(证|证?号码?)|证件号码?|idnumber|identitynumber"),
    _TELEPHONE: re.compile("(联系|移动|固定)?电话(号码)?|手机(号码?)?|联系方式|telephone|phone|mobile"),
    _ADDRESS: re.compile("(详细|家庭|联系|通讯|户籍|居住|现居住|现住)?地址|(家庭|现)?住址|现?居住地|address"),
}
_AROUND_A_HEADING = re.compile(r"[（(].*?[）)]|[\s*＊:：]")
# Titles above the heading: merged lines with the office's and the list's name.
_HEADING_WITHIN = 15

_NO_NAME = _("The name is missing.")
_NO_NUMBER = _("A number here is neither an identity number nor a telephone number.")
_NO_PHONE = _("This is no telephone number.")


@dataclass(frozen=True)
class BadRow:
    """A row that was not taken: its line in the list, its words, and why."""

    line: int
    text: str
    reason: Words


@dataclass(frozen=True)
class NameList:
    """What a list gave: the accompanying persons, and the rows to correct."""

    people: tuple[Person, ...] = ()
    bad: tuple[BadRow, ...] = ()


def read_lines(text: str, *, numbered: bool = False) -> NameList:
    """Return the persons of a pasted list, one a line. In a `numbered` one each line says itself which one it is."""
    rows = []
    for line, written in enumerate(text.splitlines(), 1):
        before = _LINE_BEFORE.match(written) if numbered else None
        words = written[before.end() :] if before else written
        if words.strip():
            rows.append(Row(int(before[1]) if before else line, tuple(_cells(words))))
    return _read(rows)


def read_file(upload: "File[bytes]") -> NameList:
    """Return the persons of an uploaded sheet.

    :raises Refused: if the file is too large, has too many rows, or is no sheet
    """
    return _read(rows_of(upload))


def as_lines(people: Iterable[Person]) -> list[str]:
    """Return persons of a list as the lines that `read_lines` reads back."""
    return [
        "\t".join(filter(None, (person.name, person.id_number, person.phone, person.address)))
        for person in people
    ]


def as_numbered_lines(bad: Iterable[BadRow]) -> list[str]:
    """Return rows to correct as the lines that `read_lines(numbered=True)` reads back."""
    return [f"{row.line}. {row.text}" for row in bad]


def _cells(line: str) -> list[str]:
    """Return the parts of a line: the cells of a pasted sheet as they are, else what separators tell apart."""
    return line.split("\t") if "\t" in line else _SEPARATORS.split(line)


def _read(rows: Sequence[Row]) -> NameList:
    if len(rows) > MOST_ROWS:
        too_many = _("The list has more than %(limit)d rows.") % {"limit": MOST_ROWS}
        return NameList(bad=(BadRow(rows[MOST_ROWS].line, "", too_many),))
    heading, columns = _heading(rows)
    people, bad = [], []
    for row in rows[heading:]:
        found = _by_column(row, columns) if columns else _by_look(row)
        if isinstance(found, Person):
            people.append(found)
        elif found is not None:
            bad.append(found)
    return NameList(tuple(people), tuple(bad))


def _heading(rows: Sequence[Row]) -> tuple[int, Mapping[int, str]]:
    """Return how many rows end with the heading, and what each column holds; nothing where there is no heading."""
    for position, row in enumerate(rows[:_HEADING_WITHIN]):
        named = {column: kind for column, cell in enumerate(row.cells) for kind in _kinds(cell)}
        if _NAME in named.values():
            return position + 1, named
    return 0, {}


def _kinds(cell: str) -> Iterator[str]:
    heading = _AROUND_A_HEADING.sub("", cell).lower()
    return (kind for kind, words in _COLUMNS.items() if words.fullmatch(heading))


def _by_column(row: Row, columns: Mapping[int, str]) -> Person | BadRow | None:
    """Read a row under its heading. Columns that are not asked for are not taken (PIPL Art 6)."""
    facts = dict.fromkeys(_COLUMNS, "")
    for column, kind in columns.items():
        cell = row.cells[column].strip() if column < len(row.cells) else ""
        facts[kind] = facts[kind] or cell
    if not any(facts.values()):
        return None
    text = "\t".join(filter(None, facts.values()))
    reason: Words = ""
    if len(_SEPARATORS.split(facts[_NAME])) > 1:
        reason = _("One person a row: this holds several names.")
    elif facts[_TELEPHONE] and not _PHONE.match(normalise_phone(facts[_TELEPHONE])):
        reason = _NO_PHONE
    elif facts[_ID] and not is_identity_number(facts[_ID]):
        reason = WRONG_DIGIT
    if reason:
        return BadRow(row.line, text, reason)
    return _taken(row.line, text, **facts)


def _by_look(row: Row) -> Person | BadRow | None:
    """Read a row without a heading: it begins with the name, the rest is told by its look."""
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    if not cells:
        return None
    if len(cells) > 1 and _SERIAL.match(cells[0]):
        del cells[0]
    if not _is_number(cells[0]):
        cells[0] = _LEADING_NUMBER.sub("", cells[0])
    text = "\t".join(cells)
    parts = [
        part.strip()
        for cell in cells
        for part in ([cell] if _is_number(cell) else _LONG_NUMBER.sub(r"\t\1\t", cell).split("\t"))
        if part.strip()
    ]
    if not parts:
        return None
    if _is_number(parts[0]):
        return BadRow(row.line, text, _NO_NAME)
    id_numbers, phones, rest = [], [], []
    for part in parts[1:]:
        if _ID_NUMBER.match(normalise_id_number(part)):
            id_numbers.append(part)
        elif _is_number(part) and _PHONE.match(normalise_phone(part)):
            phones.append(part)
        elif _is_number(part) and len(normalise_phone(part)) > 6:
            return BadRow(row.line, text, _NO_NUMBER)
        else:
            rest.append(part)
    if len(id_numbers) > 1 or len(phones) > 1:
        return BadRow(row.line, text, _("One person a row: this holds two numbers of one kind."))
    return _taken(
        row.line,
        text,
        name=parts[0],
        id_number="".join(id_numbers),
        phone="".join(phones),
        address="，".join(rest),
    )


def _is_number(part: str) -> bool:
    return bool(_WRITTEN_AS_NUMBER.match(part))


def _taken(line: int, text: str, *, name: str, id_number: str, phone: str, address: str) -> Person | BadRow:
    """Return the person of a row, or the row itself where something in it cannot be kept."""
    reason: Words = ""
    if not name:
        reason = _NO_NAME
    elif id_number and not is_identity_number(id_number):
        reason = WRONG_DIGIT
    elif _LONG_NUMBER.search(name) or _LONG_NUMBER.search(address):
        reason = _NO_NUMBER
    elif len(name) > LONGEST_NAME or len(address) > LONGEST_ADDRESS:
        reason = _("Name or address is too long.")
    if reason:
        return BadRow(line, text, reason)
    return Person(
        name=name,
        role=PersonRole.ACCOMPANYING,
        id_number=normalise_id_number(id_number),
        phone=normalise_phone(phone),
        address=address,
    )
