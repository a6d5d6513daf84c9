"""Forms of the deeds from routing to a served reply."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.findings import Found, Mediated, found_faults, mediation_faults
from cases.forms.units import OrganChoice
from cases.handling_rules import carried_out_faults, route_faults, typed_day_faults
from cases.models import MediationResult, ProgressKind, ResolutionEvidence
from cases.states import (
    CHOSEN_ROUTES,
    OUTCOMES_OF_APPEALS,
    OUTCOMES_OF_SUGGESTIONS,
    KeepGround,
    NonAcceptReason,
    Outcome,
    PetitionClass,
    RegisterLevel,
    RouteKind,
    SimpleGround,
    StatutoryRoute,
)
from deadlines.calendars import previous_working_day
from lib.forms import PastDay, RefusableForm, day_input

Facts = Mapping[str, Any]
Faults = Mapping[str, str | Promise]
TWO_ROWS = {"rows": 2}
FOUR_ROWS = {"rows": 4}
# parts of a finding that not every claim has (Art 27): said so, not left empty
_NO_OUTCOME = ("", pgettext_lazy("finding", "Choose the result"))
NOT_CONCERNED = _("Where it does not apply, write “Not concerned”.")


class Numbers(forms.CharField):
    """Claim numbers as people write them: “1, 3” or “1、3”; none for all."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(max_length=60, **facts)

    def clean(self, value: Any) -> Any:
        return self._numbers(super().clean(value))

    def _numbers(self, value: Any) -> list[int]:
        text = str(value).replace("、", ",").replace("，", ",").replace(" ", ",")
        words = [word for word in text.split(",") if word]
        if not all(word.isascii() and word.isdigit() for word in words):
            raise forms.ValidationError(_("Write the numbers of the claims, such as 1, 3."))
        return [int(word) for word in words]


class RouteForm(RefusableForm):
    """Where claims go (Art 22, 23; R-11)."""

    kind = forms.ChoiceField(
        label=_("Where it goes"),
        choices=[(kind.value, kind.label) for kind in CHOSEN_ROUTES],
        widget=forms.RadioSelect,
    )
    claims = Numbers(
        label=_("Claims"), required=False, help_text=_("Numbers such as 1, 3; empty for all that wait.")
    )
    organ = OrganChoice(_("Unit"))
    petition_class = forms.ChoiceField(
        label=_("Class"),
        required=False,
        choices=[
            ("", _("As registered")),
            *((c.value, c.label) for c in PetitionClass if c != "report_accusation"),
        ],
    )
    report_due_on = forms.DateField(
        label=_("Report back by"),
        required=False,
        widget=day_input(),
        help_text=_("When it is assigned."),
    )
    guided_to = forms.CharField(label=_("Guided to"), required=False, max_length=200)
    keep_ground = forms.ChoiceField(
        label=_("Ground for keeping"), required=False, choices=[("", "—"), *KeepGround.choices]
    )
    simple_ground = forms.ChoiceField(
        label=_("Simple track"), required=False, choices=[("", _("Ordinary track")), *SimpleGround.choices]
    )
    told = forms.CharField(
        label=_("How the petitioner was told"),
        required=False,
        max_length=200,
        help_text=_("Empty for guiding or keeping: a written word is drawn up, to be posted or handed over."),
    )
    reason = forms.CharField(
        label=pgettext_lazy("of a route", "Why it goes there"), required=False, max_length=300
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    goes_with = {
        "organ": ("kind", [RouteKind.FORWARD, RouteKind.ASSIGN]),
        "report_due_on": ("kind", [RouteKind.ASSIGN]),
        "guided_to": ("kind", [RouteKind.GUIDE]),
        "keep_ground": ("kind", [RouteKind.KEEP]),
        "simple_ground": ("kind", [RouteKind.FORWARD, RouteKind.ASSIGN, RouteKind.SELF_HANDLE]),
        "told": ("kind", [RouteKind.GUIDE, RouteKind.KEEP]),
    }
    asked = frozenset({"organ", "report_due_on", "guided_to", "keep_ground"})

    def faults(self, facts: Facts) -> Faults:
        if not facts.get("kind") or "organ" not in facts or "report_due_on" not in facts:
            return {}
        return route_faults(
            RouteKind(facts["kind"]),
            organ_given=facts["organ"] is not None,
            report_due_on=facts["report_due_on"],
            guided_to=facts.get("guided_to", ""),
            keep_ground=KeepGround(facts["keep_ground"]) if facts.get("keep_ground") else None,
            today=timezone.localdate(),
        )


class CountersignKeep(RefusableForm):
    """A section head's word on keeping (Q13)."""

    route = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Decision"), choices=[("agree", _("Agree to keep it")), ("refuse", _("It has to be routed"))]
    )


