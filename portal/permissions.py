"""Who says what the public page says. Each rule is one function; nothing else decides."""

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from accounts.roles import Role

PUBLISHES = frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR})
# whoever has a page of service guides
KEEPS_GUIDES = PUBLISHES | {Role.UNIT_HEAD}


def may_publish(hat: Hat) -> bool:
    """Say what the public page says: a head of the petition office (R-02)."""
    return hat.organ.kind == OrganKind.PETITION_OFFICE and hat.role in PUBLISHES


def keeps_guide_of(hat: Hat, organ: Organ) -> bool:
    """Keep the service guides of an organ: a head of it, or of the petition office of a place it lies in (Q42)."""
    if may_publish(hat):
        return organ.place.path.startswith(hat.organ.place.path)
    return hat.role == Role.UNIT_HEAD and hat.organ.is_or_carries_on(organ)
