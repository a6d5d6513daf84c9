"""Who says what the public page says. Each rule is one function; nothing else decides."""

from accounts.hats import Hat
from accounts.models import OrganKind
from accounts.roles import Role

PUBLISHES = frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR})


def may_publish(hat: Hat) -> bool:
    """Say what the public page says: a head of the petition office (R-02)."""
    return hat.organ.kind == OrganKind.PETITION_OFFICE and hat.role in PUBLISHES
