"""Finding what a hat may know of; what is hidden and what is not there answer alike (Q6)."""

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from grids.models import Grid
from lib.errors import Unknown


def grid_of(hat: Hat, grid_id: UUID) -> Grid:
    """Return a grid this hat reads, with its scheme, organ and place.

    :raises Unknown: if there is none
    """
    rows = Grid.objects.visible_to(hat).select_related("scheme", "organ__place", "place", "parent")
    found = rows.filter(pk=grid_id).first()
    if found is None:
        raise Unknown(_("There is no such grid."))
    return found
