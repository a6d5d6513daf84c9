"""Telling which of some classes a Chinese text belongs to, by the weights of a linear model on its n-grams.

Whoever scores needs no numerical library and little memory: an n-gram of one to three signs is one whole number, and
everything else lies in flat arrays beside it. What is learned elsewhere comes in as `Weights`.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from math import log, sqrt
from typing import Any

LONGEST_GRAM = 3
# A sign of Unicode has at most 21 bits, so three of them fit a whole number of 64.
_BITS = 21
_SIGN = (1 << _BITS) - 1

# Of the words that led to a class: how many n-grams are looked at, how long a word is, how many are named.
_MOST_GRAMS = 24
_LONGEST_WORD = 6
_MOST_WORDS = 4
_MOST_PLACES = 10
# Signs that make no word at its edge: particles, pronouns, prepositions.
_AT_NO_EDGE = frozenset(
    "的了是在我你他她它们和有不也就都而及与或着把被吗呢吧啊从到对为这那个该此于以并但还又"
)

_ORDER = "little"
_KINDS = "QfIHff"


def plain(text: str) -> str:
    """Return a text as n-grams are read from it: without white space, in small letters."""
    return "".join(text.split()).lower()


def grams(text: str) -> list[int]:
    """Return every n-gram of one to three signs of a plain text as a whole number, as often as it stands there."""
    signs = list(map(ord, text))
    pairs = [one << _BITS | two for one, two in pairwise(signs)]
    triples = [pair << _BITS | three for pair, three in zip(pairs, signs[2:], strict=False)]
    return signs + pairs + triples


def spelled(gram: int) -> str:
    """Return the signs of an n-gram."""
    signs = []
    while gram:
        signs.append(chr(gram & _SIGN))
        gram >>= _BITS
    return "".join(reversed(signs))


@dataclass(frozen=True)
class Best:
    """A class a text may belong to, how clearly, and the words that speak for it, the strongest first."""

    label: str
    score: float
    words: Sequence[str]


@dataclass(frozen=True, eq=False)
class Weights:
    """A linear model over n-grams: what each one weighs for each class.

    `rarity` stands beside `grams`, which are in order; the weights of the n-gram at a place lie from `begins` at that
    place to `begins` at the next, each with the place of its class in `labels`.
    """

    labels: Sequence[str]
    grams: array[int]
    rarity: array[float]
    begins: array[int]
    class_of: array[int]
    weights: array[float]
    biases: array[float]

    def scores(self, text: str) -> list[float]:
        """Return how clearly a text belongs to each class, in the order of `labels`."""
        return self._scores(list(self._found(plain(text))))

    def best(self, text: str, most: int, *, among: Container[str]) -> list[Best]:
        """Return the classes that a text most likely belongs to among some, with the words that led there."""
        signs = plain(text)
        found = list(self._found(signs))
        scores = self._scores(found)
        asked = [place for place, label in enumerate(self.labels) if label in among]
        order = sorted(asked, key=lambda place: -scores[place])[:most]
        speaking = self._speaking(found, order)
        return [Best(self.labels[one], scores[one], readable(signs, speaking[one])) for one in order]

    def _found(self, signs: str) -> Iterator[tuple[int, float]]:
        """Yield the place of each known n-gram of a text and what it counts there, all of them of length one."""
        counted = []
        known, rarity = self.grams, self.rarity
        for gram, times in Counter(grams(signs)).items():
            place = bisect_left(known, gram)
            if place < len(known) and known[place] == gram:
                counted.append((place, (1 + log(times)) * rarity[place]))
        length = sqrt(sum(value * value for _place, value in counted))
        return ((place, value / length) for place, value in counted)

    def _scores(self, found: Iterable[tuple[int, float]]) -> list[float]:
        scores = list(self.biases)
        begins, class_of, weights = self.begins, self.class_of, self.weights
        for place, value in found:
            for at in range(begins[place], begins[place + 1]):
                scores[class_of[at]] += value * weights[at]
        return scores

    def _speaking(
        self, found: Iterable[tuple[int, float]], classes: Iterable[int]
    ) -> dict[int, list[tuple[float, str]]]:
        """Return for each of some classes the n-grams that speak for it most, with how much."""
        speaking: dict[int, list[tuple[float, int]]] = {one: [] for one in classes}
        begins, class_of, weights = self.begins, self.class_of, self.weights
        for place, value in found:
            for at in range(begins[place], begins[place + 1]):
                if weights[at] > 0 and class_of[at] in speaking:
                    speaking[class_of[at]].append((value * weights[at], place))
        return {
            one: [(weight, spelled(self.grams[place])) for weight, place in nlargest(_MOST_GRAMS, all_of_it)]
            for one, all_of_it in speaking.items()
        }

    def to_bytes(self) -> bytes:
        """Return everything as bytes, to be kept; the same model gives the same bytes."""
        parts = [part.tobytes() if sys.byteorder == _ORDER else _swapped(part) for part in self._arrays]
        head = json.dumps({"labels": list(self.labels), "bytes": [len(part) for part in parts]})
        return zlib.compress(b"\n".join([head.encode(), b"".join(parts)]))

    @property
    def _arrays(self) -> tuple[array[int] | array[float], ...]:
        return (self.grams, self.rarity, self.begins, self.class_of, self.weights, self.biases)

    @classmethod
    def from_bytes(cls, kept: bytes) -> Weights:
        """Return the model that `to_bytes` gave."""
        head, _newline, rest = zlib.decompress(kept).partition(b"\n")
        facts = json.loads(head)
        read: list[array[Any]] = []
        for kind, length in zip(_KINDS, facts["bytes"], strict=True):
            part: array[Any] = array(kind, rest[:length])
            if sys.byteorder != _ORDER:
                part.byteswap()
            read.append(part)
            rest = rest[length:]
        return cls(tuple(facts["labels"]), *read)


def _swapped(part: array[int] | array[float]) -> bytes:
    other = part[:]
    other.byteswap()
    return other.tobytes()


def readable(signs: str, speaking: Sequence[tuple[float, str]]) -> list[str]:
    """Return the words that weighted n-grams of a plain text come from, the strongest first.

    N-grams that overlap in the text are one word, as long as it stays one: 补偿 and 偿款 are 补偿款.
    """
    spans: dict[tuple[int, int], float] = {}
    for weight, gram in speaking:
        for start in _places(signs, gram):
            _join(spans, start, start + len(gram), weight)
    weighed: Counter[str] = Counter()
    for (start, end), span_weight in spans.items():
        weighed[_trimmed(signs[start:end])] += span_weight  # type: ignore[assignment]  # typed for whole numbers
    words: list[str] = []
    for word, _weight in weighed.most_common():
        if len(word) > 1 and word.isalpha() and not any(word in one or one in word for one in words):
            words.append(word)
    return words[:_MOST_WORDS]


def _places(signs: str, gram: str) -> Iterator[int]:
    at = signs.find(gram)
    for _time in range(_MOST_PLACES):
        if at < 0:
            return
        yield at
        at = signs.find(gram, at + 1)


def _join(spans: dict[tuple[int, int], float], start: int, end: int, weight: float) -> None:
    """Let a place of a text join the words it overlaps, or stand by itself."""
    touching = [span for span in spans if span[0] < end and start < span[1]]
    begin, last = min([start, *(span[0] for span in touching)]), max([end, *(span[1] for span in touching)])
    if last - begin > _LONGEST_WORD:
        # what is strong already stays as it is
        return
    spans[begin, last] = weight + sum(spans.pop(span) for span in touching)


def _trimmed(word: str) -> str:
    signs = list(word)
    while signs and (signs[-1] in _AT_NO_EDGE or not signs[-1].isalpha()):
        signs.pop()
    while signs and (signs[0] in _AT_NO_EDGE or not signs[0].isalpha()):
        signs.pop(0)
    return "".join(signs)
