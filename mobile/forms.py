"""What is decided where two wrote; fields are named as the deed's parameters are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.forms import RefusableForm
from mobile.states import Choice


class Resolve(RefusableForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=_("What holds"), choices=Choice.choices, widget=forms.RadioSelect, initial=Choice.NOTE
    )
