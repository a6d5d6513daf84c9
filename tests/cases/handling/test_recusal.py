"""回避: asked for by the petitioner, decided by the head; and who is not given a petition at all (Art 28(3); R-33)."""

import pytest

from accounts.models import Portfolio
from accounts.roles import Role
from cases.actions import recusing
from cases.actions.sealing import seal, unseal
from cases.intake import Reported
from cases.models import Involvement, Petition, Recusal
from cases.recusals import judge_over, judging_posts, working_posts
from cases.states import ReportedKind, RouteKind
from cases.workflow import Step, check
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind, Notice
from tests.cases.browsers import Browser
from tests.cases.handling import given
from tests.cases.handling.doors import stands
from tests.given import MONDAY, a_hat, an_organ

pytestmark = pytest.mark.django_db


def decide(case, recusal, *, by, withdraw=True):
    answer = "经查属实" if withdraw else "不具有回避事由"
    return recusing.decide_recusal(case.pk, recusal.pk, withdraw=withdraw, answer=answer, by=by, now=MONDAY)


def the_request(case):
    return Recusal.objects.get(petition=case.pk, judge__isnull=False)


def told(hat, kind):
    return Notice.objects.standing().filter(post=hat.post, kind=kind).exists()


def test_r_33_the_head_of_the_organ_decides_on_staff(monday):
    case = given.recusal_asked(of=(unit := given.a_unit()).officer, case=given.received(unit_case(unit)))
    asked = the_request(case)

    assert asked.judge == unit.organ
    assert told(unit.head, Kind.RECUSAL_TO_DECIDE)
    with pytest.raises(NotAllowed):
        decide(case, asked, by=case.office.head)
    decide(case, asked, by=unit.head)

    asked.refresh_from_db()
    assert (asked.withdrawn, asked.answer, asked.decided_by) == (True, "经查属实", unit.head.post)
    with pytest.raises(NotAllowed):
        given.accept(case, by=unit.officer)
    given.accept(case, by=unit.head)


def unit_case(unit):
    return given.registered(unit=unit)


def test_r_33_until_it_is_decided_the_work_goes_on(monday):
    case = given.received()
    given.recusal_asked(case, of=case.unit.officer)

    given.accept(case, by=case.unit.officer)


def test_r_33_not_agreed_with_the_answer_he_goes_on_and_other_grounds_may_be_heard(monday):
    case = given.received()
    given.recusal_asked(case, of=case.unit.officer)

    with pytest.raises(Refused) as refusal:
        recusing.decide_recusal(
            case.pk, the_request(case).pk, withdraw=False, answer=" ", by=case.unit.head, now=MONDAY
        )
    assert set(refusal.value.fields) == {"answer"}
    decide(case, the_request(case), by=case.unit.head, withdraw=False)

    given.accept(case, by=case.unit.officer)
    given.recusal_asked(case, of=case.unit.officer)
    assert Recusal.objects.filter(petition=case.pk).count() == 2


def test_r_33_on_a_head_the_head_of_the_next_higher_organ_decides_and_sees_it_only_until_then(monday):
    case = given.recusal_asked()
    above = a_hat(Role.UNIT_HEAD, organ=given.the_district())
    asked = the_request(case)

    assert asked.judge == given.the_district()
    assert Petition.objects.visible_to(above).filter(pk=case.pk).exists()
    with pytest.raises(NotAllowed):
        decide(case, asked, by=case.unit.head)
    decide(case, asked, by=above)

    assert not Petition.objects.visible_to(above).filter(pk=case.pk).exists()
    with pytest.raises(Unknown):
        decide(case, asked, by=above)
    with pytest.raises(NotAllowed):
        given.accept(case, by=case.unit.head)


def test_r_33_a_request_outlives_a_sealing_that_was_a_mistake(monday):
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    case = given.recusal_asked()
    above = a_hat(Role.UNIT_HEAD, organ=given.the_district())
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=given.a_unit("JT").organ.pk, name="")]
    seal(case.pk, reason="误读", reported=reported, by=case.office.officer, now=MONDAY)
    assert not Petition.objects.visible_to(above).filter(pk=case.pk).exists()
    unseal(case.pk, reason="不是举报", by=lane, now=given.at(3, 3))

    decide(case, the_request(case), by=above)

    assert the_request(case).withdrawn


def test_r_33_in_a_leading_body_without_a_head_its_leaders_decide(monday):
    case = given.received()
    leader = a_hat(Role.LEADER, organ=given.the_district())

    recusing.ask_recusal(case.pk, case.unit.head.post.pk, reason="亲属", by=case.office.officer, now=MONDAY)
    assert Petition.objects.visible_to(leader).filter(pk=case.pk).exists()
    assert "decide-recusal" in Browser(leader).get(f"/petitions/{case.pk}/").content.decode()
    decide(case, the_request(case), by=leader, withdraw=False)

    assert not Petition.objects.visible_to(leader).filter(pk=case.pk).exists()
    part = Involvement.objects.get(petition=case.pk, post=leader.post)
    assert (part.bases, part.ended_at) == (["judges"], MONDAY)


def test_r_33_nobody_decides_on_himself_in_another_post(monday):
    case = given.received()
    second = a_hat(Role.CASE_OFFICER, organ=case.unit.organ, user=case.unit.head.user)
    above = a_hat(Role.UNIT_HEAD, organ=given.the_district())

    recusing.ask_recusal(case.pk, second.post.pk, reason="亲属", by=case.office.officer, now=MONDAY)

    assert the_request(case).judge == above.organ


