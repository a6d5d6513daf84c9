"""Text as a search compares it, and where in the original a match stands.

Half and full width, capitals, curly and corner quotation marks and the kinds of dashes are one; white space and what
cannot be seen is not there, so that a word broken over two lines is one word. What is left out by `SEPARATOR` parts two
stretches: no match reaches across it.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

SEPARATOR = "\n"
# a point of Unicode takes 21 bits
_BITS = 21
_SAME = {
    **dict.fromkeys("“”„‟「」『』〝〞″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("•‧∙⋅・", "·"),
}
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


class _Signs(dict[int, str]):
    """How each sign is compared, worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(point)).lower()
        self[point] = "".join(
            _SAME.get(sign, sign) for sign in plain if unicodedata.category(sign) not in _UNSEEN
        )
        return self[point]


_SIGNS = _Signs()


def fold(text: str) -> str:
    """Return a text as it is compared."""
    return text.translate(_SIGNS)


def fold_all(texts: Iterable[str]) -> str:
    """Return texts as they are compared, one after the other, each apart from the next."""
    return SEPARATOR.join(filter(None, map(fold, texts)))


def places_of(term: str, text: str) -> list[tuple[int, int]]:
    """Return from where to where a folded term stands in a text as written, without overlaps, in order."""
    folded = fold(text)
    found, start = [], folded.find(term) if term else -1
    if start < 0:
        return []
    # of each sign of the folded text, where it comes from
    origin = [at for at, sign in enumerate(text) for _same in _SIGNS[ord(sign)]]
    while start >= 0:
        found.append((origin[start], origin[start + len(term) - 1] + 1))
        start = folded.find(term, start + len(term))
    return found


def pairs(term: str) -> Sequence[int]:
    """Return the pairs of neighbouring signs of a folded term as the database's `search_keys` numbers them."""
    return sorted({(ord(first) << _BITS) | ord(second) for first, second in pairwise(term)})
