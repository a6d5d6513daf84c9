"""What is done with entries of the ledger and with exclusions; fields are named as the deeds' parameters."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from cases.forms.units import UnitField
from hearings.forms.words import Offered, offer
from hearings.forms.words import words as lines
from lib.forms import PastDay, RefusableForm, day_input
from scoring.actions.entries import Found
from scoring.states import ExclusionGround, ReversalGround, Verdict

_NOBODY = _("Facts of the unit; no name, telephone or identity of a petitioner.")


class ProposeEntry(RefusableForm):
    """What a person found; the rules in force are said when it is drawn."""

    rule_id = forms.IntegerField(label=_("By which rule"), widget=forms.Select)
    organ = UnitField(
        label=pgettext_lazy("of a score entry", "Unit"),
        queryset=Organ.objects.current().order_by("code"),
        to_field_name="code",
    )
    happened_on = PastDay(label=pgettext_lazy("of a score entry", "Day"), widget=day_input())
    count = forms.IntegerField(
        label=_("How many"), min_value=1, initial=1, help_text=_("How often, or how many are missing.")
    )
    petition_number = forms.CharField(
        label=_("Number of the petition"),
        max_length=40,
        required=False,
        help_text=_("Only where the rule is about cases."),
    )
    words = lines(_("What was found, with its evidence"), 1000, hint=_NOBODY)

    def offer(self, rules: Offered) -> None:
        """Offer the rules that persons measure."""
        offer(self, "rule_id", rules)

    def found(self) -> Found:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        return Found(organ_id=typed.pop("organ").pk, **typed)


class WithWords(RefusableForm):
    words = lines(pgettext_lazy("of a score entry", "Reasons"), 1000, hint=_NOBODY)


class Decide(RefusableForm):
    goes_with = {"points": ("verdict", [Verdict.CHANGED])}
    asked = frozenset({"points"})

    verdict = forms.TypedChoiceField(
        label=pgettext_lazy("on an appeal", "Decision"),
        choices=Verdict.choices,
        coerce=Verdict,
        widget=forms.RadioSelect,
    )
    points = forms.DecimalField(
        label=_("Points that stand"),
        max_digits=6,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
        help_text=_("Without a sign; fewer than now."),
    )
    words = lines(pgettext_lazy("of a score entry", "Reasons"), 1000, hint=_NOBODY)


class ReverseBonus(RefusableForm):
    ground = forms.TypedChoiceField(
        label=pgettext_lazy("of a reversal", "Ground"),
        choices=ReversalGround.choices,
        coerce=ReversalGround,
        widget=forms.RadioSelect,
    )
    words = lines(_("What was found, with its evidence"), 1000, hint=_NOBODY)


class ProposeExclusion(RefusableForm):
    petition_number = forms.CharField(label=_("Number of the petition"), max_length=40)
    ground = forms.TypedChoiceField(
        label=pgettext_lazy("of an exclusion", "Ground"),
        choices=ExclusionGround.choices,
        coerce=ExclusionGround,
    )
    words = lines(pgettext_lazy("of an exclusion", "Facts"), 1000, hint=_NOBODY)


class EndExclusion(RefusableForm):
    end_words = lines(_("Why it ends"), 1000, hint=_NOBODY)
