"""The numbers of lists that petitions were taken in from: the same one of one source is the same petition."""

from collections.abc import Collection
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from cases.intake import External
from cases.models import Petition
from cases.states import Routing
from infra.idempotency import serialise
from lib.errors import Refused

# Names the place where those who take in from one source stand one behind the other.
_SOURCES = UUID("2b6f3c1e-5d3a-4a57-8f4e-0c7d9e0a41b2")


def hold_source(source_id: int) -> None:
    """Let one transaction at a time take in from a source, so that none overlooks what another has not committed.

    :raises RuntimeError: outside a transaction
    """
    serialise(uuid5(_SOURCES, str(source_id)))


def known_externals(source_id: int, numbers: Collection[str]) -> dict[str, UUID]:
    """Return the numbers of a source that are taken, with their petitions of either lane; void ones take none.

    Whether a petition may be shown to somebody is another question, to be asked by whoever shows it.
    """
    taken = Petition.objects.filter(external_source=source_id, external_number__in=list(numbers))
    return dict(taken.exclude(routing=Routing.VOID).values_list("external_number", "pk"))


def refuse_known_external(external: External) -> None:
    """Refuse a number that is taken in already, held until the transaction ends.

    :raises Refused: if it is
    """
    hold_source(external.source_id)
    if known_externals(external.source_id, [external.number]):
        raise Refused(_("This number of the source is registered here already."))
