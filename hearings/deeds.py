"""The deeds of hearings as their pages offer them, by what they hang on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Act, Deed, plain, table
from hearings.actions import arranging, asking, concluding, holding
from hearings.forms import arranging as forms
from hearings.forms import holding as held


def _keyed(act: Any, *names: str) -> Act:
    """Return a deed whose form has rows where the action takes keys."""

    def do(key: UUID, form: Any, by: Hat, now: datetime) -> object:
        typed = dict(form.cleaned_data)
        for name in names:
            typed[f"{name}_id"] = typed.pop(name).pk
        return act(key, **typed, by=by, now=now)

    return do


def _ask(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return asking.ask_hearing(key, form.asking(), by=by, now=now)


def _call(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return arranging.call_hearing(key, form.called(), by=by, now=now)


def _promise(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return concluding.promise(key, form.promise(), by=by, now=now)


def _conclude(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return concluding.conclude(key, form.conclusion(), by=by, now=now)


ON_PETITION = table(
    Deed(
        "ask_hearing",
        forms.AskHearing,
        _ask,
        _("Note that a hearing is asked for"),
        _("Noted; a head of the organ decides."),
    ),
)
ON_HEARING = table(
    Deed(
        "decide", forms.DecideHearing, plain(asking.decide_hearing), _("Decide on the hearing"), _("Decided.")
    ),
    Deed("call", forms.CallHearing, _call, _("Call the hearing"), _("Called; those who sit in it are told.")),
    Deed(
        "issue_notice",
        held.Nothing,
        plain(arranging.issue_hearing_notice),
        _("Issue the notice of the hearing"),
        _("Issued; hand it over and note how each received it."),
    ),
    Deed("put_off", forms.Put, plain(arranging.put_off), _("Put the hearing off"), _("Put off.")),
    Deed("draw_panel", forms.DrawPanel, plain(arranging.draw_panel), _("Draw the panel"), _("Drawn.")),
    Deed(
        "choose_panelist",
        forms.ChoosePanelist,
        _keyed(arranging.choose_panelist, "panelist"),
        _("Choose a panel member"),
        pgettext_lazy("somebody", "Seated."),
    ),
    Deed(
        "seat_representative",
        forms.SeatRepresentative,
        plain(arranging.seat_representative),
        _("Seat somebody of the petition"),
        pgettext_lazy("somebody", "Seated."),
    ),
    Deed(
        "seat_officer",
        forms.SeatOfficer,
        _keyed(arranging.seat_officer, "post"),
        _("Call an officer of the organ"),
        pgettext_lazy("somebody", "Seated."),
    ),
    Deed(
        "seat_other",
        forms.SeatOther,
        plain(arranging.seat_other),
        _("Seat an agent, expert or witness"),
        pgettext_lazy("somebody", "Seated."),
    ),
    Deed(
        "let_leave",
        forms.LetLeave,
        plain(arranging.let_leave),
        _("No longer takes part"),
        _("Written down with the reason."),
    ),
    Deed("note_notice", forms.NoteNotice, plain(arranging.note_notice), _("Note a notice"), _("Noted.")),
    Deed(
        "note_presence",
        held.NotePresence,
        plain(holding.note_presence),
        pgettext_lazy("at a hearing", "Note who came"),
        _("Noted."),
    ),
    Deed(
        "open",
        held.OpenHearing,
        plain(holding.open_hearing),
        _("Open the hearing"),
        _("The hearing is open."),
    ),
    Deed("next_step", held.Nothing, plain(holding.next_step), _("Go on to the next step"), _("Next step.")),
    Deed("write_entry", held.WriteEntry, plain(holding.write_entry), _("Write it down"), _("In the record.")),
    Deed(
        "show_exhibit", held.ShowExhibit, plain(holding.show_exhibit), _("Note evidence shown"), _("Noted.")
    ),
    Deed("suspend", forms.Put, plain(holding.suspend), _("Suspend the hearing"), _("Suspended.")),
    Deed("resume", held.Nothing, plain(holding.resume), _("Go on with the hearing"), _("It goes on.")),
    Deed("note_vote", held.NoteVote, plain(concluding.note_vote), _("Note the vote"), _("Noted.")),
    Deed(
        "promise",
        held.MakePromise,
        _promise,
        _("Write a promise"),
        _("It stands in the record; the unit is asked when it closes."),
    ),
    Deed(
        "drop_promise",
        held.DropPromise,
        plain(concluding.drop_promise),
        pgettext_lazy("a promise", "Take it out"),
        _("It is no longer in the record."),
    ),
    Deed(
        "conclude",
        held.Conclude,
        _conclude,
        _("Write the conclusion"),
        _("Concluded; now the record is signed."),
    ),
    Deed(
        "sign_record",
        held.SignRecord,
        plain(concluding.sign_record),
        _("Note the signature"),
        pgettext_lazy("a signature", "Noted."),
    ),
    Deed(
        "close",
        held.Nothing,
        plain(concluding.close_hearing),
        _("Close and freeze the record"),
        _("Frozen; the units are asked for what they promised."),
    ),
    Deed("publish", held.Publish, plain(concluding.publish), _("Publish the outcome"), _("Published.")),
    Deed(
        "call_off", forms.CallOff, plain(asking.call_off_hearing), _("Call the hearing off"), _("Called off.")
    ),
)
