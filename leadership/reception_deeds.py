"""What is done about the roster, the queue, journeys and invitations, as their pages offer it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from infra.files import check
from leadership.actions import inviting, receptions, roster, trips
from leadership.forms import reception as forms
from leadership.reception_states import Came, Counted, InvitationState, TicketState


def _plan(first: date, _form: Any, by: Hat, now: datetime) -> object:
    return roster.plan_month(first, by=by, now=now)


def _enter_rotation(_first: date, form: Any, by: Hat, now: datetime) -> object:
    return roster.enter_rotation(form.order(), by=by, now=now)


def _enter_day(_first: date, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    post_id, anyway = typed["post"].pk, typed["anyway"]
    return roster.enter_day(typed["day"], post_id=post_id, anyway=anyway, by=by, now=now)


def _set_target(_first: date, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return roster.set_target(
        Counted(typed["counted"]),
        weekly=typed["weekly"],
        since=typed["since"],
        post_id=typed["post"].pk if typed["post"] else None,
        by=by,
        now=now,
    )


def _substitute(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return roster.substitute(key, post_id=typed["post"].pk, reason=typed["reason"], by=by, now=now)


def _take_number(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return receptions.take_number(key, Came(typed["came"]), persons=typed["persons"], by=by, now=now)


def _let_go(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return receptions.let_go(key, TicketState(form.cleaned_data["state"]), by=by, now=now)


def _note_talk(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return receptions.note_talk(key, form.talk(), by=by, now=now)


def _note_trip(_first: date, form: Any, by: Hat, now: datetime) -> object:
    return trips.note_trip(form.journey(), leader_id=form.cleaned_data["leader"].pk, by=by, now=now)


def _add_case(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return trips.add_case(key, form.taken(), by=by, now=now)


def _add_photo(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    agreed = typed["nobody_without_consent"]
    return trips.add_photo(key, file=check(typed["upload"]), nobody_without_consent=agreed, by=by, now=now)


def _invite(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return inviting.invite(key, form.offered(), leader_id=form.cleaned_data["leader"].pk, by=by, now=now)


def _answer(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    answer = InvitationState(form.cleaned_data["answer"])
    return inviting.answer_invitation(key, answer, by=by, now=now)


ON_ROSTER = table(
    Deed("plan_month", forms.PlanMonth, _plan, _("Plan this month from the order"), _("Planned.")),
    Deed("enter_day", forms.EnterDay, _enter_day, _("Add a single day"), _("Added.")),
    Deed(
        "enter_rotation",
        forms.EnterRotation,
        _enter_rotation,
        _("Enter the order in which leaders sit"),
        _("It holds from that day on."),
    ),
)
ON_DUTY_DAY = table(
    Deed("take_number", forms.TakeNumber, _take_number, _("Give out a number"), _("Given out.")),
    Deed("substitute", forms.Substitute, _substitute, _("Let another leader sit"), _("He is told of it.")),
    Deed("call_off", forms.CallOff, plain(roster.call_off), _("Call this day off"), _("Called off.")),
)
ON_TICKET = table(
    Deed("call", forms.Call, plain(receptions.call), pgettext_lazy("number", "Call"), _("Called.")),
    Deed("note_talk", forms.NoteTalk, _note_talk, _("Write what came of it"), _("Noted.")),
    Deed("let_go", forms.LetGo, _let_go, _("Take it out of the queue"), _("Noted.")),
    Deed(
        "take_on",
        forms.TakeOn,
        plain(receptions.take_on),
        _("The leader takes it on"),
        _("He sponsors it from now on."),
    ),
)
ON_RECEPTIONS = table(
    Deed("note_trip", forms.NoteTrip, _note_trip, _("Write down a journey with petitions"), _("Noted.")),
    Deed(
        "set_target", forms.SetTarget, _set_target, _("Set how often a week"), _("It holds from that day on.")
    ),
)
ON_TRIP = table(
    Deed("add_case", forms.AddCase, _add_case, _("Add a petition taken along"), _("Added.")),
    Deed("add_photo", forms.AddPhoto, _add_photo, _("Add a picture of the place"), _("Added.")),
    Deed("strike", forms.StrikeTrip, plain(trips.strike_trip), _("Strike it out"), _("Struck out.")),
)
ON_HEARD = table(
    Deed("invite", forms.Invite, _invite, _("Invite to a talk (约访)"), _("Noted.")),
)
ON_INVITATION = table(
    Deed("answer", forms.AnswerInvitation, _answer, _("What the petitioner says"), _("Noted.")),
    Deed(
        "note_talk",
        forms.NoteInvitedTalk,
        plain(inviting.note_invited_talk),
        _("Write what came of it"),
        _("Noted."),
    ),
    Deed(
        "withdraw",
        forms.WithdrawInvitation,
        plain(inviting.withdraw_invitation),
        _("Take the invitation back"),
        _("Taken back."),
    ),
)
