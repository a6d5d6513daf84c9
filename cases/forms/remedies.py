"""Forms of the deeds on 复查 and 复核 (Art 35, 36; R-40 … R-43)."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.handling import FOUR_ROWS, TWO_ROWS, Facts, Faults, OfHandling, late_day_faults
from cases.forms.papers import IssuePaper, PostPaper, ReturnPaper, ServePaper
from cases.forms.units import OrganChoice
from cases.remedies.rules import RemedyFound, finding_faults
from cases.remedy_states import RemedyGround, RemedyOutcome, RemedyRefusal
from cases.states import OUTCOMES_OF_APPEALS, Outcome
from lib.forms import PastDay, RefusableForm, day_input


class RequestRemedy(OfHandling):
    """A petitioner asks for 复查 or 复核 of the opinion that stands (Art 35, 36)."""

    person = forms.UUIDField(label=_("Who asks"), widget=forms.Select)
    received_on = PastDay(label=_("Request received on"), widget=day_input())
    reasons = forms.CharField(
        label=_("What is contested, and why"),
        max_length=4000,
        widget=forms.Textarea(attrs=FOUR_ROWS),
        help_text=_("In the petitioner's own words."),
    )
    evidence = forms.CharField(
        label=_("Evidence handed in"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=TWO_ROWS),
        help_text=_("Name each piece; add the files under “Attachments”."),
    )
    late_cause = forms.CharField(
        label=_("Why it comes late"),
        required=False,
        max_length=500,
        help_text=_("Only after the thirty days; the reviewing organ decides whether it is good cause."),
    )
    evidence_note = forms.CharField(
        label=_("Evidence of the day"), required=False, max_length=200,
        help_text=_("Only if it lies more than one working day back."),
    )  # fmt: skip

    def faults(self, facts: Facts) -> Faults:
        return late_day_faults("received_on", facts)


class OfRemedy(RefusableForm):
    """A deed on one remedy."""

    remedy = forms.UUIDField(widget=forms.HiddenInput)


class AnswerRemedy(OfRemedy):
    """Whether a request is accepted (D17, D19)."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("accept", pgettext_lazy("remedy", "Accept it")),
            ("refuse", pgettext_lazy("remedy", "Do not accept it")),
        ],
    )
    refusal = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[("", "—"), *RemedyRefusal.choices]
    )
    facts = forms.CharField(
        label=_("Facts for the reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=TWO_ROWS),
    )

    goes_with = {"refusal": ("decision", ["refuse"]), "facts": ("decision", ["refuse"])}
    asked = frozenset({"refusal", "facts"})


class DraftRemedyNotice(OfRemedy):
    """The notice that was sent back, drawn up anew."""


class DraftRemedyOpinion(OfRemedy):
    """What is held of the opinion: facts, reasons, basis and outcome (R-43; D18, D20)."""

    facts = forms.CharField(label=_("Facts found"), max_length=4000, widget=forms.Textarea(attrs=FOUR_ROWS))
    reasons = forms.CharField(
        label=_("What is held of the reasons given"),
        max_length=4000,
        widget=forms.Textarea(attrs=FOUR_ROWS),
        help_text=_("Answer each reason that the petitioner gives."),
    )
    basis = forms.CharField(label=_("Legal basis"), max_length=500, widget=forms.Textarea(attrs=TWO_ROWS))
    outcome = forms.ChoiceField(
        label=pgettext_lazy("remedy", "Outcome"),
        choices=[("", pgettext_lazy("finding", "Choose the result")), *RemedyOutcome.choices],
    )
    ground = forms.ChoiceField(
        label=_("Why the opinion does not stand"),
        required=False,
        choices=[("", "—"), *RemedyGround.choices],
    )
    changed_to = forms.ChoiceField(
        label=_("Changed to"),
        required=False,
        choices=[("", "—"), *((one.value, one.label) for one in Outcome if one in OUTCOMES_OF_APPEALS)],
    )
    execution_organ = OrganChoice(_("Carried out by"))
    execution_due_on = forms.DateField(label=_("To be carried out by"), required=False, widget=day_input())
    anew_by = forms.DateField(label=_("To be handled anew by"), required=False, widget=day_input())

    goes_with = {
        "ground": ("outcome", [one for one in RemedyOutcome if one is not RemedyOutcome.MAINTAIN]),
        "changed_to": ("outcome", [RemedyOutcome.CHANGE]),
        "execution_organ": ("changed_to", [Outcome.SUPPORT]),
        "execution_due_on": ("changed_to", [Outcome.SUPPORT]),
        "anew_by": ("outcome", [RemedyOutcome.REMAND]),
    }
    asked = frozenset({"ground", "changed_to", "execution_organ", "execution_due_on", "anew_by"})

    def faults(self, facts: Facts) -> Faults:
        known = {"outcome", "ground", "changed_to", "execution_organ", "execution_due_on", "anew_by"}
        if not facts.get("outcome") or not known <= facts.keys():
            return {}
        found = found_of({"facts": "", "reasons": "", "basis": "", **facts})
        faults = finding_faults(found, today=timezone.localdate())
        return {name: words for name, words in faults.items() if name in known}


def found_of(facts: Facts) -> RemedyFound:
    """Return what a form of an opinion on an opinion says."""
    organ = facts["execution_organ"]
    return RemedyFound(
        outcome=RemedyOutcome(facts["outcome"]),
        ground=RemedyGround(facts["ground"]) if facts["ground"] else None,
        facts=facts["facts"],
        reasons=facts["reasons"],
        basis=facts["basis"],
        changed_to=Outcome(facts["changed_to"]) if facts["changed_to"] else None,
        execution_organ_id=organ.pk if organ else None,
        execution_due_on=facts["execution_due_on"],
        anew_by=facts["anew_by"],
    )


class TakeInRemedyOpinion(DraftRemedyOpinion):
    """The opinion of a reviewing organ that does not work in this house (Q24)."""

    number = forms.CharField(label=_("Document number"), max_length=40)
    dated_on = PastDay(label=_("Date on it"), widget=day_input())
    upload = forms.FileField(label=_("File"))


class IssueRemedyPaper(IssuePaper):
    """Approving and issuing a paper of a remedy (documents.md §1)."""


class ReturnRemedyPaper(ReturnPaper):
    """Sending a draft of a remedy back (documents.md §1)."""


class PostRemedyPaper(PostPaper):
    """A paper of a remedy given to the post (Q24)."""


class ServeRemedyPaper(ServePaper):
    """A paper of a remedy served (documents.md §2)."""


class WithdrawRemedyRequest(RefusableForm):
    """A petitioner takes his request back (Q19)."""

    request = forms.IntegerField(widget=forms.HiddenInput)
    withdrawn_on = PastDay(label=_("Said on"), widget=day_input())
    words = forms.CharField(
        label=pgettext_lazy("of a withdrawal", "In the petitioner's own words"),
        max_length=1000,
        widget=forms.Textarea(attrs=FOUR_ROWS),
    )
