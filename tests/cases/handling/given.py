"""Petitions on their way, each step of it made by the deed itself, under the hat whose step it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from accounts.roles import Role
from cases.actions import (
    accepting,
    corrections,
    disputes,
    ends,
    finishing,
    handling,
    joining,
    papers,
    receiving,
    recusing,
    repeating,
    reporting,
    routing,
    services,
    suggestions,
)
from cases.actions.accepting import Checklist
from cases.actions.disputes import Settlement
from cases.findings import Found
from cases.handlings import addressees
from cases.intake import FromAbove
from cases.models import (
    Claim,
    CompletionReport,
    Handling,
    JurisdictionDispute,
    Petition,
    PetitionClock,
    Petitioner,
    Route,
    SettledBy,
    Study,
    UpwardReport,
    Withdrawal,
)
from cases.models.voids import VoidGround
from cases.pages import case_page
from cases.parts import read_head
from cases.routes import Decision
from cases.states import (
    ClockCode,
    NonAcceptReason,
    Outcome,
    Purpose,
    RepeatOutcome,
    RouteKind,
    Source,
    StatutoryRoute,
)
from documents.models import Document, ServiceCorrection, ServiceRecord
from documents.rules import Sent, Service
from documents.states import DocumentKind, Method, State
from infra.files import Checked
from tests.cases.given import a_petition
from tests.given import MONDAY, SHANGHAI, a_hat, an_organ, the_petition_office

CHECKLIST = Checklist(
    power_fact="属于本单位职权范围",
    pending_fact="未在受理期限内",
    concluded_fact="未经复核",
    litigation_fact="未进入诉讼",
    route_fact="无其他法定途径",
)
OBJECTION = "该小区属于开发区管辖，不在本单位职权范围之内，建议转送开发区管委会办理。"
REMARK = "事实部分请写明时间、地点"
A_PDF = Checked("文书.pdf", "application/pdf", b"%PDF-1.4")


def at(month: int, day: int, hour: int = 10) -> datetime:
    """Return an hour of a day of 2026, in Asia/Shanghai."""
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Unit:
    """An organ with the people who work on petitions in it."""

    organ: Organ
    officer: Hat
    head: Hat


def the_district() -> Organ:
    """Return 离石区人民政府, which stands next above its departments (Art 35)."""
    return an_organ("QZF", kind=OrganKind.LEADING_BODY, name="吕梁市离石区人民政府", short_name="区政府")


def a_unit(code: str = "ZJ", **facts: Any) -> Unit:
    """Make a department of the district with a case officer and its head; a code that exists, its people anew."""
    organ = an_organ(code, next_higher=the_district(), **facts)
    head = Role.UNIT_HEAD
    return Unit(organ, a_hat(Role.CASE_OFFICER, organ=organ), a_hat(head, organ=organ))


def the_office() -> Unit:
    """Make an officer and the director of the district's petition office."""
    return Unit(the_petition_office(), a_hat(Role.PETITION_OFFICER), a_hat(Role.OFFICE_DIRECTOR))


def a_township(code: str = "FS") -> Unit:
    """Make a township that registers for itself (Q30)."""
    organ = an_organ(
        code, kind=OrganKind.TOWNSHIP, number_prefix=code, name="凤山街道办事处", next_higher=the_district()
    )
    return Unit(organ, a_hat(Role.CASE_OFFICER, organ=organ), a_hat(Role.UNIT_HEAD, organ=organ))


