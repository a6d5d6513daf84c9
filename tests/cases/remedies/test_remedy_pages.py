"""What the case page, the ledger, the first page and the public look-up say of contested opinions."""

import pytest
import time_machine

from cases.ledger import View, in_view
from cases.models import Petition, Remedy
from cases.rows import rows_of
from cases.states import Outcome
from desk.my_work import my_work
from portal.progress import progress_of
from tests.cases.browsers import signed_in
from tests.cases.handling import given as ways
from tests.cases.handling.given import at
from tests.cases.remedies import given

pytestmark = pytest.mark.django_db


def html_of(contested, hat, now):
    with time_machine.travel(now, tick=False):
        return signed_in(hat).open("cases:petition", contested.pk).content.decode()


def seen_in(view, hat):
    rows = Petition.objects.visible_to(hat)
    return set(in_view(rows, view, hat=hat, now=at(3, 24)).values_list("pk", flat=True))


def test_the_offices_page_offers_to_note_a_request_and_says_before_whom_and_until_when():
    contested = given.served()

    html = html_of(contested, contested.case.office.officer, at(3, 20))

    assert "do-request-remedy" in html
    assert "吕梁市离石区人民政府" in html


def test_a_request_can_be_noted_through_the_page():
    contested = given.served()
    person = ways.the_petitioner(contested.case)

    with time_machine.travel(at(3, 20), tick=False):
        answer = signed_in(contested.case.office.officer).send(
            "cases:deed",
            contested.pk,
            "request-remedy",
            handling=str(contested.case.handling_id),
            person=str(person.pk),
            received_on="2026-03-20",
            reasons="面积认定有误",
        )

    assert answer.status_code == 302
    assert Remedy.objects.get(petition=contested.pk).organ == contested.district.organ


def test_the_reviewing_organs_page_offers_what_is_its_to_do_and_the_earlier_organs_does_not():
    contested = given.requested()

    ours = html_of(contested, contested.district.officer, at(3, 24))
    theirs = html_of(contested, contested.case.unit.officer, at(3, 24))

    assert "do-answer-remedy" in ours
    assert "do-answer-remedy" not in theirs
    assert "面积认定有误" in theirs


def test_an_accepted_one_is_drawn_up_and_approved_on_the_page():
    contested = given.accepted()
    officers = html_of(contested, contested.district.officer, at(3, 30))
    given.draft(contested)

    heads = html_of(contested, contested.district.head, at(3, 31))

    assert "do-draft-remedy-opinion" in officers
    assert "do-issue-remedy-paper" in heads
    assert "do-issue-remedy-paper" not in officers


def test_q6_a_neighbours_page_is_not_there():
    contested = given.requested()
    neighbour = ways.a_unit("RS").officer

    answer = signed_in(neighbour).open("cases:petition", contested.pk)

    assert answer.status_code == 404


def test_the_applicants_name_stands_covered_on_the_page():
    contested = given.requested()

    html = html_of(contested, contested.district.officer, at(3, 24))

    assert ways.the_petitioner(contested.case).name not in html


def test_the_ledger_says_that_it_is_in_review():
    contested = given.requested()
    petitions = list(Petition.objects.filter(pk=contested.pk).for_list())

    (row,) = rows_of(petitions, now=at(3, 24))

    assert row.state == "复查中"


def test_what_is_to_be_reviewed_waits_for_the_reviewing_organ_until_its_paper_is_with_the_applicant():
    contested = given.requested()
    ways.finish(contested.case, now=at(3, 21))
    before = seen_in(View.REMEDIES, contested.district.officer)

    contested = given.reviewed(given.accepted(contested))

    assert before == {contested.pk}
    assert seen_in(View.REMEDIES, contested.district.officer) == set()
    assert seen_in(View.REMEDIES, contested.case.unit.officer) == set()


def test_the_office_finds_what_is_contested():
    contested = given.requested()

    assert seen_in(View.CONTESTED, contested.case.office.officer) == {contested.pk}
    assert seen_in(View.CONTESTED, ways.a_unit("RS").officer) == set()


def test_the_first_page_counts_what_is_to_be_reviewed():
    contested = given.requested()

    page = my_work(contested.district.officer, now=at(3, 24))

    assert [box.count for box in page["boxes"] if box.query == "?view=remedies"] == [1]


@pytest.mark.parametrize(
    ("make", "now", "said"),
    [
        pytest.param(given.served, at(3, 20), "向吕梁市离石区人民政府申请复查", id="may ask"),
        pytest.param(given.requested, at(3, 24), "2026-04-19", id="in review"),
        pytest.param(given.reviewed, at(4, 2), "向吕梁市人民政府申请复核", id="reviewed"),
        pytest.param(given.served, at(6, 1), "期限已过", id="lapsed"),
    ],
)
def test_r_02_the_public_page_says_rights_and_days_in_plain_words(make, now, said):
    contested = make()

    (unit,) = progress_of(contested.pk, now=now).units

    assert said in "".join(unit.rights)


def test_after_the_reexamination_the_public_page_says_what_stays_open():
    contested = given.decided(given.in_reexamination(), now=at(4, 20))

    (unit,) = progress_of(contested.pk, now=at(4, 21)).units

    assert "法律援助" in "".join(unit.rights)
    assert contested.case.claim().outcome == Outcome.NOT_SUPPORT
