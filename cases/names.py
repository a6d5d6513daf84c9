"""Lists of names as they come: pasted from a sheet, typed with commas, one person a line (Q17)."""

import re

from cases.intake import Person
from cases.states import PersonRole
from lib.crypto import normalise_id_number, normalise_phone

_SEPARATORS = re.compile(r"[\t,，、;；|]+|\s{2,}")
# An identity number or a mobile number is a part of its own, whatever stands round it: left in a name it would be
# kept in clear.
_WHOLE_NUMBER = re.compile(r"(?<!\d)(\d{17}[\dXx]|\d{15}|1\d{10})(?!\d)")
_LEADING_NUMBER = re.compile(r"^\s*\d{1,4}\s*[.．、:：\t ]\s*")
_ID_NUMBER = re.compile(r"^\d{17}[\dX]$|^\d{15}$")
_PHONE = re.compile(r"^1\d{10}$|^0\d{9,11}$")


def people_of_list(text: str) -> list[Person]:
    """Return the accompanying persons of a pasted list: a line begins with the name, the rest is told by its look."""
    return [person for line in text.splitlines() for person in [_person(line)] if person is not None]


def _person(line: str) -> Person | None:
    set_apart = _WHOLE_NUMBER.sub(r"\t\1\t", _LEADING_NUMBER.sub("", line))
    parts = [part.strip() for part in _SEPARATORS.split(set_apart) if part.strip()]
    if not parts:
        return None
    id_number = phone = ""
    rest = []
    for part in parts[1:]:
        if _ID_NUMBER.match(normalise_id_number(part)):
            id_number = normalise_id_number(part)
        elif _PHONE.match(normalise_phone(part)):
            phone = normalise_phone(part)
        else:
            rest.append(part)
    return Person(
        name=parts[0][:60],
        role=PersonRole.ACCOMPANYING,
        id_number=id_number,
        phone=phone,
        address="，".join(rest)[:200],
    )