@dataclass(frozen=True)
class Case:
    """A petition with those who sent it and those who lead one handling of it."""

    petition: Petition
    office: Unit
    unit: Unit
    handling_id: UUID | None = None

    @property
    def pk(self) -> UUID:
        return self.petition.pk

    @property
    def handling(self) -> Handling:
        """The handling as it stands in the database."""
        return Handling.objects.select_related("organ", "petition").get(pk=self.handling_id)

    @property
    def now(self) -> Petition:
        """The petition as it stands in the database."""
        return Petition.objects.get(pk=self.pk)

    def claim(self, number: int = 1) -> Claim:
        return Claim.objects.get(petition=self.petition, number=number)

    def clock(self, code: ClockCode, organ: Organ | None = None) -> PetitionClock:
        """The last clock of a kind that began for the leading organ, or for the one named."""
        of_organ = PetitionClock.objects.filter(
            petition=self.petition, code=code, organ=organ or self.unit.organ
        )
        return of_organ.latest("pk")

    def has_clock(self, code: ClockCode) -> bool:
        return PetitionClock.objects.filter(petition=self.petition, code=code).exists()

    def paper(self, kind: DocumentKind) -> Document:
        return Document.objects.filter(case__handling=self.handling_id, kind=kind).latest("case__pk")


def registered(
    *, office: Unit | None = None, unit: Unit | None = None, now: datetime = MONDAY, **facts: Any
) -> Case:
    """Register a petition at an office; the unit has no part in it yet."""
    office = office or the_office()
    petition = a_petition(office.officer, now=now, **{"received_at": now, **facts})
    return Case(petition, office, unit or a_unit())


def route(case: Case, *, by: Hat | None = None, now: datetime = MONDAY, **facts: Any) -> Route:
    """Decide where claims go; without more, all of them to the case's unit."""
    if facts.get("kind", RouteKind.FORWARD) in {RouteKind.FORWARD, RouteKind.ASSIGN}:
        facts.setdefault("organ_id", case.unit.organ.pk)
    decision = Decision(**{"kind": RouteKind.FORWARD, **facts})
    by = by or case.office.officer
    return routing.route(case.pk, decision, seen_version=case.now.version, by=by, now=now)


def routed(case: Case | None = None, *, now: datetime = MONDAY, **facts: Any) -> Case:
    """Send claims to the case's unit."""
    case = case or registered(now=now)
    made = route(case, now=now, **facts)
    return replace(case, handling_id=made.handling.pk)


def received(case: Case | None = None, *, now: datetime = MONDAY, **facts: Any) -> Case:
    """Let the unit sign for what was sent to it."""
    case = case if case and case.handling_id else routed(case, now=now, **facts)
    assert case.handling_id is not None
    receiving.sign_for(case.pk, case.handling_id, by=case.unit.officer, now=now)
    return case


def objected(case: Case | None = None, *, now: datetime = MONDAY) -> Case:
    """Let the unit object."""
    case = case or received(now=now)
    routing.object_to(case.pk, case.handling.pk, reason=OBJECTION, by=case.unit.officer, now=now)
    return case


def decide_return(case: Case, *, agree: bool, now: datetime = MONDAY) -> Handling:
    """Let the sender decide on an objection."""
    return routing.decide_return(
        case.pk, case.handling.pk, agree=agree, finding="经核实", by=case.office.officer, now=now
    )


def accept(
    case: Case, number: int = 1, *, by: Hat | None = None, now: datetime = MONDAY, **facts: Any
) -> Claim:
    """Accept a claim on RT6 on the day it is, unless another route is named."""
    given = {
        "statutory_route": StatutoryRoute.RT6,
        "checklist": CHECKLIST,
        "decided_on": timezone.localdate(now),
        **facts,
    }
    by = by or case.unit.officer
    return accepting.accept(case.pk, case.handling.pk, number, by=by, now=now, **given)


def decline(
    case: Case,
    number: int = 1,
    *,
    reason: NonAcceptReason = NonAcceptReason.OUTSIDE_POWER,
    now: datetime = MONDAY,
    **facts: Any,
) -> Claim:
    """Decline a claim on the day it is."""
    given = {
        "where_to_go": "开发区管委会",
        "checklist": CHECKLIST,
        "decided_on": timezone.localdate(now),
        **facts,
    }
    return accepting.decline(
        case.pk, case.handling.pk, number, reason=reason, by=case.unit.officer, now=now, **given
    )


