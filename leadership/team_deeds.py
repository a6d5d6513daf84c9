"""What is done about teams and task forces, as their pages offer it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from cases.models import Petition
from leadership.actions import giving, teams
from leadership.forms import teams as forms
from leadership.forms.stations import GiveToStation
from lib.errors import Refused


def _join_team(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return teams.join_team(key, form.named(), by=by, now=now)


def _give_to_station(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return giving.give_to_station(key, form.given(), by=by, now=now)


def _join_force(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return teams.join_force(key, form.named(), by=by, now=now)


def _take(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    seen = Petition.objects.visible_to(by).filter(number=form.cleaned_data["number"].strip())
    petition_id = seen.values_list("pk", flat=True).first()
    if petition_id is None:
        words = _now("There is no such petition.")
        raise Refused(words, fields={"number": words})
    return teams.take_petitions(key, petition_ids=[petition_id], by=by, now=now)


ON_TEAM = table(
    Deed("join", forms.Join, _join_team, _("Give somebody a place"), _("He has a place in the team.")),
    Deed(
        "leave",
        forms.Leave,
        plain(teams.leave_team),
        _("End his place"),
        _("Ended; it stays in the history."),
    ),
    Deed(
        "give_to_station",
        GiveToStation,
        _give_to_station,
        _("Give it to a station"),
        _("Given; the station is asked."),
    ),
)
ON_FORCE = table(
    Deed("join", forms.Join, _join_force, _("Give somebody a place"), _("He has a place in the team.")),
    Deed(
        "leave",
        forms.Leave,
        plain(teams.leave_force),
        _("End his place"),
        _("Ended; it stays in the history."),
    ),
    Deed("take", forms.TakePetition, _take, _("Take a petition"), _("Taken.")),
    Deed("give_up", forms.GiveUp, plain(teams.give_up_petition), _("Have it no longer"), _("Given up.")),
    Deed("resolve", forms.Resolve, plain(teams.resolve_force), _("Write its result"), _("Written.")),
)
