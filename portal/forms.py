"""The public page's forms, and the office's for what stands on it; fields are named as the deed's parameters are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from cases.forms.units import UnitField
from lib.forms import RefusableForm, day_input
from portal.actions import Guide


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


_ONE_A_LINE = _("One a line, in their order.")


def _lines(label: Any, most: int, *, lang: str, required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4, "lang": lang})
    return forms.CharField(
        label=label, max_length=most, widget=area, help_text=_ONE_A_LINE, required=required
    )


class PostGuide(RefusableForm):
    """A service guide; the organs its keeper may write for are said when it is drawn."""

    organ = UnitField(
        label=_("Which unit's service"),
        queryset=Organ.objects.current().order_by("code"),
        to_field_name="code",
    )
    title = forms.CharField(label=pgettext_lazy("of a guide", "Title"), max_length=120)
    steps = _lines(_("Steps"), 4000, lang="zh-CN")
    papers = _lines(_("Papers to bring, all of them"), 4000, lang="zh-CN")
    valid_from = forms.DateField(label=_("Valid from"), widget=day_input())
    valid_to = forms.DateField(
        label=_("Valid to"), widget=day_input(), required=False, help_text=_("Empty: until it is replaced.")
    )
    title_en = forms.CharField(label=_("English title"), max_length=200, required=False)
    steps_en = _lines(_("Steps in English"), 6000, lang="en", required=False)
    papers_en = _lines(_("Papers in English"), 6000, lang="en", required=False)

    def guide(self) -> Guide:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        return Guide(organ_id=typed.pop("organ").pk, **typed)
