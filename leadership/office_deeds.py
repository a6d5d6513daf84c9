"""Deeds that begin a meeting, a list, a task force or a pairing, or end what has no page of its own."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain
from leadership.actions import lists, meeting_kinds, meetings, secretaries, stations, teams
from leadership.forms.lists import OpenList
from leadership.forms.meetings import CallMeeting, EnterKind
from leadership.forms.sponsoring import DismissSecretary, NameSecretary
from leadership.forms.supervision import Nothing
from leadership.forms.teams import EndPairing, EnterRole, FormForce, Pair
from leadership.list_states import ListSource


def _call(_key: None, form: Any, by: Hat, now: datetime) -> object:
    return meetings.call_meeting(form.cleaned_data["kind"].pk, form.call(), by=by, now=now)


def _enter_kind(_key: None, form: Any, by: Hat, now: datetime) -> object:
    return meeting_kinds.enter_kind(form.cleaned_data["code"], form.facts(), by=by, now=now)


def _open_list(_key: None, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return lists.open_list(typed["name"], ListSource(typed["source"]), number=typed["number"], by=by, now=now)


def _form_force(_key: None, form: Any, by: Hat, now: datetime) -> object:
    return teams.form_force(**form.cleaned_data, by=by, now=now)


def _pair(_key: None, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return teams.pair(typed["leader"].pk, commissioner_id=typed["commissioner"].pk, by=by, now=now)


def _enter_role(_key: None, form: Any, by: Hat, now: datetime) -> object:
    return teams.enter_role(**form.cleaned_data, by=by, now=now)


def _name_secretary(_key: None, form: Any, by: Hat, now: datetime) -> object:
    return secretaries.name_secretary(form.cleaned_data["post"].pk, by=by, now=now)


def _dismiss_secretary(_key: None, form: Any, by: Hat, now: datetime) -> object:
    return secretaries.dismiss_secretary(form.cleaned_data["secretary"], by=by, now=now)


CALL_MEETING = Deed(
    "call_meeting", CallMeeting, _call, _("Call a meeting"), _("Called; whoever chairs it is told.")
)
ENTER_KIND = Deed("enter_kind", EnterKind, _enter_kind, _("Enter a kind of meeting"), _("Entered."))
END_KIND = Deed(
    "end_kind",
    Nothing,
    plain(meeting_kinds.end_kind),
    pgettext_lazy("a kind of meeting", "End"),
    _("Ended."),
)
OPEN_LIST = Deed("open_list", OpenList, _open_list, _("Open a list"), _("Opened."))
FORM_FORCE = Deed("form_force", FormForce, _form_force, _("Form a task force"), _("Formed."))
PAIR = Deed("pair", Pair, _pair, _("Pair a leader with a commissioner"), _("Paired."))
END_PAIRING = Deed("end_pairing", EndPairing, plain(teams.end_pairing), _("End the pairing"), _("Ended."))
ENTER_ROLE = Deed("enter_role", EnterRole, _enter_role, _("Enter a role"), _("Entered."))
END_ROLE = Deed(
    "end_role", Nothing, plain(teams.end_role), pgettext_lazy("a role in a team", "End"), _("Ended.")
)
END_MEDIATOR = Deed(
    "end_mediator",
    Nothing,
    plain(stations.end_mediator),
    pgettext_lazy("a mediator", "Take off"),
    _("Taken off."),
)
STRIKE_SERVICE = Deed(
    "strike_service",
    Nothing,
    plain(stations.strike_service),
    _("Strike it out"),
    _("Struck out."),
)
NAME_SECRETARY = Deed(
    "name_secretary",
    NameSecretary,
    _name_secretary,
    _("Name a secretary"),
    _("She works for you from now on."),
)
DISMISS_SECRETARY = Deed(
    "dismiss_secretary",
    DismissSecretary,
    _dismiss_secretary,
    _("Let her go"),
    _("She works for you no longer."),
)
