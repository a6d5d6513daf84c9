"""The three ways to one deed: its action, the page and the programs' door; and what each of them answered."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.utils.datastructures import MultiValueDict

from accounts.hats import Hat
from audit.models import Entry
from cases.deeds import DEEDS
from cases.models import Handling, Petition
from documents.models import Document, ServiceCorrection, ServiceRecord
from documents.states import DocumentKind
from lib.errors import Refused
from tests.cases.browsers import Browser
from tests.cases.handling.given import MONDAY, OBJECTION, Case
from tests.cases.test_api import a_key
from tests.given import an_organ

DONE = 200
# The deed that takes a step, where the two are not named alike.
DEED_OF = {
    "void": "decide_void",
    "deliver_paper": "serve_paper",
    "deliver_word": "serve_paper",
    "tell_where": "draw_up_word",
}
WITH_A_FILE = frozenset({"upload_paper", "report_upward", "report_completion"})
# These name a paper or a record, and find nothing where there is none: their refusals are tested with it.
NAMES_A_RECORD = frozenset({"deliver_word", "propose_service", "decide_service", "reverse_repeat"})
TODAY = MONDAY.date().isoformat()

Snapshot = tuple[object, ...]


def body_of(step: str, case: Case) -> dict[str, str]:
    """Return what a person would send for a step, all fields valid."""
    handling = {"handling": str(case.handling_id or uuid4())}
    claim = handling | {"claim": "1"}
    points = dict.fromkeys(
        ("power_fact", "pending_fact", "concluded_fact", "litigation_fact", "route_fact"), "已核实"
    )
    of_handling = Document.objects.filter(case__handling=case.handling_id)
    # the opinion, not the report that was issued with it
    paper = of_handling.exclude(kind=DocumentKind.D13).order_by("case__pk").last()
    papers = {"document": str(paper.pk if paper else uuid4())}
    parts = dict.fromkeys(
        ("facts", "opinion", "legal_basis", "solved", "explained", "helped", "lawful"), "查清"
    )
    bodies: Mapping[str, dict[str, str]] = {
        "void": {"decision": "confirm"},
        "route": {
            "kind": "forward",
            "organ": case.unit.organ.code,
            "seen_version": str(case.now.version),
        },
        "countersign_keep": {"route": str(_key(case.petition.routes.last())), "decision": "agree"},
        "sign_for": handling,
        "object": handling | {"reason": OBJECTION},
        "decide_return": handling | {"decision": "agree", "finding": "经核实"},
        "accept": claim | points | {"decided_on": TODAY, "statutory_route": "RT6"},
        "decline": claim
        | points
        | {"decided_on": TODAY, "reason": "outside_power_redirect", "where_to_go": "开发区管委会"},
        "convert": handling | {"reason": "需要鉴定"},
        "note_progress": handling | {"kind": "contact", "done_on": TODAY, "words": "已电话联系"},
        "ask_co_handling": handling
        | {"organ": an_organ("GH").code, "wanted": "规划资料", "due_on": "2026-03-09"},
        "feed_back": {"co_handling": str(_key(_asked(case))), "words": "资料已提供"},
        "ask_extension": handling | {"days": "20", "reason": "需要鉴定"},
        "decide_extension": handling | {"decision": "approve"},
        "find": claim | parts | {"outcome": "explain"},
        "draft_opinion": handling,
        "upload_paper": handling | {"kind": "notice", "number": "离住建告〔2026〕9号", "dated_on": TODAY},
        "issue_paper": papers | {"version": "1"},
        "return_paper": papers | {"version": "1", "remark": "事实部分请写明时间、地点"},
        "draft_notice": papers | {"facts": "经核实，该小区属开发区管辖"},
        "deliver_paper": papers
        | {"person": str(case.petition.people.get(position=1).pk), "method": "in_person", "served_on": TODAY},
        "execute": claim | {"done_on": TODAY, "evidence": "证书已发"},
        "recuse": {"reason": "亲属"},
        "report_upward": {"number": "离信报〔2026〕1号", "reported_on": TODAY},
        "finish": {},
        "decide_repeat": {"earlier": _earlier(case), "outcome": "related", "reason": "同一小区"},
        "reverse_repeat": {
            "decision": str(_key(case.petition.repeat_decisions.last())),
            "reason": "核实后不是一件事",
        },
        "join_pending": {
            "pending_number": _another(case),
            "seen_version": str(case.now.version),
        },
        "tell_where": {"route": str(_key(case.petition.routes.last()))},
        "deliver_word": _a_word(case)
        | {"person": str(case.petition.people.get().pk), "method": "in_person", "served_on": TODAY},
        "open_dispute": {"organs": f"{case.unit.organ.code}、{an_organ('GH').code}", "reason": "职责交叉"},
        "settle_dispute": {
            "how": "agreed",
            "organ": case.unit.organ.code,
            "decided_on": TODAY,
            "finding": "双方商定",
        },
        "propose_service": {
            "record": str(_served(case)),
            "method": "in_person",
            "served_on": TODAY,
            "reason": "签收人写错",
        },
        "decide_service": {
            "correction": str(_key(ServiceCorrection.objects.last())),
            "decision": "confirm",
        },
        "report_completion": handling | {"number": "离住建报〔2026〕1号", "dated_on": TODAY},
        "decide_report": handling | {"decision": "take"},
        "note_sent_back": {"sent_back_on": TODAY, "why": "补充执行情况"},
        "propose_resolved": {"evidence": "confirmed", "words": "书面确认"},
        "confirm_resolved": {"decision": "settled"},
        "ask_recusal": {"post": str(case.office.officer.post.pk), "reason": "与被反映单位有利害关系"},
        "decide_recusal": {
            "recusal": str(_key(case.petition.recusals.last())),
            "decision": "stay",
            "answer": "经查无利害关系",
        },
        "note_withdrawal": _person(case) | {"withdrawn_on": TODAY, "words": "问题已解决，我撤回"},
        "confirm_withdrawal": _withdrawal(case) | {"decision": "refuse", "why": "本人否认"},
        "revoke_withdrawal": _withdrawal(case) | {"reason": "本人来电要求恢复"},
        "note_death": _person(case) | {"died_on": TODAY, "words": "社区证明"},
        "name_successor": _person(case) | {"name": "李继业", "relation": "儿子"},
        "end_after_death": {"words": "已询问子女，均不继续"},
        "note_attempt": {"tried_on": TODAY, "means": "phone", "result": "no_answer"},
        "change_agent": {
            "principal": _person(case)["person"],
            "role": "agent",
            "name": "王代理",
            "reason": "新授权委托书",
        },
        "study_suggestion": claim | {"studied_on": TODAY, "words": "建议可行"},
        "thank": {"claim": "1", "kind": "letter", "thanked_on": TODAY},
        "give_reader": {"post": ""},
        "urge": {"reason": "请报进展"},
        "check_keep": {"route": str(_key(case.petition.routes.last())), "decision": "right"},
    }
    return bodies[step]


def _another(case: Case) -> str:
    number = Petition.objects.exclude(pk=case.pk).values_list("number", flat=True).first()
    return number or "LS2026-000999"


def _earlier(case: Case) -> str:
    key = Petition.objects.exclude(pk=case.pk).values_list("pk", flat=True).first()
    return str(key or uuid4())


def _a_word(case: Case) -> dict[str, str]:
    hung = case.petition.documents.exclude(route=None).first()
    return {"document": str(hung.document_id if hung else uuid4())}


def _served(case: Case) -> UUID:
    """Return the key of a record of service of this case; on a case without one any paper's would be a stranger."""
    records = ServiceRecord.objects.filter(document__case__petition=case.pk)
    return records.values_list("pk", flat=True).first() or uuid4()


