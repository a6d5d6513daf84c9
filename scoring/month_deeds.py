"""The deeds on months of the ledger as their pages offer them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain
from scoring.actions import closes
from scoring.forms import months as forms


def _close(_key: object, form: Any, by: Hat, now: datetime) -> object:
    return closes.close_month(**form.cleaned_data, by=by, now=now)


CLOSE_MONTH = Deed(
    "close_month",
    forms.CloseMonth,
    _close,
    _("Close a month"),
    pgettext_lazy("a month", "Closed; what becomes final later is of the next one."),
)
HAND_OUT = Deed(
    "hand_out",
    forms.HandOut,
    plain(closes.hand_out),
    _("Export for an office"),
    pgettext_lazy("a month", "Exported."),
)
