"""Forms of the deeds by which the ordinary way turns: joined, disputed, reported back, put right."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.handling import (
    FOUR_ROWS,
    TWO_ROWS,
    Facts,
    Faults,
    Numbers,
    OfHandling,
    late_day_faults,
)
from cases.forms.papers import HowServed
from cases.forms.units import OrganChoice, OrganChoices
from cases.models import SettledBy
from lib.forms import PastDay, RefusableForm, day_input


class JoinPending(RefusableForm):
    """The same matter again, joined to what is pending at this level (Q11)."""

    pending_number = forms.CharField(label=_("Number of the pending petition"), max_length=20)
    claims = Numbers(
        label=_("Claims"), required=False, help_text=_("Numbers such as 1, 3; empty for all that wait.")
    )
    is_review_request = forms.ChoiceField(
        label=_("Does it ask for a review of the opinion?"),
        required=False,
        choices=[
            ("", _("No opinion is open to review")),
            ("yes", _("Yes: a request for review")),
            ("no", _("No")),
        ],
        help_text=_("Ask the petitioner while an opinion can still be taken to review (Art 35)."),
    )
    reason = forms.CharField(
        label=pgettext_lazy("of a joining", "Why it is the same matter"), required=False, max_length=300
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class DrawUpWord(RefusableForm):
    """The written word of where it went (Art 23(1)(2); D04)."""

    route = forms.IntegerField(widget=forms.HiddenInput)


class UploadWord(DrawUpWord):
    """The written word of where it went, made elsewhere (Q24)."""

    number = forms.CharField(label=_("Document number"), max_length=40)
    dated_on = PastDay(label=_("Date on it"), widget=day_input())
    upload = forms.FileField(label=_("File"))


class ReportCompletion(OfHandling):
    """办结报告 of the unit (Art 22(1)(3); T6; D24)."""

    number = forms.CharField(label=_("Number of the report"), max_length=40)
    dated_on = PastDay(label=_("Date on it"), widget=day_input())
    upload = forms.FileField(label=_("File"))


class DecideReport(OfHandling):
    """The sender's word on a completion report (T6)."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("take", _("Take the report")), ("send_back", _("Send it back for rework"))],
    )
    why = forms.CharField(
        label=_("If sent back, what is to be reworked"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs=TWO_ROWS),
    )
    due_on = forms.DateField(
        label=_("New day for the report"), required=False, widget=day_input(),
        help_text=_("Empty: the first day stands."),
    )  # fmt: skip

    goes_with = {"why": ("decision", ["send_back"]), "due_on": ("decision", ["send_back"])}
    asked = frozenset({"why"})


class OpenDispute(RefusableForm):
    """管辖争议 (Art 24; R-24)."""

    claims = Numbers(label=_("Claims"), required=False, help_text=_("Numbers such as 1, 3; empty for all."))
    organs = OrganChoices(
        _("Units at odds"), help_text=_("Two at least; who leads the claims is one of them without a tick.")
    )
    reason = forms.CharField(
        label=_("What is in dispute"), max_length=1000, widget=forms.Textarea(attrs=FOUR_ROWS)
    )


class SettleDispute(RefusableForm):
    """Who accepts, and who said so (Art 24; R-24)."""

    how = forms.ChoiceField(label=_("How it was settled"), choices=SettledBy)
    organ = OrganChoice(_("Unit that accepts"))
    decided_on = PastDay(label=_("Decided on"), widget=day_input())
    decider = forms.CharField(
        label=_("Joint conference"), required=False, max_length=200,
        help_text=_("Only if it coordinated: its name."),
    )  # fmt: skip
    finding = forms.CharField(
        label=pgettext_lazy("of a dispute", "Reason"), max_length=1000, widget=forms.Textarea(attrs=TWO_ROWS)
    )
    evidence_note = forms.CharField(
        label=_("Evidence of the day"), required=False, max_length=200,
        help_text=_("Only if it lies more than one working day back."),
    )  # fmt: skip

    goes_with = {"decider": ("how", [SettledBy.CONFERENCE])}
    asked = frozenset({"organ", "decider"})

    def faults(self, facts: Facts) -> Faults:
        return late_day_faults("decided_on", facts)


class ProposeService(HowServed):
    """What stands instead of a mistyped service (Q18)."""

    record = forms.UUIDField(widget=forms.HiddenInput)
    nobody = forms.BooleanField(label=_("Nobody was served: the record is a mistake"), required=False)
    evidence_note = forms.CharField(
        label=_("Evidence of the day"), required=False, max_length=200,
        help_text=_("Only if it lies more than one working day back."),
    )  # fmt: skip
    reason = forms.CharField(label=_("What is wrong with the record"), max_length=300)


class ProposePosting(RefusableForm):
    """What stands instead of a mistyped posting (Q18)."""

    posting = forms.UUIDField(widget=forms.HiddenInput)
    posted_on = PastDay(label=_("Posted on"), widget=day_input())
    mail_number = forms.CharField(label=_("Number of the mail"), required=False, max_length=40)
    nothing = forms.BooleanField(label=_("Nothing was posted: the record is a mistake"), required=False)
    evidence_note = forms.CharField(
        label=_("Evidence of the day"), required=False, max_length=200,
        help_text=_("Only if it lies more than one working day back."),
    )  # fmt: skip
    reason = forms.CharField(label=_("What is wrong with the record"), max_length=300)


class DecideService(RefusableForm):
    """A second person's word on a corrected service or posting (Q18)."""

    correction = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("confirm", _("Confirm: it stands from now on")), ("refuse", _("Refuse: the record stays"))],
    )


class NoteSentBack(RefusableForm):
    """退回重办 by the superior (Q21)."""

    number = forms.CharField(label=_("Number of the superior's letter"), required=False, max_length=60)
    sent_back_on = PastDay(label=_("Sent back on"), widget=day_input())
    why = forms.CharField(
        label=_("What is to be reworked"), max_length=300, widget=forms.Textarea(attrs=TWO_ROWS)
    )
    due_on = forms.DateField(
        label=_("New day for the report"), required=False, widget=day_input(),
        help_text=_("Empty: the first day stands."),
    )  # fmt: skip
    evidence_note = forms.CharField(
        label=_("Evidence of the day"), required=False, max_length=200,
        help_text=_("Only if it lies more than one working day back."),
    )  # fmt: skip

    def faults(self, facts: Facts) -> Faults:
        return late_day_faults("sent_back_on", facts)
