"""The deeds from routing to a served reply, as entries of the table in `cases.deeds`."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from cases.actions import accepting, finishing, handling, receiving, recusing, routing
from cases.actions.accepting import Checklist, Concluded, Pending
from cases.deed import Deed, Facts
from cases.findings import Found, Mediated
from cases.forms import handling as forms
from cases.models import MediationResult, ProgressKind, ResolutionEvidence
from cases.routes import Decision
from cases.states import (
    KeepGround,
    NonAcceptReason,
    Outcome,
    PetitionClass,
    RegisterLevel,
    RouteKind,
    SimpleGround,
    StatutoryRoute,
)
from cases.workflow import Step


def _route(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    organ = facts["organ"]
    decision = Decision(
        kind=RouteKind(facts["kind"]),
        claims=facts["claims"],
        organ_id=organ.pk if organ else None,
        petition_class=PetitionClass(facts["petition_class"]) if facts["petition_class"] else None,
        report_due_on=facts["report_due_on"],
        guided_to=facts["guided_to"],
        keep_ground=KeepGround(facts["keep_ground"]) if facts["keep_ground"] else None,
        simple_ground=SimpleGround(facts["simple_ground"]) if facts["simple_ground"] else None,
        told=facts["told"],
        reason=facts["reason"],
    )
    return routing.route(petition_id, decision, seen_version=facts["seen_version"], by=by, now=now)


def _countersign_keep(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    agree = facts["decision"] == "agree"
    return routing.countersign_keep(petition_id, facts["route"], agree=agree, by=by, now=now)


def _sign_for(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return receiving.sign_for(petition_id, facts["handling"], by=by, now=now)


def _object(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return routing.object_to(
        petition_id,
        facts["handling"],
        reason=facts["reason"],
        proper_organ=facts["proper_organ"],
        by=by,
        now=now,
    )


def _decide_return(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return routing.decide_return(
        petition_id,
        facts["handling"],
        agree=facts["decision"] == "agree",
        finding=facts["finding"],
        by=by,
        now=now,
    )


def _checklist(facts: Facts) -> Checklist:
    return Checklist(
        power_fact=facts["power_fact"],
        pending_fact=facts["pending_fact"],
        concluded_fact=facts["concluded_fact"],
        litigation_fact=facts["litigation_fact"],
        route_fact=facts["route_fact"],
    )


def _accept(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return accepting.accept(
        petition_id,
        facts["handling"],
        facts["claim"],
        statutory_route=StatutoryRoute(facts["statutory_route"]) if facts["statutory_route"] else None,
        checklist=_checklist(facts),
        decided_on=facts["decided_on"],
        where_to_go=facts["where_to_go"],
        evidence_note=facts["evidence_note"],
        by=by,
        now=now,
    )


def _decline(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    concluded = None
    pending = Pending(
        number=facts["pending_number"],
        level=RegisterLevel(facts["pending_level"]) if facts["pending_level"] else None,
    )
    if facts["reexamination_number"] and facts["reexamined_on"]:
        concluded = Concluded(
            number=facts["reexamination_number"], by=facts["reexamined_by"], on=facts["reexamined_on"]
        )
    return accepting.decline(
        petition_id,
        facts["handling"],
        facts["claim"],
        reason=NonAcceptReason(facts["reason"]),
        checklist=_checklist(facts),
        where_to_go=facts["where_to_go"],
        decided_on=facts["decided_on"],
        concluded=concluded,
        pending=pending if pending.number else None,
        evidence_note=facts["evidence_note"],
        by=by,
        now=now,
    )


def _convert(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return accepting.convert(petition_id, facts["handling"], reason=facts["reason"], by=by, now=now)


def _note_progress(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return handling.note_progress(
        petition_id,
        facts["handling"],
        kind=ProgressKind(facts["kind"]),
        words=facts["words"],
        done_on=facts["done_on"],
        mediated=_mediated(facts),
        by=by,
        now=now,
    )


def _mediated(facts: Facts) -> Mediated | None:
    """Return what was said of a mediation; of anything else what still stands in the form is left out."""
    if facts["kind"] != ProgressKind.MEDIATION:
        return None
    return Mediated(
        both_consented=facts["both_consented"],
        result=MediationResult(facts["result"]) if facts["result"] else None,
        agreement_number=facts["agreement_number"],
        agreement_on=facts["agreement_on"],
    )


def _ask_co_handling(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    organ = facts["organ"]
    return handling.ask_co_handling(
        petition_id,
        facts["handling"],
        organ_id=organ.pk if organ else 0,
        wanted=facts["wanted"],
        due_on=facts["due_on"],
        by=by,
        now=now,
    )


def _feed_back(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return handling.feed_back(petition_id, facts["co_handling"], words=facts["words"], by=by, now=now)


def _ask_extension(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return handling.ask_extension(
        petition_id, facts["handling"], days=facts["days"], reason=facts["reason"], by=by, now=now
    )


def _decide_extension(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    approve = facts["decision"] == "approve"
    return handling.decide_extension(petition_id, facts["handling"], approve=approve, by=by, now=now)


def _find(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    organ = facts["execution_organ"]
    found = Found(
        outcome=Outcome(facts["outcome"]),
        facts=facts["facts"],
        opinion=facts["opinion"],
        legal_basis=facts["legal_basis"],
        solved=facts["solved"],
        explained=facts["explained"],
        helped=facts["helped"],
        lawful=facts["lawful"],
        execution_organ_id=organ.pk if organ else None,
        execution_due_on=facts["execution_due_on"],
    )
    return handling.find(petition_id, facts["handling"], facts["claim"], found, by=by, now=now)


def _execute(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return handling.execute(
        petition_id,
        facts["handling"],
        facts["claim"],
        evidence=facts["evidence"],
        done_on=facts["done_on"],
        by=by,
        now=now,
    )


def _recuse(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return recusing.recuse(petition_id, reason=facts["reason"], by=by, now=now)


def _finish(petition_id: UUID, _facts: Facts, by: Hat, now: datetime) -> object:
    return finishing.finish(petition_id, by=by, now=now)


def _propose_resolved(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    evidence = ResolutionEvidence(facts["evidence"])
    return finishing.propose_resolved(petition_id, evidence=evidence, words=facts["words"], by=by, now=now)


def _confirm_resolved(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    settled = facts["decision"] == "settled"
    return finishing.confirm_resolved(petition_id, settled=settled, why=facts["why"], by=by, now=now)


HANDLING_DEEDS = (
    Deed("route", forms.RouteForm, _("Route it"), _("It is on its way."), _route, "way", Step.ROUTE),
    Deed(
        "countersign_keep",
        forms.CountersignKeep,
        _("Countersign or refuse"),
        _("The decision is kept."),
        _countersign_keep,
        "way",
        Step.COUNTERSIGN_KEEP,
    ),
    Deed(
        "sign_for",
        forms.SignFor,
        _("Sign for it"),
        _("It is received; its periods run."),
        _sign_for,
        "way",
        Step.SIGN_FOR,
    ),
    Deed(
        "object",
        forms.Object,
        _("Object and return"),
        _("The sender decides on the return."),
        _object,
        "way",
        Step.OBJECT,
    ),
    Deed(
        "decide_return",
        forms.DecideReturn,
        _("Decide on the return"),
        _("The decision is kept."),
        _decide_return,
        "way",
        Step.DECIDE_RETURN,
    ),
    Deed(
        "accept",
        forms.Accept,
        _("Accept"),
        _("The decision on the claim is kept."),
        _accept,
        "way",
        Step.ACCEPT,
    ),
    Deed(
        "decline",
        forms.Decline,
        _("Decline"),
        _("The decision on the claim is kept."),
        _decline,
        "way",
        Step.DECLINE,
    ),
    Deed(
        "convert",
        forms.Convert,
        _("Change to the ordinary track"),
        _("The ordinary periods run."),
        _convert,
        "way",
        Step.CONVERT,
    ),
    Deed(
        "note_progress",
        forms.NoteProgress,
        _("Note it"),
        _("The progress is noted."),
        _note_progress,
        "progress",
        Step.NOTE_PROGRESS,
    ),
    Deed(
        "ask_co_handling",
        forms.AskCoHandling,
        _("Ask the unit"),
        _("The unit is asked."),
        _ask_co_handling,
        "progress",
        Step.ASK_CO_HANDLING,
    ),
    Deed(
        "feed_back",
        forms.FeedBack,
        _("Give feedback"),
        _("The leading unit has your feedback."),
        _feed_back,
        "progress",
        Step.FEED_BACK,
    ),
    Deed(
        "ask_extension",
        forms.AskExtension,
        _("Ask for it"),
        _("The head of your unit decides."),
        _ask_extension,
        "way",
        Step.ASK_EXTENSION,
    ),
    Deed(
        "decide_extension",
        forms.DecideExtension,
        _("Decide on the extension"),
        _("The decision is kept."),
        _decide_extension,
        "way",
        Step.DECIDE_EXTENSION,
    ),
    Deed("find", forms.Find, _("Save the finding"), _("The finding is saved."), _find, "way", Step.FIND),
    Deed(
        "execute",
        forms.Execute,
        _("It is carried out"),
        _("What was carried out is noted."),
        _execute,
        "way",
        Step.EXECUTE,
    ),
    Deed(
        "recuse",
        forms.Recuse,
        _("Withdraw from it"),
        _("You take no further step of this petition."),
        _recuse,
        "way",
        Step.RECUSE,
    ),
    Deed(
        "finish",
        forms.Finish,
        _("Finish the petition"),
        _("The petition is finished."),
        _finish,
        "way",
        Step.FINISH,
    ),
    Deed(
        "propose_resolved",
        forms.ProposeResolved,
        _("Propose it as settled"),
        _("A second person confirms."),
        _propose_resolved,
        "settled",
        Step.PROPOSE_RESOLVED,
    ),
    Deed(
        "confirm_resolved",
        forms.ConfirmResolved,
        _("Confirm, or say that it is not"),
        _("The decision is kept."),
        _confirm_resolved,
        "settled",
        Step.CONFIRM_RESOLVED,
    ),
)
