"""The deeds of this room as their pages offer them: a form, what is done with it, and what is said of it.

A deed hangs on a petition, a slip, an assignment, a lift or an urgent report; the address names which.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Act, Deed, plain, table
from assignments.states import Span, Tier
from cases.actions import urging
from infra.files import check
from leadership.actions import answers, bulletins, lifting, slips, urgent
from leadership.actions.urgent import Happening
from leadership.forms import supervision as forms
from leadership.states import Adopted, Means, Recipient
from lib.forms import RefusableForm


def _of_unit(act: Callable[..., object]) -> Act:
    def do(key: UUID, form: Any, by: Hat, now: datetime) -> object:
        typed = dict(form.cleaned_data)
        organ = typed.pop("organ")
        return act(key, organ_id=organ.pk, **typed, by=by, now=now)

    return do


def _draft(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return slips.draft_slip(key, form.says(), by=by, now=now)


def _revise(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    version = form.cleaned_data["version"] or 0
    return slips.revise_slip(key, form.says(), version=version, by=by, now=now)


def _set_span(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return lifting.set_span(key, Span(typed["span"]), reason=typed["reason"], by=by, now=now)


def _to_tier(act: Callable[..., object]) -> Act:
    def do(key: UUID, form: Any, by: Hat, now: datetime) -> object:
        typed = form.cleaned_data
        return act(key, Tier(typed["tier"]), reason=typed["reason"], by=by, now=now)

    return do


def _decide(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    agree = typed["agree"] == "yes"
    return lifting.decide_proposal(key, agree=agree, reason=typed["reason"], by=by, now=now)


def _answer(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    adopted = Adopted(typed["adopted"]) if "adopted" in typed else None
    file = check(typed["upload"]) if typed["upload"] else None
    return answers.reply(key, words=typed["words"], adopted=adopted, file=file, by=by, now=now)


def _report(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = dict(form.cleaned_data)
    recipients = [Recipient(each) for each in typed.pop("recipients")]
    return urgent.report_urgent(key, Happening(**typed), recipients, by=by, now=now)


def _note(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    sent = {Recipient(typed["recipient"]): (Means(typed["means"]), typed["sent_at"], typed["taken_by"])}
    return urgent.note_urgent(key, sent, by=by, now=now)


ON_PETITION = table(
    Deed("urge", forms.Urge, _of_unit(urging.urge), _("Urge the unit"), _("Urged.")),
    Deed("draft_slip", forms.WriteSlip, _draft, _("Draw it up"), _("Drawn up; a second person signs it.")),
    Deed("set_span", forms.SetSpan, _set_span, _("Say how far it reaches"), _("Written down.")),
    Deed("lift", forms.Lift, _to_tier(lifting.lift), _("Lift it to a higher tier"), _("Lifted.")),
    Deed(
        "report_urgent", forms.ReportUrgent, _report, _("Report it as grave and urgent"), _("Report issued.")
    ),
)
ON_SLIP = table(
    Deed("issue", forms.Versioned, plain(slips.issue_slip), _("Sign and issue"), _("Issued.")),
    Deed("revise", forms.WriteSlip, _revise, _("Write it"), _("Written; a second person signs it.")),
    Deed("return", forms.ReturnSlip, plain(slips.return_slip), _("Send back for revision"), _("Sent back.")),
    Deed(
        "discard", forms.WithReason, plain(slips.discard_slip), _("Do not issue it"), _("It is not issued.")
    ),
    Deed("lift", forms.WithReason, plain(slips.lift_slip), _("Lift it (解除)"), _("It is lifted.")),
)
ON_ASKED = table(
    Deed("receive", forms.Nothing, plain(answers.receive), _("Sign for it"), _("Signed for.")),
    Deed("reply", forms.Reply, _answer, pgettext_lazy("deed to do", "Reply"), _("Replied.")),
    Deed("answer", forms.Answer, _answer, _("Answer the recommendation"), _("Answered.")),
    Deed("verify", forms.Verify, plain(answers.verify), _("It is done: verify"), _("Verified.")),
    Deed("send_back", forms.SendBack, plain(answers.send_back), _("Send the reply back"), _("Sent back.")),
    Deed(
        "take_back",
        forms.WithReason,
        plain(answers.take_back),
        pgettext_lazy("deed on what is asked", "Take it back"),
        _("Taken back."),
    ),
)
ON_LIFT = table(
    Deed("decide", forms.DecideProposal, _decide, _("Decide on the proposal"), _("Decided.")),
    Deed("accept", forms.Nothing, plain(lifting.accept), _("Take it"), _("Taken.")),
    Deed("give_back", forms.WithReason, plain(lifting.give_back), _("Give it back"), _("Given back.")),
    Deed(
        "further", forms.WithReason, plain(lifting.lift_further), _("Lift it further"), _("Lifted further.")
    ),
    Deed(
        "take_back",
        forms.WithReason,
        plain(lifting.take_back),
        pgettext_lazy("deed on a lift", "Take it back"),
        _("Taken back."),
    ),
    Deed("lower", forms.Lower, plain(lifting.lower), _("Send it down"), _("Sent down.")),
    Deed(
        "decide_tier",
        forms.DecideTier,
        _to_tier(lifting.decide_tier),
        _("Decide where it belongs"),
        _("Decided."),
    ),
    Deed(
        "city",
        forms.ReportToCity,
        plain(lifting.report_to_city),
        _("Note the report to the city"),
        _("Noted."),
    ),
    Deed(
        "citys_answer",
        forms.CitysAnswer,
        plain(lifting.note_citys_answer),
        _("Note the city's answer"),
        _("Noted."),
    ),
)
ON_BULLETIN = table(
    Deed(
        "write",
        forms.WriteInBulletin,
        plain(bulletins.write_in_bulletin),
        _("Write what is added"),
        _("Written; another person issues it."),
    ),
    Deed(
        "issue",
        forms.Versioned,
        plain(bulletins.issue_bulletin),
        _("Issue the bulletin"),
        _("Issued; the units that it names are told."),
    ),
    Deed("leave_out", forms.LeaveOut, plain(bulletins.leave_out), _("Leave a matter out"), _("Left out.")),
    Deed(
        "withdraw",
        forms.WithdrawBulletin,
        plain(bulletins.withdraw_bulletin),
        _("Withdraw the bulletin"),
        _("Withdrawn; it is kept with its reason."),
    ),
    Deed(
        "draw_anew",
        RefusableForm,
        plain(bulletins.draw_bulletin_anew),
        _("Draw the month up anew"),
        _("Drawn up anew; it waits to be issued."),
    ),
)
ON_REPORT = table(
    Deed("note", forms.NoteUrgent, _note, _("Note who was told"), _("Noted.")),
)
