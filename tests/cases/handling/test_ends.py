"""Other ends than 办结: withdrawal, death, attempts that end nothing, and other persons on a petition (Q19)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.roles import Role
from audit.models import Entry
from cases import sweeps
from cases.actions import ends, persons
from cases.actions.sealing import seal, unseal
from cases.handlings import addressees
from cases.intake import FromAbove, Person, Reported
from cases.models import Handling, OtherEnd, Petition, PetitionClock, QueryCode, Reporter
from cases.states import (
    AttemptMeans,
    AttemptResult,
    ClockCode,
    EndKind,
    PersonRole,
    Purpose,
    ReportedKind,
    RouteKind,
    Routing,
    Source,
)
from desk.my_work import my_work
from documents.states import DocumentKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind, Notice
from tests.cases.browsers import Browser
from tests.cases.given import a_person, accompanying
from tests.cases.handling import given
from tests.cases.handling.doors import stands
from tests.cases.handling.given import at
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db

TWO = (a_person("张三"), a_person("李四"))
CHILD = (
    a_person("小明", under_14=True),
    Person(name="王监护", role=PersonRole.GUARDIAN, acts_for=1),
)


def told(hat, kind):
    return Notice.objects.standing().filter(post=hat.post, kind=kind).exists()


def page_of(hat, case):
    return Browser(hat).get(f"/petitions/{case.pk}/").content.decode()


def test_q19_a_withdrawal_that_nobody_confirmed_changes_nothing(monday):
    case = given.withdrawal_noted()

    assert case.now.routing == Routing.ROUTED
    assert case.clock(ClockCode.T3).is_open
    assert told(case.office.officer, Kind.WITHDRAWAL_TO_CONFIRM)
    assert [p.position for p in addressees(case.now)] == [1]


def test_q19_confirmed_by_the_office_it_ends_and_is_no_finish(monday):
    case = given.withdrawn()

    petition = case.now
    assert (petition.routing, petition.ended_as) == (Routing.ENDED, EndKind.WITHDRAWN)
    assert not Petition.objects.filter(routing=Routing.FINISHED).exists()
    assert not PetitionClock.objects.open().filter(petition=case.pk).exists()
    assert petition.next_due_at is None
    assert told(case.unit.officer, Kind.ENDED_OTHERWISE)
    assert OtherEnd.objects.get().routing_before == Routing.ROUTED
    verbs = set(Entry.objects.about(petition).values_list("verb", flat=True))
    assert {"petition.note_withdrawal", "petition.confirm_withdrawal", "petition.move"} <= verbs


def test_q19_what_was_late_when_it_ended_stays_late(monday):
    case = given.received()
    given.confirm_withdrawal(case, given.note_withdrawal(case, now=at(4, 10)), now=at(4, 10))

    clock = case.clock(ClockCode.T3)
    assert clock.cancelled_at is not None
    assert clock.breached_at == clock.due_at


@pytest.mark.parametrize("who", ["officer", "head"])
def test_q19_the_leading_unit_does_not_confirm(monday, who):
    case = given.received()
    withdrawal = given.note_withdrawal(case, by=case.office.officer)
    before = stands(case.pk)

    with pytest.raises(NotAllowed):
        given.confirm_withdrawal(case, withdrawal, by=getattr(case.unit, who))

    assert stands(case.pk) == before


def test_q19_a_township_that_leads_its_own_petition_does_not_confirm_and_the_office_over_it_does(monday):
    township, office = given.a_township(), given.the_office()
    case = given.registered(office=township, unit=township)
    given.route(case, kind=RouteKind.SELF_HANDLE, by=township.officer)
    withdrawal = given.note_withdrawal(case, by=township.officer)
    before = stands(case.pk)

    with pytest.raises(NotAllowed):
        given.confirm_withdrawal(case, withdrawal, by=township.head)
    assert stands(case.pk) == before
    assert told(office.officer, Kind.WITHDRAWAL_TO_CONFIRM)
    given.confirm_withdrawal(case, withdrawal, by=office.officer)

    assert case.now.ended_as == EndKind.WITHDRAWN


def test_q19_the_office_over_a_township_has_no_word_where_another_unit_leads(monday):
    township, office = given.a_township(), given.the_office()
    case = given.received(given.registered(office=township))
    withdrawal = given.note_withdrawal(case)

    with pytest.raises(NotAllowed):
        given.confirm_withdrawal(case, withdrawal, by=office.officer)
    given.confirm_withdrawal(case, withdrawal, by=township.head)

    assert case.now.ended_as == EndKind.WITHDRAWN


def test_q19_whoever_noted_it_does_not_confirm_it(monday):
    case = given.received()
    withdrawal = given.note_withdrawal(case, by=case.office.officer)

    with pytest.raises(NotAllowed):
        given.confirm_withdrawal(case, withdrawal)

    assert case.now.routing == Routing.ROUTED


def test_q19_one_of_two_withdraws_and_the_other_ones_matter_goes_on(monday):
    case = given.received(given.registered(people=TWO))
    before = case.clock(ClockCode.T3).due_at

    given.confirm_withdrawal(case, given.note_withdrawal(case, 1))

    assert case.now.routing == Routing.ROUTED
    assert case.clock(ClockCode.T3).due_at == before
    assert [p.name for p in addressees(case.now)] == ["李四"]
    given.confirm_withdrawal(case, given.note_withdrawal(case, 2))
    assert case.now.ended_as == EndKind.WITHDRAWN


def test_q19_who_merely_accompanies_keeps_nothing_open_and_ends_nothing(monday):
    people = (a_person("张三"), accompanying("李四"))
    case = given.received(given.registered(people=people))

    given.confirm_withdrawal(case, given.note_withdrawal(case, 2))
    assert case.now.routing == Routing.ROUTED
    given.confirm_withdrawal(case, given.note_withdrawal(case, 1))

    assert case.now.routing == Routing.ENDED


def test_q19_not_confirmed_it_goes_on_with_the_reason(monday):
    case = given.received()
    withdrawal = given.note_withdrawal(case)

    with pytest.raises(Refused):
        ends.confirm_withdrawal(
            case.pk, withdrawal.pk, agree=False, why=" ", by=case.office.officer, now=MONDAY
        )
    given.confirm_withdrawal(case, withdrawal, agree=False)

    withdrawal.refresh_from_db()
    assert (case.now.routing, withdrawal.ended_why) == (Routing.ROUTED, "本人否认")
    given.note_withdrawal(case)


def test_q19_taken_back_it_goes_on_with_the_days_that_were_left(monday):
    case = given.received(now=at(3, 2))
    due = case.clock(ClockCode.T3).last_day
    withdrawal = given.note_withdrawal(case, now=at(3, 6))
    given.confirm_withdrawal(case, withdrawal, now=at(3, 6))

    ends.revoke_withdrawal(case.pk, withdrawal.pk, reason="本人来电", by=case.office.officer, now=at(3, 16))

    assert (case.now.routing, case.now.ended_as) == (Routing.ROUTED, "")
    again = case.clock(ClockCode.T3)
    assert again.is_open
    assert (again.last_day - due).days == 10
    assert told(case.unit.officer, Kind.GOES_ON_AGAIN)
    given.accept(case, now=at(3, 17))


def test_q19_taken_back_the_days_of_an_extension_are_not_lost(monday):
    case = given.investigated()
    given.ask_extension(case, days=20)
    given.extend(case)
    due = case.clock(ClockCode.T5).last_day
    withdrawal = given.note_withdrawal(case, now=at(3, 10))
    given.confirm_withdrawal(case, withdrawal, now=at(3, 10))
    ends.revoke_withdrawal(case.pk, withdrawal.pk, reason="本人来电", by=case.office.officer, now=at(3, 20))

    again = case.clock(ClockCode.T5)
    assert ((again.last_day - due).days, again.extension_days, again.extensions) == (10, 20, 1)


def test_q19_what_was_not_signed_for_is_deemed_received_only_after_it_goes_on_again(monday):
    case = given.routed(now=at(3, 2))
    withdrawal = given.note_withdrawal(case, by=case.office.officer, now=at(3, 2))
    given.confirm_withdrawal(case, withdrawal, by=case.office.head, now=at(3, 2, 11))

    assert sweeps.deem_received(now=at(3, 20)) == 0
    desk = my_work(case.unit.officer, now=at(3, 20))
    assert desk["inbox"] == []
    ends.revoke_withdrawal(case.pk, withdrawal.pk, reason="本人来电", by=case.office.officer, now=at(3, 20))
    assert sweeps.deem_received(now=at(3, 20, 12)) == 0
    assert sweeps.deem_received(now=at(3, 24)) == 1

    assert Handling.objects.get(petition=case.pk).deemed_received


@pytest.mark.parametrize("stage", [given.opinion_issued, lambda: given.served()])
def test_q19_once_an_opinion_is_out_it_is_finished_and_not_ended(monday, stage):
    case = stage()
    withdrawal = given.note_withdrawal(case)
    before = stands(case.pk)

    with pytest.raises(OutOfTurn):
        given.confirm_withdrawal(case, withdrawal)

    assert stands(case.pk) == before
    assert DocumentKind.D15 in {paper.document.kind for paper in case.petition.documents.all()}


def test_q21_a_petition_from_above_ends_after_the_report_only(monday):
    above = FromAbove("市信访局", "LL-1", MONDAY.date(), date(2026, 4, 30))
    registered = given.registered(source=Source.TRANSFERRED_FROM_SUPERIOR, from_above=above)
    case = given.received(registered)
    withdrawal = given.note_withdrawal(case)

    with pytest.raises(OutOfTurn):
        given.confirm_withdrawal(case, withdrawal)

    assert case.now.routing == Routing.ROUTED


def test_q19_a_report_of_wrongdoing_is_never_ended_by_a_withdrawal(monday):
    case = given.received()
    Petition.objects.filter(pk=case.pk).update(petition_class="report_accusation")
    withdrawal = given.note_withdrawal(case)

    with pytest.raises(OutOfTurn):
        given.confirm_withdrawal(case, withdrawal)

    assert case.now.routing == Routing.ROUTED
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.filter(pk=case.pk).update(routing=Routing.ENDED, ended_as=EndKind.WITHDRAWN)


def test_q19_in_the_sealed_lane_it_is_noted_by_its_officer_and_changes_nothing(monday):
    lane, officer = a_hat(Role.SEALED_LANE_OFFICER), a_hat(Role.PETITION_OFFICER)
    reported = (Reported(kind=ReportedKind.PERSON, organ_id=None, name="某局长"),)
    case = given.registered(purpose=Purpose.REPORT_ACCUSATION, reported=reported)
    reporter = Reporter.objects.get(petition=case.pk)
    facts = {"words": "我不告了", "withdrawn_on": MONDAY.date(), "now": MONDAY}
    before = case.now.routing

    with pytest.raises(Unknown):
        ends.note_withdrawal(case.pk, reporter.pk, by=officer, **facts)
    noted = ends.note_withdrawal(case.pk, reporter.pk, by=lane, **facts)
    with pytest.raises(Unknown):
        given.confirm_withdrawal(case, noted, by=officer)

    assert case.now.routing == before
    assert PetitionClock.objects.open().filter(petition=case.pk).exists()
    assert not Notice.objects.filter(kind=Kind.WITHDRAWAL_TO_CONFIRM).exists()
    assert "我不告了" in page_of(lane, case)


def test_q19_a_withdrawal_stays_the_persons_when_the_petition_is_sealed_and_open_again(monday):
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    case = given.received(given.registered(people=TWO))
    given.confirm_withdrawal(case, given.note_withdrawal(case, 1))
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=given.a_unit("JT").organ.pk, name="")]
    seal(case.pk, reason="误读", reported=reported, by=case.office.officer, now=MONDAY)
    unseal(case.pk, reason="不是举报", by=lane, now=MONDAY)

    assert [p.name for p in addressees(case.now)] == ["李四"]


def test_q19_sealed_as_a_report_after_its_end_it_goes_on(monday):
    a_hat(Role.SEALED_LANE_OFFICER)
    case = given.withdrawn()
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk, name="")]

    seal(case.pk, reason="反映该局领导", reported=reported, by=case.office.officer, now=MONDAY)

    assert (case.now.routing, case.now.ended_as) == (Routing.ROUTED, "")
    assert case.clock(ClockCode.T3).is_open
    assert not Notice.objects.standing().filter(post__organ=case.unit.organ).exists()


def test_q19_a_child_withdraws_only_through_a_guardian(monday):
    case = given.received(given.registered(people=CHILD))
    given.note_withdrawal(case, 1)
    guardian = given.the_petitioner(case, 2)
    guardian.role = PersonRole.FORMER
    guardian.save(update_fields=["role"])
    case.petition.withdrawals.all().delete()

    with pytest.raises(Refused) as refusal:
        given.note_withdrawal(case, 1)

    assert set(refusal.value.fields) == {"person"}


def test_q19_an_agent_does_not_withdraw_for_himself(monday):
    case = given.received(given.registered(people=CHILD))

    with pytest.raises(Unknown):
        given.note_withdrawal(case, 2)


def test_q19_a_death_ends_nothing_by_itself_and_a_successor_takes_the_seat(monday):
    case = given.bereaved(given.received(given.registered(people=TWO)))
    dead = given.the_petitioner(case)

    assert case.now.routing == Routing.ROUTED
    assert [p.name for p in addressees(case.now)] == ["李四"]
    person = Person(name="张继业", address="滨河北路9号")
    heir = persons.name_successor(
        case.pk, dead.pk, person, relation="儿子", by=case.office.officer, now=MONDAY
    )

    dead.refresh_from_db()
    assert (dead.role, dead.representative_no, dead.is_main) == (PersonRole.FORMER, None, False)
    assert (heir.role, heir.representative_no, heir.is_main) == (PersonRole.REPRESENTATIVE, 1, True)
    assert [p.name for p in addressees(case.now)] == ["张继业", "李四"]


def test_q19_with_nobody_left_nothing_is_waived_meanwhile(monday):
    case = given.accepted(given.bereaved())

    assert [p.position for p in addressees(case.now)] == [1]
    assert case.clock(ClockCode.T3).is_open


def test_q19_nobody_continues_and_the_office_ends_it_with_evidence(monday):
    case = given.bereaved()
    say = {"words": "已询问配偶、子女，均书面表示不继续", "now": MONDAY}

    with pytest.raises(NotAllowed):
        ends.end_after_death(case.pk, by=case.unit.head, **say)
    with pytest.raises(Refused):
        ends.end_after_death(case.pk, words=" ", by=case.office.officer, now=MONDAY)
    ends.end_after_death(case.pk, by=case.office.officer, **say)

    assert (case.now.routing, case.now.ended_as) == (Routing.ENDED, EndKind.DIED)


def test_q19_another_petitioner_lives_and_it_does_not_end(monday):
    case = given.bereaved(given.received(given.registered(people=TWO)))
    before = stands(case.pk)

    with pytest.raises(OutOfTurn):
        ends.end_after_death(case.pk, words="无继承人", by=case.office.officer, now=MONDAY)

    assert stands(case.pk) == before
    given.confirm_withdrawal(case, given.note_withdrawal(case, 2))
    assert case.now.routing == Routing.ROUTED
    ends.end_after_death(case.pk, words="无继承人", by=case.office.officer, now=MONDAY)
    assert case.now.ended_as == EndKind.DIED


def test_q19_a_successor_who_turns_up_later_lets_it_go_on(monday):
    case = given.bereaved()
    ends.end_after_death(case.pk, words="无继承人", by=case.office.officer, now=MONDAY)

    persons.name_successor(
        case.pk,
        given.the_petitioner(case).pk,
        Person(name="张继业"),
        relation="女儿",
        by=case.office.officer,
        now=at(3, 9),
    )

    assert (case.now.routing, case.now.ended_as) == (Routing.ROUTED, "")
    assert case.clock(ClockCode.T3).is_open


def test_q19_a_child_continues_through_a_guardian(monday):
    case = given.bereaved()
    dead = given.the_petitioner(case).pk
    say = {"relation": "儿子", "by": case.office.officer, "now": MONDAY}

    with pytest.raises(Refused) as refusal:
        persons.name_successor(case.pk, dead, Person(name="张小宝", under_14=True), **say)
    assert set(refusal.value.fields) == {"guardian_name"}
    heir = persons.name_successor(
        case.pk, dead, Person(name="张小宝", under_14=True), guardian_name="张母", **say
    )

    guardian = case.petition.people.get(role=PersonRole.GUARDIAN)
    assert guardian.acts_for == heir


def test_q19_no_number_of_attempts_finishes_a_petition(monday):
    case = given.opinion_issued()
    for _each in range(5):
        ends.note_attempt(
            case.pk,
            tried_on=MONDAY.date(),
            means=AttemptMeans.PHONE,
            result=AttemptResult.NO_ANSWER,
            by=case.unit.officer,
            now=MONDAY,
        )

    with pytest.raises(OutOfTurn):
        given.finish(case)
    assert (case.now.routing, case.petition.contact_attempts.count()) == (Routing.ROUTED, 5)


@pytest.mark.parametrize(("day", "field"), [(date(2026, 3, 3), "tried_on"), (date(2026, 3, 1), "tried_on")])
def test_q25_an_attempt_lies_neither_ahead_nor_before_the_petition(monday, day, field):
    case = given.received()

    with pytest.raises(Refused) as refusal:
        ends.note_attempt(
            case.pk,
            tried_on=day,
            means=AttemptMeans.VISIT,
            result=AttemptResult.NO_ANSWER,
            by=case.unit.officer,
            now=MONDAY,
        )

    assert set(refusal.value.fields) == {field}
    assert not case.petition.contact_attempts.exists()


def test_q19_another_guardian_and_the_old_one_stays_with_the_reason(monday):
    case = given.received(given.registered(people=CHILD))
    old = given.the_petitioner(case, 2)
    say = {"leaving_id": old.pk, "by": case.office.officer, "now": MONDAY}

    with pytest.raises(Refused):
        persons.change_agent(case.pk, reason="监护权变更", **say)
    with pytest.raises(Refused):
        persons.change_agent(case.pk, coming=Person(name="李监护"), reason=" ", **say)
    change = persons.change_agent(case.pk, coming=Person(name="李监护"), reason="监护权变更", **say)

    old.refresh_from_db()
    new = case.petition.people.get(position=change.successor_position)
    assert old.role == PersonRole.FORMER
    assert (new.role, new.acts_for.position) == (PersonRole.GUARDIAN, 1)
    assert (change.role_before, change.words) == (PersonRole.GUARDIAN, "监护权变更")
    assert not QueryCode.objects.filter(petitioner=old, replaced_at=None).exists()


def test_r_09_a_third_agent_is_refused(monday):
    case = given.received()
    say = {
        "principal_id": given.the_petitioner(case).pk,
        "reason": "授权委托书",
        "by": case.office.officer,
        "now": MONDAY,
    }
    for name in ("甲", "乙"):
        persons.change_agent(case.pk, coming=Person(name=name, role=PersonRole.AGENT), **say)

    with pytest.raises(Refused) as refusal:
        persons.change_agent(case.pk, coming=Person(name="丙", role=PersonRole.AGENT), **say)

    assert set(refusal.value.fields) == {"leaving"}
    assert case.petition.people.filter(role=PersonRole.AGENT).count() == 2


def test_q19_the_unit_changes_nobody_on_the_petition(monday):
    case = given.bereaved()
    dead = given.the_petitioner(case).pk

    with pytest.raises(NotAllowed):
        persons.name_successor(
            case.pk, dead, Person(name="冒名"), relation="侄子", by=case.unit.head, now=MONDAY
        )

    assert case.petition.people.count() == 1


def test_q19_after_the_end_the_case_page_says_how_and_offers_to_go_on(monday):
    case = given.withdrawn()

    page = page_of(case.office.officer, case)
    units = page_of(case.unit.officer, case)

    assert "信访人撤回" in page
    assert "revoke-withdrawal" in page
    assert "revoke-withdrawal" not in units


def test_q19_the_unit_sees_that_the_office_confirms(monday):
    township = given.a_township()
    case = given.registered(office=township, unit=township)
    given.route(case, kind=RouteKind.SELF_HANDLE, by=township.officer)
    given.note_withdrawal(case, by=township.officer)

    page = page_of(township.head, case)

    assert "由信访部门确认，承办单位不得确认" in page
    assert "confirm-withdrawal" not in page


def test_q19_an_end_without_its_kind_is_kept_out_by_the_database(monday):
    case = given.received()

    for facts in ({"routing": Routing.ENDED}, {"ended_as": EndKind.DIED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Petition.objects.filter(pk=case.pk).update(**facts)
