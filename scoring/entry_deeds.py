"""The deeds of the ledger and of exclusions as their pages offer them, by what they are done to."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from hearings.forms.holding import Nothing
from scoring.actions import appeals, entries, exclusions, readings
from scoring.forms import entries as forms


def _propose(_key: object, form: Any, by: Hat, now: datetime) -> object:
    return entries.propose_entry(form.found(), by=by, now=now)


def _exclude(_key: object, form: Any, by: Hat, now: datetime) -> object:
    return exclusions.propose_exclusion(**form.cleaned_data, by=by, now=now)


PROPOSE_ENTRY = Deed(
    "propose_entry",
    forms.ProposeEntry,
    _propose,
    _("Enter what was found"),
    _("Proposed; somebody else looks at it before the unit is told."),
)
PROPOSE_EXCLUSION = Deed(
    "propose_exclusion",
    forms.ProposeExclusion,
    _exclude,
    _("Leave a case out of scores"),
    _("Proposed; somebody else approves it."),
)
ON_ENTRY = table(
    Deed(
        "notify_unit",
        Nothing,
        plain(entries.notify_unit),
        _("Confirm it and tell the unit"),
        _("Told; the unit has five working days to appeal."),
    ),
    Deed(
        "drop_entry",
        forms.WithWords,
        plain(entries.drop_entry),
        _("Drop the proposal"),
        pgettext_lazy("a proposal", "Dropped; it stays to be read."),
    ),
    Deed(
        "appeal",
        forms.WithWords,
        plain(appeals.appeal),
        pgettext_lazy("a score entry", "Appeal"),
        _("Appealed; somebody who took no part decides within ten working days."),
    ),
    Deed(
        "decide_appeal",
        forms.Decide,
        plain(appeals.decide_appeal),
        _("Decide the appeal"),
        pgettext_lazy("an appeal", "Decided; the unit is told."),
    ),
    Deed(
        "refer",
        forms.WithWords,
        plain(appeals.refer),
        _("Put it before the joint conference"),
        _("It is before the joint conference's office."),
    ),
    Deed(
        "decide_referral",
        forms.Decide,
        plain(appeals.decide_referral),
        _("Decide for the joint conference"),
        pgettext_lazy("an appeal", "Decided for good; the unit is told."),
    ),
    Deed(
        "reverse_bonus",
        forms.ReverseBonus,
        plain(entries.reverse_bonus),
        _("Take the bonus back by a new entry"),
        _("Proposed as an entry of its own; the bonus stays to be read."),
    ),
    Deed(
        "read_again",
        forms.WithWords,
        plain(readings.read_again),
        _("Read the rate again"),
        _("The difference is proposed as an entry of its own."),
    ),
)
ON_EXCLUSION = table(
    Deed(
        "approve_exclusion",
        Nothing,
        plain(exclusions.approve_exclusion),
        _("Approve it"),
        pgettext_lazy("an exclusion", "Approved; the case does not count."),
    ),
    Deed(
        "end_exclusion",
        forms.EndExclusion,
        plain(exclusions.end_exclusion),
        _("Lift or refuse it"),
        _("Ended; the case counts."),
    ),
)
