"""Meetings, their agenda and minutes; fields are named as the deeds' parameters are."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from cases.forms.units import UnitField
from leadership.actions.meeting_kinds import KindFacts
from leadership.actions.meetings import Call
from leadership.actions.minutes import Decided
from leadership.meeting_states import AgendaGround, Cadence, DecisionKind
from leadership.models import AgendaLine, MeetingKind
from leadership.states import BY_THE_CONFERENCE, SlipKind
from lib.forms import RefusableForm, day_input

# what a list offers, under headings or plain
Offered = Sequence[tuple[Any, Any]]


def _words(label: Any, most: int, *, rows: int = 2, hint: Any = "", required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=hint, required=required)


class KeysField(forms.Field):
    """The keys of the rows that were ticked, in the order of the page."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> list[UUID]:
        try:
            return [UUID(each) for each in value or []]
        except ValueError as fault:
            raise forms.ValidationError(_("This matter is not proposed for the meeting.")) from fault


def _unit() -> UnitField:
    return UnitField(
        label=_("Which unit"), queryset=Organ.objects.current().order_by("code"), to_field_name="code"
    )


class Reschedule(RefusableForm):
    """When and where, and who chairs; the posts that may are said when it is drawn."""

    meets_at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(format="%Y-%m-%d %H:%M", attrs={"placeholder": "2026-03-02 09:30"}),
    )
    place = forms.CharField(label=pgettext_lazy("of a meeting", "Place"), max_length=120)
    chair = forms.ModelChoiceField(
        label=pgettext_lazy("of a meeting", "Chair"), queryset=Post.objects.all(), required=False
    )
    outside_chair = forms.CharField(
        label=_("Chair from outside"),
        max_length=80,
        required=False,
        help_text=_("Instead, where nobody of this house chairs: name and office."),
    )

    def __init__(self, data: Any = None, *, posts: Offered = (), **facts: Any) -> None:
        super().__init__(data, **facts)
        self.offer(posts)

    def offer(self, posts: Offered) -> None:
        """Offer posts to choose from."""
        chair = self.fields["chair"]
        if isinstance(chair, forms.ModelChoiceField):
            chair.widget.choices = [("", _("Choose")), *posts]

    def call(self) -> Call:
        """Return what was typed, as the deeds take it."""
        typed = self.cleaned_data
        return Call(
            meets_at=typed["meets_at"],
            place=typed["place"],
            chair_id=typed["chair"].pk if typed["chair"] else None,
            outside_chair=typed["outside_chair"],
        )


class CallMeeting(Reschedule):
    kind = forms.ModelChoiceField(
        label=pgettext_lazy("of a meeting", "Which meeting"),
        queryset=MeetingKind.objects.filter(ended_on=None).order_by("pk"),
        empty_label=None,
    )
    field_order = ("kind", "meets_at", "place", "chair", "outside_chair")


class CallOff(RefusableForm):
    reason = _words(_("Reason"), 300)


class NameUnit(RefusableForm):
    organ = _unit()
    venue = forms.CharField(
        label=_("Sub-venue"), max_length=80, required=False, help_text=_("Empty: at the main venue.")
    )
    field_order = ("organ", "venue")


class NotePresence(RefusableForm):
    unit_id = forms.IntegerField(widget=forms.HiddenInput)
    came = forms.TypedChoiceField(
        label=_("Did it come?"),
        choices=[
            ("yes", pgettext_lazy("presence", "Came")),
            ("no", pgettext_lazy("presence", "Did not come")),
        ],
        coerce=lambda typed: typed == "yes",
    )
    who = forms.CharField(label=_("Who came"), max_length=60, required=False)


class Take(RefusableForm):
    petition_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    earlier_id = forms.UUIDField(widget=forms.HiddenInput, required=False)


class TakeSeveral(RefusableForm):
    """What was ticked of what is proposed: petitions, and earlier decisions that are not done."""

    petitions = KeysField()
    earlier = KeysField()


