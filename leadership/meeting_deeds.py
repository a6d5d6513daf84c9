"""What is done about a meeting, as its page offers it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from leadership.actions import meetings, minutes
from leadership.forms import meetings as forms
from leadership.forms.supervision import Nothing


def _reschedule(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return meetings.reschedule(key, form.call(), by=by, now=now)


def _name_unit(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return meetings.name_unit(key, organ_id=typed["organ"].pk, venue=typed["venue"], by=by, now=now)


def _decide(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return minutes.decide(key, form.decided(), by=by, now=now)


ON_MEETING = table(
    Deed(
        "name_unit",
        forms.NameUnit,
        _name_unit,
        _("Call a unit"),
        _("Called; those who answer for it are told."),
    ),
    Deed("note_presence", forms.NotePresence, plain(meetings.note_presence), _("Note who came"), _("Noted.")),
    Deed("take", forms.Take, plain(meetings.take), _("Put it on the agenda"), _("It is on the agenda.")),
    Deed(
        "take_several",
        forms.TakeSeveral,
        plain(meetings.take_several),
        _("Put what is ticked on the agenda"),
        _("All that was ticked is on the agenda."),
    ),
    Deed("strike", forms.Strike, plain(meetings.strike), _("Strike it"), _("Struck.")),
    Deed("add_topic", forms.AddTopic, plain(meetings.add_topic), _("Add a topic"), _("It is on the agenda.")),
    Deed(
        "write_minutes",
        forms.WriteMinutes,
        plain(minutes.write_minutes),
        _("Write the minutes"),
        _("Written; a second person signs them."),
    ),
    Deed("decide", forms.Decide, _decide, _("Write a decision"), _("It stands in the minutes.")),
    Deed(
        "drop_decision",
        forms.DropDecision,
        plain(minutes.drop_decision),
        _("Take it out"),
        _("It is no longer in the minutes."),
    ),
    Deed(
        "issue",
        Nothing,
        plain(minutes.issue_minutes),
        _("Sign and issue the minutes"),
        _("Issued; the units are asked."),
    ),
    Deed(
        "reschedule",
        forms.Reschedule,
        _reschedule,
        _("Hold it at another time"),
        _("Changed; the chair is told."),
    ),
    Deed("call_off", forms.CallOff, plain(meetings.call_off), _("Call it off"), _("Called off.")),
)
ON_LESSONS = table(
    Deed("note", forms.NoteLessons, plain(minutes.note_lessons), _("Write what it taught"), _("Written.")),
)
