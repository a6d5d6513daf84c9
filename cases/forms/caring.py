"""Forms of help and of the word that the remedies are over (Art 37; R-38; D25)."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.handling import TWO_ROWS, Facts, Faults, OfHandling
from cases.remedy_states import BY_OWN_WILL, Help
from lib.forms import PastDay, RefusableForm, day_input


class NoteReferral(RefusableForm):
    """Help that the petitioner was told of or led to (Art 37)."""

    kind = forms.ChoiceField(label=pgettext_lazy("help", "Kind of help"), choices=Help)
    led_to = forms.CharField(label=_("Who gives it"), max_length=120)
    need = forms.CharField(
        label=_("What it is needed for"), max_length=500, widget=forms.Textarea(attrs=TWO_ROWS)
    )
    agreed = forms.BooleanField(
        label=_("The petitioner agrees"),
        required=False,
        help_text=_("Mediation and counselling only by the petitioner's own will."),
    )
    referred_on = PastDay(label=_("Told or led there on"), widget=day_input())

    def faults(self, facts: Facts) -> Faults:
        if facts.get("kind") in BY_OWN_WILL and not facts.get("agreed"):
            return {"agreed": _("Only by the petitioner's own will.")}
        return {}


class NoteReferralResult(RefusableForm):
    """What came of help."""

    referral = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.CharField(
        label=_("What came of it"), max_length=500, widget=forms.Textarea(attrs=TWO_ROWS)
    )
    result_on = PastDay(label=_("Known on"), widget=day_input())


class TellOfEnd(OfHandling):
    """The word that the remedies are exhausted or have lapsed (D25)."""

    open_help = forms.CharField(
        label=_("Which help stays open, and where"), max_length=1000, widget=forms.Textarea(attrs=TWO_ROWS)
    )
