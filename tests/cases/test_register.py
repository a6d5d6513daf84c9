"""Everything received is registered, once, with its number, clocks and people (R-10)."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions.register import register
from cases.builders import people_of
from cases.intake import FromAbove
from cases.models import Claim, Petition, PetitionClock, Petitioner, QueryCode
from cases.secrets import open_field
from cases.states import Channel, IdType, PersonRole, Purpose, Source
from lib.codes import code_digest
from lib.errors import NotAllowed, Refused
from tests.cases.given import a_person, a_petition, a_visit_of, an_intake, registered
from tests.given import MONDAY, SHANGHAI, a_hat, an_organ

pytestmark = pytest.mark.django_db


def test_q16_the_number_is_office_year_and_six_digits_without_a_gap():
    registrar = a_hat(Role.REGISTRAR)

    first, second = a_petition(registrar), a_petition(registrar)

    assert (first.number, second.number) == ("LS2026-000001", "LS2026-000002")


def test_q16_a_refused_registration_takes_no_number():
    registrar = a_hat(Role.REGISTRAR)

    with pytest.raises(Refused):
        register(uuid4(), an_intake(place_id=0), by=registrar, now=MONDAY)

    assert not Petition.objects.exists()
    assert not Entry.objects.filter(verb="petition.register").exists()
    assert a_petition(registrar).number == "LS2026-000001"


def test_the_same_submission_twice_is_one_petition_and_shows_its_code_once():
    registrar, submission = a_hat(Role.REGISTRAR), uuid4()

    first = register(submission, an_intake(), by=registrar, now=MONDAY)
    again = register(submission, an_intake(), by=registrar, now=MONDAY)

    assert again.petition.pk == first.petition.pk
    assert again.codes == {}
    assert Petition.objects.count() == 1


def test_somebody_elses_submission_is_not_handed_out():
    submission = uuid4()
    register(submission, an_intake(), by=a_hat(Role.REGISTRAR), now=MONDAY)

    with pytest.raises(NotAllowed):
        register(submission, an_intake(), by=a_hat(Role.PETITION_OFFICER), now=MONDAY)

    assert Petition.objects.count() == 1


def test_t1_the_petition_office_has_15_days_and_its_own_share_of_4():
    petition = a_petition()

    clocks = {clock.code: clock.last_day for clock in PetitionClock.objects.filter(petition=petition)}
    assert clocks == {"T1": date(2026, 3, 17), "T1a": date(2026, 3, 6)}


def test_acc_1_a_web_petition_of_2_march_is_routed_by_the_end_of_17_march():
    petition = a_petition(
        channel=Channel.WEB,
        received_at=datetime(2026, 3, 2, 10, tzinfo=SHANGHAI),
        now=MONDAY + timedelta(hours=1),
    )

    assert petition.next_due_at == datetime(2026, 3, 18, tzinfo=SHANGHAI)


def test_q30_t2_a_township_registers_and_owes_the_petitioner_a_notice():
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="TJH")

    petition = a_petition(a_hat(Role.REGISTRAR, organ=township))

    assert petition.number == "TJH2026-000001"
    assert [clock.code for clock in PetitionClock.objects.filter(petition=petition)] == ["T2"]


def test_q21_t6_an_assigned_matter_keeps_the_superiors_number_date_and_due_day():
    above = FromAbove("吕梁市信访局", "LL-2026-88", date(2026, 2, 27), date(2026, 3, 20))

    petition = a_petition(source=Source.ASSIGNED_FROM_SUPERIOR, from_above=above)

    clock = PetitionClock.objects.get(petition=petition, code="T6")
    assert (petition.superior_number, petition.superior_date) == ("LL-2026-88", date(2026, 2, 27))
    assert clock.last_day == date(2026, 3, 20)


def test_r07_q17_the_sixth_representative_accompanies_and_nobody_is_turned_away():
    intake = a_visit_of(7)

    petition = register(uuid4(), intake, by=a_hat(Role.REGISTRAR), now=MONDAY).petition

    people = Petitioner.objects.filter(petition=petition).order_by("position")
    assert [person.representative_no for person in people] == [1, 2, 3, 4, 5, None, None]
    assert petition.petitioner_count == 7


def test_acc_7_seven_people_are_a_collective_visit_of_one_batch():
    petition = register(uuid4(), a_visit_of(7), by=a_hat(Role.REGISTRAR), now=MONDAY).petition

    assert petition.is_collective
    assert Petition.objects.count() == 1


@pytest.mark.parametrize(("count", "collective"), [(4, False), (5, True)])
def test_ds_5_five_persons_on_a_visit_are_collective(count, collective):
    petition = register(uuid4(), a_visit_of(count), by=a_hat(Role.REGISTRAR), now=MONDAY).petition

    assert petition.is_collective is collective


def test_r03_what_is_told_by_mouth_names_who_wrote_it_down():
    registrar = a_hat(Role.REGISTRAR)

    visit = a_petition(registrar, channel=Channel.VISIT)
    letter = a_petition(registrar, channel=Channel.LETTER)

    assert visit.transcribed_by == registrar.post
    assert letter.transcribed_by is None


def test_q10_claims_are_numbered_and_a_petition_without_any_has_its_title():
    with_claims = a_petition(claims=("办证时间表", "不得二次缴费"))
    without = a_petition(title="要求办证")

    numbered = Claim.objects.order_by("petition", "number").values_list("petition", "number", "wording")
    assert set(numbered) == {
        (with_claims.pk, 1, "办证时间表"),
        (with_claims.pk, 2, "不得二次缴费"),
        (without.pk, 1, "要求办证"),
    }


def test_r10_an_anonymous_petition_is_registered_too():
    petition = a_petition(is_anonymous=True, people=())

    assert petition.is_anonymous
    assert petition.petitioner_count == 1


def test_numbers_and_telephones_are_not_readable_in_the_database():
    petition = a_petition(people=(a_person(id_number="110101199003070011"),))

    row = Petitioner.objects.get(petition=petition)
    assert b"110101199003070011" not in bytes(row.id_number_sealed)
    assert b"13800001234" not in bytes(row.phone_sealed)
    assert "110101199003070011" not in row.id_number_index


def test_the_query_code_is_kept_as_a_keyed_hash_only(settings):
    done = registered()

    code = done.codes[None]
    stored = QueryCode.objects.get(petition=done.petition)
    assert stored.digest == code_digest(code, keys=settings.QUERY_CODE_KEYS)
    assert code.replace("-", "") not in stored.digest


def test_q17_each_person_who_wants_it_has_a_code_of_his_own():
    done = registered(people=(a_person(), a_person("李明", wants_code=True)))

    second = Petitioner.objects.get(petition=done.petition, position=2)
    assert set(done.codes) == {None, second.pk}


def test_q25_a_day_of_receipt_more_than_one_working_day_back_needs_evidence():
    worked_saturday = MONDAY - timedelta(days=2)
    friday = MONDAY - timedelta(days=3)

    on_saturday = a_petition(received_at=worked_saturday)
    with pytest.raises(Refused) as refusal:
        registered(received_at=friday)
    with_evidence = a_petition(received_at=friday, backdating_evidence="收文章 2 月 27 日")

    assert on_saturday.backdating_evidence == ""
    assert set(refusal.value.fields) == {"backdating_evidence"}
    assert with_evidence.backdating_evidence == "收文章 2 月 27 日"


def test_q25_nothing_is_received_in_the_future():
    with pytest.raises(Refused) as refusal:
        registered(received_at=MONDAY + timedelta(hours=1))

    assert set(refusal.value.fields) == {"received_at"}
    assert not Petition.objects.exists()


def test_q25_a_year_before_every_rule_is_asked_about_again():
    with pytest.raises(Refused) as refusal:
        registered(received_at=datetime(1926, 3, 2, 9, tzinfo=SHANGHAI), backdating_evidence="信封邮戳")

    assert set(refusal.value.fields) == {"received_at"}
    assert not Petition.objects.exists()


def test_a_post_without_the_right_registers_nothing():
    with pytest.raises(NotAllowed):
        registered(a_hat(Role.INSPECTOR))

    assert not Petition.objects.exists()


def test_r10_registering_is_written_down_without_a_name_number_or_text():
    registrar = a_hat(Role.REGISTRAR)

    petition = a_petition(registrar)

    entry = Entry.objects.about(petition).get(verb="petition.register")
    assert (entry.actor_post_id, entry.at) == (registrar.post.pk, MONDAY)
    assert "张大强" not in str(entry.facts)
    assert "13800001234" not in str(entry.facts)


def test_a_text_is_kept_to_the_character():
    text = "\n\t　首行空格 _x000D_ \u00a0 \u200b 𠮷 末尾换行\n\n"

    petition = a_petition(text=text)

    petition.words.refresh_from_db()
    assert petition.words.text == text


def test_q1_the_purpose_report_or_accusation_has_a_series_of_its_own():
    registrar = a_hat(Role.REGISTRAR)

    sealed = a_petition(registrar, purpose=Purpose.REPORT_ACCUSATION)
    after = a_petition(registrar)

    assert sealed.number == "LSM2026-000001"
    assert after.number == "LS2026-000001"


def test_r05_the_level_is_asked_of_visits_only():
    petition = a_petition(channel=Channel.LETTER, visit_level_ok=False)

    assert petition.visit_level_ok is None


def test_r09_an_agent_and_a_guardian_stand_for_another_person():
    people = (
        a_person("李小明", under_14=True),
        a_person("李建国", role=PersonRole.GUARDIAN, acts_for=1),
        a_person("王代理", role=PersonRole.AGENT, acts_for=2),
    )

    petition = a_petition(people=people)

    child, guardian, agent = Petitioner.objects.filter(petition=petition).order_by("position")
    assert child.is_main
    assert (guardian.acts_for, agent.acts_for) == (child, guardian)


@pytest.mark.parametrize("nobody", [0, 2, -1])
def test_r09_standing_for_somebody_who_is_not_on_the_list_is_refused_and_no_mistake(nobody):
    people = [a_person("王代理", role=PersonRole.AGENT, acts_for=nobody)]

    with pytest.raises(Refused) as refusal:
        people_of(Petition(), people)

    assert set(refusal.value.fields) == {"people-0-acts_for"}


def test_a_petitioner_is_named_unless_the_petition_is_anonymous():
    with pytest.raises(Refused) as refusal:
        registered(people=())

    assert set(refusal.value.fields) == {"people"}
    assert not Petition.objects.exists()


@pytest.mark.parametrize(
    ("above", "missing"),
    [
        (None, {"superior_organ", "superior_number", "superior_date"}),
        (FromAbove(" ", "LL-2026-88", date(2026, 2, 27)), {"superior_organ"}),
        (FromAbove("吕梁市信访局", "", None), {"superior_number", "superior_date"}),
    ],
)
def test_q21_a_petition_from_above_is_not_registered_without_the_superiors_particulars(above, missing):
    with pytest.raises(Refused) as refusal:
        registered(source=Source.TRANSFERRED_FROM_SUPERIOR, from_above=above)

    assert set(refusal.value.fields) == missing
    assert not Petition.objects.exists()


def test_an_identity_number_is_kept_as_cards_print_it():
    petition = a_petition(people=(a_person(id_number=" １１０１０５ 19491231 002x"),))

    row = Petitioner.objects.get(petition=petition)
    assert open_field("petitioner", row.pk, "id_number", row.id_number_sealed) == "11010519491231002X"


def test_other_papers_than_a_residents_card_are_kept_as_typed():
    passport = a_person(id_type=IdType.PASSPORT, id_number="e 1234567")

    row = Petitioner.objects.get(petition=a_petition(people=(passport,)))

    assert open_field("petitioner", row.pk, "id_number", row.id_number_sealed) == "e 1234567"
    assert row.id_number_index is None