def test_r_33_without_a_head_above_nobody_is_asked(monday):
    case = given.received()

    with pytest.raises(Refused) as refusal:
        recusing.ask_recusal(
            case.pk, case.unit.head.post.pk, reason="亲属", by=case.office.officer, now=MONDAY
        )

    assert set(refusal.value.fields) == {"post"}
    assert not Recusal.objects.exists()
    assert judge_over(case.unit.head.post, MONDAY) is None


def test_r_33_only_whoever_works_on_it_can_be_asked(monday):
    case = given.received()
    stranger = given.a_unit("JT")

    with pytest.raises(Refused):
        recusing.ask_recusal(
            case.pk, stranger.head.post.pk, reason="亲属", by=case.office.officer, now=MONDAY
        )

    at_work = {post.pk for post in working_posts(case.petition, MONDAY)}
    assert {case.unit.head.post.pk, case.office.officer.post.pk} <= at_work
    assert stranger.head.post.pk not in at_work


def test_r_33_a_second_request_waits_for_the_first(monday):
    case = given.received()
    given.recusal_asked(case, of=case.unit.officer)
    before = stands(case.pk)

    with pytest.raises(OutOfTurn):
        given.recusal_asked(case, of=case.unit.officer)

    assert stands(case.pk) == before


def test_r_33_whoever_withdrew_is_told_nothing_more_of_it(monday):
    case = given.received()
    recusing.recuse(case.pk, reason="亲属", by=case.unit.officer, now=MONDAY)

    given.bereaved(case)
    given.ask_extension(given.accepted(given_to_head(case)), by=case.unit.head)

    assert not Notice.objects.standing().filter(post=case.unit.officer.post).exists()
    assert judging_posts(case.unit.organ, case.unit.officer.user.pk, MONDAY)


def given_to_head(case):
    return given.replace(case, unit=given.Unit(case.unit.organ, case.unit.head, case.unit.head))


def test_r_33_a_leader_who_withdrew_has_no_part_by_his_portfolio_and_gets_none(monday):
    unit = given.a_unit()
    leader = a_hat(Role.LEADER, organ=given.the_district())
    also_head = a_hat(Role.CASE_OFFICER, organ=unit.organ, user=leader.user)
    Portfolio.objects.create(post=leader.post, organ=unit.organ, since=MONDAY.date())
    case = given.received(given.registered(unit=unit))
    assert Petition.objects.visible_to(leader).filter(pk=case.pk).exists()

    recusing.recuse(case.pk, reason="亲属", by=also_head, now=MONDAY)
    assert not Petition.objects.visible_to(leader).filter(pk=case.pk).exists()
    given.ask_help(case, given.a_unit("GH"))

    assert not Petition.objects.visible_to(leader).filter(pk=case.pk).exists()


def unsealed_naming(unit, *, user=None):
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    case = given.registered(unit=unit)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=unit.organ.pk, name="")]
    seal(case.pk, reason="误读", reported=reported, by=case.office.officer, now=MONDAY)
    unseal(case.pk, reason="不是举报", by=lane, now=MONDAY)
    if user is not None:
        case.petition.reported_parties.update(organ=None, user=user)
    return case


@pytest.mark.parametrize("kind", [RouteKind.FORWARD, RouteKind.ASSIGN])
def test_r_33_a_unit_that_the_petition_names_does_not_get_it(monday, kind):
    unit = given.a_unit()
    case = unsealed_naming(unit)
    before = stands(case.pk)

    with pytest.raises(Refused) as refusal:
        given.route(case, kind=kind, report_due_on=given.at(4, 1).date())

    assert set(refusal.value.fields) == {"organ"}
    assert stands(case.pk) == before
    given.route(case, organ_id=given.a_unit("JT").organ.pk)


def test_r_33_nor_a_unit_whose_head_it_names_nor_is_it_asked_to_assist(monday):
    unit, other = given.a_unit(), given.a_unit("JT")
    case = given.replace(unsealed_naming(unit, user=unit.head.user), unit=other)

    with pytest.raises(Refused):
        given.route(case, organ_id=unit.organ.pk)
    case = given.received(case)
    with pytest.raises(Refused) as refusal:
        given.ask_help(case, unit)

    assert set(refusal.value.fields) == {"organ"}


def test_r_33_whom_the_petition_names_takes_no_step_of_it(monday):
    unit = given.a_unit("JT")
    case = given.received(given.replace(unsealed_naming(given.a_unit()), unit=unit))
    case.petition.reported_parties.update(organ=an_organ("XX"), user=unit.officer.user)

    with pytest.raises(NotAllowed):
        check(Step.ACCEPT, case.now, unit.officer, case.handling)


def test_r_33_the_page_offers_the_decision_to_the_head_alone(monday):
    case = given.received()
    given.recusal_asked(case, of=case.unit.officer)

    pages = {
        hat.role: Browser(hat).get(f"/petitions/{case.pk}/").content.decode()
        for hat in (case.unit.head, case.unit.officer)
    }

    assert "decide-recusal" in pages[Role.UNIT_HEAD]
    assert "decide-recusal" not in pages[Role.CASE_OFFICER]
