"""Stations, mediators and what was done there; fields are named as the deed's parameters are."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, OrganKind
from leadership.actions.stations import Numbers, StationFacts
from leadership.models import Station
from leadership.reception_states import MediatorKind, ServiceKind, StationKind
from lib.forms import PastDay, RefusableForm, day_input


class StationForm(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a station", "Name"), max_length=60)
    place = forms.CharField(
        label=_("Code of the division"), max_length=12, help_text=_("As the list of divisions writes it.")
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

    def station(self) -> StationFacts:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        typed.pop("kind", None)
        organ = typed.pop("organ")
        return StationFacts(place_code=typed.pop("place"), organ_id=organ.pk if organ else None, **typed)


class OpenStation(StationForm):
    kind = forms.ChoiceField(label=pgettext_lazy("of a station", "Kind"), choices=StationKind.choices)
    field_order = ("kind",)


class CloseStation(RefusableForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class OnStations(RefusableForm):
    """A form that may name a station of the office."""

    def __init__(self, data: Any = None, *, stations: QuerySet[Station] | None = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        field = self.fields["station"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Station.objects.none() if stations is None else stations


def _station() -> "forms.ModelChoiceField[Station]":
    return forms.ModelChoiceField(
        label=_("Station"),
        queryset=Station.objects.none(),
        required=False,
        help_text=_("Empty: of the whole district."),
    )


class EnterMediator(OnStations):
    name = forms.CharField(label=pgettext_lazy("of a mediator", "Name"), max_length=40)
    kind = forms.ChoiceField(label=pgettext_lazy("of a mediator", "Kind"), choices=MediatorKind.choices)
    phone = forms.CharField(label=_("Work telephone"), max_length=30, required=False)
    station = _station()


class NoteService(OnStations):
    kind = forms.ChoiceField(label=pgettext_lazy("service", "What was done"), choices=ServiceKind.choices)
    station = _station()
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
