"""What the case page and the ledger call things: clocks, claims, where a petition stands, what may be chosen."""

import pytest

from cases.actions.finishing import confirm_resolved, propose_resolved
from cases.ledger import leading_units
from cases.models import Petition, ResolutionEvidence
from cases.pages import case_page, enquiry_words
from cases.parts import read_head
from cases.rows import rows_of
from cases.states import KeepGround, Outcome, PetitionClass, Purpose, RouteKind
from deadlines.words import title_of
from lib.errors import Refused
from tests.cases.browsers import Browser
from tests.cases.given import a_person
from tests.cases.handling import given
from tests.cases.handling.given import Case
from tests.given import MONDAY

pytestmark = pytest.mark.django_db

TWO = ("请求办理不动产权证", "请求退还多收的维修资金共计三千六百元并说明收费依据")


def page_of(case: Case, hat=None):
    petition = read_head(case.pk)
    return case_page(petition, hat or case.office.officer, now=MONDAY, kind="")


def ways_of(case: Case) -> list[str]:
    field = page_of(case)["way"]["route"].form.fields["kind"]
    return [value for value, _label in field.widget.choices]


def state_in_ledger(case: Case) -> str:
    listed = list(Petition.objects.filter(pk=case.pk).for_list())
    (row,) = rows_of(listed, now=MONDAY, leading=leading_units(listed))
    return row.state


def test_a_clock_has_one_name_in_the_strip_and_in_the_list():
    page = page_of(given.received())
    running = [clock for clock, _lamp in page["clocks"] if clock.is_open]

    assert len({clock.code for clock in running}) > 1
    assert [title_of(clock.code) in page["strip"].label for clock in running] == [True] * len(running)


def test_the_nearest_last_day_stands_first_and_what_has_ended_last():
    clocks = [clock for clock, _lamp in page_of(given.accepted())["clocks"]]
    running = [clock for clock in clocks if clock.is_open]

    assert [clock.is_open for clock in clocks] == sorted((clock.is_open for clock in clocks), reverse=True)
    assert [clock.due_at for clock in running] == sorted(clock.due_at for clock in running)
    assert next(clock.code for clock, _lamp in page_of(given.registered())["clocks"]) == "T1a"


def test_q15_whoever_asks_hears_which_claim_went_where_and_which_still_waits():
    case = given.routed(given.registered(claims=TWO), claims=(1,))

    words = " ".join(enquiry_words(case.now, MONDAY))

    assert f"诉求1（{TWO[0]}）已转给" in words
    assert f"诉求2（{TWO[1][:20]}…）转到有权处理的机关" in words


def test_q15_whoever_asks_hears_which_claim_was_accepted():
    case = given.received(given.registered(claims=TWO))
    given.accept(case, 1)

    words = " ".join(enquiry_words(case.now, MONDAY))

    assert f"受理诉求1（{TWO[0]}）" in words
    assert "您反映的事项已转给" in words


def test_q15_a_name_in_a_claim_is_covered_when_it_is_read_out():
    claims = ("请求给李建国办证", "退费")
    case = given.routed(given.registered(people=(a_person("李建国"),), claims=claims), claims=(1,))

    words = " ".join(enquiry_words(case.now, MONDAY))

    assert ("李建国" in words, "诉求1（请求给李" in words) == (False, True)


def test_art_14_the_office_is_not_offered_to_handle_an_appeal_itself():
    case = given.registered()

    assert RouteKind.SELF_HANDLE not in ways_of(case)
    with pytest.raises(Refused):
        given.route(case, kind=RouteKind.SELF_HANDLE)


def test_art_14_what_is_no_appeal_the_office_may_handle_and_where_some_are_it_is_told_why():
    suggestion = given.registered(purpose=Purpose.SUGGESTION)
    unclear = given.registered(purpose=Purpose.ENQUIRY)

    assert RouteKind.SELF_HANDLE in ways_of(suggestion)
    assert RouteKind.SELF_HANDLE in ways_of(unclear)
    helps = [page_of(case)["way"]["route"].form.fields["kind"].help_text for case in (suggestion, unclear)]
    assert ["第十四条" in str(words) for words in helps] == [False, True]
    assert suggestion.claim().petition_class == PetitionClass.SUGGESTION


def test_art_14_any_other_organ_may_handle_itself_what_came_to_it():
    assert RouteKind.SELF_HANDLE in ways_of(given.by_a_township())


def test_art_32_no_result_of_a_finding_is_chosen_before_a_person_chooses(monday):
    case = given.accepted()
    (handling,) = page_of(case, case.unit.officer)["handlings"]
    form = handling.claims[0].find.form
    before = case.now.version

    answer = Browser(case.unit.officer).send(
        "cases:deed", case.pk, "find", handling=str(case.handling_id), claim="1", outcome="", facts="属实"
    )

    assert form["outcome"].value() in (None, "")
    assert next(value for value, _label in form.fields["outcome"].widget.choices) == ""
    assert Outcome.ADOPTED not in [value for value, _label in form.fields["outcome"].widget.choices]
    assert (answer.status_code, case.now.version) == (422, before)


def test_q22_the_ledger_says_what_waits_to_be_signed_for():
    case = given.routed()

    waiting, page = state_in_ledger(case), page_of(case)["state"]
    given.received(case)

    assert (waiting, page) == ("待签收", "待签收")
    assert (state_in_ledger(case), page_of(case)["state"]) == ("办理中", "办理中")


def test_q10_the_case_page_says_which_claim_is_left_to_be_routed():
    case = given.registered(claims=TWO)
    before = page_of(case)["state"]

    given.routed(case, claims=(1,))

    assert (before, page_of(case)["state"], state_in_ledger(case)) == ("待分办", "待分办：诉求2", "待分办")


def test_q13_a_keeping_that_nobody_countersigned_is_what_waits():
    case = given.registered()
    given.route(case, kind=RouteKind.KEEP, keep_ground=KeepGround.THANKS, told="已电话告知")

    assert page_of(case)["state"] == "存件待审核"


def test_data_standard_7_what_was_confirmed_as_settled_is_offered_to_be_taken_back_alone(monday):
    case = given.served()
    evidence = ResolutionEvidence.CONFIRMED
    propose_resolved(case.pk, evidence=evidence, words="书面确认", by=case.office.officer, now=MONDAY)

    def decisions(hat):
        field = page_of(case, hat)["way"]["confirm_resolved"].form.fields["decision"]
        return [value for value, _label in field.widget.choices]

    proposed = (decisions(case.office.officer), decisions(case.office.head))
    confirm_resolved(case.pk, settled=True, by=case.office.head, now=MONDAY)
    shown = Browser(case.office.officer).open("cases:petition", case.pk).content.decode()

    assert proposed == (["not_settled"], ["settled", "not_settled"])
    assert decisions(case.office.head) == ["not_settled"]
    assert case.office.head.user.name in shown.split('id="settled"')[1].split("</section>")[0]


def test_art_31_an_accepted_claims_route_is_said_in_words_of_its_own():
    claim = given.accepted().claim(1)

    assert claim.route_words == "按信访程序办理，出具处理意见书"
