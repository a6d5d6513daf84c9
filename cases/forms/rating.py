"""Forms of what a petitioner says of how he was dealt with, and of the letters he asks for (Q28; documents.md §1)."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.actions.rating import Said
from cases.forms.handling import TWO_ROWS, Facts, Faults
from cases.rating_states import TAKEN_DOWN, LetterForm, Satisfaction
from lib.forms import RefusableForm


class Rate(RefusableForm):
    """What is said of the office or of one organ; nothing is chosen beforehand (indicators.md §4)."""

    of = forms.CharField(widget=forms.HiddenInput, max_length=40)
    value = forms.ChoiceField(
        label=_("How satisfied"), choices=Satisfaction.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What was not good (needed where dissatisfied)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs=TWO_ROWS),
    )

    def faults(self, facts: Facts) -> Faults:
        if facts.get("value") == Satisfaction.DISSATISFIED and not str(facts.get("reason", "")).strip():
            return {"reason": _("Say in a word what you are dissatisfied with.")}
        return {}

    def said(self) -> Said:
        typed = self.cleaned_data
        return Said(of=typed["of"], value=Satisfaction(typed["value"]), reason=typed["reason"])


class TakeDownRating(Rate):
    """What the petitioner said by telephone, on paper or at the window."""

    way = forms.ChoiceField(label=_("How it came"), choices=[(each.value, each.label) for each in TAKEN_DOWN])


class LetterForms(RefusableForm):
    """In which forms letters are asked for; nothing ticked takes the wish back."""

    forms = forms.MultipleChoiceField(
        label=pgettext_lazy("of letters", "I ask for"),
        choices=LetterForm.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def chosen(self) -> Sequence[LetterForm]:
        return [LetterForm(each) for each in self.cleaned_data["forms"]]


class NoteLetterWish(LetterForms):
    """In which forms one person on the petition asks for letters."""

    person = forms.UUIDField(widget=forms.HiddenInput)
