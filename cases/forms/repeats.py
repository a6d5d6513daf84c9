"""Forms of deciding on repeats (data-standard §6; Q14)."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.states import RepeatOutcome
from lib.forms import RefusableForm


class DecideRepeat(RefusableForm):
    """Whether it raises an earlier petition's matter again (Q14)."""

    earlier = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=pgettext_lazy("on two petitions", "Decision"),
        choices=RepeatOutcome,
        initial=RepeatOutcome.LATER,
    )
    same_person = forms.BooleanField(
        label=_("The same person is on both"),
        required=False,
        help_text=_("One of the petitioners; of an agent, whom he stands for."),
    )
    reason = forms.CharField(
        label=pgettext_lazy("of a decision", "Reason"),
        required=False,
        max_length=300,
        help_text=_("What is the same in facts and claims, or is not. Not needed to decide later."),
    )


class ReverseRepeat(RefusableForm):
    """A decision on a repeat taken back (Q14)."""

    decision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why it is taken back"), max_length=300)
