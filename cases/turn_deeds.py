"""The deeds by which the ordinary way turns: told where it went, joined, disputed, reported, put right."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from cases.actions import disputes, joining, papers, reporting, services
from cases.deed import Deed, Facts
from cases.forms import turns as forms
from cases.models import SettledBy
from cases.paper_deeds import service_of
from cases.workflow import Step
from documents.rules import Sent
from infra.files import check


def _join_pending(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return joining.join_pending(
        petition_id,
        pending_number=facts["pending_number"],
        claims=facts["claims"],
        is_review_request={"yes": True, "no": False}.get(facts["is_review_request"]),
        reason=facts["reason"],
        seen_version=facts["seen_version"],
        by=by,
        now=now,
    )


def _draw_up_word(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return papers.draw_up_word(petition_id, facts["route"], by=by, now=now)


def _upload_word(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return papers.upload_word(
        petition_id,
        facts["route"],
        number=facts["number"],
        dated_on=facts["dated_on"],
        file=check(facts["upload"]),
        by=by,
        now=now,
    )


def _open_dispute(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return disputes.open_dispute(
        petition_id,
        claims=facts["claims"],
        organ_ids=[organ.pk for organ in facts["organs"]],
        reason=facts["reason"],
        by=by,
        now=now,
    )


def _settle_dispute(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    organ = facts["organ"]
    settlement = disputes.Settlement(
        how=SettledBy(facts["how"]),
        accepts_id=organ.pk if organ else 0,
        decided_on=facts["decided_on"],
        finding=facts["finding"],
        decider=facts["decider"],
        evidence_note=facts["evidence_note"],
    )
    return disputes.settle_dispute(petition_id, settlement, by=by, now=now)


def _propose_service(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    service = None if facts["nobody"] else service_of(facts, facts["record"])
    return services.propose_service(
        petition_id, facts["record"], service, reason=facts["reason"], by=by, now=now
    )


def _propose_posting(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    sent = None
    if not facts["nothing"]:
        sent = Sent(
            petitioner_ref=facts["posting"],
            posted_on=facts["posted_on"],
            mail_number=facts["mail_number"],
            evidence_note=facts["evidence_note"],
        )
    return services.propose_posting(
        petition_id, facts["posting"], sent, reason=facts["reason"], by=by, now=now
    )


def _decide_service(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    confirm = facts["decision"] == "confirm"
    return services.decide_service(petition_id, facts["correction"], confirm=confirm, by=by, now=now)


def _report_completion(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return reporting.report_completion(
        petition_id,
        facts["handling"],
        number=facts["number"],
        dated_on=facts["dated_on"],
        file=check(facts["upload"]),
        by=by,
        now=now,
    )


def _decide_report(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return reporting.decide_report(
        petition_id,
        facts["handling"],
        take=facts["decision"] == "take",
        why=facts["why"],
        due_on=facts["due_on"],
        by=by,
        now=now,
    )


def _note_sent_back(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return reporting.note_sent_back(
        petition_id,
        number=facts["number"],
        sent_back_on=facts["sent_back_on"],
        why=facts["why"],
        due_on=facts["due_on"],
        evidence_note=facts["evidence_note"],
        by=by,
        now=now,
    )


TURN_DEEDS = (
    Deed(
        "join_pending",
        forms.JoinPending,
        _("Join it"),
        _("It is joined; the petitioner is told in writing."),
        _join_pending,
        "way",
        Step.JOIN_PENDING,
    ),
    Deed(
        "draw_up_word",
        forms.DrawUpWord,
        _("Draw up the written word"),
        _("The word is issued; post it or hand it over."),
        _draw_up_word,
        "papers",
        Step.TELL_WHERE,
    ),
    Deed(
        "upload_word",
        forms.UploadWord,
        pgettext_lazy("paper made elsewhere", "Take it in"),
        _("The paper is on the case."),
        _upload_word,
        "papers",
        Step.TELL_WHERE,
    ),
    Deed(
        "open_dispute",
        forms.OpenDispute,
        _("Open the dispute"),
        _("The dispute is open; every period runs on."),
        _open_dispute,
        "way",
        Step.OPEN_DISPUTE,
    ),
    Deed(
        "settle_dispute",
        forms.SettleDispute,
        _("Write who accepts"),
        _("The dispute is settled; the claims go by it."),
        _settle_dispute,
        "way",
        Step.SETTLE_DISPUTE,
    ),
    Deed(
        "propose_service",
        forms.ProposeService,
        _("Propose the correction"),
        pgettext_lazy("of a service", "The proposal waits for a second person."),
        _propose_service,
        "papers",
        Step.PROPOSE_SERVICE,
    ),
    Deed(
        "propose_posting",
        forms.ProposePosting,
        _("Propose it"),
        _("The proposal waits for a second person."),
        _propose_posting,
        "papers",
        Step.PROPOSE_SERVICE,
    ),
    Deed(
        "decide_service",
        forms.DecideService,
        _("Confirm or refuse"),
        _("The decision is kept."),
        _decide_service,
        "papers",
        Step.DECIDE_SERVICE,
    ),
    Deed(
        "report_completion",
        forms.ReportCompletion,
        _("Hand in the report"),
        _("The sender has the report."),
        _report_completion,
        "way",
        Step.REPORT_COMPLETION,
    ),
    Deed(
        "decide_report",
        forms.DecideReport,
        _("Take it or send it back"),
        _("The decision is kept."),
        _decide_report,
        "way",
        Step.DECIDE_REPORT,
    ),
    Deed(
        "note_sent_back",
        forms.NoteSentBack,
        _("Note that it was sent back"),
        _("A new report is owed."),
        _note_sent_back,
        "papers",
        Step.NOTE_SENT_BACK,
    ),
)
