"""Stations, mediators and what was done there; fields are named as the deed's parameters are."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, OrganKind
from leadership.actions.giving import Given
from leadership.actions.stations import Numbers, StationFacts
from leadership.models import Station
from leadership.numbers import faults_of_numbers
from leadership.reception_states import MediatorKind, ServiceKind, StationKind
from lib.errors import Words
from lib.forms import PastDay, RefusableForm, day_input
from places.models import Level, Place

# a script makes of a list with these words one that is narrowed by typing (static/js/typeahead.js)
_NARROWED = {"data-narrows": _("No place of this name"), "data-placeholder": _("Name; ↓ all")}


class StationForm(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a station", "Name"), max_length=60)
    place = forms.ModelChoiceField(
        label=pgettext_lazy("of a station", "In which place"),
        queryset=Place.objects.current(),
        to_field_name="code",
        widget=forms.Select(attrs=_NARROWED),
    )
    address = forms.CharField(label=pgettext_lazy("of a station", "Address"), max_length=120)
    organ = forms.ModelChoiceField(
        label=_("Who keeps it"),
        queryset=Organ.objects.current().filter(kind__in=[OrganKind.COMMUNITY, OrganKind.TOWNSHIP]),
        required=False,
        help_text=_("It registers there on behalf of the office."),
    )
    staff = forms.CharField(label=_("Who works there"), max_length=200)
    phone = forms.CharField(label=_("Work telephone"), max_length=30, required=False)
    hours = forms.CharField(label=pgettext_lazy("of a station", "Hours"), max_length=100)
    lawyer_hours = forms.CharField(label=_("Hours of the lawyer"), max_length=100, required=False)

    def __init__(self, data: Any = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        self.offer_places(())

    def offer_places(self, places: Iterable[Place]) -> Self:
        """Return the form with the places to choose from; the deed judges again."""
        named = [(place.code, _named_below(place)) for place in places]
        self.fields["place"].widget.choices = [("", _("Choose")), *named]
        return self

    def station(self) -> StationFacts:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        typed.pop("kind", None)
        organ = typed.pop("organ")
        return StationFacts(place_code=typed.pop("place").code, organ_id=organ.pk if organ else None, **typed)


def _named_below(place: Place) -> str:
    """Return a place under what it lies in where that is no district: 李家沟 could be one of several."""
    above = place.parent
    tells = above is not None and place.level == Level.VILLAGE
    return f"{above} {place}" if tells else str(place)


class OpenStation(StationForm):
    kind = forms.ChoiceField(label=pgettext_lazy("of a station", "Kind"), choices=StationKind.choices)
    field_order = ("kind",)


class CloseStation(RefusableForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class OnStations(RefusableForm):
    """A form that may name an open station; which ones are offered is said when it is drawn."""

    def __init__(self, data: Any = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        self.offer(())

    def offer(self, stations: Iterable[Station]) -> Self:
        """Return the form with the stations to choose from; the deed judges again."""
        empty = _("Choose") if self.fields["station"].required else "—"
        self.fields["station"].widget.choices = [("", empty), *((row.pk, row.name) for row in stations)]
        return self


def _station(**facts: Any) -> "forms.ModelChoiceField[Station]":
    return forms.ModelChoiceField(label=_("Station"), queryset=Station.objects.standing(), **facts)


_ANY_STATION: dict[str, Any] = {"required": False, "help_text": _("Empty: of the whole district.")}


class EnterMediator(OnStations):
    name = forms.CharField(label=pgettext_lazy("of a mediator", "Name"), max_length=40)
    kind = forms.ChoiceField(label=pgettext_lazy("of a mediator", "Kind"), choices=MediatorKind.choices)
    phone = forms.CharField(label=_("Work telephone"), max_length=30, required=False)
    station = _station(**_ANY_STATION)


class GiveToStation(OnStations):
    station = _station(
        help_text=_("Who keeps it reads the petition until that is over; who leads it stays as it is.")
    )
    words = forms.CharField(
        label=_("What is to be done there"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No names of petitioners."),
    )
    due_on = forms.DateField(label=_("Reply by"), widget=day_input())

    def faults(self, facts: Mapping[str, Any]) -> Mapping[str, Words]:
        return faults_of_numbers(facts, "words")

    def given(self) -> Given:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return Given(station_id=typed["station"].pk, words=typed["words"], due_on=typed["due_on"])


class NoteService(OnStations):
    kind = forms.ChoiceField(label=pgettext_lazy("service", "What was done"), choices=ServiceKind.choices)
    station = _station(**_ANY_STATION)
    day = PastDay(label=_("Day"), widget=day_input(), initial=timezone.localdate)
    matters = forms.IntegerField(
        label=pgettext_lazy("service", "Matters"), min_value=1, max_value=1000, initial=1
    )
    persons = forms.IntegerField(
        label=pgettext_lazy("of a reception", "Persons"), min_value=0, max_value=5000, initial=1
    )
    settled = forms.IntegerField(
        label=pgettext_lazy("service", "Of these settled"), min_value=0, max_value=1000, initial=0
    )

    def numbers(self) -> Numbers:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        typed.pop("station")
        return Numbers(**{**typed, "kind": ServiceKind(typed["kind"])})
