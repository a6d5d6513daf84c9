"""Who keeps grids. Each rule is one function; nothing else decides."""

from accounts.hats import Hat
from accounts.roles import PLACE_WIDE
from grids.models import Grid, grids_of
from grids.models.grids import KEEPING_KINDS, KEEPING_ROLES, ON_THE_GROUND

# whoever may open the pages of grids at all; what each reads is `visible_to`'s business
WORKS_WITH_GRIDS = KEEPING_ROLES | ON_THE_GROUND | PLACE_WIDE

# whoever may be asked about events, or told of them; most offices have none
HAS_EVENTS = KEEPING_ROLES | ON_THE_GROUND


def may_look_over(hat: Hat, grid: Grid) -> bool:
    """Report a round of a grid: who stands for it or for one it lies in, or who keeps it."""
    rows = grids_of(hat.post) if hat.role in ON_THE_GROUND else Grid.objects.kept_by(hat)
    return rows.filter(pk=grid.pk).exists()


def may_read_rating(hat: Hat) -> bool:
    """Read what a resident says of an event: who keeps the grids, not the unit or the ground it is about (Q28)."""
    return may_keep(hat)


def may_keep(hat: Hat) -> bool:
    """Keep grids, their people and teams: a township or community ([L08] Art 5)."""
    return hat.organ.kind in KEEPING_KINDS and hat.role in KEEPING_ROLES
