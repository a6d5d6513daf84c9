"""Finding a content category from what a person typed: its name, its path, its code, or the letters of its pinyin."""

import unicodedata
from datetime import date
from functools import cache

from cases.models import ContentCategory
from lib.pinyin import pinyin_initials, pinyin_key

# More is read no quicker than the next letter is typed.
MOST_FOUND = 12


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
    fits = [row.code.startswith(word) or name == word, name.startswith(word), word in name, word in label]
    if word.isascii() and word.isalpha():
        fits += [
            any(letters.startswith(word) for letters in _letters(name)),
            any(word in letters for letters in _letters(label)),
        ]
    return fits.index(True) if True in fits else None


@cache
def _letters(text: str) -> tuple[str, str]:
    """Return the first letters of a name and its whole pinyin; kept, for the names are few and reading them is slow."""
    return pinyin_initials(text), pinyin_key(text).replace(" ", "")
