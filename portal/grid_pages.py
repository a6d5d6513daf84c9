"""What the public page shows of a grid: whom to call and where to complain ([L08] Art 6; seeds-map 110)."""

from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from grids.models import EventType, Grid, GridStaff, ServiceTeam
from grids.states import Part
from lib.errors import Unknown
from portal.forms import Tell
from portal.qr import qr_picture


def posted_grid(code: str) -> Grid:
    """Return a grid that is posted for everybody, by the code that stands in its address.

    :raises Unknown: if there is none
    """
    rows = Grid.objects.posted().select_related("scheme", "organ", "place")
    found = rows.filter(code=code.upper()).first()
    if found is None:
        raise Unknown(_("There is no such page."))
    return found


def card_page(grid: Grid, address: str) -> dict[str, Any]:
    """Return the card of a grid: its leader and workers by work name and work telephone, teams, and its own address.

    Leaders of lower levels stand on it if they gave a work telephone for it.
    """
    staff = GridStaff.objects.standing().filter(grid=grid).filter(Q(heads=True) | ~Q(phone=""))
    teams = ServiceTeam.objects.filter(Q(grid=grid) | Q(grid=None, organ=grid.organ), ended_at=None)
    return {
        "grid": grid,
        "leaders": staff.filter(part=Part.LEADER).order_by("level", "name", "pk"),
        "workers": staff.filter(part=Part.WORKER).order_by("name", "pk"),
        "teams": teams.order_by("kind", "name"),
        "address": address,
        "picture": qr_picture(address),
    }


def tell_form(data: Any = None, files: Any = None) -> Tell:
    """Return the form in which a resident tells something, with a key of its own."""
    form = Tell(data, files) if data is not None else Tell(initial={"key": uuid4()})
    form.offer(EventType.objects.filter(ended_at=None).order_by("ledger", "code"))
    return form
