"""The tier of an organ and of what organs lead (seeds-map 17, 18)."""

from collections.abc import Collection, Mapping

from accounts.models import OrganKind
from assignments.states import Tier
from cases.models import Petition

_TIER_OF_ORGAN: Mapping[str, Tier] = {
    OrganKind.COMMUNITY: Tier.COMMUNITY,
    OrganKind.TOWNSHIP: Tier.TOWNSHIP,
}


def tier_of_organ(kind: str) -> Tier:
    """Return the tier an organ works at; whoever is no township or community is a competent organ."""
    return _TIER_OF_ORGAN.get(kind, Tier.DEPARTMENT)


def highest_of(kinds: Collection[str], petition: Petition) -> Tier:
    """Return the highest tier of the organs that lead a petition, or of the one that registered it if none does."""
    return max(
        (tier_of_organ(kind) for kind in kinds or [petition.register_organ.kind]), key=lambda tier: tier.rank
    )
