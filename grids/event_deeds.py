"""What is done with an event, as its page offers it; of units, what is done with what they are asked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from grids.actions import asked, handing_over, handling, lifting
from grids.event_states import Phase, Rating
from grids.forms import events as forms
from grids.forms.hierarchy import Nothing
from infra.files import check


def _ask(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = dict(form.cleaned_data)
    return handling.ask_unit(key, organ_id=typed.pop("organ").pk, **typed, by=by, now=now)


def _evaluate(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = {**form.cleaned_data, "rating": Rating(form.cleaned_data["rating"])}
    return handling.evaluate_event(key, **typed, by=by, now=now)


def _add_photo(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    phase, photo = Phase(form.cleaned_data["phase"]), check(form.cleaned_data["photo"])
    return handling.add_photo(key, photo=photo, phase=phase, by=by, now=now)


def _reply(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    file = check(typed["file"]) if typed["file"] else None
    return asked.reply_event(key, words=typed["words"], file=file, by=by, now=now)


# each named for its step (`event_states.Step`)
ON_EVENT = table(
    Deed(
        "accept",
        forms.Versioned,
        plain(handling.accept_event),
        pgettext_lazy("an event", "Accept it"),
        _("Accepted."),
    ),
    Deed("progress", forms.Progress, plain(handling.note_progress), _("Note how it goes"), _("Noted.")),
    Deed(
        "settle",
        forms.WithWords,
        plain(handling.settle_event),
        _("Settled on the spot"),
        _("Noted; somebody else verifies it."),
    ),
    Deed(
        "send_up",
        forms.WithRemark,
        plain(handling.send_up),
        _("Send it up to the community"),
        _("Sent up."),
    ),
    Deed("ask", forms.AskUnit, _ask, _("Give it to a unit"), _("The unit is asked.")),
    Deed(
        "feed_back",
        forms.WithWords,
        plain(handling.feed_back),
        _("We did it ourselves"),
        _("Noted; somebody else verifies it."),
    ),
    Deed("verify", forms.WithWords, plain(handling.verify_event), _("It is done: verify"), _("Verified.")),
    Deed(
        "send_back",
        forms.WithWords,
        plain(handling.send_event_back),
        pgettext_lazy("an event", "It is not done: send it back"),
        _("Sent back."),
    ),
    Deed(
        "close",
        forms.WithRemark,
        plain(handling.close_event),
        pgettext_lazy("an event", "Strike it off (销号)"),
        _("Struck off."),
    ),
    Deed(
        "evaluate",
        forms.Evaluate,
        _evaluate,
        _("Take down what the resident says"),
        _("Noted."),
    ),
    Deed("lift", forms.WithReason, plain(lifting.lift_event), _("Lift it to the next tier"), _("Lifted.")),
    Deed("join", forms.JoinEvent, plain(handling.join_event), _("Join it to an equal event"), _("Joined.")),
    Deed(
        "return",
        forms.WithReason,
        plain(handling.return_event),
        _("Return it: not our duty"),
        _("Returned."),
    ),
    Deed("reopen", forms.WithReason, plain(handling.reopen_event), _("Open it again"), _("Opened again.")),
    Deed(
        "hand_over",
        forms.HandOver,
        plain(handing_over.hand_over_event),
        _("Make it a petition at the resident's wish"),
        _("The petition office has it now."),
    ),
    Deed("add_photo", forms.AddPhoto, _add_photo, _("Add a photo"), _("Added.")),
)
ON_ASKED = table(
    Deed("receive", Nothing, plain(asked.receive_event), _("Sign for it"), _("Signed for.")),
    Deed("reply", forms.ReplyEvent, _reply, _("Feed back what was done"), _("Fed back.")),
    Deed(
        "decline",
        forms.Reason,
        plain(asked.decline_event),
        _("It is not our duty"),
        _("Declined, with the reason."),
    ),
)
