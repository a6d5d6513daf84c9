"""How alike two Chinese texts are, by the pairs of characters they share; no word list, no training.

A pair of characters that many texts of the place have (小区, 物业) tells little, one that few have (the name of an
estate) tells much: `Ordinary` is learnt from texts as they come in. Of a text its title and its opening say what it is
about, so the share of these that the other text has as well is what counts.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import repeat
from operator import add

# From here on two texts may be about one matter. Chosen on the tuning half of the labelled pairs (docs/decisions.md).
ALIKE = 0.3
# How many texts are enough to learn from what is ordinary.
LEARNT_FROM = 100
# What is compared of a long text; the rest is detail, and two thousand are read at a time.
COMPARED = 600
_OPENING = 80
_NO_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d{4,}")
# How far above the share of one text that of the other lifts it, and how much the opening says beside the title.
# Chosen on the tuning half too.
_OF_THE_LARGER = 0.7
_OF_THE_TITLES = 0.6
_STEEPNESS = 1.5
# Less than this of either title in the other text, and they are about different things.
_LEAST = 0.12
# Fewer texts than this say nothing about what is ordinary.
_LEAST_TEXTS = 30


def normalised(text: str) -> str:
    """Return letters, digits and characters alone, in one width and case; however it was typed or laid out."""
    letters = _NO_LETTERS.sub("", text)
    if not unicodedata.is_normalized("NFKC", letters):
        # Asked first, for nearly every text is in one width once its punctuation is gone.
        letters = _NO_LETTERS.sub("", unicodedata.normalize("NFKC", letters))
    return letters.lower()


def fingerprint(text: str) -> str:
    """Return the same 64 hexadecimal digits for texts that are the same to the character, line ends aside.

    Empty for a text without a character in it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return sha256(lines.encode(errors="surrogatepass")).hexdigest() if lines.strip() else ""


def _pairs(letters: str) -> set[str]:
    return set(map(add, letters, letters[1:]))


@dataclass(frozen=True)
class Ordinary:
    """How much each pair of characters says, by how many texts have it; all the same where too few were read."""

    weights: dict[str, float] = field(default_factory=dict)
    unseen: float = 1.0

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Ordinary":
        """Learn from texts what is ordinary."""
        seen: Counter[str] = Counter()
        number = 0
        for text in texts:
            seen.update(_pairs(normalised(text[:COMPARED])))
            number += 1
        if number < _LEAST_TEXTS:
            return cls()
        whole = math.log(number + 2)
        return cls(
            {pair: (whole - math.log(count + 1)) ** _STEEPNESS for pair, count in seen.items()},
            whole**_STEEPNESS,
        )

    def weight(self, pairs: Iterable[str]) -> float:
        """Return how much some pairs of characters say together."""
        return sum(map(self.weights.get, pairs, repeat(self.unseen)))


class Likeness:
    """One text, to be held against many."""

    def __init__(self, title: str, text: str, ordinary: Ordinary) -> None:
        body = normalised(text[:COMPARED])
        self._ordinary = ordinary
        self._letters = f"{normalised(title)}\n{body}"
        self._all = _pairs(self._letters)
        self._title = _pairs(normalised(title) or body[:_OPENING])
        self._opening = _pairs(body[:_OPENING])
        self._title_weight = ordinary.weight(self._title)
        self._opening_weight = ordinary.weight(self._opening)

    def to(self, title: str, text: str) -> float:
        """Return how alike another text is, from 0 to 1."""
        heading = normalised(title) or normalised(text[:_OPENING])
        theirs_here = self._share(heading)
        # As it was typed: nearly all of two thousand texts are about something else, and are told apart by this.
        if (
            self._titles(self._found(self._title, self._title_weight, title + text[:COMPARED]), theirs_here)
            < _LEAST
        ):
            return 0.0
        body = normalised(text[:COMPARED])
        letters = f"{heading}\n{body}"
        titles = self._titles(self._found(self._title, self._title_weight, letters), theirs_here)
        openings = min(
            self._share(body[:_OPENING]), self._found(self._opening, self._opening_weight, letters)
        )
        return _OF_THE_TITLES * titles + (1 - _OF_THE_TITLES) * openings

    @staticmethod
    def _titles(mine_there: float, theirs_here: float) -> float:
        smaller, larger = sorted((mine_there, theirs_here))
        return _OF_THE_LARGER * larger + (1 - _OF_THE_LARGER) * smaller

    def _found(self, pairs: set[str], weight: float, letters: str) -> float:
        """Return how much of this text's own pairs another text has."""
        if not weight:
            return 0.0
        return self._ordinary.weight([pair for pair in pairs if pair in letters]) / weight

    def _share(self, letters: str) -> float:
        """Return how much of another text's words this one has."""
        pairs = _pairs(letters)
        weight = self._ordinary.weight(pairs)
        return self._ordinary.weight(pairs & self._all) / weight if weight else 0.0

    def shared_words(self, title: str, text: str, *, most: int, hidden: Sequence[str] = ()) -> list[str]:
        """Return the stretches of characters both texts have, the most telling first.

        `hidden` are names: whatever touches one of them is left out, and so is a number of four digits or more, which
        may be part of a telephone's or an identity number.
        """
        covered = [normalised(name) for name in hidden if normalised(name)]
        theirs = f"{normalised(title)}\n{normalised(text[:COMPARED])}"
        mine, other = _NUMBER.sub("\n", self._letters), _NUMBER.sub("\n", theirs)
        for name in covered:
            mine, other = mine.replace(name, "\n"), other.replace(name, "\n")
        found: dict[str, float] = {}
        for words in _stretches(mine, other):
            found[words] = self._ordinary.weight(_pairs(words))
        telling: list[str] = []
        for words in sorted(found, key=lambda each: (-found[each], each)):
            if not any(words in longer for longer in telling):
                telling.append(words)
            if len(telling) == most:
                break
        return telling


def _stretches(letters: str, other: str) -> Iterator[str]:
    """Give the longest stretches of two characters and more, from left to right, that another text has as well."""
    for line in letters.split("\n"):
        start = 0
        while start < len(line) - 1:
            end = start + 2
            if line[start:end] not in other:
                start += 1
                continue
            while end < len(line) and line[start : end + 1] in other:
                end += 1
            yield line[start:end]
            start = end
