"""Plans of rounds, groups, and the report of one; fields are named as the deed's parameters are."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grids.actions.rounds import PlanFacts
from grids.models import Round
from grids.round_states import Rhythm, Span
from lib.forms import RefusableForm, TablerForm, day_input


class EnterPlan(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of rounds", "Name"), max_length=60)
    occasion = forms.CharField(
        label=pgettext_lazy("of rounds", "Occasion"),
        max_length=40,
        required=False,
        help_text=_("Such as the flood season; empty for what goes on all year."),
    )
    rhythm = forms.ChoiceField(label=pgettext_lazy("of rounds", "How often"), choices=Rhythm.choices)
    checklist = forms.CharField(
        label=_("What is looked at"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line: places and things, never persons."),
    )
    from_on = forms.DateField(
        label=pgettext_lazy("first day", "From"), widget=day_input(), initial=timezone.localdate
    )
    until_on = forms.DateField(label=pgettext_lazy("last day", "Until"), widget=day_input(), required=False)

    def facts(self) -> PlanFacts:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        facts = {**typed, "rhythm": Rhythm(typed["rhythm"]), "checklist": typed["checklist"].splitlines()}
        return PlanFacts(**facts)


class EnterGroup(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a group", "Name"), max_length=40)
    members = forms.IntegerField(label=_("Members"), min_value=1, max_value=500)
    codes = forms.CharField(
        label=_("Codes of its grids"), max_length=400, help_text=_("With spaces between them, as YN01 YN02.")
    )

    def clean_codes(self) -> list[str]:
        """Return the codes one by one."""
        typed: str = self.cleaned_data["codes"]
        return typed.replace("，", " ").replace(",", " ").replace("、", " ").split()


class ReportRound(RefusableForm):
    looked_at = forms.MultipleChoiceField(
        label=pgettext_lazy("of a round", "What was looked at"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    zero = forms.BooleanField(
        label=_("Nothing was found (零报告)"),
        required=False,
        help_text=_("What was found is reported above, each for itself; then this stays empty."),
    )
    words = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Asked for where something was left out. No names of residents."),
    )

    def offer(self, row: Round) -> None:
        """Let the lines of the round's checklist be ticked."""
        field = self.fields["looked_at"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(line, line) for line in row.plan.checklist]


class RoundFilter(TablerForm):
    """Over which days rounds are looked at together."""

    of = forms.ChoiceField(label=_("Over which days"), required=False, choices=Span.choices)