class OfHandling(RefusableForm):
    """A deed on what one organ leads."""

    handling = forms.UUIDField(widget=forms.HiddenInput)


class SignFor(OfHandling):
    """签收 (Q22)."""


class Object(OfHandling):
    """Objection and return (Art 23(3); R-22)."""

    reason = forms.CharField(
        label=_("Detailed reasons"), max_length=1000, widget=forms.Textarea(attrs=FOUR_ROWS),
        help_text=_("At least 20 characters: why it is outside your unit's power."),
    )  # fmt: skip
    proper_organ = forms.CharField(label=_("Organ it belongs to"), required=False, max_length=120)


class DecideReturn(OfHandling):
    """The sender's word on an objection (Art 23(3); R-22)."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("agree", _("Agree: it comes back")), ("refuse", _("Do not agree: the unit goes on"))],
    )
    finding = forms.CharField(
        label=_("What you found"), max_length=500, widget=forms.Textarea(attrs=TWO_ROWS)
    )


class OfClaim(OfHandling):
    """A deed on one claim that an organ leads."""

    claim = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=99)


class OnChecklist(OfClaim):
    """The acceptance checklist, each point with its fact (law.md §2.4; Q12)."""

    decided_on = PastDay(label=_("Decided on"), widget=day_input())
    power_fact = forms.CharField(label=_("Within this organ's power?"), max_length=300)
    pending_fact = forms.CharField(label=_("Accepted or pending elsewhere?"), max_length=300)
    concluded_fact = forms.CharField(label=_("Concluded by re-examination?"), max_length=300)
    litigation_fact = forms.CharField(label=_("Split off to litigation?"), max_length=300)
    route_fact = forms.CharField(label=_("Another statutory route?"), max_length=300)
    evidence_note = forms.CharField(
        label=_("Evidence of the day"), required=False, max_length=200,
        help_text=_("Only if it lies more than one working day back."),
    )  # fmt: skip

    def faults(self, facts: Facts) -> Faults:
        return late_day_faults("decided_on", facts)


def late_day_faults(name: str, facts: Facts) -> dict[str, str]:
    """Return what a typed day lacks as far as the form knows: evidence where it lies far back (Q25)."""
    day = facts.get(name)
    if day is None or "evidence_note" not in facts:
        return {}
    today = timezone.localdate()
    return typed_day_faults(
        name,
        day,
        # on what it depends the deed knows
        after=day,
        today=today,
        earliest=previous_working_day(today),
        evidence=facts["evidence_note"],
    )


class Accept(OnChecklist):
    """Accepting a claim on its statutory route (Art 31; R-20, R-21)."""

    statutory_route = forms.ChoiceField(
        label=_("Statutory route"),
        required=False,
        choices=[("", _("None: a suggestion")), *StatutoryRoute.choices],
        initial=StatutoryRoute.RT6,
    )
    where_to_go = forms.CharField(
        label=_("Organ or procedure it goes to"),
        required=False,
        max_length=200,
        help_text=_("For the routes 1 to 5."),
    )

    goes_with = {
        "where_to_go": (
            "statutory_route",
            [route for route in StatutoryRoute.values if route != StatutoryRoute.RT6],
        )
    }
    asked = frozenset({"where_to_go"})

    def faults(self, facts: Facts) -> Faults:
        faults = dict(super().faults(facts))
        led = facts.get("statutory_route") not in {None, "", StatutoryRoute.RT6}
        if led and not facts.get("where_to_go"):
            faults["where_to_go"] = _("Say which organ or procedure it goes to.")
        return faults


class Decline(OnChecklist):
    """Declining a claim for a reason of the closed list (Art 23; Q12)."""

    reason = forms.ChoiceField(label=_("Reason"), choices=NonAcceptReason)
    where_to_go = forms.CharField(label=_("Where the petitioner can go"), max_length=200)
    pending_number = forms.CharField(
        label=_("Number of the pending petition"), required=False, max_length=60,
        help_text=_("Where the same matter is pending at a lower level; at this level it is joined instead."),
    )  # fmt: skip
    pending_level = forms.ChoiceField(
        label=_("Level at which it is pending"), required=False, choices=[("", "—"), *RegisterLevel.choices]
    )
    reexamination_number = forms.CharField(
        label=_("Number of the re-examination opinion"), required=False, max_length=60,
        help_text=_("Left empty, it is taken with its date from the concluded petition that this one repeats."),
    )  # fmt: skip
    reexamined_by = forms.CharField(label=_("Re-examined by"), required=False, max_length=80)
    reexamined_on = forms.DateField(
        label=_("Date of the re-examination opinion"), required=False, widget=day_input()
    )

    goes_with = {
        "pending_number": ("reason", [NonAcceptReason.PENDING_SAME_MATTER]),
        "pending_level": ("reason", [NonAcceptReason.PENDING_SAME_MATTER]),
        "reexamination_number": ("reason", [NonAcceptReason.CONCLUDED]),
        "reexamined_by": ("reason", [NonAcceptReason.CONCLUDED]),
        "reexamined_on": ("reason", [NonAcceptReason.CONCLUDED]),
    }
    asked = frozenset({"pending_number", "pending_level"})

    def faults(self, facts: Facts) -> Faults:
        faults = dict(super().faults(facts))
        number, day = facts.get("reexamination_number"), facts.get("reexamined_on")
        if facts.get("reason") == NonAcceptReason.CONCLUDED and bool(number) != bool(day):
            faults["reexamination_number"] = _("Name the re-examination opinion with its date (Art 36(3)).")
        return faults


class Convert(OfHandling):
    """From the simple track to the ordinary one (deadlines.md §4)."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class NoteProgress(OfHandling):
    """What was done (D12); of a mediation also the consent and the result (Art 33; R-35)."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ProgressKind)
    done_on = PastDay(label=_("Day"), widget=day_input())
    words = forms.CharField(label=_("What was done"), max_length=1000, widget=forms.Textarea(attrs=FOUR_ROWS))
    both_consented = forms.BooleanField(
        label=_("Both sides consented of their own free will"), required=False,
        help_text=_("A mediation or settlement is held only with the consent of both (Art 33)."),
    )  # fmt: skip
    result = forms.ChoiceField(
        label=_("What the mediation came to"),
        required=False,
        choices=[("", pgettext_lazy("mediation", "Choose the result")), *MediationResult.choices],
    )
    agreement_number = forms.CharField(
        label=_("Number of the agreement"), required=False, max_length=40,
        help_text=_(
            "Where an agreement was reached; its paper, signed by the parties, is taken in on this case first: "
            "parties, dispute, what was agreed, how and by when, mediator, and the right to ask for judicial "
            "confirmation within 30 days."
        ),
    )  # fmt: skip
    agreement_on = forms.DateField(label=_("Date on the agreement"), required=False, widget=day_input())

    goes_with = {
        "both_consented": ("kind", [ProgressKind.MEDIATION]),
        "result": ("kind", [ProgressKind.MEDIATION]),
        "agreement_number": ("kind", [ProgressKind.MEDIATION]),
        "agreement_on": ("kind", [ProgressKind.MEDIATION]),
    }
    asked = frozenset({"both_consented", "result"})

    def faults(self, facts: Facts) -> Faults:
        if facts.get("kind") != ProgressKind.MEDIATION:
            return {}
        result = facts.get("result")
        return mediation_faults(
            Mediated(
                both_consented=facts.get("both_consented", False),
                result=MediationResult(result) if result else None,
            )
        )


class AskCoHandling(OfHandling):
    """Another unit assists (Q10)."""

    organ = OrganChoice(_("Unit"))
    wanted = forms.CharField(label=_("What is wanted"), max_length=300, widget=forms.Textarea(attrs=TWO_ROWS))
    due_on = forms.DateField(label=_("Feedback by"), widget=day_input())

    asked = frozenset({"organ"})

    def faults(self, facts: Facts) -> Faults:
        faults = {}
        if "organ" in facts and facts["organ"] is None:
            faults["organ"] = _("Choose another unit.")
        if "due_on" in facts and facts["due_on"] < timezone.localdate():
            faults["due_on"] = _("This day is over.")
        return faults


class FeedBack(RefusableForm):
    """The assisting unit's answer (Q10)."""

    co_handling = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(label=_("Feedback"), max_length=1000, widget=forms.Textarea(attrs=FOUR_ROWS))


