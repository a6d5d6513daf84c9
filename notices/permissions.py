"""Who sets up how notices leave the house, and sees to what did not go. Each rule is one function."""

from accounts.hats import Hat
from accounts.roles import Role


def may_keep_channels(by: Hat) -> bool:
    """Set up and switch channels, try again, say who is told at which band: the system administrator."""
    return by.role == Role.SYSTEM_ADMINISTRATOR
