"""Forms of the deeds on papers, from the draft to service and the report upward."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.actions.papers import UPLOADED
from cases.forms.handling import FOUR_ROWS, TWO_ROWS, Numbers, OfHandling
from documents.models import Document
from documents.states import DocumentKind, Method, View
from lib.forms import RefusableForm, day_input


class DraftOpinion(OfHandling):
    """The opinion drawn up from the findings (Art 32)."""

    # the draft that waits, which drawing it up anew replaces
    replaces: Document | None = None


class IssuePaper(RefusableForm):
    """Approving and issuing a draft (documents.md §1)."""

    document = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnPaper(IssuePaper):
    """Sending a draft back to whoever drew it up (documents.md §1)."""

    remark = forms.CharField(
        label=_("What is to be written otherwise"), max_length=500, widget=forms.Textarea(attrs=TWO_ROWS)
    )


class DraftNotice(RefusableForm):
    """A notice that was sent back, drawn up anew (Art 23)."""

    document = forms.UUIDField(widget=forms.HiddenInput)
    facts = forms.CharField(
        label=_("Facts and reasons, as the notice says them"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=FOUR_ROWS),
        help_text=_("Left empty, it says what was written with the decision."),
    )
    where_to_go = forms.CharField(label=_("Where the petitioner can go"), required=False, max_length=200)

    def ask_as_of(self, kind: DocumentKind) -> None:
        """Ask what a notice of this kind says in words of its own."""
        if kind == DocumentKind.D05:
            self.fields["facts"].label = _("How the matter is handled, as the notice says it")
            del self.fields["where_to_go"]


class UploadPaper(OfHandling):
    """A paper made elsewhere (Q24)."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("document", "Paper"),
        choices=[(kind.value, kind.label) for kind in DocumentKind if kind in UPLOADED],
    )
    number = forms.CharField(label=_("Document number"), max_length=40)
    dated_on = forms.DateField(label=_("Date on it"), widget=day_input())
    claims = Numbers(label=_("Claims"), required=False, help_text=_("Numbers such as 1, 3; empty for all."))
    upload = forms.FileField(label=_("File"))


class OfPaper(RefusableForm):
    """A deed on one paper for one person (Q17)."""

    document = forms.UUIDField(widget=forms.HiddenInput)
    person = forms.UUIDField(label=_("Addressee"), widget=forms.Select)
    evidence_note = forms.CharField(
        label=_("Evidence of the day"), required=False, max_length=200,
        help_text=_("Only if it lies more than one working day back."),
    )  # fmt: skip


class PostPaper(OfPaper):
    """Given to the post (Q24)."""

    posted_on = forms.DateField(label=_("Posted on"), widget=day_input())
    mail_number = forms.CharField(label=_("Number of the mail"), required=False, max_length=40)


class HowServed(RefusableForm):
    """How, when and by whom a paper was received (documents.md §2)."""

    method = forms.ChoiceField(label=_("Method of service"), choices=Method)
    served_on = forms.DateField(label=_("Received on"), widget=day_input())
    received_by = forms.CharField(label=_("Received by"), required=False, max_length=60)
    relation = forms.CharField(label=_("Relation to the addressee"), required=False, max_length=40)
    refusal_reason = forms.CharField(label=_("Reason for refusing"), required=False, max_length=200)
    witnesses = forms.CharField(
        label=_("Witnesses"), required=False, max_length=200, help_text=_("Separated by commas.")
    )
    consent_ref = forms.CharField(label=_("Where the consent is found"), required=False, max_length=100)
    announced_on = forms.DateField(label=_("Announced on"), required=False, widget=day_input())
    view = forms.ChoiceField(
        label=_("What the petitioner said"), required=False, choices=[("", "—"), *View.choices]
    )

    goes_with = {
        "received_by": ("method", [Method.ADULT_FAMILY, Method.POST]),
        "relation": ("method", [Method.ADULT_FAMILY]),
        "refusal_reason": ("method", [Method.LEFT_WITH_WITNESS]),
        "witnesses": ("method", [Method.LEFT_WITH_WITNESS]),
        "consent_ref": ("method", [Method.ELECTRONIC]),
        "announced_on": ("method", [Method.ANNOUNCEMENT]),
        "view": ("method", [method for method in Method if method is not Method.ANNOUNCEMENT]),
    }
    asked = frozenset({"relation", "refusal_reason", "witnesses", "consent_ref", "announced_on"})


class ServePaper(HowServed, OfPaper):
    """送达 (documents.md §2)."""

    evidence = forms.FileField(
        label=_("Photo, recording or scan that shows it"), required=False,
        help_text=_("Of a refusal in place of witnesses or besides; it is also evidence of the day."),
    )  # fmt: skip


class ReportUpward(RefusableForm):
    """办结报告 upward (Q21)."""

    number = forms.CharField(label=_("Number of the report"), max_length=40)
    reported_on = forms.DateField(label=_("Reported on"), widget=day_input())
    receipt = forms.CharField(label=_("The superior's receipt"), required=False, max_length=120)
    upload = forms.FileField(label=_("File"))
