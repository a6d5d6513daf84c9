"""The columns of the ledger: which there are, which stand there unless somebody chose others, in what order."""

from collections.abc import Iterable, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Column(models.TextChoices):
    """What one column shows; they stand in this order, whoever chose them."""

    DEADLINE = "deadline", _("Deadline")
    MATTER = "matter", _("Matter / petitioner")
    PLACE = "place", _("Place / responsible unit")
    READER = "reader", pgettext_lazy("column", "Reader")
    CHANNEL = "channel", _("Channel")
    CATEGORY = "category", _("Content category")
    PURPOSE = "purpose", _("Purpose")
    SOURCE = "source", pgettext_lazy("column", "Came from")
    OFFICE = "office", _("Registered by unit")
    RECEIVED = "received", _("Received")
    REGISTERED = "registered", _("Registered on")
    STATE = "state", pgettext_lazy("of a petition", "State")


# Without these a row says neither what it is nor until when.
ALWAYS = (Column.DEADLINE, Column.MATTER)
USUAL = (*ALWAYS, Column.PLACE, Column.CHANNEL, Column.RECEIVED, Column.STATE)


def columns_in(chosen: Iterable[str]) -> Sequence[Column]:
    """Return the columns of a choice in their order, with those that always stand; nobody's choice is the usual one."""
    names = set(chosen)
    if not names:
        return USUAL
    return [column for column in Column if column in ALWAYS or column.value in names]
