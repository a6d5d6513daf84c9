"""What is done about gatherings, as their pages offer it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from grids.actions import gatherings
from grids.forms import gatherings as forms
from grids.forms.events import Reason


def _enter(_organ: int, form: Any, by: Hat, now: datetime) -> object:
    return gatherings.enter_gathering(form.facts(), by=by, now=now)


def _enter_series(_organ: int, form: Any, by: Hat, now: datetime) -> object:
    return gatherings.enter_series(form.facts(), by=by, now=now)


def _note(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return gatherings.note_gathering(key, form.held(), by=by, now=now)


ON_GATHERINGS = table(
    Deed(
        "enter_gathering", forms.EnterGathering, _enter, _("Put a gathering in the calendar"), _("Entered.")
    ),
    Deed(
        "enter_series",
        forms.EnterSeries,
        _enter_series,
        _("Enter a gathering that repeats"),
        _("Entered; its days come into the calendar by themselves."),
    ),
)
ON_SERIES = table(
    Deed(
        "end",
        Reason,
        plain(gatherings.end_series),
        pgettext_lazy("gathering", "Let it repeat no longer"),
        _("Ended; what lay ahead is called off."),
    )
)
ON_GATHERING = table(
    Deed("note", forms.NoteGathering, _note, _("Note how it went"), _("Noted.")),
    Deed(
        "follow_up",
        forms.FollowUp,
        plain(gatherings.follow_up),
        pgettext_lazy("gathering", "Write what came of it"),
        pgettext_lazy("gathering", "Written."),
    ),
    Deed(
        "call_off",
        Reason,
        plain(gatherings.call_off_gathering),
        pgettext_lazy("gathering", "Call it off"),
        pgettext_lazy("gathering", "Called off."),
    ),
)