class Strike(Take):
    reason = _words(_("Why it is struck"), 300)


class AddTopic(RefusableForm):
    topic = forms.CharField(
        label=pgettext_lazy("of an agenda", "Topic"), max_length=200, help_text=_("No names of petitioners.")
    )


class WriteMinutes(RefusableForm):
    words = _words(_("What was discussed"), 4000, rows=6, hint=_("No names of petitioners."))


class Decide(RefusableForm):
    """A decision; lines of the agenda and persons are said when it is drawn."""

    line = forms.ModelChoiceField(
        label=_("On which matter"), queryset=AgendaLine.objects.filter(struck=""), required=False
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a decision", "What is decided"), choices=DecisionKind.choices
    )
    measure = forms.ChoiceField(
        label=_("Which measure"),
        required=False,
        choices=[
            ("", _("Choose")),
            *((kind.value, kind.label) for kind in SlipKind if kind in BY_THE_CONFERENCE),
        ],
    )
    words = _words(_("What is to be done"), 1000, rows=3, hint=_("No names of petitioners."))
    organ = _unit()
    responsible = forms.ModelChoiceField(
        label=_("Who answers for it there"),
        queryset=Post.objects.all(),
        required=False,
        help_text=_("Empty: the head of the unit."),
    )
    due_on = forms.DateField(label=_("Done by"), widget=day_input())
    goes_with = {"measure": ("kind", (DecisionKind.MEASURE,))}
    asked = frozenset({"measure"})
    field_order = ("line", "kind", "measure", "words", "organ", "responsible", "due_on")

    def offer(self, lines: Offered, posts: Offered, kinds: Sequence[DecisionKind]) -> None:
        """Offer lines, persons and kinds of decision to choose from."""
        self.fields["line"].widget.choices = [("", _("No one matter of the agenda")), *lines]
        self.fields["responsible"].widget.choices = [("", _("Choose")), *posts]
        self.fields["kind"].widget.choices = [(kind.value, kind.label) for kind in kinds]

    def decided(self) -> Decided:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return Decided(
            kind=DecisionKind(typed["kind"]),
            words=typed["words"],
            organ_id=typed["organ"].pk,
            due_on=typed["due_on"],
            line_id=typed["line"].pk if typed["line"] else None,
            responsible_id=typed["responsible"].pk if typed["responsible"] else None,
            measure=SlipKind(typed["measure"]) if typed["measure"] else None,
        )


class DropDecision(RefusableForm):
    decision_id = forms.UUIDField(widget=forms.HiddenInput)


class NoteLessons(RefusableForm):
    helped = _words(_("What helped"), 1000, rows=3, hint=_("About the work, and about no person."))
    missed = _words(_("What went wrong or took too long"), 1000, rows=3, required=False)
    advice = _words(_("What follows for other petitions"), 1000, rows=3, required=False)


class EnterKind(RefusableForm):
    code = forms.SlugField(label=_("Code"), max_length=30)
    name = forms.CharField(label=pgettext_lazy("of a kind of meeting", "Name"), max_length=60)
    cadence = forms.ChoiceField(label=_("How often at the least"), choices=Cadence.choices)
    proposes = forms.MultipleChoiceField(
        label=_("What is proposed for its agenda"),
        choices=[choice for choice in AgendaGround.choices if choice[0] != AgendaGround.TOPIC],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_conference = forms.BooleanField(
        label=_("It is the joint conference"),
        required=False,
        help_text=_("It alone takes measures and coordinates who accepts (Art 24, 39)."),
    )
    with_city = forms.BooleanField(label=_("Held with the city"), required=False)

    def facts(self) -> KindFacts:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return KindFacts(
            name=typed["name"],
            cadence=Cadence(typed["cadence"]),
            proposes=[AgendaGround(each) for each in typed["proposes"]],
            is_conference=typed["is_conference"],
            with_city=typed["with_city"],
        )
