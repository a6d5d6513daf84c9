"""How papers are numbered: 离住建信告〔2026〕58号 (documents.md §1).

The letters of an organ (机关代字) are made from its seat and its short name: one rule for all, with nothing to keep up.
What was printed stays with the paper, so an organ that is renamed simply begins new series.
"""

import re
from datetime import date

from documents.states import NUMBER_WORDS, DocumentKind

# 区住建局: what says the level in front, what says the kind of organ behind.
_LEVEL = re.compile(r"^[省市区县]")
_LEVEL_BEHIND = re.compile(r"(?<=..)[省市区县]$")
_KIND = re.compile(r"(?<=..)(?:街道办事处|街道|社区|常委会|分局|局|办|镇|乡|村)$")


def letters_of(short_name: str, *, seat: str) -> str:
    """Return an organ's letters for petition papers: 离石 and 区住建局 give 离住建信."""
    seat = _LEVEL_BEHIND.sub("", seat)
    word = _LEVEL.sub("", short_name.removeprefix(seat))
    word = _KIND.sub("", word)
    # The petition office's own name says already what its papers are about.
    return f"{seat[0]}{word}" if word.startswith("信访") else f"{seat[0]}{word}信"


def stem_of(letters: str, kind: DocumentKind, *, sealed: bool) -> str:
    """Return what the serial follows but for the year. Papers of the sealed lane are numbered apart (Q1)."""
    return f"{letters}{'密' if sealed else ''}{NUMBER_WORDS[kind]}"


def printed(stem: str, *, on: date, serial: int) -> str:
    """Return a number as it is printed."""
    return f"{stem}〔{on.year}〕{serial}号"
