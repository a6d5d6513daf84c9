"""What is done with months of the ledger; fields are named as the deeds' parameters."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hearings.forms.words import words as lines
from lib.forms import RefusableForm


class CloseMonth(RefusableForm):
    year = forms.IntegerField(label=pgettext_lazy("of a rule set", "Year"), min_value=2020, max_value=2100)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12)


class HandOut(RefusableForm):
    note = lines(
        _("For whom, and for what"),
        300,
        hint=_(
            "It stands in the file. What follows from a score is decided elsewhere: nothing is computed here."
        ),
    )
