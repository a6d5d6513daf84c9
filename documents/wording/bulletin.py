"""The month's bulletin of supervision (督办情况通报): named matters with their days, unit by unit, and no figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents.paper import Paper, day_in_print
from documents.states import TITLES, DocumentKind
from documents.wording.sentences import asking, lines, numeral


@dataclass(frozen=True, kw_only=True)
class UnitsPart:
    """What a bulletin says of one unit: for each of its parts the heading and the matters, in order."""

    organ: str
    parts: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    organ: str
    # the first and the last day of the month
    first: date
    last: date
    # what whoever issues it adds
    words: str
    units: Sequence[UnitsPart]
    contact: str


def monthly_bulletin(facts: Bulletin) -> Paper:
    """Return the bulletin of a month; units stand in the order given, which is the order of organs."""
    said = [
        f"现将{facts.first.year}年{facts.first.month}月信访事项督办情况通报如下（截至{day_in_print(facts.last)}24时）。",
        *lines(facts.words),
    ]
    for at, unit in enumerate(facts.units, 1):
        said.append(f"{numeral(at)}、{unit.organ}")
        for nth, (heading, matters) in enumerate(unit.parts, 1):
            said += [f"（{numeral(nth)}）{heading}", *matters]
    return Paper(
        title=TITLES[DocumentKind.BULLETIN],
        organ=facts.organ,
        addressee="、".join(unit.organ for unit in facts.units),
        paragraphs=(*said, asking(facts.contact)),
    )
