"""Events and what is done with them; fields are named as the deed's parameters are."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from grids.boundaries import EASTS, NORTHS
from grids.event_states import Ledger, Origin, Phase, Rating
from grids.filing import Location, NewEvent
from grids.models import EventType, Grid
from lib.forms import RefusableForm, TablerForm, day_input


def _types() -> "QuerySet[EventType]":
    return EventType.objects.filter(ended_at=None).order_by("ledger", "code")


class Versioned(RefusableForm):
    """A deed on an event as it was seen (Q32)."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WithWords(Versioned):
    words = forms.CharField(
        label=_("In a few words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class Progress(RefusableForm):
    """How it goes; a note changes nothing that somebody else could have changed."""

    words = forms.CharField(
        label=_("In a few words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithRemark(Versioned):
    words = forms.CharField(
        label=_("Remark"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class WithReason(Versioned):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class Reason(RefusableForm):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class Report(RefusableForm):
    """A new event; its key comes with the form, so that sending it twice reports it once."""

    event_id = forms.UUIDField(widget=forms.HiddenInput)
    round_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    grid = forms.ModelChoiceField(label=_("Grid"), queryset=Grid.objects.none())
    type = forms.ModelChoiceField(label=_("What it is about"), queryset=EventType.objects.none())
    origin = forms.ChoiceField(
        label=_("How you know of it"),
        choices=[(each.value, each.label) for each in (Origin.WORKER, Origin.RESIDENT)],
    )
    names_cadre = forms.ChoiceField(
        label=_("Does it name a grid worker, a grid leader, or a cadre of the village, community or street?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
        help_text=_(
            "If yes, it goes sealed to the petition office alone. Here nothing of it can be read, by you either."
        ),
    )
    title = forms.CharField(label=_("In one line"), max_length=60, help_text=_("No names of residents."))
    text = forms.CharField(
        label=_("What happened"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    spot = forms.CharField(label=_("Where exactly"), max_length=100, required=False)
    is_dangerous = forms.BooleanField(
        label=_("There is danger now"), required=False, help_text=_("It goes to the community at once.")
    )
    keep = forms.BooleanField(
        label=_("I try to settle it myself first"),
        required=False,
        help_text=_("It stays in the grid for a day."),
    )
    # added on a phone by hand, or not at all
    north = forms.DecimalField(
        required=False, widget=forms.HiddenInput, min_value=NORTHS[0], max_value=NORTHS[1], decimal_places=5
    )
    east = forms.DecimalField(
        required=False, widget=forms.HiddenInput, min_value=EASTS[0], max_value=EASTS[1], decimal_places=5
    )
    metres = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=100_000)
    contact = forms.CharField(
        label=_("How the resident may be reached"),
        max_length=60,
        required=False,
        help_text=_("Only if the resident wants an answer. It is kept sealed."),
    )
    photo = forms.FileField(label=pgettext_lazy("of an event", "Photo"), required=False)

    def __init__(self, data: Any = None, *, grids: QuerySet[Grid] | None = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        grid, type_ = self.fields["grid"], self.fields["type"]
        if isinstance(grid, forms.ModelChoiceField) and isinstance(type_, forms.ModelChoiceField):
            grid.queryset = Grid.objects.none() if grids is None else grids
            type_.queryset = _types()

    @property
    def is_for_the_office(self) -> bool:
        """Whether what was typed names a cadre and so becomes no event (Q3)."""
        return bool(self.cleaned_data["names_cadre"] == "yes")

    def event(self) -> NewEvent:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return NewEvent(
            grid_id=typed["grid"].pk,
            type_id=typed["type"].pk,
            origin=Origin(typed["origin"]),
            location=self._location(),
            **{
                name: typed[name]
                for name in ("title", "text", "spot", "is_dangerous", "keep", "contact", "round_id")
            },
        )

    def _location(self) -> Location | None:
        north, east, metres = (self.cleaned_data[name] for name in ("north", "east", "metres"))
        if north is None or east is None or metres is None:
            return None
        return Location(north=north, east=east, metres=metres)


class RoundAsked(TablerForm):
    """Within which round something is reported, as the address says it."""

    round = forms.UUIDField(required=False)


class AskUnit(Versioned):
    organ = forms.ModelChoiceField(label=_("Unit"), queryset=Organ.objects.none())
    act = forms.CharField(
        label=_("What is to be done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = forms.DateField(label=pgettext_lazy("last day", "Until"), widget=day_input())

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        field = self.fields["organ"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Organ.objects.current().order_by("code")


class JoinEvent(Versioned):
    number = forms.CharField(
        label=_("Number of the equal event"), max_length=20, help_text=_("As WG2026-000012.")
    )


class Evaluate(Versioned):
    rating = forms.ChoiceField(label=_("What the resident says"), choices=Rating.choices)
    words = forms.CharField(label=_("In the resident's words"), max_length=500, required=False)


class HandOver(Versioned):
    wished = forms.BooleanField(
        label=_("The resident wants this to be a petition"),
        help_text=_("The words go over unchanged; here its state alone is seen from then on."),
    )


class AddPhoto(RefusableForm):
    phase = forms.ChoiceField(label=pgettext_lazy("of a photo", "Of when"), choices=Phase.choices)
    photo = forms.FileField(label=pgettext_lazy("of an event", "Photo"))


class ReplyEvent(RefusableForm):
    words = forms.CharField(
        label=_("What was done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    file = forms.FileField(label=_("A file that shows it"), required=False)


class EventFilter(TablerForm):
    """What the ledger of events is narrowed by."""

    ledger = forms.ChoiceField(
        label=_("Ledger"), required=False, choices=[("", _("All ledgers")), *Ledger.choices]
    )
    view = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            ("", pgettext_lazy("events", "Open")),
            ("waits", pgettext_lazy("events", "Wait for us")),
            ("late", pgettext_lazy("events", "Overdue")),
            ("over", pgettext_lazy("events", "Over")),
        ],
    )
    type = forms.ModelChoiceField(
        label=_("What it is about"),
        queryset=EventType.objects.none(),
        required=False,
        empty_label=_("All types"),
    )

    grid = forms.ModelChoiceField(
        label=_("Grid, with what lies below it"),
        queryset=Grid.objects.none(),
        required=False,
        empty_label=_("All grids"),
    )

    def __init__(self, data: Any, grids: "QuerySet[Grid]") -> None:
        super().__init__(data)
        type_, grid = self.fields["type"], self.fields["grid"]
        if isinstance(type_, forms.ModelChoiceField) and isinstance(grid, forms.ModelChoiceField):
            type_.queryset, grid.queryset = _types(), grids