def accepted(case: Case | None = None, *, now: datetime = MONDAY, **facts: Any) -> Case:
    """Let the unit accept every claim it leads."""
    case = case or received(now=now)
    for number in _numbers(case):
        accept(case, number, now=now, **facts)
    return case


def declined(case: Case | None = None, *, now: datetime = MONDAY) -> Case:
    """Let the unit decline every claim it leads."""
    case = case or received(now=now)
    for number in _numbers(case):
        decline(case, number, now=now)
    return case


def _numbers(case: Case) -> Sequence[int]:
    return list(case.handling.claims.order_by("number").values_list("number", flat=True))


def found(outcome: Outcome = Outcome.SUPPORT, **facts: Any) -> Found:
    """Make a finding with every part of Art 32; what is supported is carried out by the end of April."""
    parts = dict.fromkeys(("solved", "explained", "helped", "lawful"), "已办")
    given: dict[str, Any] = {
        "facts": "经查属实",
        "opinion": "予以支持",
        "legal_basis": "《不动产登记暂行条例》",
        **parts,
    }
    if outcome is Outcome.SUPPORT:
        given |= {"execution_organ_id": the_district().pk, "execution_due_on": date(2026, 4, 30)}
    return Found(outcome=outcome, **{**given, **facts})


def find(case: Case, number: int = 1, *, now: datetime = MONDAY, finding: Found | None = None) -> None:
    """Write the finding of one claim."""
    handling.find(case.pk, case.handling.pk, number, finding or found(), by=case.unit.officer, now=now)


def investigated(
    case: Case | None = None, *, now: datetime = MONDAY, outcome: Outcome = Outcome.SUPPORT
) -> Case:
    """Let the unit write a finding on every claim it accepted."""
    case = case or accepted(now=now)
    for number in _numbers(case):
        if case.claim(number).decision == "accepted":
            find(case, number, now=now, finding=found(outcome))
    return case


def drafted(case: Case | None = None, *, now: datetime = MONDAY, outcome: Outcome = Outcome.SUPPORT) -> Case:
    """Let the officer draw up the opinion."""
    case = case or investigated(now=now, outcome=outcome)
    papers.draft_opinion(case.pk, case.handling.pk, by=case.unit.officer, now=now)
    return case


def redrafted(case: Case | None = None, *, now: datetime = MONDAY) -> Case:
    """Let the officer write a finding in other words and draw the opinion up anew."""
    case = case or drafted(now=now)
    find(case, now=now, finding=found(opinion="予以支持，限期办理"))
    return drafted(case, now=now)


def issue(case: Case, kind: DocumentKind, *, by: Hat | None = None, now: datetime = MONDAY) -> Document:
    """Let the unit's head approve and issue the draft of a kind."""
    draft = Document.objects.filter(case__handling=case.handling_id, kind=kind, state=State.DRAFT).get()
    return papers.issue_paper(case.pk, draft.pk, version=draft.version, by=by or case.unit.head, now=now)


def sent_back(
    case: Case | None = None,
    kind: DocumentKind = DocumentKind.D15,
    *,
    by: Hat | None = None,
    now: datetime = MONDAY,
) -> Case:
    """Let the unit's head send the draft of a kind back."""
    case = case or drafted(now=now)
    waiting = Document.objects.filter(case__handling=case.handling_id, kind=kind, state=State.DRAFT)
    draft = waiting.order_by("case__pk").first()
    assert draft is not None
    papers.return_paper(
        case.pk, draft.pk, version=draft.version, remark=REMARK, by=by or case.unit.head, now=now
    )
    return case


def opinion_issued(
    case: Case | None = None, *, now: datetime = MONDAY, outcome: Outcome = Outcome.SUPPORT
) -> Case:
    """Let the unit's head issue the opinion."""
    case = case or drafted(now=now, outcome=outcome)
    issue(case, DocumentKind.D15, now=now)
    return case


