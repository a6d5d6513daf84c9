"""Reports of an office's figures (周报、通报、年度报告、专题分析): sections in order, definitions in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents.paper import Paper, Table, day_in_print
from documents.states import TITLES, DocumentKind
from documents.wording.sentences import asking, numeral


@dataclass(frozen=True, kw_only=True)
class FiguresReport:
    kind: DocumentKind
    organ: str
    # of an analysis alone
    subject: str = ""
    # the first and the last day, and the one at whose end the numbers were known
    first: date
    last: date
    as_of: date
    # heading and paragraphs
    sections: Sequence[tuple[str, Sequence[str]]]
    tables: Sequence[Table]
    contact: str


def report_of_figures(facts: FiguresReport) -> Paper:
    """Return a report of figures; it is addressed to nobody by name, whom it goes to is told in the house."""
    about = f"“{facts.subject}”" if facts.subject else ""
    days = f"{day_in_print(facts.first)}至{day_in_print(facts.last)}"
    known = f"数据截至{day_in_print(facts.as_of)}24时，不含检举控告类事项"
    said = [f"现将{days}{about}信访情况报告如下（{known}）。"]
    for at, (heading, paragraphs) in enumerate(facts.sections, 1):
        said += [f"{numeral(at)}、{heading}", *paragraphs]
    return Paper(
        title=TITLES[facts.kind],
        organ=facts.organ,
        addressee="",
        paragraphs=(*said, asking(facts.contact)),
        tables=tuple(facts.tables),
    )
