"""Finding a division from what a person typed. It suggests and says how it got there; a person confirms."""

import re
import unicodedata
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Case, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Length, Replace, StrIndex
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from rapidfuzz.distance import Levenshtein

from places.models import Place, PlaceQuerySet
from places.names import KINDS, short_name, stem


class How(models.TextChoices):
    """How a division fits what was typed, the best first."""

    EXACT = "exact", pgettext_lazy("how a place was found", "Same name")
    CODE = "code", pgettext_lazy("how a place was found", "Code")
    OTHER_KIND = "other_kind", _("Same name, another word for its kind")
    PINYIN = "pinyin", pgettext_lazy("how a place was found", "Pinyin")
    PART = "part", _("Part of the name")
    NAMED = "named", _("Named in the text")
    ONE_CHARACTER = "one_character", _("One character differs")


# longer texts are no names; the database need not look for them
LONGEST = 60
_RANK = {how: rank for rank, how in enumerate(How)}


@dataclass(frozen=True)
class Found:
    """A suggestion: the division, and how it fits what was typed."""

    place: Place
    how: How


def find(text: str, within_path: str, limit: int = 8) -> list[Found]:
    """Suggest the divisions inside a path that a text may mean, the best first, in at most two queries.

    Takes a name with or without its official suffix, a code of any length, pinyin, or its first letters.
    Where nothing fits, names with one character wrong, missing or too many are suggested. A wrong word for
    the kind (居委会 for 社区) does not count as a character.
    """
    words = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()[:LONGEST]
    if not words:
        return []
    places = Place.objects.current().inside(within_path).named_in_full()
    suggested = _fitting(places, words, limit)
    if words.isascii() or any(found.how is not How.NAMED for found in suggested):
        return suggested
    # what remains of 田家会街道界卯社区 is the part with the mistake
    for found in suggested:
        words = words.replace(found.place.short_name, "")
    return [*suggested, *_one_character_off(places, words)][:limit]


def county_of(path: str) -> str:
    """Return the path of the county a division lies in, or its own if it lies above the counties.

    Whoever works in one township also registers matters of the next.
    """
    return "".join(f"{code}/" for code in path.split("/")[:3] if code)


def _fitting(places: PlaceQuerySet, words: str, limit: int) -> list[Found]:
    fits = _fits_letters(words) if words.isascii() else _fits_characters(words)
    if not fits:
        return []
    rank = Case(*(When(fit, then=Value(_RANK[how])) for how, fit in fits), output_field=IntegerField())
    # in a text that names a village with its township, the village is what is meant
    deepest = Case(When(rank=_RANK[How.NAMED], then=-Length("path")))
    ranked = (
        places.alias(letters=Replace("pinyin_key", Value(" "), Value(""), output_field=TextField()))
        .alias(core_at=_holds(stem(words)), named_at=StrIndex(Value(words), "short_name"))
        .filter(reduce(or_, (fit for _how, fit in fits)))
        .annotate(rank=rank)
        .order_by("rank", deepest, Length("name"), "pinyin_key", "code")
    )
    found = [(place, place.rank) for place in ranked[:limit]]  # type: ignore[attr-defined]  # annotated
    return [Found(place, list(How)[at]) for place, at in found]


def _fits_letters(words: str) -> list[tuple[How, Q]]:
    if words.isdecimal():
        # the statistical office fills codes with zeros to twelve digits
        return [
            (How.CODE, Q(code=words) | Q(code=_without_zeros(words))),
            (How.PART, Q(code__startswith=words)),
        ]
    letters = re.sub(r"[^a-z0-9]", "", words.replace("ü", "v"))
    if not letters:
        return []
    return [
        (How.PINYIN, Q(letters__startswith=letters) | Q(pinyin_initials__startswith=letters)),
        (How.PART, Q(letters__contains=letters)),
    ]


def _fits_characters(words: str) -> list[tuple[How, Q]]:
    said, core = short_name(words), stem(words)
    fits = [
        (How.EXACT, Q(short_name=said) | Q(name=words)),
        (
            How.OTHER_KIND,
            Q(short_name__in=[core, *(core + kind for kind in KINDS)]),
        ),
        (How.PART, Q(core_at__gt=0)),
    ]
    if len(words) > 4:
        fits.append((How.NAMED, Q(named_at__gt=0)))
    return fits


def _holds(part: str) -> StrIndex:
    # a third faster than LIKE on Chinese, and there are thousands of names to look at
    return StrIndex("short_name", Value(part))


def _one_character_off(places: PlaceQuerySet, words: str) -> list[Found]:
    """Suggest names that one wrong, missing or extra character keeps from fitting.

    Of a name with one mistake, one half is whole: the database looks for halves, the rest is measured here.
    """
    core = stem(words)
    if len(core) < 2:
        return []
    middle = len(core) // 2
    near = (
        places.alias(first_half=_holds(core[:middle]), second_half=_holds(core[middle:]))
        .filter(Q(first_half__gt=0) | Q(second_half__gt=0))
        .order_by("pinyin_key", "code")
    )
    return [
        Found(place, How.ONE_CHARACTER)
        for place in near
        if Levenshtein.distance(core, stem(place.short_name), score_cutoff=1) <= 1
    ]


def _without_zeros(code: str) -> str:
    """Return a code of twelve digits as the tree keeps it; others as they are."""
    if len(code) != 12 or not code.endswith("000"):
        return code
    kept = code[:9] if code[6:9] != "000" else code[:6]
    return kept[:4] if kept.endswith("00") and len(kept) == 6 else kept
