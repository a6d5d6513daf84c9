"""Personal values as others may see them: short fields, and numbers inside running text (protection §2.10).

Every mask has as many characters as what it hides, and touches no other character; only that of a name is cut short,
so that the longest name does not tell its length nor fill the line.
"""

import re
from collections.abc import Iterable, Iterator

from lib.surnames import split_name

STAR = "*"
# of a name, one after the other
_MOST_STARS = 4

# Full-width signs, one for one, so that a place in the shadow is the same place in the text.
_SHADOW = str.maketrans("０１２３４５６７８９ＸｘＱｑ＋－—–（）＠．　\u00a0", "0123456789XxQq+---()@.  ")


def mask_name(name: str) -> str:
    """Return a name with its middle hidden: 张强 is 张*, 张大强 is 张*强, 欧阳娜娜 is 欧阳*娜.

    In names with a dot or of several words, each word keeps its first letter.
    """
    hidden = _hidden_in_name(name)
    shown, stars = [], 0
    for at, sign in enumerate(name):
        stars = stars + 1 if at in hidden else 0
        if stars <= _MOST_STARS:
            shown.append(STAR if stars else sign)
    return "".join(shown)


def mask_id_number(number: str) -> str:
    """Return an identity number with its first and last four signs; a shorter document keeps one and two."""
    signs = [at for at, sign in enumerate(number) if sign.isalnum()]
    head, tail = (4, 4) if len(signs) >= 15 else (1, 2) if len(signs) >= 6 else (0, 0)
    return _with_stars(number, signs[head : len(signs) - tail])


def mask_phone(number: str) -> str:
    """Return a mobile without its middle four digits, or a landline with area code and last two digits."""
    return _with_stars(number, _hidden_in_phone(number, 0, len(number)))


_NUMBERED = (
    r"[0-9０-９A-Za-zＡ-Ｚ一二三四五六七八九十百零〇两甲乙丙丁]+"
    r"(?=号楼|号院|号|栋|幢|座|单元|室|层|楼|户|门|排|组|巷)"
)


def mask_address(address: str) -> str:
    """Return an address without its numbers: 永宁花园 3号楼 2单元 is 永宁花园 *号楼 *单元."""
    without_units = re.sub(_NUMBERED, STAR, address)
    return re.sub(r"[0-9０-９]+(?:[-－—#][0-9０-９]+)*", STAR, without_units)


def mask_text(text: str, names: Iterable[str] = ()) -> str:
    """Return a text with the personal numbers in it masked, and these names.

    Masked are identity numbers, mobiles, landlines with area code or after a word for telephone, bank cards,
    e-mail addresses, and QQ and WeChat numbers. Dates, amounts, document and division codes stay.
    """
    hidden = set(_hidden_numbers(text.translate(_SHADOW))) if _MAY_HOLD_A_NUMBER.search(text) else set()
    for name in names:
        hidden.update(_hidden_occurrences(name, text))
    return _with_stars(text, hidden) if hidden else text


def holds_a_number(text: str) -> bool:
    """Test if a text holds a number of a person: identity, telephone, card, messenger or e-mail."""
    return mask_text(text) != text


_GAP = r"[ -]?"
_DIGIT = rf"{_GAP}\d"
_IDENTITY_18 = (
    rf"(?<!\d)[1-9](?:{_DIGIT}){{5}}"
    rf"{_GAP}(?:1{_GAP}[89]|2{_GAP}0)(?:{_DIGIT}){{2}}"
    rf"{_GAP}(?:0{_GAP}[1-9]|1{_GAP}[0-2])"
    rf"{_GAP}(?:0{_GAP}[1-9]|[12]{_DIGIT}|3{_GAP}[01])"
    rf"(?:{_DIGIT}){{3}}{_GAP}[\dXx](?!\d)"
)
# 15-digit identity numbers and unbroken bank cards, and whatever else is too long to be an amount or a code
_LONG_NUMBER = r"(?<!\d)\d{15,}[Xx]?"
# 2019 2020 2021 2022 is no card: no card begins with 1 or 2
_CARD_IN_GROUPS = r"(?<!\d)[3-69]\d{3}(?:([ -])\d{4})(?:\1\d{4}){2}(?:\1\d{1,4})?(?!\d)"
_BEFORE_MOBILE = r"(?<!\d)(?:(?:\+|00)?86[ -]?|0)?"
_MOBILE = (
    rf"{_BEFORE_MOBILE}1[3-9](?:\d{{9}}|\d[ .-]\d{{4}}[ .-]\d{{4}}|\d[ .-]\d{{3}}[ .-]\d{{5}}|\d[ .-]\d{{8}}"
    r"|\d{2}[ .-]\d{3}[ .-]\d{4}|\d{2}[ .-]\d{4}[ .-]\d{3}|\d{5}[ .-]\d{4})(?!\d)"
)
_MOBILE_DIGIT_BY_DIGIT = r"(?<!\d)1([ .-])[3-9](?:\1\d){9}(?!\d)"
# one digit too many; 14… is left out, division codes of Shanxi begin so
_MISTYPED_MOBILE = r"(?<!\d)1[35789]\d{10}(?!\d)"
_MOBILE_IN_WORDS = r"[一幺壹][三四五六七八九叁肆伍陆柒捌玖][〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两]{9}"
_AREA = r"(?:10|2\d|[3-9]\d{2})"
_LANDLINE = rf"(?<![\d.])(?:\(?0{_AREA}\)?|\+86[ -]?\(?0?{_AREA}\)?)[ -]{{0,2}}\d{{3,4}}[ -]?\d{{4}}(?!\d)"
_LANDLINE_NAMED = (
    r"(?:电话|座机|热线|传真|[Tt][Ee][Ll])(?:号码|号)?(?:是|为)?[ :：]{0,3}(\d{3,4}-?\d{4})(?!\d)"
)
_MESSENGER = r"(?:[Qq]{2}|微信|VX|vx|Vx)(?:号码|号|群)?(?:是|为)?[ :：]{0,3}(\d{5,12})(?!\d)"
_E_MAIL = r"([A-Za-z0-9._%+-]+)@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"

