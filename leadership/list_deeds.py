"""What is done about lists to strike off and their items, as their pages offer it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from leadership.actions import lists
from leadership.forms import lists as forms


def _add_item(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return lists.add_item(key, form.item(), by=by, now=now)


ON_LIST = table(
    Deed(
        "add_item",
        forms.AddItem,
        _add_item,
        _("Put an item on the list"),
        _("On the list; the unit is asked."),
    ),
    Deed(
        "draw_look_back",
        forms.DrawLookBack,
        plain(lists.draw_look_back),
        _("Draw some to be looked at again (回头看)"),
        _("Drawn."),
    ),
)
ON_ITEM = table(
    Deed("strike_off", forms.StrikeOff, plain(lists.strike_off), _("Strike it off (销号)"), _("Struck off.")),
    Deed("look", forms.Look, plain(lists.look), _("Look at it again"), _("Noted.")),
)