def send(case: Case, document: Document, *, person: UUID | None = None, now: datetime = MONDAY) -> None:
    """Give a paper to the post for one person, or for each of them."""
    for addressee in [person] if person else [each.pk for each in addressees(case.petition)]:
        sent = Sent(petitioner_ref=addressee, posted_on=timezone.localdate(now))
        papers.post_paper(case.pk, document.pk, sent, by=case.unit.officer, now=now)


def serve(case: Case, document: Document, *, person: UUID | None = None, now: datetime = MONDAY) -> None:
    """Hand a paper to one person, or to each of them."""
    for addressee in [person] if person else [each.pk for each in addressees(case.petition)]:
        service = Service(
            petitioner_ref=addressee, method=Method.IN_PERSON, served_on=timezone.localdate(now)
        )
        papers.serve_paper(case.pk, document.pk, service, by=case.unit.officer, now=now)


def notified(case: Case, *, now: datetime = MONDAY) -> Case:
    """Issue and hand over every notice that waits as a draft."""
    waiting = Document.objects.filter(case__handling=case.handling_id, state=State.DRAFT).exclude(
        kind=DocumentKind.D15
    )
    for draft in waiting.order_by("pk"):
        issued = papers.issue_paper(case.pk, draft.pk, version=draft.version, by=case.unit.head, now=now)
        serve(case, issued, now=now)
    return case


def served(
    case: Case | None = None, *, now: datetime = MONDAY, outcome: Outcome = Outcome.NOT_SUPPORT
) -> Case:
    """Hand the opinion to everyone; what was supported is then being carried out."""
    case = case or opinion_issued(now=now, outcome=outcome)
    opinion = case.handling.opinion
    assert opinion is not None
    serve(case, opinion, now=now)
    return case


def execute(case: Case, number: int = 1, *, now: datetime = MONDAY) -> Handling:
    """Write that a claim was carried out."""
    return handling.execute(
        case.pk,
        case.handling.pk,
        number,
        evidence="证书已发",
        done_on=timezone.localdate(now),
        by=case.unit.officer,
        now=now,
    )


def executed(case: Case | None = None, *, now: datetime = MONDAY) -> Case:
    """Carry everything out that was supported."""
    case = case or served(now=now, outcome=Outcome.SUPPORT)
    for number in _numbers(case):
        execute(case, number, now=now)
    return case


def finish(case: Case, *, now: datetime = MONDAY) -> Petition:
    """Finish the petition as the office that registered it."""
    return finishing.finish(case.pk, by=case.office.officer, now=now)


def finished(
    case: Case | None = None, *, now: datetime = MONDAY, outcome: Outcome = Outcome.NOT_SUPPORT
) -> Case:
    """Serve what is still to be served, and finish."""
    case = case or served(now=now, outcome=outcome)
    notified(case, now=now)
    finish(case, now=now)
    return case


def returned(*, now: datetime = MONDAY) -> Case:
    """Let the sender agree to take a petition back."""
    case = objected(now=now)
    decide_return(case, agree=True, now=now)
    return case


def voided(*, now: datetime = MONDAY) -> Case:
    """Void a petition as a test entry, by two persons (Q18)."""
    case = registered(now=now)
    corrections.propose_void(case.pk, ground=VoidGround.TEST, reason="测试", by=case.office.officer, now=now)
    corrections.decide_void(case.pk, confirm=True, by=case.office.head, now=now)
    return case


def ask_help(case: Case, helper: Unit, *, now: datetime = MONDAY) -> int:
    """Ask another unit to assist. Return the key of what was asked."""
    asked = handling.ask_co_handling(
        case.pk,
        case.handling.pk,
        organ_id=helper.organ.pk,
        wanted="请提供规划资料",
        due_on=timezone.localdate(now) + timedelta(days=5),
        by=case.unit.officer,
        now=now,
    )
    return asked.pk


def ask_extension(case: Case, *, days: int = 30, now: datetime = MONDAY, by: Hat | None = None) -> None:
    """Ask the head of the unit for more days."""
    by = by or case.unit.officer
    handling.ask_extension(case.pk, case.handling.pk, days=days, reason="需要鉴定", by=by, now=now)


