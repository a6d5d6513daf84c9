"""What the papers of supervision say: the elements that documents.md §3 asks of D22, D23 and D28."""

from datetime import date

import pytest

from accounts.models import OrganKind
from documents.models import Document
from leadership.actions import slips
from leadership.actions.urgent import Happening, report_urgent
from leadership.states import Recipient, SlipKind
from tests.cases.handling.given import received
from tests.given import MONDAY, an_organ
from tests.leadership.given import a_held_conference, drafted, issued, the_conference

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


def test_r_53_a_measure_of_the_conference_says_by_which_meeting_and_on_which_ground():
    drafter, signer = the_conference()
    meeting = a_held_conference(signed=True)
    _case, slip = drafted(kind=SlipKind.INTERVIEW, by=drafter, meeting_id=meeting.pk)
    slips.issue_slip(slip.pk, version=1, by=signer, now=MONDAY)

    said = words_of(Document.objects.get(slip=slip))
    for element in (
        f"经2026年3月2日信访工作联席会议（{meeting.number}）研究，决定予以约谈",
        "事由：拖延",
        "约谈时间：2026年3月4日09:30",
        "约谈地点：区信访局二楼",
        "请到场人员：单位主要负责人",
    ):
        assert element in said


def test_r_51_each_recommendation_cites_its_paragraph():
    case = received()
    government = an_organ("QZF", kind=OrganKind.LEADING_BODY)
    discipline = an_organ("JW", kind=OrganKind.DISCIPLINE_ORGAN)
    for kind, addressee, cited in (
        (SlipKind.IMPROVE_WORK, case.unit.organ, "第四十条第一款"),
        (SlipKind.COMPLETE_POLICY, government, "第四十条第二款"),
        (SlipKind.PURSUE_LIABILITY, discipline, "第四十条第三款"),
    ):
        _case, slip = drafted(case, kind, addressee_id=addressee.pk)
        said = words_of(slip.document)
        assert cited in said
        assert "第四十条第四款" in said


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
