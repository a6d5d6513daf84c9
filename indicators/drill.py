"""From a figure to its petitions: what a number counts, as a word that the ledger's address can carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.hats import Hat
from indicators import beside, figures
from indicators.beside import BESIDE
from indicators.catalogue import CATALOGUE, part_words
from indicators.figures import Asked
from indicators.measures import MEASURES, Code, Part
from indicators.models import Fact
from indicators.periods import Period
from indicators.universe import Universe

_BETWEEN = "."


@dataclass(frozen=True)
class Counted:
    """One part of an indicator, as it was asked for."""

    code: Code
    part: Part
    asked: Asked

    def __str__(self) -> str:
        asked = self.asked
        words = (
            *(self.code, self.part, asked.universe),
            *(asked.period.since.isoformat(), asked.period.until.isoformat()),
            *(_flat(asked.place_path), _flat(asked.category_path)),
            asked.as_of.isoformat() if asked.as_of else "",
            *([str(asked.unit)] if asked.unit is not None else []),
        )
        return _BETWEEN.join(words)

    def petitions(self, hat: Hat, now: datetime) -> QuerySet[Any, UUID]:
        """Return the keys of the petitions that the number counts."""
        if self.code in BESIDE:
            return beside.petitions(self.code, self.part, self.asked, hat, now=now)
        found = figures.part(self.code, self.part, self.asked, Fact.objects.visible_to(hat), now=now)
        return found.values_list("petition", flat=True)

    def words(self) -> str:
        """Return what the number counts, for the filter above the ledger."""
        named = {
            "name": CATALOGUE[self.code].name,
            "part": part_words(self.part),
            "since": self.asked.period.since.isoformat(),
            "until": self.asked.period.until.isoformat(),
        }
        words = _("%(name)s: %(part)s, from %(since)s to before %(until)s") % named
        if self.asked.as_of is None:
            return words
        return _("%(words)s, as known on %(day)s") % {"words": words, "day": self.asked.as_of.isoformat()}


def counted(word: str) -> Counted:
    """Return what such a word asks for.

    :raises ValueError: if it is none
    """
    code, part, universe, since, until, place, category, as_of, *unit = word.split(_BETWEEN)
    asked = Asked(
        Period(date.fromisoformat(since), date.fromisoformat(until)),
        Universe(universe),
        _path(place),
        _path(category),
        date.fromisoformat(as_of) if as_of else None,
        int(_only(unit)) if unit else None,
    )
    found = Counted(Code(code), Part(part), asked)
    if found.part not in {Part.ALL, *_parts_of(found)}:
        message = f"{word} counts nothing"
        raise ValueError(message)
    return found


def _parts_of(found: Counted) -> Iterable[Part]:
    """Return the parts of what is counted.

    :raises ValueError: if it is counted nowhere
    """
    if found.code in BESIDE:
        return BESIDE[found.code].parts
    if found.code not in MEASURES:
        message = f"{found.code} is no list"
        raise ValueError(message)
    return MEASURES[found.code].parts(found.asked.period.until_at)


def _only(words: list[str]) -> str:
    (word,) = words
    return word


def _flat(path: str) -> str:
    return path.rstrip("/").replace("/", "-")


def _path(flat: str) -> str:
    return f"{flat.replace('-', '/')}/" if flat else ""
