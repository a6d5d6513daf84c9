"""What a petition of the crowd says, and what it was answered: wordings drawn and their gaps filled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cases.states import Purpose
from config.demo.crowd_content import Matter, Wording
from config.demo.figures import Slot
from config.demo.timetable import draw

Thing = TypeVar("Thing")

_COUNTED = "两三四五六"
# From and below which the numbers in the gaps are drawn.
_NUMBERS = {
    "years": (2, 9),
    "months": (2, 10),
    "days": (3, 20),
    "some": (7, 30),
    "households": (12, 160),
    "metres": (60, 900),
    "rent": (6, 15),
    "wage": (18, 33),
    "fare": (15, 60),
    "cold": (12, 16),
}
_IN_HUNDREDS, _IN_TENS = frozenset({"rent"}), frozenset({"wage"})


@dataclass(frozen=True)
class Home:
    """Where somebody of the crowd lives, in words."""

    place: str
    town: str
    house: int


def chosen(key: str, purpose: str, things: Sequence[Thing]) -> Thing:
    """Return one of several, always the same for a key and a purpose."""
    return things[draw(key, purpose, len(things))]


def weighed(key: str, purpose: str, shares: Mapping[Thing, int]) -> Thing:
    """Return one of several, drawn as often as its share says."""
    place = draw(key, purpose, sum(shares.values()))
    for thing, share in shares.items():
        place -= share
        if place < 0:
            return thing
    message = "no shares"
    raise ValueError(message)


def said(slot: Slot, matter: Matter, home: Home, wording: Mapping[str, Sequence[str]]) -> Wording:
    """Return the words of a petition: who writes, what about, what is asked for; and the answer."""
    gaps = _gaps(slot, home, wording["seasons"])
    opening = wording["alone"] if slot.persons == 1 else wording["together"]
    worded = chosen(slot.key, "wording", matter.wordings)
    closing = wording["pleas" if matter.purpose is Purpose.REQUEST else "thanks"]
    opened, plea = chosen(slot.key, "opening", opening), chosen(slot.key, "plea", closing)
    return Wording(
        title=worded.title.format_map(gaps),
        text=(opened + worded.text + plea).format_map(gaps),
        reply=(worded.reply + chosen(slot.key, "replied", wording["replied"])).format_map(gaps),
    )


def _gaps(slot: Slot, home: Home, seasons: Sequence[str]) -> dict[str, str]:
    """Return what stands in the gaps of the wordings, numbers as people write them."""
    key = slot.key
    numbers = {name: first + draw(key, name, end - first) for name, (first, end) in _NUMBERS.items()}
    words = {name: str(_rounded(name, number)) for name, number in numbers.items()}
    return words | {
        "place": home.place,
        "town": home.town,
        "house": str(home.house),
        "persons": str(slot.persons),
        "year": str(slot.year - numbers["years"]),
        "few": chosen(key, "few", _COUNTED),
        "yuan": f"{(30 + draw(key, 'yuan', 570)) * 10:,}",
        "wan": f"{(8 + draw(key, 'wan', 120)) / 10:.1f}",
        "mu": f"{(11 + draw(key, 'mu', 80)) / 10:.1f}",
        "season": chosen(key, "season", seasons),
    }


def _rounded(name: str, number: int) -> int:
    if name in _IN_HUNDREDS:
        return number * 100
    return number * 10 if name in _IN_TENS else number
