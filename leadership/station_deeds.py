"""What is done about stations, mediators and what is counted there, as their pages offer it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from leadership.actions import stations
from leadership.forms import stations as forms
from leadership.reception_states import MediatorKind, StationKind


def _open(_office: int, form: Any, by: Hat, now: datetime) -> object:
    kind = StationKind(form.cleaned_data["kind"])
    return stations.open_station(kind, form.station(), by=by, now=now)


def _change(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return stations.change_station(key, form.station(), by=by, now=now)


def _enter_mediator(_office: int, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    station = typed["station"]
    return stations.enter_mediator(
        typed["name"],
        MediatorKind(typed["kind"]),
        phone=typed["phone"],
        station_id=station.pk if station else None,
        by=by,
        now=now,
    )


def _note_service(_office: int, form: Any, by: Hat, now: datetime) -> object:
    station = form.cleaned_data["station"]
    return stations.note_service(form.numbers(), station_id=station.pk if station else None, by=by, now=now)


ON_STATIONS = table(
    Deed("note_service", forms.NoteService, _note_service, _("Write down what was done"), _("Noted.")),
    Deed("open_station", forms.OpenStation, _open, _("Enter a station"), _("Entered.")),
    Deed("enter_mediator", forms.EnterMediator, _enter_mediator, _("Enter a mediator"), _("Entered.")),
)
ON_STATION = table(
    Deed("change", forms.StationForm, _change, _("Change the station"), _("Changed.")),
    Deed("close", forms.CloseStation, plain(stations.close_station), _("Close the station"), _("Closed.")),
)
