"""Who carries the day's work on a phone. Each rule is one function; nothing else decides."""

from accounts.hats import Hat
from grids.models.grids import KEEPING_ROLES, ON_THE_GROUND

# whoever may decide where a phone and somebody else wrote of one event
DECIDES = KEEPING_ROLES | ON_THE_GROUND


def carries_a_day(hat: Hat) -> bool:
    """Carry open events on the phone and submit what is done with them: those who stand for a grid."""
    return hat.role in ON_THE_GROUND
