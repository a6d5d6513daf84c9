"""One form for each deed; fields are named as the deed's parameters are."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from assignments.states import Span, Tier
from cases.forms import reading as urging
from cases.forms.units import NARROWED, UnitField
from leadership.models import Meeting
from leadership.numbers import faults_of_numbers
from leadership.slips import Says, faults_of_writing
from leadership.states import (
    BY_THE_CONFERENCE,
    GRADED,
    GROUNDED,
    RECOMMENDATIONS,
    SENT_TO,
    Adopted,
    Grade,
    Ground,
    Means,
    Recipient,
    SlipKind,
)
from lib.errors import Words
from lib.forms import RefusableForm, day_input


def _words(label: Any, most: int, *, required: bool = True, rows: int = 2, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, widget=area, help_text=hint)


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%d %H:%M", attrs={"placeholder": "2026-03-02 09:30"})


class OnOrgans(RefusableForm):
    """A form that names a unit; which ones there are is said when it is drawn."""

    organs_from: Mapping[str, str] = {}

    def __init__(self, data: Any = None, *, organs: Any = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        for name in ("addressee", "organ"):
            field = self.fields.get(name)
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = Organ.objects.current() if organs is None else organs


class WriteSlip(OnOrgans):
    """What a slip or recommendation says; its kind is chosen before."""

    kind = forms.ChoiceField(choices=SlipKind.choices, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    addressee = UnitField(
        label=_("To which unit"),
        queryset=Organ.objects.none(),
        to_field_name="code",
        widget=forms.Select(attrs=NARROWED),
    )
    ground = forms.ChoiceField(
        label=_("Ground (Art 40)"),
        required=False,
        choices=[("", pgettext_lazy("ground of supervision", "Choose the ground")), *Ground.choices],
    )
    meeting = forms.ModelChoiceField(
        label=_("Meeting of the joint conference that decided it"),
        queryset=Meeting.objects.all(),
        required=False,
        help_text=_(
            "Held ones stand here, the latest first; its day and the number of its minutes are printed."
        ),
    )
    held_at = forms.DateTimeField(label=_("When the interview is"), required=False, widget=_moment())
    held_where = forms.CharField(label=_("Where the interview is"), max_length=200, required=False)
    called = forms.CharField(
        label=_("Who is asked to come"), max_length=200, required=False, help_text=_("The post, no name.")
    )
    grade = forms.ChoiceField(
        label=_("Colour"),
        required=False,
        choices=[("", pgettext_lazy("grade of a slip", "No colour")), *Grade.choices],
        help_text=_("It may begin at any; it is not the lamp of the period."),
    )
    delay_because = _words(
        _("Why it is delay"),
        300,
        required=False,
        hint=_("Asked for where no period of the unit has passed; whoever signs reads it."),
    )
    elsewhere_because = _words(
        _("Why to this organ"),
        300,
        required=False,
        hint=_("Asked for where it is another one than the law names."),
    )
    facts = _words(pgettext_lazy("slip", "Facts"), 2000, rows=3, hint=_("No names of petitioners."))
    evidence = _words(_("Evidence and basis"), 1000, required=False)
    act = _words(_("What is to be done"), 1000, rows=3)
    advice = _words(_("How work is to improve"), 1000, required=False)
    due_on = forms.DateField(label=_("Reply by"), required=False, widget=day_input())
    sooner_because = _words(
        _("Why an earlier day"), 300, required=False, hint=_("Asked for where it is before the rule's (T14).")
    )
    again_because = _words(
        _("Why there is a second one"), 300, required=False, hint=_("Whoever signs reads it.")
    )
    goes_with = {"delay_because": ("ground", [Ground.DELAY])}

    def __init__(self, data: Any = None, *, kind: SlipKind | None = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        chosen = kind or _kind_in(data)
        if chosen is None:
            return
        left_out = {
            "ground": chosen not in GROUNDED,
            "delay_because": chosen not in GROUNDED,
            "meeting": chosen not in BY_THE_CONFERENCE,
            "held_at": chosen != SlipKind.INTERVIEW,
            "held_where": chosen != SlipKind.INTERVIEW,
            "called": chosen != SlipKind.INTERVIEW,
            "elsewhere_because": chosen not in SENT_TO,
            "sooner_because": chosen not in RECOMMENDATIONS,
            # asked for once it is refused without
            "again_because": data is None and not self.initial.get("again_because"),
            "advice": chosen != SlipKind.SUPERVISION,
            "grade": chosen not in GRADED,
            "evidence": chosen not in RECOMMENDATIONS,
        }
        for name, gone in left_out.items():
            if gone:
                del self.fields[name]
        for name in _asked_by(chosen):
            self.fields[name].required = True
        if chosen in RECOMMENDATIONS:
            self.fields["due_on"].help_text = _(
                "Empty: by the rule, thirty days from receipt unless changed (T14)."
            )
            self.fields["facts"].label = pgettext_lazy("recommendation", "The problem")
            self.fields["act"].label = pgettext_lazy("recommendation", "What is recommended")

    def faults(self, facts: Mapping[str, Any]) -> Mapping[str, Words]:
        return faults_of_writing(facts, today=timezone.localdate())

    def offer_meetings(self, meetings: Iterable[Meeting]) -> None:
        """Offer the meetings that may have decided it; the deed judges again."""
        if "meeting" in self.fields:
            labelled = [(meeting.pk, _in_a_list(meeting)) for meeting in meetings]
            self.fields["meeting"].widget.choices = [("", _("Choose")), *labelled]

    def says(self) -> Says:
        """Return what was typed, as the deeds take it."""
        typed = self.cleaned_data
        return Says(
            kind=SlipKind(typed["kind"]),
            addressee_id=typed["addressee"].pk,
            facts=typed["facts"],
            act=typed["act"],
            due_on=typed["due_on"],
            ground=Ground(typed["ground"]) if typed.get("ground") else None,
            grade=Grade(typed["grade"]) if typed.get("grade") else None,
            meeting_id=typed["meeting"].pk if typed.get("meeting") else None,
            evidence=typed.get("evidence", ""),
            advice=typed.get("advice", ""),
            **{name: typed[name] for name in _SAID_BY_KIND if name in typed},
        )


def _in_a_list(meeting: Meeting) -> str:
    return f"{timezone.localdate(meeting.meets_at):%Y-%m-%d} {meeting.kind} {meeting.number}".strip()


def _asked_by(kind: SlipKind) -> list[str]:
    """Return what a paper of a kind asks for besides what every one does."""
    if kind == SlipKind.SUPERVISION:
        return ["ground", "advice", "due_on"]
    if kind == SlipKind.PURSUE_LIABILITY:
        return ["evidence"]
    if kind in RECOMMENDATIONS:
        return []
    interview = ["held_at", "held_where", "called"] if kind == SlipKind.INTERVIEW else []
    return ["ground", "meeting", *interview, "due_on"]


# what only some kinds of paper say, as the deeds take it
_SAID_BY_KIND = (
    *("again_because", "delay_because", "elsewhere_because", "sooner_because"),
    *("held_at", "held_where", "called"),
)


def _kind_in(data: Any) -> SlipKind | None:
    typed = data.get("kind") if data is not None else None
    return SlipKind(typed) if typed in SlipKind.values else None


class Urge(OnOrgans, urging.Urge):
    """Urging one of the units that lead something of a petition."""

    organ = UnitField(label=_("Which unit"), queryset=Organ.objects.none(), to_field_name="code")
    field_order = ("organ", "reason", "due_on")


class Versioned(RefusableForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnSlip(Versioned):
    remark = _words(_("What is to be written otherwise"), 500)


class WithReason(RefusableForm):
    reason = _words(_("Reason"), 500)


class Nothing(RefusableForm):
    """A deed that needs no words."""


class WriteInBulletin(Versioned):
    words = _words(
        _("What is added"), 1000, required=False, rows=3, hint=_("No names, and no figures of petitions.")
    )


class WithdrawBulletin(RefusableForm):
    reason = _words(_("Reason"), 300)


class LeaveOut(RefusableForm):
    """Which matter of a bulletin is left out; the choices are those that the page shows."""

    line_id = forms.IntegerField(label=pgettext_lazy("of a bulletin", "Matter"), widget=forms.Select)
    reason = _words(_("Reason"), 300)

    def offer(self, lines: Iterable[tuple[int, str]]) -> Self:
        """Return the form with the matters to choose from."""
        self.fields["line_id"].widget = forms.Select(choices=[("", "—"), *lines])
        return self


class Reply(RefusableForm):
    words = _words(_("What was done about it"), 2000, rows=3, hint=_("No names of petitioners."))
    upload = forms.FileField(label=_("File"), required=False, help_text=_("What shows it, if anything does."))

    def faults(self, facts: Mapping[str, Any]) -> Mapping[str, Words]:
        return faults_of_numbers(facts, "words")


class Answer(Reply):
    """To a recommendation (Art 40; R-51)."""

    adopted = forms.ChoiceField(label=_("Is it adopted?"), choices=Adopted.choices, widget=forms.RadioSelect)
    words = _words(
        _("How it is carried out; if not adopted, the reasons"),
        2000,
        rows=3,
        hint=_("No names of petitioners."),
    )
    field_order = ("adopted", "words", "upload")


class SendBack(RefusableForm):
    why = _words(_("What is missing"), 500)
    due_on = forms.DateField(label=_("Later day, if one is set"), required=False, widget=day_input())


class Verify(RefusableForm):
    words = _words(
        _("What was looked at"), 500, hint=_("The paper, the record, the place; and what was found.")
    )


class SetSpan(RefusableForm):
    """How far a petition reaches; each choice says before whom it comes with it."""

    span = forms.ChoiceField(label=_("How far it reaches"), choices=Span.choices, widget=forms.RadioSelect)
    reason = _words(_("Reason"), 300)

    def say_whom(self, whom: Mapping[Span, str]) -> Self:
        """Return the form with what each span leads to, in words."""
        choices = [(span.value, f"{span.label} — {whom[span]}") for span in Span]
        self.fields["span"].widget = forms.RadioSelect(choices=choices)
        return self


class Lower(WithReason):
    """Sending down what was taken; the page says to which units."""

    def say_to(self, units: Iterable[str]) -> Self:
        """Return the form with the units that lead the matter."""
        self.fields["reason"].help_text = _("It goes to: %(units)s") % {"units": "、".join(units)}
        return self


LIFTED_TO = [(tier.value, tier.label) for tier in Tier if tier.rank > Tier.DEPARTMENT.rank]


class Lift(RefusableForm):
    tier = forms.ChoiceField(label=_("To which tier"), choices=LIFTED_TO)
    reason = _words(_("Reason"), 500)

    def above(self, tier: Tier) -> Self:
        """Return the form with the tiers above one alone; the deed judges again."""
        higher = [choice for choice in LIFTED_TO if Tier(choice[0]).rank > tier.rank]
        self.fields["tier"].widget = forms.Select(choices=higher)
        return self


class DecideTier(RefusableForm):
    tier = forms.ChoiceField(
        label=_("Where it belongs"), choices=[(Tier.DEPARTMENT.value, Tier.DEPARTMENT.label), *LIFTED_TO]
    )
    reason = _words(_("Reason"), 500)


class DecideProposal(RefusableForm):
    agree = forms.ChoiceField(
        label=_("Is it lifted?"),
        choices=[("yes", pgettext_lazy("lift", "Lift it")), ("no", pgettext_lazy("lift", "Do not lift it"))],
        widget=forms.RadioSelect,
    )
    reason = _words(_("Reason, if it is not"), 500, required=False)


class ReportToCity(RefusableForm):
    number = forms.CharField(label=_("Number of the report upward"), max_length=60)
    sent_on = forms.DateField(label=_("Day of the report"), widget=day_input())


class CitysAnswer(RefusableForm):
    number = forms.CharField(label=_("Number of the answer"), max_length=60, required=False)
    answered_on = forms.DateField(label=_("Day of the answer"), widget=day_input())
    answer = _words(_("What the city answered"), 1000)


class ReportUrgent(RefusableForm):
    discovered_at = forms.DateTimeField(label=_("When it became known"), widget=_moment())
    happened = _words(_("What happened"), 1000, rows=3, hint=_("The matter, not persons: no list of names."))
    where = forms.CharField(label=_("Where"), max_length=200)
    scale = forms.CharField(label=_("How many, how far"), max_length=200)
    measures = _words(_("What was done at once"), 1000)
    recipients = forms.MultipleChoiceField(
        label=_("Who is told, all at once"),
        choices=Recipient.choices,
        initial=list(Recipient.values),
        widget=forms.CheckboxSelectMultiple,
    )


class NoteUrgent(RefusableForm):
    recipient = forms.ChoiceField(label=_("Who was told"), choices=Recipient.choices)
    means = forms.ChoiceField(label=_("How it was reported"), choices=Means.choices)
    sent_at = forms.DateTimeField(label=_("When"), widget=_moment())
    taken_by = forms.CharField(
        label=_("Taken by which organ and post"),
        max_length=60,
        required=False,
        help_text=_("As “duty desk of the city's petition office”; no name, no number."),
    )

    def faults(self, facts: Mapping[str, Any]) -> Mapping[str, Words]:
        return faults_of_numbers(facts, "taken_by")
