"""The call-back desk's forms (Q41); nothing is chosen beforehand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from cases.forms.units import UnitField
from cases.models import Petition
from cases.rating_states import Satisfaction
from leadership.actions.call_backs import Answer
from leadership.call_back_states import IN_DOUBT, CallResult, CarriedOut, CheckResult
from lib.forms import RefusableForm

_NOT_REACHED = [(each.value, each.label) for each in CallResult if each is not CallResult.REACHED]


class NoteAttempt(RefusableForm):
    """An attempt at which he did not answer."""

    result = forms.ChoiceField(
        label=pgettext_lazy("of an attempt", "What came of it"),
        choices=_NOT_REACHED,
        widget=forms.RadioSelect,
    )


class NoteAnswer(RefusableForm):
    """What he answered. Nothing is read to him as an answer to choose; what he does not say stays empty."""

    has_reply = forms.ChoiceField(
        label=_("Does he have the written reply?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    carried_out = forms.ChoiceField(
        label=_("Was what it promised carried out?"), choices=CarriedOut.choices, widget=forms.RadioSelect
    )
    satisfaction = forms.ChoiceField(
        label=_("Is he satisfied? (leave it empty where he does not say)"),
        choices=[("", _("Does not say")), *Satisfaction.choices],
        required=False,
    )
    told_of_review = forms.BooleanField(
        label=_("He does not agree, and was told of whom he can ask for a review and until when"),
        required=False,
    )
    words = forms.CharField(
        label=_("What is missing, in his words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def faults(self, facts: Any) -> dict[str, Any]:
        in_doubt = facts.get("has_reply") == "no" or facts.get("carried_out") in IN_DOUBT
        if in_doubt and not str(facts.get("words", "")).strip():
            return {"words": _("Say in his words what is missing.")}
        return {}

    def answer(self) -> Answer:
        typed = self.cleaned_data
        return Answer(
            has_reply=typed["has_reply"] == "yes",
            carried_out=CarriedOut(typed["carried_out"]),
            satisfaction=Satisfaction(typed["satisfaction"]) if typed["satisfaction"] else None,
            told_of_review=typed["told_of_review"],
            words=typed["words"],
        )


class CheckAnswer(RefusableForm):
    """What the check of a bad answer found."""

    result = forms.ChoiceField(
        label=pgettext_lazy("check of a finish", "What was found"),
        choices=CheckResult.choices,
        widget=forms.RadioSelect,
        help_text=_("A false finish is handled again, and a draft of a supervision order is opened."),
    )
    unit = UnitField(
        label=_("Which unit, if it was finished falsely"),
        queryset=Organ.objects.current().order_by("code"),
        to_field_name="code",
        required=False,
    )
    words = forms.CharField(
        label=_("Which facts show it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def of(self, petition: Petition) -> None:
        """Let one of the units be chosen that lead a petition."""
        leading = Organ.objects.filter(handlings__petition=petition, handlings__ended_at=None).distinct()
        self.fields["unit"].queryset = leading.order_by("code")  # type: ignore[attr-defined]  # it is a choice of rows