def extend(case: Case, *, by: Hat | None = None, now: datetime = MONDAY) -> None:
    """Approve the extension that was asked for, as the unit's head unless another hat is named."""
    handling.decide_extension(case.pk, case.handling.pk, approve=True, by=by or case.unit.head, now=now)


def convert(case: Case, *, now: datetime = MONDAY) -> Handling:
    """Leave the simple track."""
    return accepting.convert(case.pk, case.handling.pk, reason="情况复杂", by=case.unit.officer, now=now)


def take_in(case: Case, kind: DocumentKind, *, now: datetime = MONDAY, **facts: Any) -> Document:
    """Take in a paper that was made elsewhere, dated that day (Q24)."""
    return papers.upload_paper(
        case.pk,
        case.handling.pk,
        kind=kind,
        number=f"离住建〔2026〕{kind}",
        dated_on=timezone.localdate(now),
        file=A_PDF,
        by=case.unit.officer,
        now=now,
        **facts,
    )


def the_petitioner(case: Case, position: int = 1) -> Petitioner:
    return Petitioner.objects.get(petition=case.petition, position=position)


def note_withdrawal(
    case: Case, position: int = 1, *, by: Hat | None = None, now: datetime = MONDAY
) -> Withdrawal:
    """Note that one petitioner withdraws, as the unit's officer heard it."""
    person = the_petitioner(case, position).pk
    by = by or case.unit.officer
    return ends.note_withdrawal(
        case.pk, person, words="问题已经解决，我撤回", withdrawn_on=timezone.localdate(now), by=by, now=now
    )


def confirm_withdrawal(
    case: Case, withdrawal: Withdrawal, *, by: Hat | None = None, agree: bool = True, now: datetime = MONDAY
) -> Withdrawal:
    """Let the office confirm it."""
    by = by or case.office.officer
    why = "" if agree else "本人否认"
    return ends.confirm_withdrawal(case.pk, withdrawal.pk, agree=agree, why=why, by=by, now=now)


def withdrawal_noted(case: Case | None = None, *, now: datetime = MONDAY) -> Case:
    case = case or received(now=now)
    note_withdrawal(case, now=now)
    return case


def withdrawn(case: Case | None = None, *, now: datetime = MONDAY) -> Case:
    """Let the only petitioner withdraw, and the office confirm it."""
    case = case or received(now=now)
    confirm_withdrawal(case, note_withdrawal(case, now=now), now=now)
    return case


def bereaved(case: Case | None = None, position: int = 1, *, now: datetime = MONDAY) -> Case:
    """Note that a petitioner has died."""
    case = case or received(now=now)
    ends.note_death(
        case.pk,
        the_petitioner(case, position).pk,
        died_on=timezone.localdate(now),
        words="社区证明",
        by=case.office.officer,
        now=now,
    )
    return case


def recusal_asked(case: Case | None = None, *, of: Hat | None = None, now: datetime = MONDAY) -> Case:
    """Let the petitioner ask the unit's head to withdraw, unless somebody else is named; the district has a head."""
    case = case or received(now=now)
    a_hat(Role.UNIT_HEAD, organ=the_district())
    post = (of or case.unit.head).post
    recusing.ask_recusal(case.pk, post.pk, reason="与对方是亲属", by=case.office.officer, now=now)
    return case


def study(case: Case, number: int = 1, *, now: datetime = MONDAY) -> Study:
    return suggestions.study_suggestion(
        case.pk,
        case.handling.pk,
        number,
        organ_id=None,
        who="规划股",
        words="建议可行",
        studied_on=timezone.localdate(now),
        by=case.unit.officer,
        now=now,
    )


def suggestion(*, now: datetime = MONDAY, **facts: Any) -> Case:
    """Register a suggestion, and let the unit accept it."""
    case = registered(purpose=Purpose.SUGGESTION, now=now)
    return accepted(received(case, now=now, **facts), now=now, statutory_route=None)


