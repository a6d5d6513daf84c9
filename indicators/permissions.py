"""Who may do what with figures; pages and actions ask the same."""

from accounts.hats import Hat
from accounts.roles import Role


def may_freeze(hat: Hat) -> bool:
    """Test if a hat gives figures out: the director of an office that looks after a place."""
    return hat.role == Role.OFFICE_DIRECTOR and hat.sees_its_place


def reads_figures(hat: Hat) -> bool:
    """Test if a hat reads the figures of a place: whoever sees all that is open there."""
    return hat.sees_its_place
