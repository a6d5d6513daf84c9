"""Forms of who reads a petition, and of pressing its unit."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.handling import TWO_ROWS
from lib.forms import RefusableForm


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


class Chase(RefusableForm):
    """Pressing the unit that leads a petition (催办)."""

    words = forms.CharField(
        label=pgettext_lazy("of a reminder", "What is waited for"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs=TWO_ROWS),
        help_text=_("May be left empty. It starts no period; name no petitioner."),
    )
