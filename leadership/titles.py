"""Numbers and covered titles of many petitions, for pages that list them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from cases.models import Petition, Petitioner
from lib.masking import mask_text


@dataclass(frozen=True)
class Titled:
    """A petition as a list shows it."""

    number: str
    title: str


def titles_of(keys: Collection[UUID]) -> Mapping[UUID, Titled]:
    """Return number and title of petitions of the open lane, every name in it covered, in two queries."""
    names: dict[UUID, list[str]] = {}
    for petition, name in Petitioner.objects.filter(petition__in=keys).values_list("petition", "name"):
        names.setdefault(petition, []).append(name)
    rows = Petition.objects.filter(pk__in=keys, sealed=False)
    return {
        pk: Titled(number, mask_text(title, names=names.get(pk, [])))
        for pk, number, title in rows.values_list("pk", "number", "words__title")
    }
