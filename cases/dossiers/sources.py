"""Papers on a petition that rooms above keep: each says here which of them lie in the file for whoever takes it."""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet

from accounts.hats import Hat
from cases.models import Petition
from documents.models import Document

# the petition, and who takes its file
Papers = Callable[[Petition, Hat], QuerySet[Document]]
_papers: dict[str, Papers] = {}


def register(name: str, papers: Papers) -> None:
    """Let issued papers of a room above lie in the file of their petition."""
    _papers[name] = papers


def papers_above(petition: Petition, hat: Hat) -> Iterator[Document]:
    """Yield the papers of rooms above on a petition that a hat reads, in the order their rooms were registered."""
    for papers in _papers.values():
        yield from papers(petition, hat)
