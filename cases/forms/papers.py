"""Forms of the deeds on papers, from the draft to service and the report upward."""

import uuid
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.actions.papers import UPLOADED
from cases.forms.handling import (
    FOUR_ROWS,
    TWO_ROWS,
    Facts,
    Faults,
    Numbers,
    OfHandling,
    late_day_faults,
)
from documents.models import Document
from documents.rules import Service, method_faults
from documents.states import ANNOUNCEMENT_DAYS, DocumentKind, Method, View
from lib.forms import PastDay, RefusableForm, day_input


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
    dated_on = PastDay(label=_("Date on it"), widget=day_input())
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

    posted_on = PastDay(label=_("Posted on"), widget=day_input())
    mail_number = forms.CharField(label=_("Number of the mail"), required=False, max_length=40)

    def faults(self, facts: Facts) -> Faults:
        return late_day_faults("posted_on", facts)


class HowServed(RefusableForm):
    """How, when and by whom a paper was received (documents.md §2)."""

    method = forms.ChoiceField(label=_("Method of service"), choices=Method)
    served_on = PastDay(label=_("Received on"), widget=day_input())
    received_by = forms.CharField(label=_("Received by"), required=False, max_length=60)
    relation = forms.CharField(label=_("Relation to the addressee"), required=False, max_length=40)
    refusal_reason = forms.CharField(label=_("Reason for refusing"), required=False, max_length=200)
    witnesses = forms.CharField(
        label=_("Witnesses"), required=False, max_length=200, help_text=_("Separated by commas.")
    )
    consent_ref = forms.CharField(label=_("Where the consent is found"), required=False, max_length=100)
    announced_on = PastDay(label=_("Announced on"), required=False, widget=day_input())
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

    def faults(self, facts: Facts) -> Faults:
        if not facts.get("method") or "announced_on" not in facts:
            return {}
        method, announced_on = Method(facts["method"]), facts["announced_on"]
        counted = (announced_on or timezone.localdate()) + timedelta(days=ANNOUNCEMENT_DAYS)
        service = Service(
            petitioner_ref=uuid.UUID(int=0),
            method=method,
            # without its day, the rest is judged
            served_on=facts.get("served_on") or counted,
            received_by=facts.get("received_by", ""),
            relation=facts.get("relation", ""),
            refused=method is Method.LEFT_WITH_WITNESS,
            refusal_reason=facts.get("refusal_reason", ""),
            witnesses=(facts["witnesses"],) if facts.get("witnesses") else (),
            consent_ref=facts.get("consent_ref", ""),
            announced_on=announced_on,
        )
        faults = dict(method_faults(service))
        if self.may_be_shown_otherwise(facts):
            faults.pop("witnesses", None)
        return faults

    def may_be_shown_otherwise(self, facts: Facts) -> bool:
        """Test if something may stand for witnesses; what a record has, the deed knows."""
        return True


class ServePaper(HowServed, OfPaper):
    """送达 (documents.md §2)."""

    evidence = forms.FileField(
        label=_("Photo, recording or scan that shows it"), required=False,
        help_text=_("Of a refusal in place of witnesses or besides; it is also evidence of the day."),
    )  # fmt: skip

    def faults(self, facts: Facts) -> Faults:
        late = {} if facts.get("evidence") else late_day_faults("served_on", facts)
        return {**super().faults(facts), **late}

    def may_be_shown_otherwise(self, facts: Facts) -> bool:
        return bool(facts.get("evidence"))


class ReportUpward(RefusableForm):
    """办结报告 upward (Q21)."""

    number = forms.CharField(label=_("Number of the report"), max_length=40)
    reported_on = PastDay(label=_("Reported on"), widget=day_input())
    receipt = forms.CharField(label=_("The superior's receipt"), required=False, max_length=120)
    upload = forms.FileField(label=_("File"))
