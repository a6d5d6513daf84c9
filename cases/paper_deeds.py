"""The deeds on papers, from the draft to service and the report upward, as entries of the table in `cases.deeds`."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from cases.actions import finishing, papers
from cases.deed import Deed, Facts
from cases.forms import papers as forms
from cases.workflow import Step
from documents.rules import Sent, Service
from documents.states import DocumentKind, Method, View
from infra.files import check


def _draft_opinion(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return papers.draft_opinion(petition_id, facts["handling"], by=by, now=now)


def _issue_paper(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return papers.issue_paper(petition_id, facts["document"], version=facts["version"], by=by, now=now)


def _return_paper(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return papers.return_paper(
        petition_id, facts["document"], version=facts["version"], remark=facts["remark"], by=by, now=now
    )


def _draft_notice(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return papers.draft_notice(
        petition_id,
        facts["document"],
        facts=facts["facts"],
        where_to_go=facts["where_to_go"],
        by=by,
        now=now,
    )


def _upload_paper(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return papers.upload_paper(
        petition_id,
        facts["handling"],
        kind=DocumentKind(facts["kind"]),
        number=facts["number"],
        dated_on=facts["dated_on"],
        claims=facts["claims"],
        file=check(facts["upload"]),
        by=by,
        now=now,
    )


def _post_paper(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return papers.post_paper(petition_id, facts["document"], sent_of(facts), by=by, now=now)


def sent_of(facts: Facts) -> Sent:
    return Sent(
        petitioner_ref=facts["person"],
        posted_on=facts["posted_on"],
        mail_number=facts["mail_number"],
        evidence_note=facts["evidence_note"],
    )


def _serve_paper(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    service = service_of(facts, facts["person"])
    evidence = check(facts["evidence"]) if facts["evidence"] else None
    return papers.serve_paper(petition_id, facts["document"], service, evidence=evidence, by=by, now=now)


def service_of(facts: Facts, person: UUID) -> Service:
    names = facts["witnesses"].replace("，", ",").replace("、", ",").split(",")
    method = Method(facts["method"])
    return Service(
        petitioner_ref=person,
        method=method,
        served_on=facts["served_on"],
        received_by=facts["received_by"],
        relation=facts["relation"],
        refused=method is Method.LEFT_WITH_WITNESS,
        refusal_reason=facts["refusal_reason"],
        witnesses=tuple(name.strip() for name in names if name.strip()),
        consent_ref=facts["consent_ref"],
        announced_on=facts["announced_on"],
        view=View(facts["view"]) if facts["view"] else None,
        evidence_note=facts["evidence_note"],
    )


def _report_upward(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return finishing.report_upward(
        petition_id,
        number=facts["number"],
        reported_on=facts["reported_on"],
        receipt=facts["receipt"],
        file=check(facts["upload"]),
        by=by,
        now=now,
    )


PAPER_DEEDS = (
    Deed(
        "draft_opinion",
        forms.DraftOpinion,
        _("Draw up the opinion"),
        _("The opinion waits for approval."),
        _draft_opinion,
        "papers",
        Step.DRAFT_OPINION,
    ),
    Deed(
        "issue_paper",
        forms.IssuePaper,
        _("Approve and issue"),
        _("The paper is issued."),
        _issue_paper,
        "papers",
        Step.ISSUE_PAPER,
    ),
    Deed(
        "return_paper",
        forms.ReturnPaper,
        _("Send it back for revision"),
        _("The draft is sent back; whoever drew it up is told."),
        _return_paper,
        "papers",
        Step.RETURN_PAPER,
    ),
    Deed(
        "draft_notice",
        forms.DraftNotice,
        _("Draw up the notice anew"),
        _("The notice waits for approval."),
        _draft_notice,
        "papers",
        Step.DRAFT_NOTICE,
    ),
    Deed(
        "upload_paper",
        forms.UploadPaper,
        pgettext_lazy("paper made elsewhere", "Take it in"),
        _("The paper is on the case."),
        _upload_paper,
        "papers",
        Step.UPLOAD_PAPER,
    ),
    Deed(
        "post_paper",
        forms.PostPaper,
        _("Note the posting"),
        _("The posting is noted."),
        _post_paper,
        "papers",
        Step.DELIVER_PAPER,
    ),
    Deed(
        "serve_paper",
        forms.ServePaper,
        _("Note the service"),
        _("The service is noted."),
        _serve_paper,
        "papers",
        Step.DELIVER_PAPER,
    ),
    Deed(
        "report_upward",
        forms.ReportUpward,
        _("Note the report"),
        _("The report is noted."),
        _report_upward,
        "papers",
        Step.REPORT_UPWARD,
    ),
)
