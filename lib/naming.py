"""Telling whether a Chinese text speaks of somebody: as one is addressed or called, or by the door one lives behind."""

import re
import unicodedata

from lib.surnames import COMPOUND, SINGLE, may_be_name

_SURNAME = f"(?:{'|'.join(sorted(COMPOUND))}|[{''.join(sorted(SINGLE))}])"
_ADDRESSED = re.compile(
    rf"{_SURNAME}(?:某|大爷|大娘|大妈|大叔|大婶|大姐|大哥|奶奶|爷爷|阿姨|叔叔|先生|女士|小姐|老师|师傅|老汉|老太)"
)
_CALLED = re.compile(rf"姓{_SURNAME}的|(?:名叫|叫做|姓名[:是为]?)\s*([一-鿿·]{{2,4}})")
_DOOR = re.compile(r"单元\s*\d{2,4}|(?<!\d)\d{2,4}\s*(?:室|住户)")


def speaks_of_somebody(text: str) -> bool:
    """Test if a text names a person as one is addressed or called; a bare full name is not told from words."""
    plain = unicodedata.normalize("NFKC", text)
    if _ADDRESSED.search(plain):
        return True
    found = _CALLED.search(plain)
    return found is not None and (found[1] is None or any(may_be_name(found[1][:end]) for end in (2, 3, 4)))


def tells_a_door(text: str) -> bool:
    """Test if a text says behind which door of a house somebody lives; a house or a stairwell is a place."""
    return _DOOR.search(unicodedata.normalize("NFKC", text)) is not None
