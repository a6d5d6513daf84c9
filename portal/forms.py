"""The public page's forms, and the office's for what stands on it; fields are named as the deed's parameters are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.forms import RefusableForm


class LookUp(RefusableForm):
    number = forms.CharField(
        label=_("Number of the petition"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "code-in"}),
        help_text=_("It stands on the slip you were given, as LS2026-004127."),
    )
    code = forms.CharField(
        label=_("Query code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-in",
            }
        ),
        help_text=_("Twelve signs. Small letters and missing hyphens do not matter."),
    )


class Book(RefusableForm):
    persons = forms.IntegerField(
        label=_("How many of you come"), min_value=1, max_value=5, initial=1, help_text=_("At most five.")
    )


class TakeBack(RefusableForm):
    code = forms.CharField(
        label=_("Code of the booking"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-in",
            }
        ),
    )


class Publish(RefusableForm):
    text = forms.CharField(
        label=_("Chinese text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "lang": "zh-CN"})
    )
    text_en = forms.CharField(
        label=_("English text"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
        required=False,
        help_text=_("Empty: the Chinese text is shown."),
    )