# What every kind needs at least, of either width. Most texts have nothing of it, and one look is quicker than ten.
_MAY_HOLD_A_NUMBER = re.compile(rf"\d(?:[ .()\-－—–（）．　\u00a0]{{0,3}}\d){{4}}|[@＠]|{_MOBILE_IN_WORDS}")


def _hidden_numbers(shadow: str) -> Iterator[int]:
    """Yield the places to hide. Longer kinds go first and are blanked, so that no shorter kind cuts them."""
    for pattern, head, tail in ((_IDENTITY_18, 4, 4), (_LONG_NUMBER, 4, 4), (_CARD_IN_GROUPS, 4, 4)):
        for start, end in (spans := _spans(pattern, shadow)):
            signs = [at for at in range(start, end) if shadow[at].isalnum()]
            yield from signs[head : len(signs) - tail]
        shadow = _blanked(shadow, spans)
    for pattern in (_MOBILE, _MOBILE_DIGIT_BY_DIGIT, _MISTYPED_MOBILE, _LANDLINE):
        for span in (spans := _spans(pattern, shadow)):
            yield from _hidden_in_phone(shadow, *span)
        shadow = _blanked(shadow, spans)
    for found in re.finditer(_MOBILE_IN_WORDS, shadow):
        yield from range(found.start() + 3, found.end() - 4)
    for pattern in (_LANDLINE_NAMED, _MESSENGER):
        for found in re.finditer(pattern, shadow):
            yield from range(found.start(1), found.end(1) - 2)
    for found in re.finditer(_E_MAIL, shadow):
        yield from range(min(found.start(1) + 1, found.end(1) - 1), found.end(1))


def _spans(pattern: str, shadow: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(pattern, shadow)]


def _blanked(shadow: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        shadow = shadow[:start] + "#" * (end - start) + shadow[end:]
    return shadow


def _hidden_in_phone(text: str, start: int, end: int) -> list[int]:
    """Return the places to hide: a mobile's middle, else all but area code and last two digits."""
    digits = [at for at in range(start, end) if text[at].isdecimal()]
    number = "".join(text[at] for at in digits).translate(_SHADOW)
    if re.fullmatch(r"(?:0|(?:00|0)?86)?1[3-9]\d{9}|1[35789]\d{10}", number):
        return digits[-8:-4]
    if area := re.match(rf"(?:86)?0?{_AREA}(?=\d{{7,8}}$)", number):
        return digits[area.end() : -2]
    return digits[:-2] if len(digits) >= 5 else digits


def _hidden_in_name(name: str) -> set[int]:
    """Return the places of a name to hide."""
    words = [(found.start(), found[0]) for found in re.finditer(r"[^\s·•.]+", name)]
    if len(words) != 1 or words[0][1].isascii():
        return {start + at for start, word in words for at in range(min(1, len(word) - 1), len(word))}
    start, word = words[0]
    surname, given = split_name(word)
    if not given:
        return set(range(start, start + len(word)))
    last = start + len(word) - (1 if len(given) > 1 else 0)
    return set(range(start + len(surname), last))


def _hidden_occurrences(name: str, text: str) -> Iterator[int]:
    """Yield the places to hide wherever the name stands, also with white space between its characters."""
    signs = [sign for sign in name if not sign.isspace()]
    if len(signs) < 2 or not all(sign in text for sign in signs):
        return
    hidden = _hidden_in_name("".join(signs))
    for found in re.finditer(r"(\s?)".join(re.escape(sign) for sign in signs), text):
        places = [at for at in range(*found.span()) if not text[at].isspace()]
        yield from (place for nth, place in enumerate(places) if nth in hidden)


def _with_stars(text: str, hidden: Iterable[int]) -> str:
    signs = list(text)
    for at in hidden:
        signs[at] = STAR
    return "".join(signs)
