"""Forms of the deeds on a case page."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ, OrganKind
from cases.forms.handling import Facts, Faults, late_day_faults
from cases.forms.units import CHOOSE_UNIT, UnitField
from cases.models import ContentCategory
from cases.models.notes import ConductArticle, SafetyKind, VerifiedBy
from cases.models.voids import OF_ONE
from cases.states import AttachmentKind, Purpose, ReportedKind
from lib.forms import PastDay, RefusableForm, day_input

TWO_ROWS = {"rows": 2}


class Enquiry(RefusableForm):
    """Somebody asks where the matter stands (Q15)."""

    verified_by = forms.ChoiceField(label=_("Made sure by"), choices=VerifiedBy)
    by_phone = forms.BooleanField(label=_("By telephone"), required=False)
    told = forms.CharField(label=_("What was told"), max_length=300, widget=forms.Textarea(attrs=TWO_ROWS))


class Safety(RefusableForm):
    """An observed danger (Q7)."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SafetyKind)
    observed_fact = forms.CharField(
        label=_("What was seen or heard"), max_length=500, widget=forms.Textarea(attrs=TWO_ROWS)
    )
    action_taken = forms.CharField(
        label=_("What was done"), max_length=500, widget=forms.Textarea(attrs=TWO_ROWS)
    )


class CloseSafety(RefusableForm):
    """The danger has passed (Q7)."""

    note = forms.IntegerField(widget=forms.HiddenInput)


class Conduct(RefusableForm):
    """An act at a visit (Art 26; R-60)."""

    article = forms.ChoiceField(label=_("Article"), choices=ConductArticle)
    what_happened = forms.CharField(
        label=_("What happened"), max_length=500, widget=forms.Textarea(attrs=TWO_ROWS)
    )


class ConfirmCategory(RefusableForm):
    """The content category, where the list that a petition came with named none."""

    content_category = forms.ModelChoiceField(
        label=_("Content category"), queryset=ContentCategory.objects.none(), to_field_name="code"
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_today = ContentCategory.objects.valid_on(timezone.localdate()).order_by("path")
        self.fields["content_category"].queryset = of_today  # type: ignore[attr-defined]  # a ModelChoiceField


class TakeOriginal(RefusableForm):
    """A paper handed in (Q31)."""

    what = forms.CharField(label=_("What was handed in"), max_length=120)
    sheets = forms.IntegerField(label=_("Sheets"), min_value=1, max_value=999, initial=1)


class ReturnOriginal(RefusableForm):
    """A paper given back (Q31)."""

    original = forms.IntegerField(widget=forms.HiddenInput)


class Attach(RefusableForm):
    """A file to add."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AttachmentKind)
    upload = forms.FileField(label=_("File"))


class Quarantine(RefusableForm):
    """A file that is another person's (Q18)."""

    attachment = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Whose it is, how it came here"), max_length=200)


class Seal(RefusableForm):
    """Sealing an open petition (Q1)."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    reported_kind = forms.ChoiceField(label=_("Reported"), choices=ReportedKind)
    reported_organ = UnitField(
        label=_("Unit reported, or the person's unit"),
        required=False,
        queryset=Organ.objects.order_by("path"),
    )
    reported_name = forms.CharField(label=_("Person reported"), required=False, max_length=60)
    reported_post = forms.CharField(label=_("Position"), required=False, max_length=60)


class Unseal(RefusableForm):
    """Back to the open lane; a report says what it is instead (Art 30)."""

    purpose = forms.ChoiceField(
        label=_("Purpose after all"),
        required=False,
        choices=[
            ("", _("As registered")),
            *(choice for choice in Purpose.choices if choice[0] != Purpose.REPORT_ACCUSATION),
        ],
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class LetIn(RefusableForm):
    """One more post into a sealed petition."""

    post = forms.IntegerField(label=_("Post"), widget=forms.Select)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    sees_reporter = forms.BooleanField(label=_("May see the reporter's identity"), required=False)


class HandToDiscipline(RefusableForm):
    """移送 to the discipline organ, against its signature (R-13; D27)."""

    organ = forms.ModelChoiceField(
        label=_("Discipline organ"),
        queryset=Organ.objects.current().filter(kind=OrganKind.DISCIPLINE_ORGAN).order_by("code"),
        to_field_name="code",
        empty_label=CHOOSE_UNIT,
    )
    authority = forms.CharField(
        label=_("Cadre-management authority"), max_length=200,
        help_text=_("Whose cadres the person reported is among."),
    )  # fmt: skip
    number = forms.CharField(label=_("Number of the letter"), max_length=40)
    handed_on = PastDay(label=_("Handed over on"), widget=day_input())
    signed_by = forms.CharField(label=_("Signed for by"), max_length=60)
    evidence_note = forms.CharField(
        label=_("Evidence of the day"), required=False, max_length=200,
        help_text=_("Only if it lies more than one working day back."),
    )  # fmt: skip
    upload = forms.FileField(label=_("Signed letter of handing over"))

    def faults(self, facts: Facts) -> Faults:
        return late_day_faults("handed_on", facts)


class TellReporter(RefusableForm):
    """The written word to the reporter of where the report went (Art 23(2); R-20)."""

    number = forms.CharField(label=_("Document number"), max_length=40)
    dated_on = PastDay(label=_("Date on it"), widget=forms.DateInput(attrs={"type": "date"}))
    told_on = PastDay(
        label=_("Posted or handed over on"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The day by which every reporter had it posted or in hand."),
    )  # fmt: skip
    evidence_note = forms.CharField(
        label=_("Evidence of the day"), required=False, max_length=200,
        help_text=_("Only if it lies more than one working day back."),
    )  # fmt: skip
    upload = forms.FileField(label=_("File"))

    def faults(self, facts: Facts) -> Faults:
        return late_day_faults("told_on", facts)


class ShutOut(RefusableForm):
    """The end of a grant."""

    post = forms.IntegerField(widget=forms.HiddenInput)


class ProposeVoid(RefusableForm):
    """A double entry or a test (Q18)."""

    ground = forms.ChoiceField(label=_("Ground"), choices=[(ground.value, ground.label) for ground in OF_ONE])
    stays_number = forms.CharField(label=_("Number of the entry that stays"), required=False, max_length=20)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class DecideVoid(RefusableForm):
    """A second person's word on a proposal to void (Q18)."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("confirm", _("Void it; the number stays used")), ("refuse", _("Do not void it"))],
    )
