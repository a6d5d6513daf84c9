"""What no rule may say, in whatever form it was published, and why (Q36, Q37, Q38, P-9; scoring.md §3)."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Pattern:
    """Words by which published rules say it, and why it is refused."""

    words: re.Pattern[str]
    why: Promise


def _pattern(words: str, why: Promise) -> Pattern:
    return Pattern(re.compile(words, re.IGNORECASE), why)


_MATTERS = "信访|来信|来访|上访|走访|初访|重访|集体访|个体访|重信|投诉|案件|事项"
_NUMBERS = "件数|件次|批次|批数|人次|人数|总量|数量|次数|批每|每批|每人"

REFUSED = (
    _pattern(
        "进京|赴京|到京|在京|去京|北京|赴省|进省|到省|到市|赴市|越级|非访|非正常上访|国家信访局登记"
        r"|channel\s*=\s*visit|register_level|visits? to (?:beijing|a higher|the (?:city|province|state))",
        _(
            "Going to a higher office is a right: no rule counts it"
            " (Constitution Art 41; Regulations Art 18(4)). Measure what the unit did instead."
        ),
    ),
    _pattern(
        "劝返|接返|接回|带回|fetch(?:ing|ed)? (?:people )?back",
        _("Nobody is to be fetched back: no rule rewards or punishes it (Regulations Art 18(4), 46(6))."),
    ),
    _pattern(
        rf"重复信访|重复访|repeat petitions?|(?:{_MATTERS})(?:的|总|登记)?(?:{_NUMBERS})"
        rf"|(?:{_NUMBERS})[^,.;]{{0,6}}(?:{_MATTERS})|number of (?:petitions|visits|petitioners)",
        _(
            "No rule counts petitions, visits or persons (Q36). Use the deduction for what was raised a second"
            " time, with its five conditions."
        ),
    ),
    _pattern(
        "实质性?(?:化解|解决)|substantively",
        _(
            "“Not substantively resolved” is no ground: where notices and opinion were lawful and in time there"
            " is no deduction (Q37)."
        ),
    ),
    _pattern(
        "息诉|息访|罢访|停访|不再(?:信访|上访)|承诺书",
        _("No point depends on a petitioner's promise or silence (Q38)."),
    ),
    _pattern(
        "排名|位次|名次|前五名|末位|rank(?:ing|ed)",
        _("Units stand side by side, like with like; no rule pays for a place among them (Art 39)."),
    ),
)


def why_refused(text: str) -> Promise | None:
    """Return why a text is no rule, or nothing: written wide, with spaces or in capitals it is the same text."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))
    close = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", plain)
    return next((pattern.why for pattern in REFUSED if pattern.words.search(close)), None)
