"""Pinyin keys: what names and places are sorted and found by. Computed when a row is written, then stored."""

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from lib.surnames import READINGS, split_name


def pinyin_key(text: str) -> str:
    """Return the syllables without tones, a space between two: `东关社区` gives `dong guan she qu`.

    What is no Chinese character stays, in lower case and half-width. ü is v, as people type it.
    """
    return " ".join(_syllables(text))


def pinyin_initials(text: str) -> str:
    """Return the first letter of each syllable: `东关社区` gives `dgsq`; digits stay whole."""
    return "".join(syllable[:1] if syllable.isalpha() else syllable for syllable in _syllables(text))


def name_key(name: str) -> str:
    """Return a person's name in syllables, the surname read as one: `单雄信` gives `shan xiong xin`."""
    surname, given = split_name(unicodedata.normalize("NFKC", name).strip())
    reading = READINGS.get(surname) or _syllables(surname)
    return " ".join([*reading, *_syllables(given)])


# given names and villages come again and again in a long list
@lru_cache(maxsize=10_000)
def _syllables(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", text).lower()
    if plain.isascii():
        return tuple(plain.split())
    parts = _reader()(plain)
    return tuple(word for part in parts for word in part.split())


@cache
def _reader() -> Callable[[str], list[str]]:
    # pypinyin holds 40 MB of dictionaries; only a process that writes names or places pays for them
    from pypinyin import lazy_pinyin, load_single_dict

    # alone, as in 长治, it is chang; words such as 村长 are known to the phrase dictionary
    load_single_dict({ord("长"): "cháng,zhǎng"})
    read: Callable[[str], list[str]] = lazy_pinyin
    return read