class AskExtension(OfHandling):
    """More days, once (Art 34; R-36)."""

    days = forms.IntegerField(label=_("Days more"), min_value=1, max_value=30)
    reason = forms.CharField(
        label=_("Why it is complex"), max_length=500, widget=forms.Textarea(attrs=FOUR_ROWS),
        help_text=_("The petitioner is told this reason."),
    )  # fmt: skip


class DecideExtension(OfHandling):
    """The head's word on an extension (Art 34; R-36)."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approve", _("Approve the extension")), ("refuse", _("Do not approve it"))],
    )


class Find(OfClaim):
    """The finding on a claim, with every part of Art 32 and the four points of Art 27 (R-30, R-34)."""

    # nothing is chosen before a person chooses
    outcome = forms.ChoiceField(label=_("Result"), choices=[_NO_OUTCOME, *Outcome.choices])
    facts = forms.CharField(
        label=_("Facts and reasons found"), max_length=4000, widget=forms.Textarea(attrs=FOUR_ROWS)
    )
    opinion = forms.CharField(
        label=pgettext_lazy("finding", "Handling opinion"),
        max_length=4000,
        widget=forms.Textarea(attrs=FOUR_ROWS),
    )
    legal_basis = forms.CharField(label=_("Legal basis"), required=False, max_length=500)
    solved = forms.CharField(
        label=_("Reasonable claims: how they are solved"),
        required=False,
        max_length=300,
        help_text=NOT_CONCERNED,
    )
    explained = forms.CharField(
        label=_("Unreasonable ones: how they were explained"),
        required=False,
        max_length=300,
        help_text=NOT_CONCERNED,
    )
    helped = forms.CharField(
        label=_("Hardship: what help there is"), required=False, max_length=300, help_text=NOT_CONCERNED
    )
    lawful = forms.CharField(
        label=_("Unlawful acts: how they are dealt with"),
        required=False,
        max_length=300,
        help_text=NOT_CONCERNED,
    )
    execution_organ = OrganChoice(_("Carried out by"))
    execution_due_on = forms.DateField(label=_("Carried out until"), required=False, widget=day_input())

    goes_with = {
        "execution_organ": ("outcome", [Outcome.SUPPORT]),
        "execution_due_on": ("outcome", [Outcome.SUPPORT]),
    }
    asked = frozenset(
        {
            *("legal_basis", "solved", "explained", "helped", "lawful"),
            *("execution_organ", "execution_due_on"),
        }
    )

    def faults(self, facts: Facts) -> Faults:
        if not facts.get("outcome") or "execution_organ" not in facts or "execution_due_on" not in facts:
            return {}
        outcome, organ = Outcome(facts["outcome"]), facts["execution_organ"]
        parts = ("facts", "opinion", "legal_basis", "solved", "explained", "helped", "lawful")
        found = Found(
            outcome=outcome,
            execution_organ_id=organ.pk if organ else None,
            execution_due_on=facts["execution_due_on"],
            **{part: facts.get(part, "") for part in parts},
        )
        # no outcome belongs to both classes
        suggestion = outcome in OUTCOMES_OF_SUGGESTIONS
        return found_faults(found, suggestion=suggestion, today=timezone.localdate())

    def ask_as_of(self, *, suggestion: bool) -> None:
        """Offer the outcomes of this class of claim, and mark what is asked of it; of a suggestion less (Q20)."""
        outcomes = OUTCOMES_OF_SUGGESTIONS if suggestion else OUTCOMES_OF_APPEALS
        of_class = [(one.value, one.label) for one in Outcome if one in outcomes]
        self.fields["outcome"].widget.choices = [_NO_OUTCOME, *of_class]
        if suggestion:
            self.asked = frozenset()


class Execute(OfClaim):
    """Carried out (Art 32; R-34)."""

    done_on = PastDay(label=_("Carried out on"), widget=day_input())
    evidence = forms.CharField(
        label=_("What shows it"), max_length=1000, widget=forms.Textarea(attrs=TWO_ROWS)
    )

    def faults(self, facts: Facts) -> Faults:
        if "done_on" not in facts:
            return {}
        today = timezone.localdate()
        return carried_out_faults(
            facts["done_on"], today=today, earliest=previous_working_day(today), issued_on=None
        )


class Recuse(RefusableForm):
    """回避 (Art 28(3); R-33)."""

    reason = forms.CharField(label=_("What the relation is"), max_length=200)


class Finish(RefusableForm):
    """办结 (Q10, Q24)."""


class ProposeResolved(RefusableForm):
    """化解 proposed (data-standard §7)."""

    evidence = forms.ChoiceField(label=_("Evidence"), choices=ResolutionEvidence)
    words = forms.CharField(label=_("What shows it"), max_length=500, widget=forms.Textarea(attrs=TWO_ROWS))


class ConfirmResolved(RefusableForm):
    """化解 confirmed, or not."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("settled", _("It is settled")), ("not_settled", _("It is not settled"))],
    )
    why = forms.CharField(label=_("If not, why"), required=False, max_length=300)

    goes_with = {"why": ("decision", ["not_settled"])}
    asked = frozenset({"why"})
