"""Papers that are forms: a name and what is said, row by row (D01, D16)."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.paper import Paper
from documents.states import TITLES, DocumentKind
from documents.wording.sentences import labelled


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A form: what is said, row by row."""

    organ: str
    rows: Sequence[tuple[str, str]]


def registration_form(facts: Rows) -> Paper:
    """Return the 信访登记表 (D01): each field with its name."""
    return _form(DocumentKind.D01, facts)


def proof_of_service(facts: Rows) -> Paper:
    """Return the 送达回证 (D16; documents.md §2): each field with its name."""
    return _form(DocumentKind.D16, facts)


def _form(kind: DocumentKind, facts: Rows) -> Paper:
    rows = tuple(line for name, words in facts.rows for line in labelled(name, words))
    return Paper(title=TITLES[kind], organ=facts.organ, addressee="", paragraphs=rows)
