"""Who has no part in a petition takes no step of it and learns nothing by trying (Q6; invariant 8 of law.md §3)."""

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.actions.sealing import seal, unseal
from cases.intake import Reported
from cases.models import Petition
from cases.states import ReportedKind
from desk.my_work import my_work
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.cases.handling.doors import NAMES_A_RECORD, body_of, by_action, by_page, stands
from tests.cases.handling.given import Case, Unit, a_unit
from tests.cases.handling.table import at_these_doors
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

STEPS = [row.step for row in at_these_doors() if row.step != "void"]


def answers(case: Case, hat, bodies=None) -> set[int]:
    """Return what every deed answers to a hat, by the action and by the page."""
    bodies = bodies or {step: body_of(step, case) for step in STEPS}
    doors = (by_action, by_page)
    return {door(step, case.pk, bodies[step], hat) for step in STEPS for door in doors}


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.UNIT_HEAD, Role.REGISTRAR])
def test_q6_another_units_people_find_no_petition_behind_any_deed(monday, role):
    case = given.investigated()
    before = stands(case.pk)

    assert answers(case, a_hat(role, organ=a_unit("JT").organ)) == {404}
    assert stands(case.pk) == before


def test_law_3_invariant_8_the_reported_unit_that_led_it_finds_nothing_once_it_is_sealed(monday):
    a_hat(Role.SEALED_LANE_OFFICER)
    case = given.received()
    bodies = {step: body_of(step, case) for step in STEPS}
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk, name="")]
    seal(case.pk, reason="反映该局领导", reported=reported, by=case.office.officer, now=MONDAY)
    before = stands(case.pk)

    seen = {hat.role: answers(case, hat, bodies) for hat in (case.unit.officer, case.unit.head)}

    assert seen == {Role.CASE_OFFICER: {404}, Role.UNIT_HEAD: {404}}
    assert stands(case.pk) == before


def test_q1_what_is_sealed_leaves_the_desks_of_its_unit_and_its_office_without_a_count(monday):
    a_hat(Role.SEALED_LANE_OFFICER)
    case = given.objected()
    again = {"unit": case.unit, "office": case.office}
    drafted = given.accepted(given.received(given.routed(given.registered(**again))))
    given.ask_extension(drafted)
    delivered = given.routed(given.registered(**again))
    hats = (case.unit.head, case.unit.officer, case.office.head)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk, name="")]

    for each in (case, drafted, delivered):
        seal(each.pk, reason="反映该局领导", reported=reported, by=case.office.officer, now=MONDAY)

    for hat in hats:
        desk = my_work(hat, now=MONDAY)
        assert desk["inbox"] == []
        assert {box.label: box.count for box in desk["boxes"] if box.count} == {}, hat.words


def test_q1_unsealed_it_goes_on_with_the_unit_that_led_it(monday):
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    case = given.received()
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=a_unit("JT").organ.pk, name="")]
    seal(case.pk, reason="误读", reported=reported, by=case.office.officer, now=MONDAY)

    unseal(case.pk, reason="不是举报", by=lane, now=MONDAY)

    assert Petition.objects.visible_to(case.unit.officer).filter(pk=case.pk).exists()
    given.accept(case)


def test_r_22_after_the_return_the_unit_sees_nothing_and_takes_no_step(monday):
    case = given.returned()

    assert not Petition.objects.visible_to(case.unit.officer).exists()
    assert answers(case, case.unit.officer) == {404}


def test_r_22_after_the_return_the_units_that_assisted_see_nothing_either(monday):
    case = given.received()
    helper = a_unit("GH")
    given.ask_help(case, helper)
    given.objected(case)
    seen_before = Petition.objects.visible_to(helper.officer).exists()

    given.decide_return(case, agree=True)

    assert seen_before
    assert not Petition.objects.visible_to(helper.officer).exists()


def test_q10_an_assisting_unit_sees_the_petition_feeds_back_and_takes_no_other_step(monday):
    case, helper = given.investigated(), a_unit("GH")
    given.ask_help(case, helper)
    # who of its own people reads it is its own affair
    own = {"feed_back", "recuse", "give_reader", *NAMES_A_RECORD}
    others = [step for step in STEPS if step not in own]
    before = stands(case.pk)

    refused = {by_action(step, case.pk, body_of(step, case), helper.officer) for step in others}
    after = stands(case.pk)
    fed_back = by_action("feed_back", case.pk, body_of("feed_back", case), helper.officer)

    assert Petition.objects.visible_to(helper.officer).exists()
    assert (refused, after == before, fed_back) == ({403}, True, 200)
    assert case.handling.co_handlings.get().feedback == "资料已提供"


def test_q10_feedback_is_given_once_and_only_by_the_unit_that_was_asked(monday):
    case, helper, other = given.investigated(), a_unit("GH"), a_unit("RS")
    asked = body_of("feed_back", case) | {"co_handling": str(given.ask_help(case, helper))}
    given.ask_help(case, other)

    answers_in_turn = [
        by_action("feed_back", case.pk, asked, hat)
        for hat in (other.officer, case.unit.officer, helper.officer, helper.officer)
    ]

    assert answers_in_turn == [404, 403, 200, 409]


def test_art_28_whoever_withdrew_reads_on_but_takes_no_step(monday):
    case = given.received()
    withdrawn: Unit = case.unit
    by_action("recuse", case.pk, {"reason": "当事人亲属"}, withdrawn.officer)
    before = stands(case.pk)
    steps = ("accept", "decline", "object", "note_progress", "recuse")

    refused = [by_action(step, case.pk, body_of(step, case), withdrawn.officer) for step in steps]

    assert refused == [403, 403, 403, 403, 409]
    assert stands(case.pk) == before
    assert by_action("accept", case.pk, body_of("accept", case), a_unit("ZJ").officer) == 200


def test_q32_what_was_typed_into_a_step_of_somebody_else_is_shown_back(monday):
    case, helper = given.investigated(), a_unit("GH")
    given.ask_help(case, helper)
    before = stands(case.pk)

    page = signed_in(helper.officer).post(
        f"/petitions/{case.pk}/note-progress/", body_of("note_progress", case) | {"words": "已到现场查看地基"}
    )

    assert (page.status_code, stands(case.pk)) == (403, before)
    assert "已到现场查看地基" in page.content.decode()


def test_art_32_the_leading_unit_reads_how_to_reach_the_petitioner_once_it_has_signed(monday):
    case, helper = given.routed(), a_unit("GH")
    person = case.petition.people.get().pk
    phone = {"field": "phone"}
    page = f"/petitions/{case.pk}/people/{person}/reveal/"

    before = signed_in(case.unit.officer).post(page, phone)
    given.received(case)
    looks = Entry.objects.filter(verb="petition.reveal").count()
    shown = signed_in(case.unit.officer).post(page, phone)
    given.accept(case)
    given.ask_help(case, helper)
    assisting = signed_in(helper.officer).post(page, phone)
    stranger = signed_in(a_unit("RS").officer).post(page, phone)

    answers = [each.status_code for each in (before, shown, assisting, stranger)]
    assert (looks, answers) == (0, [403, 200, 403, 404])
    assert "13800001234" in shown.content.decode()
    assert Entry.objects.filter(verb="petition.reveal").count() == 1
