"""Planned decisions, consultations on them and their risk assessments; fields are named as the deeds' parameters."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from cases.forms.units import UnitField
from hearings.actions.assessing import Point
from hearings.actions.planning import Asking
from hearings.decision_states import AssessmentResult, ConsultationWay, Gravity, Likelihood
from hearings.forms.words import Offered, offer
from hearings.forms.words import words as lines
from hearings.models import Consultation, DecisionHearing
from lib.forms import PastDay, RefusableForm, day_input

_NOBODY = _("Groups and units; nobody's name, telephone or identity.")


class PlanDecision(RefusableForm):
    title = forms.CharField(label=pgettext_lazy("of a planned decision", "Title"), max_length=200)
    plan = lines(_("What is planned"), 4000, rows=4)
    touches = lines(_("Whom it touches"), 1000, hint=_NOBODY)


class WriteDraft(RefusableForm):
    plan = lines(_("What is planned now"), 4000, rows=4)
    changed = lines(_("What was changed and why"), 2000)


class NoteConsultation(RefusableForm):
    held_on = PastDay(label=_("Asked on"), widget=day_input())
    way = forms.ChoiceField(label=pgettext_lazy("of a consultation", "Way"), choices=ConsultationWay.choices)
    groups = lines(_("Which groups and units were asked"), 500, hint=_NOBODY)
    count = forms.IntegerField(label=_("How many were asked"), min_value=1)
    said = lines(_("What they said"), 4000, rows=3)
    changed = lines(_("What changed, or why nothing did"), 2000)

    def asking(self) -> Asking:
        """Return what was typed, as the deed takes it."""
        return Asking(**{**self.cleaned_data, "way": ConsultationWay(self.cleaned_data["way"])})


class MakeDecision(RefusableForm):
    made_on = PastDay(label=_("Decided on"), widget=day_input())
    made_by_words = forms.CharField(
        label=_("By which paper or meeting"),
        max_length=200,
        help_text=_("Number of the paper, or the meeting."),
    )


class GiveUp(RefusableForm):
    given_up_why = lines(_("Why it is given up"), 500)


class EnterPoint(RefusableForm):
    words = lines(pgettext_lazy("of a risk point", "What may happen"), 500)
    likelihood = forms.ChoiceField(label=_("How likely"), choices=Likelihood.choices)
    gravity = forms.ChoiceField(label=_("How grave"), choices=Gravity.choices)
    measure = lines(pgettext_lazy("of a risk point", "What is done against it"), 1000)
    organ = UnitField(
        label=_("Which unit answers for it"),
        queryset=Organ.objects.current().order_by("code"),
        to_field_name="code",
    )
    due_on = forms.DateField(label=pgettext_lazy("of a risk point", "Done by"), widget=day_input())
    controllable = forms.TypedChoiceField(
        label=_("Is it controlled by that?"),
        choices=[
            ("yes", pgettext_lazy("risk", "Controlled")),
            ("no", pgettext_lazy("risk", "Not controlled")),
        ],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
    )

    def point(self) -> Point:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        return Point(
            organ_id=typed.pop("organ").pk,
            likelihood=Likelihood(typed.pop("likelihood")),
            gravity=Gravity(typed.pop("gravity")),
            **typed,
        )


class DropPoint(RefusableForm):
    point_id = forms.IntegerField(widget=forms.HiddenInput)


class SubmitAssessment(RefusableForm):
    """The conclusion; consultations and hearings on its decision are said when it is drawn."""

    conclusion = lines(_("Conclusion of the assessment"), 2000, rows=3)
    consultations = forms.ModelMultipleChoiceField(
        label=_("Consultations it used"),
        queryset=Consultation.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    hearings = forms.ModelMultipleChoiceField(
        label=_("Hearings it used"),
        queryset=DecisionHearing.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def offer(self, consultations: Offered, hearings: Offered) -> None:
        """Offer the consultations on its decision, and the hearings whose opinions were studied."""
        offer(self, "consultations", consultations)
        offer(self, "hearings", hearings)


class DecideOnRisk(RefusableForm):
    result = forms.ChoiceField(
        label=pgettext_lazy("of a risk assessment", "Result"),
        choices=AssessmentResult.choices,
        widget=forms.RadioSelect,
    )
    result_why = lines(_("Reasons of the result"), 1000)


class FollowUp(RefusableForm):
    """What came of a measure; the points of the assessment are said when it is drawn."""

    point_id = forms.IntegerField(label=_("Of which point"), widget=forms.Select, required=False)
    seen_on = PastDay(label=_("Seen on"), widget=day_input())
    words = lines(pgettext_lazy("of a follow-up", "What was seen"), 2000)

    def offer(self, points: Offered) -> None:
        """Offer the points of the assessment."""
        offer(self, "point_id", [("", _("Of the decision as a whole")), *points])