STAGES: dict[str, Callable[[], Case]] = {
    "registered": registered,
    "delivered": routed,
    "received": received,
    "objecting": objected,
    "returned": returned,
    "not_accepted": declined,
    "investigating": investigated,
    "opinion_issued": opinion_issued,
    "served": served,
    "executing": lambda: served(outcome=Outcome.SUPPORT),
    "executed": executed,
    "finished": finished,
    "ended": withdrawn,
    "void": voided,
}


def guided(*, now: datetime = MONDAY, **facts: Any) -> Case:
    """Guide the petitioner to a court without having told him: the written word is issued."""
    case = registered(now=now, **facts)
    route(case, kind=RouteKind.GUIDE, guided_to="区人民法院诉讼服务中心", now=now)
    return case


def word_of(case: Case) -> Document:
    """Return the written word of the last way decided."""
    return Document.objects.filter(case__route__petition=case.pk).latest("case__pk")


def by_a_township(*, now: datetime = MONDAY, **facts: Any) -> Case:
    """Register a petition that came directly to a township, which is not the petition office (Q30)."""
    return registered(office=a_township(), now=now, **facts)


def hand_over_word(case: Case, *, now: datetime = MONDAY) -> None:
    """Hand the written word of where it went to everyone."""
    for person in addressees(case.petition):
        service = Service(
            petitioner_ref=person.pk, method=Method.IN_PERSON, served_on=timezone.localdate(now)
        )
        papers.serve_paper(case.pk, word_of(case).pk, service, by=case.office.officer, now=now)


def served_by_itself(*, now: datetime = MONDAY) -> Case:
    """Let a township accept what came directly to it and hand over its notice."""
    township = a_township()
    case = registered(office=township, unit=township, now=now)
    case = routed(case, kind=RouteKind.SELF_HANDLE, now=now)
    return notified(accepted(case, now=now), now=now)


def record_of(case: Case) -> ServiceRecord:
    """Return the last record of service on a case."""
    return ServiceRecord.objects.filter(document__case__petition=case.pk).latest("pk")


def propose_service(
    case: Case, by: Hat | None = None, *, served_on: date | None = None, now: datetime = MONDAY
) -> ServiceCorrection:
    """Propose another day for the last service; without one, that nobody was served."""
    record = record_of(case)
    service = served_on and Service(
        petitioner_ref=record.petitioner_ref, method=Method.IN_PERSON, served_on=served_on
    )
    return services.propose_service(
        case.pk, record.pk, service or None, reason="签收日期写错", by=by or case.unit.officer, now=now
    )


def assigned_and_answered(*, due_on: date = date(2026, 4, 1), now: datetime = MONDAY) -> Case:
    """Assign a petition with a day for the report; the unit has issued and served its opinion."""
    case = routed(kind=RouteKind.ASSIGN, report_due_on=due_on, now=now)
    return served(opinion_issued(drafted(investigated(accepted(received(case, now=now), now=now),
        outcome=Outcome.NOT_SUPPORT, now=now), now=now), now=now), now=now)  # fmt: skip


def report(case: Case, *, number: str = "离住建报〔2026〕8号", now: datetime = MONDAY) -> CompletionReport:
    """Hand in the unit's completion report."""
    return reporting.report_completion(
        case.pk,
        case.handling.pk,
        number=number,
        dated_on=timezone.localdate(now),
        file=A_PDF,
        by=case.unit.officer,
        now=now,
    )


def reported(case: Case | None = None, *, now: datetime = MONDAY) -> Case:
    """Let the unit hand in its completion report."""
    case = case or assigned_and_answered(now=now)
    report(case, now=now)
    return case


def decide_report(case: Case, *, take: bool, now: datetime = MONDAY, **facts: Any) -> CompletionReport:
    """Let the office take the report or send it back."""
    why = "" if take else "补充信访人意见"
    by = case.office.officer
    return reporting.decide_report(
        case.pk, case.handling.pk, take=take, **{"why": why, **facts}, by=by, now=now
    )