def _key(row: Any) -> int:
    return row.pk if row is not None else 0


def _person(case: Case) -> dict[str, str]:
    return {"person": str(case.petition.people.get(position=1).pk)}


def _withdrawal(case: Case) -> dict[str, str]:
    return {"withdrawal": str(_key(case.petition.withdrawals.last()))}


def _asked(case: Case) -> Any:
    return case.handling.co_handlings.last() if case.handling_id else None


def a_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("文书.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")


def by_action(step: str, pk: UUID, body: dict[str, str], hat: Hat) -> int:
    """Do it as the views do, without them. Return the status its refusal would have."""
    deed = DEEDS[DEED_OF.get(step, step)]
    files = MultiValueDict({"upload": [a_file()]} if step in WITH_A_FILE else {})
    form = deed.read(body, files)
    assert form.is_valid(), form.errors
    try:
        deed.act(pk, form.cleaned_data, hat, MONDAY)
    except Refused as refusal:
        return refusal.http_status
    return DONE


def by_page(step: str, pk: UUID, body: dict[str, str], hat: Hat) -> int:
    """Press the button on the case page. A page that leads on is a deed done."""
    upload = {"upload": a_file()} if step in WITH_A_FILE else {}
    slug = DEEDS[DEED_OF.get(step, step)].slug
    status = Browser(hat).send("cases:deed", pk, slug, **body, **upload).status_code
    return DONE if status == 302 else status


def by_program(step: str, pk: UUID, body: dict[str, str], hat: Hat) -> int:
    """Call the programs' address. Done and out of sight is done."""
    program = Client(headers={"Authorization": f"Token {a_key(hat)}"})
    url = f"/api/v1/petitions/{pk}/{DEEDS[DEED_OF.get(step, step)].slug}/"
    if step in WITH_A_FILE:
        status = program.post(url, {**body, "upload": a_file()}, content_type=MULTIPART_CONTENT).status_code
    else:
        status = program.post(url, body, content_type="application/json").status_code
    return DONE if status == 204 else status


DOORS: Mapping[str, Callable[[str, UUID, dict[str, str], Hat], int]] = {
    "action": by_action,
    "page": by_page,
    "program": by_program,
}


def stands(pk: UUID) -> Snapshot:
    """Return everything a refusal must leave as it was: audit, version, states, papers."""
    handlings = Handling.objects.filter(petition=pk).order_by("pk")
    return (
        Entry.objects.about(Petition.objects.get(pk=pk)).count(),
        *Petition.objects.filter(pk=pk).values_list("version", "routing"),
        *handlings.values_list("receipt", "state", "ended_at"),
        Document.objects.count(),
        ServiceRecord.objects.count(),
    )


def through_every_door(step: str, case: Case, hat: Hat) -> tuple[dict[str, int], dict[str, bool]]:
    """Try one step by each door from the same standing. Return what each answered, and whether each wrote."""
    body, before = body_of(step, case), stands(case.pk)
    answers, wrote = {}, {}
    for name, door in DOORS.items():
        savepoint = transaction.savepoint()
        answers[name] = door(step, case.pk, body, hat)
        wrote[name] = stands(case.pk) != before
        transaction.savepoint_rollback(savepoint)
    return answers, wrote
