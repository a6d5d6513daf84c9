"""What the papers of supervision say: the elements that documents.md §3 asks of D22, D23 and D28."""

from datetime import date

import pytest

from documents.models import Document
from leadership.actions.urgent import Happening, report_urgent
from leadership.states import Recipient, SlipKind
from tests.cases.handling.given import received
from tests.given import MONDAY
from tests.leadership.given import issued

pytestmark = pytest.mark.django_db(transaction=True)


def words_of(document: Document) -> str:
    return "\n".join([document.paper.addressee, *document.paper.paragraphs])


def test_d22_an_order_says_ground_facts_act_day_and_recommendation():
    case, slip = issued()

    said = words_of(slip.document)
    for element in (
        case.unit.organ.name,
        case.petition.number,
        "事由：拖延",
        "受理期限已过",
        "三日内作出受理决定",
        "健全限时办理制度",
        "2026年3月9日",
    ):
        assert element in said
    assert "张大强" not in said


def test_d23_a_recommendation_asks_in_writing_whether_it_is_adopted_by_t14():
    _case, slip = issued(kind=SlipKind.IMPROVE_WORK, due_on=None)

    said = words_of(slip.document)
    for element in (
        "造成群众集体来访",
        "三日内作出受理决定",
        "自收到之日起30日内",
        "采纳、部分采纳或者不予采纳",
    ):
        assert element in said
    assert (slip.assignment.clock.code, slip.assignment.clock.last_day) == ("T14", date(2026, 4, 1))


def test_d28_an_urgent_report_names_event_place_people_and_measures():
    case = received()
    what = Happening(
        discovered_at=MONDAY, happened="小区门口聚集", where="永宁花园", scale="三十余人", measures="到场接谈"
    )

    report = report_urgent(case.pk, what, list(Recipient), by=case.office.officer, now=MONDAY)

    said = words_of(report.document)
    for element in ("国家信访局", "上一级", "永宁花园", "三十余人", "到场接谈", "2026年3月2日09:30"):
        assert element in said
    assert case.now.is_urgent
