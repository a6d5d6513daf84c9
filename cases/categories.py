"""Finding a content category from what a person typed: its name, its path, its code, the letters of its pinyin, or
an everyday word for it, for whoever comes says 物业 and not 住房保障与房地产."""

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from cases.models import ContentCategory
from lib.pinyin import pinyin_initials, pinyin_key

# More is read no quicker than the next letter is typed.
MOST_FOUND = 12
# shipped with the program and beside the list of the categories, which has no place for them
EVERYDAY_WORDS = Path(__file__).resolve().parent / "seed" / "category_words.csv"
# a single sign would be found in half of all sentences
_SHORTEST_SAID = 2


def find_categories(typed: str, *, on: date) -> list[ContentCategory]:
    """Return the categories of a day that fit, the nearest first; every one where nothing was typed.

    There are some hundred of them, so they are compared here and not in the database.
    """
    rows = list(ContentCategory.objects.valid_on(on).order_by("path"))
    words = unicodedata.normalize("NFKC", typed).lower().split()
    if not words:
        return rows
    fitting = [(rank, at, row) for at, row in enumerate(rows) if (rank := _rank(row, words)) is not None]
    return [row for _rank_of, _at, row in sorted(fitting, key=lambda one: one[:2])[:MOST_FOUND]]


def _rank(row: ContentCategory, words: list[str]) -> int | None:
    """Return how near a category is to the words, 0 the nearest; nothing if one of them does not fit."""
    ranks = [_rank_of_word(row, word) for word in words]
    return None if None in ranks else max(rank for rank in ranks if rank is not None)


def _rank_of_word(row: ContentCategory, word: str) -> int | None:
    name, label = row.name.lower(), row.label.lower()
    said = everyday_words().get(row.code, ())
    fits = [
        row.code.startswith(word) or name == word,
        name.startswith(word),
        word in name,
        word in said,
        word in label,
        any(_is_meant(each, word) for each in said),
    ]
    if word.isascii() and word.isalpha():
        fits += [
            any(letters.startswith(word) for letters in _letters(name)),
            any(word in letters for letters in _letters(label)),
        ]
    return fits.index(True) if True in fits else None


def _is_meant(said: str, word: str) -> bool:
    """Test if a typed word is part of an everyday one, or the other way round: 欠工资, 电梯坏了."""
    return len(word) >= _SHORTEST_SAID and (word in said or said in word)


@cache
def everyday_words() -> Mapping[str, Sequence[str]]:
    """Return the everyday words of each category by its code, read once."""
    with EVERYDAY_WORDS.open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["code"]: tuple(row["words"].split()) for row in rows}


@cache
def _letters(text: str) -> tuple[str, str]:
    """Return the first letters of a name and its whole pinyin; kept, for the names are few and reading them is slow."""
    return pinyin_initials(text), pinyin_key(text).replace(" ", "")
