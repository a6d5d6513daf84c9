"""The sealed lane: what names a wrongdoer reaches nobody it names (Art 30; Q1; protection §2)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.hats import Hat
from accounts.models import OrganKind, OrganSuccession
from accounts.roles import Role
from audit.models import Entry
from cases.actions.attachments import add_to_draft
from cases.actions.drafts import save_draft
from cases.actions.looks import look
from cases.actions.people import PersonField, reveal
from cases.actions.register import register
from cases.actions.sealing import let_in, seal, shut_out, unseal
from cases.intake import FromAbove, Reported
from cases.models import Involvement, Petition, Petitioner, Reporter, SealedGrant, SealedMatter
from cases.pages import case_page
from cases.parts import read_head
from cases.sealed_history import seen_before_sealing
from cases.states import AttachmentKind, Purpose, ReportedKind, Source
from cases.sweeps import give_waiting_to_the_lane
from infra.files import Checked
from lib.errors import NotAllowed, Refused, Unknown
from notices.models import Notice
from tests.cases.given import a_person, a_petition, an_intake, registered
from tests.given import MONDAY, a_hat, a_user, an_organ

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)


def the_unit(organ):
    return Reported(kind=ReportedKind.UNIT, organ_id=organ.pk)


def test_q1_a_report_is_granted_to_the_lanes_officer_and_to_nobody_else():
    officer = a_hat(Role.SEALED_LANE_OFFICER)

    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION)

    assert Petition.objects.sealed_to(officer).get() == petition
    assert not Involvement.objects.filter(petition=petition).exists()
    assert list(Notice.objects.values_list("post", flat=True)) == [officer.post.pk]


def test_q1_the_registrars_tick_seals_too():
    petition = a_petition(names_a_wrongdoer=True)

    assert petition.sealed


def test_q2_a_report_on_the_lanes_own_officer_goes_past_him():
    office_officer = a_hat(Role.SEALED_LANE_OFFICER, user=a_user("高不明"))
    discipline = an_organ(kind=OrganKind.DISCIPLINE_ORGAN)
    discipline_officer = a_hat(Role.SEALED_LANE_OFFICER, organ=discipline)

    petition = a_petition(
        purpose=Purpose.REPORT_ACCUSATION, reported=(Reported(kind=ReportedKind.PERSON, name="高不明"),)
    )

    assert not Petition.objects.sealed_to(office_officer).exists()
    assert Petition.objects.sealed_to(discipline_officer).get() == petition


def test_q1_a_report_registered_in_the_reported_unit_leaves_it_at_once():
    bureau = an_organ(number_prefix="ZJJ")
    own_officer = a_hat(Role.SEALED_LANE_OFFICER, organ=bureau)
    officer = a_hat(Role.SEALED_LANE_OFFICER)

    a_petition(
        a_hat(Role.REGISTRAR, organ=bureau), purpose=Purpose.REPORT_ACCUSATION, reported=(the_unit(bureau),)
    )

    assert not Petition.objects.sealed_to(own_officer).exists()
    assert Petition.objects.sealed_to(officer).exists()


def test_p_7_the_reporter_is_kept_under_a_key_of_his_own_and_in_no_search():
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION)

    reporter = Reporter.objects.get(petition=petition)
    assert not Petitioner.objects.exists()
    assert "张大强".encode() not in bytes(reporter.name_sealed)


def test_p_7_the_reporters_name_opens_to_a_grant_that_says_so_only():
    officer, reader = a_hat(Role.SEALED_LANE_OFFICER), a_hat(Role.SECTION_HEAD)
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION)
    reporter = Reporter.objects.get(petition=petition)
    let_in(petition.pk, post_id=reader.post.pk, reason="会办", by=officer, now=LATER)

    shown = reveal(petition.pk, reporter.pk, field=PersonField.NAME, by=officer, now=LATER)
    with pytest.raises(NotAllowed):
        reveal(petition.pk, reporter.pk, field=PersonField.NAME, by=reader, now=LATER)

    assert shown.value == "张大强"
    assert Entry.objects.about(petition).filter(verb="petition.reveal").count() == 1


def test_q1_a_mixed_petition_is_split_and_the_open_part_knows_nothing_of_the_other():
    officer = a_hat(Role.SEALED_LANE_OFFICER)

    done = registered(
        report_text="经办人索要好处。", reported=(Reported(kind=ReportedKind.PERSON, name="某某"),)
    )

    assert done.report is not None
    assert not done.petition.sealed
    assert "好处" not in done.petition.words.text
    assert done.report.petition.words.text == "经办人索要好处。"
    assert Petition.objects.sealed_to(officer).get() == done.report.petition
    assert SealedMatter.objects.get(petition=done.report.petition).split_from == done.petition
    facts = [entry.facts for entry in Entry.objects.about(done.petition)]
    assert str(done.report.petition.pk) not in str(facts)
    assert done.report.petition.number not in str(facts)


def test_q1_a_draft_once_sealed_registers_sealed_whatever_it_says_later():
    registrar, draft = a_hat(Role.REGISTRAR), uuid4()
    save_draft(draft, content={}, received_at=MONDAY, seals=True, seen_version=0, by=registrar, now=MONDAY)
    save_draft(draft, content={}, received_at=MONDAY, seals=False, seen_version=1, by=registrar, now=MONDAY)

    petition = register(draft, an_intake(), by=registrar, now=LATER).petition

    assert petition.sealed


def test_q1_sealing_later_withdraws_everybodys_part_and_notices_in_one_act():
    officer, registrar = a_hat(Role.SEALED_LANE_OFFICER), a_hat(Role.REGISTRAR)
    bureau = an_organ()
    petition = a_petition(registrar)

    seal(petition.pk, reason="反映干部作风", reported=[the_unit(bureau)], by=registrar, now=LATER)

    assert not Petition.objects.visible_to(registrar).exists()
    assert not Involvement.objects.filter(petition=petition, ended_at=None).exists()
    assert not Petitioner.objects.filter(petition=petition).exists()
    assert Petition.objects.sealed_to(officer).get() == petition


def test_q1_the_lane_is_told_who_had_seen_it_before():
    a_hat(Role.SEALED_LANE_OFFICER)
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)
    reveal(
        petition.pk,
        petition.people.get().pk,
        field=PersonField.PHONE,
        by=registrar,
        now=MONDAY + timedelta(minutes=5),
    )

    seal(
        petition.pk,
        reason="反映干部",
        reported=[Reported(kind=ReportedKind.PERSON, name="某某")],
        by=registrar,
        now=LATER,
    )

    assert [entry.verb for entry in seen_before_sealing(petition)] == ["petition.register", "petition.reveal"]


def test_q1_only_the_lanes_officer_unseals_and_says_why():
    officer = a_hat(Role.SEALED_LANE_OFFICER)
    petition = a_petition(names_a_wrongdoer=True, people=(a_person(id_number="110101199003070011"),))

    with pytest.raises(Unknown):
        unseal(petition.pk, reason="登记有误", by=a_hat(Role.OFFICE_DIRECTOR), now=LATER)
    with pytest.raises(Refused):
        unseal(petition.pk, reason=" ", by=officer, now=LATER)
    assert Petition.objects.get(pk=petition.pk).sealed

    unseal(petition.pk, reason="登记有误", by=officer, now=LATER)

    person = Petitioner.objects.get(petition=petition)
    assert (person.name, person.is_main) == ("张大强", True)
    assert Petition.objects.visible_to(a_hat(Role.PETITION_OFFICER)).get() == petition
    assert not Petition.objects.sealed_to(officer).exists()


def test_inv_8_nobody_of_the_reported_unit_is_let_in():
    officer, bureau = a_hat(Role.SEALED_LANE_OFFICER), an_organ()
    section = an_organ(parent=bureau, path=f"{bureau.path}K1/")
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION, reported=(the_unit(bureau),))

    for accused in (a_hat(Role.UNIT_HEAD, organ=bureau), a_hat(Role.CASE_OFFICER, organ=section)):
        with pytest.raises(NotAllowed):
            let_in(petition.pk, post_id=accused.post.pk, reason="会办", by=officer, now=LATER)

    assert SealedGrant.objects.filter(petition=petition).count() == 1


def test_inv_8_the_list_of_who_may_be_let_in_names_unit_and_title_and_nobody_who_is_kept_out():
    officer, bureau, other = a_hat(Role.SEALED_LANE_OFFICER), an_organ(), an_organ("RS")
    accused = a_hat(Role.OFFICE_DIRECTOR, user=a_user("高不明"))
    kept_out = [a_hat(Role.UNIT_HEAD, organ=bureau), a_hat(Role.CASE_OFFICER, organ=bureau), accused]
    fit = a_hat(Role.UNIT_HEAD, organ=other)
    named = (the_unit(bureau), Reported(kind=ReportedKind.PERSON, name="高不明"))
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION, reported=named)

    page = case_page(read_head(petition.pk), officer, now=LATER, kind="")

    groups = page["deeds"]["let_in"].form.fields["post"].widget.choices
    offered = {post: words for _organ, posts in groups for post, words in posts}
    assert not offered.keys() & {hat.post.pk for hat in kept_out}
    assert offered[fit.post.pk] == f"{other.short_name} · {fit.user.name} · {fit.post.title}"


def test_inv_8_the_unit_that_a_reported_person_leads_is_kept_out():
    officer, bureau = a_hat(Role.SEALED_LANE_OFFICER), an_organ()
    a_hat(Role.UNIT_HEAD, organ=bureau, user=a_user("某局长"))
    clerk = a_hat(Role.CASE_OFFICER, organ=bureau)
    petition = a_petition(
        purpose=Purpose.REPORT_ACCUSATION, reported=(Reported(kind=ReportedKind.PERSON, name="某局长"),)
    )

    with pytest.raises(NotAllowed):
        let_in(petition.pk, post_id=clerk.post.pk, reason="会办", by=officer, now=LATER)

    assert not Petition.objects.sealed_to(clerk).exists()


def test_q29_the_last_officer_of_the_lane_cannot_shut_himself_out():
    officer = a_hat(Role.SEALED_LANE_OFFICER)
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION)

    with pytest.raises(Refused):
        shut_out(petition.pk, post_id=officer.post.pk, by=officer, now=LATER)

    assert Petition.objects.sealed_to(officer).exists()


def test_r10_a_report_is_registered_even_when_the_lane_has_no_officer():
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION)

    assert petition.number == "LSM2026-000001"
    assert not SealedGrant.objects.exists()


def test_q1_a_report_is_unsealed_only_as_what_it_is_instead():
    officer = a_hat(Role.SEALED_LANE_OFFICER)
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION)

    with pytest.raises(Refused):
        unseal(petition.pk, reason="并非举报", by=officer, now=LATER)
    assert Petition.objects.get(pk=petition.pk).sealed

    unseal(petition.pk, reason="并非举报", purpose=Purpose.REQUEST, by=officer, now=LATER)

    opened = Petition.objects.get(pk=petition.pk)
    assert (opened.sealed, opened.purpose, opened.petition_class) == (False, "request", "appeal_request")


def test_q29_a_report_that_waited_goes_to_the_lanes_next_officer():
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION)
    officer = a_hat(Role.SEALED_LANE_OFFICER)

    assert give_waiting_to_the_lane(now=LATER) == 1
    assert give_waiting_to_the_lane(now=LATER) == 0

    assert Petition.objects.sealed_to(officer).get() == petition
    assert Notice.objects.get().post == officer.post


def test_q2_a_deputy_reads_no_sealed_petition_and_least_of_all_one_about_himself():
    officer = a_hat(Role.SEALED_LANE_OFFICER)
    a_petition(purpose=Purpose.REPORT_ACCUSATION)
    deputy = a_user("代理人")

    assert not Petition.objects.sealed_to(Hat(officer.post, deputy, acts_for=officer.user)).exists()


def test_inv_8_whoever_is_named_reads_nothing_even_with_a_grant():
    officer = a_hat(Role.SEALED_LANE_OFFICER)
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION, reported=(the_unit(an_organ()),))
    petition.reported_parties.update(user=officer.user)

    assert not Petition.objects.sealed_to(officer).exists()


def test_inv_8_what_carried_the_reported_unit_on_is_kept_out_too():
    officer, bureau, successor = a_hat(Role.SEALED_LANE_OFFICER), an_organ(), an_organ()
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION, reported=(the_unit(bureau),))
    OrganSuccession.objects.create(
        predecessor=bureau, successor=successor, since=MONDAY.date(), basis="机构改革"
    )
    clerk = a_hat(Role.CASE_OFFICER, organ=successor)

    with pytest.raises(NotAllowed):
        let_in(petition.pk, post_id=clerk.post.pk, reason="会办", by=officer, now=LATER)

    assert SealedGrant.objects.filter(petition=petition).count() == 1


def test_inv_8_a_unit_typed_by_its_name_is_kept_out():
    bureau = an_organ(number_prefix="ZJJ", name="离石区住建局", short_name="区住建局")
    own_officer = a_hat(Role.SEALED_LANE_OFFICER, organ=bureau)

    a_petition(
        a_hat(Role.REGISTRAR, organ=bureau),
        purpose=Purpose.REPORT_ACCUSATION,
        reported=(Reported(kind=ReportedKind.UNIT, name="住建局"),),
    )

    assert not Petition.objects.sealed_to(own_officer).exists()


def test_q2_where_the_reported_unit_stands_over_the_lane_the_lane_still_has_it():
    government = an_organ(kind=OrganKind.LEADING_BODY)
    office = an_organ("XF", kind=OrganKind.PETITION_OFFICE, parent=government, number_prefix="XF")
    officer = a_hat(Role.SEALED_LANE_OFFICER, organ=office)

    petition = a_petition(
        a_hat(Role.REGISTRAR, organ=office),
        purpose=Purpose.REPORT_ACCUSATION,
        reported=(the_unit(government),),
    )

    assert Petition.objects.sealed_to(officer).get() == petition


def test_q1_the_papers_of_a_mixed_petition_go_with_its_report():
    registrar, draft = a_hat(Role.REGISTRAR), uuid4()
    save_draft(draft, content={}, received_at=MONDAY, seals=True, seen_version=0, by=registrar, now=MONDAY)
    scan = Checked("信.pdf", "application/pdf", b"%PDF-1.4")
    add_to_draft(draft, file=scan, kind=AttachmentKind.SCAN, by=registrar, now=MONDAY)
    named = (Reported(kind=ReportedKind.PERSON, name="某某"),)

    done = register(draft, an_intake(report_text="经办人索要好处。", reported=named), by=registrar, now=LATER)

    assert not done.petition.attachments.exists()
    assert done.report.petition.attachments.count() == 1


def test_q1_the_tick_and_a_part_of_its_own_exclude_each_other():
    with pytest.raises(Refused):
        registered(names_a_wrongdoer=True, report_text="索要好处")

    assert not Petition.objects.exists()


def test_p_5_a_superiors_number_tells_nothing_of_the_other_lane():
    above = FromAbove("吕梁市信访局", "SX-1", MONDAY.date())
    from_above = {"source": Source.TRANSFERRED_FROM_SUPERIOR, "from_above": above}
    a_petition(purpose=Purpose.REPORT_ACCUSATION, **from_above)

    petition = a_petition(**from_above)

    assert petition.superior_number == "SX-1"


def test_p_7_a_reporters_name_in_his_own_words_is_covered():
    officer = a_hat(Role.SEALED_LANE_OFFICER)
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION, text="我是张大强，反映某某。")

    shown = case_page(petition, officer, now=LATER, kind="")

    assert "张大强" not in shown["text"]


def test_q1_who_only_read_it_stands_on_the_lanes_list_once_a_day():
    a_hat(Role.SEALED_LANE_OFFICER)
    registrar, colleague = a_hat(Role.REGISTRAR), a_hat(Role.PETITION_OFFICER, user=a_user("同事"))
    petition = a_petition(registrar)
    look(petition.pk, by=colleague, now=MONDAY + timedelta(minutes=5))
    look(petition.pk, by=colleague, now=MONDAY + timedelta(minutes=9))

    named = [Reported(kind=ReportedKind.PERSON, name="某某")]
    seal(petition.pk, reason="反映干部", reported=named, by=registrar, now=LATER)

    seen = [(entry.verb, entry.actor_user_id) for entry in seen_before_sealing(petition)]
    assert seen == [("petition.register", registrar.user.pk), ("petition.look", colleague.user.pk)]


def test_q6_a_look_out_of_sight_is_refused_and_not_written():
    petition = a_petition()

    with pytest.raises(Unknown):
        look(petition.pk, by=a_hat(Role.CASE_OFFICER, organ=an_organ()), now=LATER)

    assert not Entry.objects.filter(verb="petition.look").exists()
