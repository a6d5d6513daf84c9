"""Papers between organs or for a unit's file are issued with the deed they put into writing (D09, D10, D13)."""

import pytest

from accounts.roles import Role
from cases.actions import handling as deeds
from cases.actions import routing
from cases.models import ProgressKind
from documents.models import Document
from documents.states import DocumentKind
from lib.errors import NotAllowed, Refused
from tests.cases.handling import given
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db
REASON = "供热管理属于城市管理部门职权，本单位没有处理权限。"


def papers(case, kind):
    found = Document.objects.filter(case__petition=case.pk, kind=kind).order_by("case__pk")
    return [(paper.organ, "\n".join(paper.paper.paragraphs)) for paper in found]


def test_d09_an_objection_and_its_answer_are_letters_that_name_each_other():
    case = given.received()
    routing.object_to(
        case.pk, case.handling_id, reason=REASON, proper_organ="区城管局", by=case.unit.officer, now=MONDAY
    )
    routing.decide_return(
        case.pk, case.handling_id, agree=False, finding="属于你单位职权。", by=case.office.officer, now=MONDAY
    )

    (unit, letter), (office, answer) = papers(case, DocumentKind.D09)
    objection = Document.objects.get(kind=DocumentKind.D09, organ=case.unit.organ)
    assert (unit, office) == (case.unit.organ, case.office.organ)
    assert case.handling.letter.number in letter and REASON in letter and "区城管局" in letter
    assert objection.number in answer and "不同意退回" in answer and "属于你单位职权。" in answer


def test_d09_what_is_refused_leaves_no_letter():
    case = given.received()
    with pytest.raises(Refused):
        routing.object_to(case.pk, case.handling_id, reason="不归我", by=case.unit.officer, now=MONDAY)
    assert papers(case, DocumentKind.D09) == []


@pytest.mark.parametrize(
    ("approve", "said"), [(True, "同意延长，办理期限延长至"), (False, "不同意延长，按原期限办结。")]
)
def test_d10_the_form_says_who_asked_why_and_what_the_head_decided(approve, said):
    case = given.accepted()
    deeds.ask_extension(
        case.pk, case.handling_id, days=20, reason="需要委托鉴定", by=case.unit.officer, now=MONDAY
    )
    with pytest.raises(NotAllowed):
        deeds.decide_extension(case.pk, case.handling_id, approve=approve, by=case.unit.officer, now=MONDAY)
    assert papers(case, DocumentKind.D10) == []

    deeds.decide_extension(case.pk, case.handling_id, approve=approve, by=case.unit.head, now=MONDAY)

    ((organ, form),) = papers(case, DocumentKind.D10)
    assert organ == case.unit.organ
    for words in ("20日", "需要委托鉴定", case.unit.officer.user.name, case.unit.head.user.name, said):
        assert words in form


def test_d13_the_report_is_issued_with_the_opinion_and_says_what_was_done_and_found():
    case = given.accepted()
    deeds.note_progress(
        case.pk,
        case.handling_id,
        kind=ProgressKind.INVESTIGATION,
        words="入户测温",
        done_on=MONDAY.date(),
        by=case.unit.officer,
        now=MONDAY,
    )
    case = given.drafted(given.investigated(case))
    assert papers(case, DocumentKind.D13) == []

    given.issue(case, DocumentKind.D15)

    ((organ, report),) = papers(case, DocumentKind.D13)
    claim = case.claim()
    assert organ == case.unit.organ
    for words in ("调查：入户测温", claim.wording, claim.finding.facts, case.unit.officer.user.name):
        assert words in report


def test_these_papers_are_not_served_on_petitioners_nor_read_by_who_only_looks_on():
    case = given.opinion_issued()
    report = case.paper(DocumentKind.D13)
    assert not report.case.to_petitioners and report.case.claims == []
    with pytest.raises(NotAllowed):
        given.papers.fetch_paper(case.pk, report.pk, by=a_hat(Role.INSPECTOR), now=MONDAY)
