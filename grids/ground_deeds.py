"""What is done about courtyards and household cards, as their pages offer it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from grids.actions import ground
from grids.forms import ground as forms
from grids.forms.hierarchy import Nothing
from infra.files import Checked, check


def _plan(form: Any) -> Checked | None:
    plan = form.cleaned_data["plan"]
    return check(plan) if plan else None


def _enter(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return ground.enter_courtyard(key, form.facts(), plan=_plan(form), by=by, now=now)


def _change(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return ground.change_courtyard(key, form.facts(), plan=_plan(form), by=by, now=now)


def _enter_card(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return ground.enter_card(key, form.given(), by=by, now=now)


ON_GROUND = table(
    Deed("enter_courtyard", forms.CourtyardForm, _enter, _("Enter a courtyard (一院一图)"), _("Entered."))
)
ON_COURTYARD = table(
    Deed(
        "enter_card",
        forms.EnterCard,
        _enter_card,
        _("Keep what a household gives for a service (一户一档)"),
        _("Kept, sealed, until its day."),
    ),
    Deed("change", forms.CourtyardForm, _change, _("Change the courtyard"), _("Changed.")),
)
ON_NOTE = table(Deed("remove", Nothing, plain(ground.remove_note), _("Take the note out"), _("Taken out.")))
ON_CARD = table(Deed("remove", Nothing, plain(ground.remove_card), _("Remove it"), _("Removed.")))
