"""Forms of who reads a petition, and of urging its unit."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.handling import TWO_ROWS
from lib.forms import RefusableForm, day_input


class GiveReader(RefusableForm):
    """Who of one's own organ reads a petition and works on it (经办人)."""

    post = forms.IntegerField(
        label=pgettext_lazy("of a petition", "Reader"),
        required=False,
        widget=forms.Select,
        help_text=_(
            "Others of your unit may act all the same. Left empty, it lies with nobody in particular."
        ),
    )


class Urge(RefusableForm):
    """Urging the units that have a petition in hand (催办)."""

    reason = forms.CharField(
        label=_("Why it is urged"),
        max_length=500,
        widget=forms.Textarea(attrs=TWO_ROWS),
        help_text=_("It stands in the paper; name no petitioner."),
    )
    due_on = forms.DateField(
        label=_("Reply by"),
        required=False,
        widget=day_input(),
        help_text=_("Left empty: within three working days. No day of the law moves."),
    )
