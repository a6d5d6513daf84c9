"""Rule sets and their rules."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hearings.forms.words import words as lines
from lib.forms import RefusableForm, day_input
from scoring.actions.rule_sets import Caps, Written
from scoring.catalogue import Evidence
from scoring.models.rule_sets import MOST_OF_A_CASE
from scoring.states import Attribution, Period, RuleKind, Scope


def _points(
    label: Any, *, required: bool = True, hint: Any = "", first: int | None = None
) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=6,
        decimal_places=2,
        min_value=Decimal(0),
        required=required,
        help_text=hint,
        initial=first,
    )


class DrawRuleSet(RefusableForm):
    scope = forms.ChoiceField(label=pgettext_lazy("of a rule set", "For whom"), choices=Scope.choices)
    year = forms.IntegerField(label=pgettext_lazy("of a rule set", "Year"), min_value=2020, max_value=2100)
    name = forms.CharField(label=pgettext_lazy("of a rule set", "Name"), max_length=120)
    basis = forms.CharField(label=_("Legal basis"), max_length=300)
    base = _points(_("Base"), first=100)
    floor = _points(_("Floor"), first=0)
    case_cap = _points(_("Most a case can cost"), first=MOST_OF_A_CASE)
    bonus_cap = _points(_("Most of all bonuses"), hint=_("A tenth of the base at most."), first=10)

    def caps(self) -> Caps:
        """Return base, floor and caps, as the deed takes them."""
        typed = self.cleaned_data
        return Caps(
            base=typed["base"],
            floor=typed["floor"],
            case_cap=typed["case_cap"],
            bonus_cap=typed["bonus_cap"],
        )


class EnterRule(RefusableForm):
    """A rule; why something cannot be measured stands at the field (Q36)."""

    title = forms.CharField(label=_("What the rule says"), max_length=200)
    kind = forms.ChoiceField(label=pgettext_lazy("of a rule", "Kind"), choices=RuleKind.choices)
    evidence = forms.ChoiceField(
        label=_("Measured by"),
        choices=Evidence.choices,
        help_text=_("Deeds of units and rates of them alone."),
        error_messages={
            "invalid_choice": _(
                "This cannot be measured: a rule measures what a unit did, never petitions, visits or persons, nor"
                " where somebody goes (Q36; Constitution Art 41; Regulations Art 18(4))."
            )
        },
    )
    weight = _points(_("Weight"), hint=_("The most it gives or takes in each of its periods."))
    points = _points(
        _("Points each"), required=False, hint=_("For each event, each missing, or each percentage point.")
    )
    target = _points(_("Rate or number"), required=False, hint=_("From which rate it is full, or how many."))
    period = forms.ChoiceField(label=pgettext_lazy("of a rule", "Period"), choices=Period.choices)
    attribution = forms.ChoiceField(label=_("Counted to"), choices=Attribution.choices)
    basis = forms.CharField(label=_("Legal basis"), max_length=300)
    needs_human = forms.BooleanField(label=_("A person decides before the unit is told"), required=False)

    def written(self) -> Written:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        return Written(
            **{
                **typed,
                "kind": RuleKind(typed["kind"]),
                "evidence": Evidence(typed["evidence"]),
                "period": Period(typed["period"]),
                "attribution": Attribution(typed["attribution"]),
            }
        )


class DropRule(RefusableForm):
    rule_id = forms.IntegerField(widget=forms.HiddenInput)


class AdoptRuleSet(RefusableForm):
    valid_from = forms.DateField(label=_("Valid from"), widget=day_input())
    end_words = forms.CharField(label=_("By which paper or meeting"), max_length=200)


class DiscardRuleSet(RefusableForm):
    end_words = lines(_("Why it is discarded"), 300)
