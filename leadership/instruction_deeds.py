"""What is done about instructions, letters and decisions, as their pages offer it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from infra.files import check
from leadership.actions import chain, deciding, instructing, letters
from leadership.forms import instructing as forms
from leadership.forms.supervision import Nothing

# how long it can be undone still is counted beside its words (Q33)
_SIGNED = _("Signed.")


def _sign(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return instructing.sign_instruction(key, form.order(), by=by, now=now)


def _enter(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return instructing.enter_instruction(
        key,
        form.order(),
        leader_id=typed["leader"].pk,
        said_on=typed["said_on"],
        file=check(typed["upload"]),
        by=by,
        now=now,
    )


def _note_oral(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return instructing.note_oral(
        key,
        form.order(),
        leader_id=typed["leader"].pk,
        heard_at=typed["heard_at"],
        heard_where=typed["heard_where"],
        by=by,
        now=now,
    )


def _choose_letter(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return letters.choose_letter(key, leader_id=typed["leader"].pk, why=typed["why"], by=by, now=now)


def _ask_decision(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    leader_id = form.cleaned_data["leader"].pk
    return deciding.ask_decision(key, form.question_asked(), leader_id=leader_id, by=by, now=now)


def _enter_secretary(_key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return chain.enter_secretary(
        typed["place"], name=typed["name"], title=typed["title"], since=typed["since"], by=by, now=now
    )


ON_INSTRUCTED = table(
    Deed(
        "sign",
        forms.Sign,
        _sign,
        _("Sign the instruction"),
        _SIGNED,
    ),
    Deed(
        "enter",
        forms.Enter,
        _enter,
        _("Enter it from the paper"),
        _("Entered from the paper."),
    ),
    Deed(
        "note_oral",
        forms.NoteOral,
        _note_oral,
        _("Note an oral instruction"),
        _("Noted. It is none until the leader confirms it."),
    ),
    Deed(
        "choose_letter", forms.ChooseLetter, _choose_letter, _("Choose it for a leader to read"), _("Chosen.")
    ),
    Deed("read_letter", Nothing, plain(letters.read_letter), _("Read"), _("Marked as read.")),
    Deed("ask_decision", forms.AskDecision, _ask_decision, _("Ask a leader to decide"), _("Asked.")),
    Deed(
        "enter_secretary",
        forms.EnterSecretary,
        _enter_secretary,
        _("Enter a party secretary"),
        _("Entered."),
    ),
)
ON_INSTRUCTION = table(
    Deed(
        "undo", Nothing, plain(instructing.undo_instruction), _("Undo it"), _("Undone. Nobody has seen it.")
    ),
    Deed(
        "confirm",
        Nothing,
        plain(instructing.confirm_oral),
        _("Yes, I said so"),
        _("Confirmed."),
    ),
    Deed("decline", forms.Decline, plain(instructing.decline_oral), _("I did not say so"), _("Noted.")),
    Deed(
        "complete",
        forms.Close,
        plain(instructing.complete_instruction),
        _("Close it: all is answered and checked"),
        _("Closed."),
    ),
)
ON_DECISION = table(
    Deed(
        "decide",
        forms.Decide,
        plain(deciding.decide),
        _("Decide"),
        _("Decided."),
    ),
    Deed(
        "return",
        forms.ReturnDecision,
        plain(deciding.return_decision),
        _("Send it back: say more"),
        _("Sent back."),
    ),
    Deed(
        "withdraw",
        forms.WithdrawDecision,
        plain(deciding.withdraw_decision),
        _("Ask it no longer"),
        _("Taken back."),
    ),
)
