"""The deeds on 复查 and 复核, as entries of the table in `cases.deeds` (Art 35, 36)."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from cases.actions import remedies, remedy_opinions
from cases.actions.remedies import Request
from cases.deed import Deed, Facts
from cases.forms import remedies as forms
from cases.forms.remedies import found_of
from cases.paper_deeds import sent_of, service_of
from cases.remedy_states import RemedyRefusal
from infra.files import check


def _request_remedy(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    request = Request(
        received_on=facts["received_on"],
        reasons=facts["reasons"],
        evidence=facts["evidence"],
        late_cause=facts["late_cause"],
        evidence_note=facts["evidence_note"],
    )
    return remedies.request_remedy(petition_id, facts["handling"], facts["person"], request, by=by, now=now)


def _answer_remedy(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    accept = facts["decision"] == "accept"
    return remedies.answer_remedy(
        petition_id,
        facts["remedy"],
        accept=accept,
        refusal=RemedyRefusal(facts["refusal"]) if facts["refusal"] and not accept else None,
        facts="" if accept else facts["facts"],
        by=by,
        now=now,
    )


def _draft_remedy_notice(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return remedies.draft_remedy_notice(petition_id, facts["remedy"], by=by, now=now)


def _draft_remedy_opinion(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return remedy_opinions.draft_remedy_opinion(petition_id, facts["remedy"], found_of(facts), by=by, now=now)


def _take_in_remedy_opinion(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return remedy_opinions.take_in_remedy_opinion(
        petition_id,
        facts["remedy"],
        found_of(facts),
        number=facts["number"],
        dated_on=facts["dated_on"],
        file=check(facts["upload"]),
        by=by,
        now=now,
    )


def _issue_remedy_paper(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return remedy_opinions.issue_remedy_paper(
        petition_id, facts["document"], version=facts["version"], by=by, now=now
    )


def _return_remedy_paper(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return remedy_opinions.return_remedy_paper(
        petition_id, facts["document"], version=facts["version"], remark=facts["remark"], by=by, now=now
    )


def _post_remedy_paper(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return remedy_opinions.post_remedy_paper(petition_id, facts["document"], sent_of(facts), by=by, now=now)


def _serve_remedy_paper(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return remedy_opinions.serve_remedy_paper(
        petition_id,
        facts["document"],
        service_of(facts, facts["person"]),
        evidence=check(facts["evidence"]) if facts["evidence"] else None,
        by=by,
        now=now,
    )


def _withdraw_remedy_request(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return remedies.withdraw_request(
        petition_id,
        facts["request"],
        words=facts["words"],
        withdrawn_on=facts["withdrawn_on"],
        by=by,
        now=now,
    )


REMEDY_DEEDS = (
    Deed(
        "request_remedy",
        forms.RequestRemedy,
        _("Note the request"),
        _("The request is noted; the reviewing organ is told."),
        _request_remedy,
        "remedies",
    ),
    Deed(
        "answer_remedy",
        forms.AnswerRemedy,
        _("Decide on the request"),
        _("The decision is kept; the notice waits for approval."),
        _answer_remedy,
        "remedies",
    ),
    Deed(
        "draft_remedy_notice",
        forms.DraftRemedyNotice,
        _("Draw up the notice anew"),
        _("The notice waits for approval."),
        _draft_remedy_notice,
        "remedies",
    ),
    Deed(
        "draft_remedy_opinion",
        forms.DraftRemedyOpinion,
        _("Draw up the opinion"),
        _("The opinion waits for approval."),
        _draft_remedy_opinion,
        "remedies",
    ),
    Deed(
        "take_in_remedy_opinion",
        forms.TakeInRemedyOpinion,
        _("Take in the opinion"),
        _("The paper is on the case."),
        _take_in_remedy_opinion,
        "remedies",
    ),
    Deed(
        "issue_remedy_paper",
        forms.IssueRemedyPaper,
        _("Approve and issue"),
        _("The paper is issued."),
        _issue_remedy_paper,
        "remedies",
    ),
    Deed(
        "return_remedy_paper",
        forms.ReturnRemedyPaper,
        _("Send it back for revision"),
        _("The draft is sent back; whoever drew it up is told."),
        _return_remedy_paper,
        "remedies",
    ),
    Deed(
        "post_remedy_paper",
        forms.PostRemedyPaper,
        _("Note the posting"),
        _("The posting is noted."),
        _post_remedy_paper,
        "remedies",
    ),
    Deed(
        "serve_remedy_paper",
        forms.ServeRemedyPaper,
        _("Note the service"),
        _("The service is noted."),
        _serve_remedy_paper,
        "remedies",
    ),
    Deed(
        "withdraw_remedy_request",
        forms.WithdrawRemedyRequest,
        _("Note the withdrawal"),
        _("The withdrawal is noted."),
        _withdraw_remedy_request,
        "remedies",
    ),
)
