"""The deeds of the call-back desk as its page offers them (Q41)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, table
from leadership.actions import call_backs
from leadership.call_back_states import CallResult, CheckResult
from leadership.forms import call_backs as forms
from leadership.forms.supervision import Nothing


def _try(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return call_backs.note_attempt(key, CallResult(form.cleaned_data["result"]), by=by, now=now)


def _answer(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return call_backs.note_answer(key, form.answer(), by=by, now=now)


def _decline(key: UUID, _form: Any, by: Hat, now: datetime) -> object:
    return call_backs.end_unanswered(key, declined=True, by=by, now=now)


def _give_up(key: UUID, _form: Any, by: Hat, now: datetime) -> object:
    return call_backs.end_unanswered(key, declined=False, by=by, now=now)


def _check(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    unit = typed["unit"]
    return call_backs.check_answer(
        key,
        CheckResult(typed["result"]),
        words=typed["words"],
        unit_id=unit.pk if unit else None,
        by=by,
        now=now,
    )


ON_CALL_BACK = table(
    Deed(
        "answer", forms.NoteAnswer, _answer, _("Note what he answers"), pgettext_lazy("a call-back", "Noted.")
    ),
    Deed(
        "try",
        forms.NoteAttempt,
        _try,
        _("Note an attempt without an answer"),
        pgettext_lazy("a call-back", "Noted."),
    ),
    Deed(
        "decline",
        Nothing,
        _decline,
        _("He would rather not answer"),
        _("Noted; nothing follows from it."),
    ),
    Deed("give_up", Nothing, _give_up, _("Give it up"), pgettext_lazy("a call-back", "Given up.")),
    Deed(
        "check",
        forms.CheckAnswer,
        _check,
        _("Write what the check found"),
        pgettext_lazy("a call-back", "Written down."),
    ),
)
