"""What is done about grids, who stands for them and who helps, as their pages offer it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from grids.actions import hierarchy, staff
from grids.forms import hierarchy as forms


def _enter_scheme(_organ: int, form: Any, by: Hat, now: datetime) -> object:
    return hierarchy.enter_scheme(form.names(), by=by, now=now)


def _open(_organ: int, form: Any, by: Hat, now: datetime) -> object:
    return hierarchy.open_grid(form.cleaned_data["code"], form.facts(), by=by, now=now)


def _open_below(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return hierarchy.open_grid(form.cleaned_data["code"], form.facts(), parent_id=key, by=by, now=now)


def _change(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return hierarchy.change_grid(key, form.facts(), by=by, now=now)


def _name(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return staff.name_staff(key, form.facts(), by=by, now=now)


def _enter_team(_organ: int, form: Any, by: Hat, now: datetime) -> object:
    return staff.enter_team(form.facts(), by=by, now=now)


def _enter_liaison(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return staff.enter_liaison(key, form.facts(), by=by, now=now)


ON_GRIDS = table(
    Deed("enter_scheme", forms.EnterScheme, _enter_scheme, _("Enter the levels"), _("Entered.")),
    Deed("open_grid", forms.OpenGrid, _open, _("Open a grid"), _("Opened.")),
    Deed("enter_team", forms.EnterTeam, _enter_team, _("Enter a service team"), _("Entered.")),
)
ON_GRID = table(
    Deed("name_staff", forms.NameStaff, _name, _("Name a leader or worker"), _("Named.")),
    Deed(
        "post",
        forms.Nothing,
        plain(hierarchy.post_grid),
        _("Post it for everybody"),
        pgettext_lazy("a grid", "Posted."),
    ),
    Deed("enter_liaison", forms.EnterLiaison, _enter_liaison, _("Enter a liaison (包联)"), _("Entered.")),
    Deed("open_below", forms.OpenGrid, _open_below, _("Open a grid below it"), _("Opened.")),
    Deed("change", forms.GridForm, _change, _("Change the grid"), _("Changed.")),
    Deed("close", forms.CloseGrid, plain(hierarchy.close_grid), _("Close the grid"), _("Closed.")),
)


def _end(act: Callable[..., object]) -> Mapping[str, Deed]:
    """Return the one deed on what ends: who stands for a grid, a liaison, a service team."""
    return table(Deed("end", forms.Nothing, plain(act), pgettext_lazy("of a grid", "End it"), _("Ended.")))


ON_STAFF, ON_LIAISON, ON_TEAM = _end(staff.end_staff), _end(staff.end_liaison), _end(staff.end_team)
