"""Pieces that the deeds of grids share; none runs outside a transaction."""

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from grids.models import Grid
from lib.errors import OutOfTurn, Refused, Unknown
from lib.transactions import require_transaction


def hold_grid(grid_id: UUID, by: Hat) -> Grid:
    """Return a standing grid that a hat keeps, with its scheme and organ, held.

    :raises Unknown: if this hat keeps no such grid
    :raises OutOfTurn: if it was closed
    """
    require_transaction("hold_grid")
    rows = Grid.objects.kept_by(by).select_for_update(of=("self",), no_key=True)
    row = rows.select_related("scheme", "organ__place").filter(pk=grid_id).first()
    if row is None:
        raise Unknown(_("There is no such grid."))
    if row.ended_at is not None:
        raise OutOfTurn(_("This grid was closed."))
    return row


def need(words: str, field: str) -> None:
    """Refuse a field that is empty, under its name."""
    if not words.strip():
        message = _("Fill this in.")
        raise Refused(message, fields={field: message})
