"""The crowd as written down: its figures in crowd.toml, its matters in the files of the folder crowd."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cases.states import Channel, Purpose, Source
from config.demo.figures import MONTHS, YearFigures

_FOLDER = Path(__file__).parent
# stands among a matter's units for the township or street that the petition's place lies in
TOWNSHIP = "township"


@dataclass(frozen=True)
class Wording:
    """One way to write about a matter, with what was answered; gaps in braces are filled."""

    title: str
    text: str
    reply: str


@dataclass(frozen=True)
class Matter:
    """What people write about: its category, the units that answer it, and several wordings."""

    group: str
    category: str
    units: tuple[str, ...]
    wordings: tuple[Wording, ...]
    purpose: Purpose = Purpose.REQUEST


@dataclass(frozen=True)
class Bulk:
    """One letter that many send, each by himself: the first `most` of a month, place and group."""

    years_back: int
    month: int
    place: str
    most: int
    matter: Matter


@dataclass(frozen=True)
class Level:
    """How many of a thousand were registered first at a level, and what they brought down from there (Q21)."""

    share: int
    sources: tuple[Source, ...]
    organ: str = ""
    mark: str = ""


@dataclass(frozen=True)
class CrowdContent:
    """Everything the crowd is made of."""

    years: tuple[YearFigures, ...]
    # of a thousand answers of each place, how many came in time
    in_time: Mapping[str, int]
    channels: Mapping[Channel, int]
    levels: tuple[Level, ...]
    matters: Mapping[str, Sequence[Matter]]
    bulks: tuple[Bulk, ...]
    people: Mapping[str, Sequence[str]]
    wording: Mapping[str, Sequence[str]]
    group_of_level: Mapping[str, str]
    last_group: str

    def group_of(self, category: str) -> str:
        """Return the group that a category's first level falls into."""
        return self.group_of_level.get(category.partition("/")[0], self.last_group)


def read_crowd() -> CrowdContent:
    """Return the crowd as written. A code that does not exist, or a field nobody knows, stops here."""
    facts = tomllib.loads((_FOLDER / "crowd.toml").read_text(encoding="utf-8"))
    groups = [group["code"] for group in facts["group"]]
    places = {place["code"]: place["in_time"] for place in facts["place"]}
    return CrowdContent(
        years=tuple(_year(row, list(places), groups) for row in facts["year"]),
        in_time=places,
        channels={Channel(code): share for code, share in facts["channels"].items()},
        levels=tuple(
            Level(**row | {"sources": tuple(Source(code) for code in row["sources"])})
            for row in facts["level"]
        ),
        matters={group: matters for file in _files() for group, matters in [_matters(file)]},
        bulks=tuple(_bulk(row) for row in facts["bulk"]),
        people=facts["people"],
        wording=facts["wording"],
        group_of_level={level: group["code"] for group in facts["group"] for level in group["levels"]},
        last_group=groups[-1],
    )


def _files() -> list[Path]:
    return sorted((_FOLDER / "crowd").glob("*.toml"))


def _year(row: Mapping[str, Any], places: Sequence[str], groups: Sequence[str]) -> YearFigures:
    return YearFigures(
        years_back=row["years_back"],
        petitions=dict(zip(MONTHS, row["petitions"], strict=True)),
        persons=dict(zip(MONTHS, row["persons"], strict=True)),
        cells={
            (place, group): wanted
            for place, line in zip(places, row["cells"], strict=True)
            for group, wanted in zip(groups, line, strict=True)
        },
    )


def _matters(file: Path) -> tuple[str, Sequence[Matter]]:
    facts = tomllib.loads(file.read_text(encoding="utf-8"))
    group = facts["group"]
    return group, [_matter(group, row) for row in facts["matter"]]


def _matter(group: str, row: Mapping[str, Any]) -> Matter:
    return Matter(
        group,
        row["category"],
        tuple(row["units"]),
        tuple(Wording(**wording) for wording in row["wording"]),
        Purpose(row.get("purpose", Purpose.REQUEST)),
    )


def _bulk(row: Mapping[str, Any]) -> Bulk:
    return Bulk(row["years_back"], row["month"], row["place"], row["most"], _matter(row["group"], row))