def from_above(*, now: datetime = MONDAY, **facts: Any) -> Case:
    """Register what the city assigned, to be reported by 1 April."""
    above = FromAbove("吕梁市信访局", "LL2026-88", now.date(), date(2026, 4, 1))
    return registered(now=now, **{"source": Source.ASSIGNED_FROM_SUPERIOR, "from_above": above, **facts})


def report_up(case: Case, *, number: str = "离信报〔2026〕3号", now: datetime = MONDAY) -> None:
    """Return the result to the superior."""
    finishing.report_upward(
        case.pk,
        number=number,
        reported_on=timezone.localdate(now),
        file=A_PDF,
        by=case.office.officer,
        now=now,
    )


def reported_upward(*, now: datetime = MONDAY) -> Case:
    """Return the result of what came from above."""
    case = from_above(now=now)
    report_up(case, now=now)
    return case


def send_back_from_above(case: Case, *, now: datetime = MONDAY, **facts: Any) -> UpwardReport:
    """Note that the superior sent the report back."""
    given = {"number": "吕信退〔2026〕5号", "sent_back_on": timezone.localdate(now), "why": "补充执行情况"}
    return reporting.note_sent_back(case.pk, **{**given, **facts}, by=case.office.officer, now=now)


def dispute(
    case: Case, *others: Organ, by: Hat | None = None, claims: Sequence[int] = (), now: datetime = MONDAY
) -> JurisdictionDispute:
    """Open a dispute between whoever leads and other organs."""
    return disputes.open_dispute(
        case.pk,
        claims=claims,
        organ_ids=[organ.pk for organ in others],
        reason="是否属于物业管理职责存在争议",
        by=by or case.office.officer,
        now=now,
    )


def disputed(case: Case | None = None, *, now: datetime = MONDAY) -> Case:
    """Let the housing and the trade bureau be at odds."""
    case = case or received(now=now)
    dispute(case, a_unit("GH").organ, by=case.unit.officer, now=now)
    return case


def settle(
    case: Case, accepts: Organ, how: SettledBy = SettledBy.AGREED, *, now: datetime = MONDAY, **facts: Any
) -> JurisdictionDispute:
    """Write who accepts."""
    settlement = Settlement(
        how=how,
        accepts_id=accepts.pk,
        **{"decided_on": timezone.localdate(now), "finding": "按三定方案由其受理", **facts},
    )
    return disputes.settle_dispute(case.pk, settlement, by=case.office.officer, now=now)


def raised_again(pending: Case | None = None, *, now: datetime = MONDAY, **facts: Any) -> Case:
    """Register a second petition at the office where another one is pending already."""
    pending = pending or routed(now=MONDAY)
    return registered(office=pending.office, unit=pending.unit, now=now, **facts)


def join(case: Case, pending: Case, *, now: datetime = MONDAY, **facts: Any) -> Route:
    """Join every claim that waits to what is pending."""
    return joining.join_pending(
        case.pk,
        pending_number=pending.now.number,
        seen_version=case.now.version,
        by=case.office.officer,
        now=now,
        **facts,
    )


def shown_of_review(case: Case, *, now: datetime) -> Sequence[str]:
    """Return until when the page says that review of the opinion may be asked for."""
    petition = read_head(case.pk)
    papers = case_page(petition, case.unit.officer, now=now, kind="")["papers"]
    (opinion,) = (paper for paper in papers if paper.hung.document.kind == DocumentKind.D15)
    return opinion.review


def repeat_decided(*, now: datetime = MONDAY) -> Case:
    """Decide that a petition is about another, related matter than the one that is pending."""
    pending = routed(now=MONDAY)
    case = raised_again(pending, now=now)
    repeating.decide_repeat(
        case.pk,
        pending.pk,
        outcome=RepeatOutcome.RELATED,
        reason="同一小区",
        by=case.office.officer,
        now=now,
    )
    return case
