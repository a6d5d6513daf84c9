"""What is done about lists to strike off and their items, as their pages offer it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from cases.models import Petition
from leadership.actions import lists
from leadership.forms import lists as forms
from lib.errors import Refused


def _add_item(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    number = form.cleaned_data["number"].strip()
    petition_id = None
    if number:
        seen = Petition.objects.visible_to(by).filter(number=number)
        petition_id = seen.values_list("pk", flat=True).first()
        if petition_id is None:
            words = _now("There is no such petition.")
            raise Refused(words, fields={"number": words})
    return lists.add_item(key, form.item(petition_id), by=by, now=now)


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
