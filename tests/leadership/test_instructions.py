"""批示: whose words they are, when they go out, what they ask, and when they are closed (Q9, Q33)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.actions.posts import end_post
from accounts.models import Absence
from accounts.roles import Role
from assignments.models import Assignment
from audit.models import Entry
from cases.actions import sealing
from cases.intake import Reported
from cases.models import Extension, Involvement, PetitionClock
from cases.states import Basis, Channel, ReportedKind
from leadership.actions import answers, deciding, instructing, letters
from leadership.actions.chain import enter_secretary
from leadership.actions.deciding import Asked
from leadership.chain import chain_of
from leadership.instructions import Order
from leadership.models import DecisionRequest, Instruction, InstructionTask, LetterReading, PlaceSecretary
from leadership.states import DecisionState, InstructionSource, InstructionState
from leadership.sweeps import close_sponsorships, give_instructions, remind_of_oral
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.handling.doors import a_file
from tests.cases.handling.given import a_unit, accepted, received, registered
from tests.given import MONDAY, a_hat
from tests.leadership.leaders import (
    A_SCAN,
    LATER,
    a_leader,
    a_secretary,
    an_order,
    given,
    signed,
    sponsored,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

TODAY = date(2026, 3, 2)


def answered(case, row: Instruction) -> Assignment:
    asked = Assignment.objects.get(instruction_task__instruction=row)
    answers.reply(asked.pk, words="已约谈开发企业，排定时间表", by=case.unit.officer, now=LATER)
    return asked


def oral(case, leader, by, **facts) -> Instruction:
    said = {"leader_id": leader.post.pk, "heard_at": MONDAY, "heard_where": "调度会", **facts}
    return instructing.note_oral(case.pk, an_order(case), **said, by=by, now=MONDAY)


def test_it_is_held_for_ten_seconds_and_then_asks_the_unit():
    case, leader, _row = sponsored()
    row = signed(case, leader)

    assert give_instructions(now=MONDAY + timedelta(seconds=9)) == 0
    assert not Assignment.objects.exists()
    assert give_instructions(now=LATER) == 1
    assert give_instructions(now=LATER) == 0

    asked = Assignment.objects.asked_of(case.unit.officer).get()
    assert (asked.act, asked.clock.last_day) == ("请抓紧办理，三日内反馈。", date(2026, 3, 5))
    row = Instruction.objects.get()
    assert (row.state, row.source, row.author_id) == (
        InstructionState.GIVEN,
        InstructionSource.SIGNED,
        leader.user.pk,
    )
    verbs = ["petition.sign_instruction", "petition.give_instruction"]
    entries = Entry.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", "actor_post_id")
    assert list(entries) == [(verb, leader.post.pk) for verb in verbs]


def test_q33_undone_in_time_nothing_was_sent_or_shown():
    case, leader, _row = sponsored()
    row = signed(case, leader)
    office = signed_in(case.office.officer)
    assert row.text not in office.open("leadership:instructed", case.pk).content.decode()
    with pytest.raises(Unknown):
        instructing.undo_instruction(row.pk, by=case.office.officer, now=MONDAY)

    instructing.undo_instruction(row.pk, by=leader, now=MONDAY + timedelta(seconds=5))

    assert give_instructions(now=LATER) == 0
    assert not Assignment.objects.exists()
    assert Notice.objects.filter(kind__startswith="instruction").count() == 0
    assert row.text not in office.open("leadership:instructed", case.pk).content.decode()


def test_q33_after_ten_seconds_it_cannot_be_undone():
    case, leader, _row = sponsored()
    row = signed(case, leader)
    with pytest.raises(OutOfTurn):
        instructing.undo_instruction(row.pk, by=leader, now=MONDAY + timedelta(seconds=10))
    assert give_instructions(now=LATER) == 1


def test_a_secretary_cannot_sign_as_the_leader_nor_can_his_deputy():
    case, leader, _row = sponsored()
    secretary = a_secretary(leader)
    Absence.objects.create(post=leader.post, deputy=secretary.user, since=TODAY, until=TODAY, reason="出差")
    deputy = type(leader)(leader.post, secretary.user, acts_for=leader.user)

    for hat in (secretary, deputy, case.office.head, case.unit.head):
        with pytest.raises(NotAllowed):
            instructing.sign_instruction(case.pk, an_order(case), by=hat, now=MONDAY)

    assert not Instruction.objects.exists()


def test_the_database_lets_nobody_sign_for_him():
    case, leader, _row = sponsored()
    secretary = a_secretary(leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        Instruction.objects.create(
            petition=case.petition,
            leader=leader.post,
            author=leader.user,
            text="同意",
            said_on=TODAY,
            source=InstructionSource.SIGNED,
            entered_by=secretary.post,
            person=secretary.user,
            entered_at=MONDAY,
            state=InstructionState.HELD,
            gives_at=LATER,
        )


def test_it_is_never_edited_and_never_deleted():
    case, leader, _row = sponsored()
    row = given(case, leader)

    for broken in (
        lambda: Instruction.objects.filter(pk=row.pk).update(text="改过"),
        lambda: Instruction.objects.filter(pk=row.pk).update(said_on=date(2026, 3, 1)),
        lambda: InstructionTask.objects.update(due_on=date(2026, 4, 1)),
        lambda: Instruction.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            broken()


def test_the_secretary_enters_from_the_paper_and_it_is_marked():
    case, leader, _row = sponsored()
    secretary = a_secretary(leader)
    stranger = a_hat(Role.LEADER_SECRETARY, organ=leader.organ)
    typed = {"leader_id": leader.post.pk, "said_on": TODAY, "file": A_SCAN}
    with pytest.raises(Unknown):
        instructing.enter_instruction(case.pk, an_order(case), **typed, by=stranger, now=MONDAY)
    with pytest.raises(NotAllowed):
        instructing.enter_instruction(case.pk, an_order(case), **typed, by=case.office.officer, now=MONDAY)

    row = instructing.enter_instruction(case.pk, an_order(case), **typed, by=secretary, now=MONDAY)
    give_instructions(now=LATER)

    assert (row.source, row.author_id, row.person_id) == (
        InstructionSource.SCANNED,
        leader.user.pk,
        secretary.user.pk,
    )
    # it is the leader who asks
    assert Assignment.objects.get().asked_by_id == leader.post.pk
    page = signed_in(case.office.officer).open("leadership:instructed", case.pk)
    assert "秘书据纸件录入" in page.content.decode()
    assert signed_in(case.office.officer).open("leadership:scan", row.pk).status_code == 200
    assert signed_in(case.unit.officer).open("leadership:scan", row.pk).status_code == 404


def test_q9_it_moves_no_period_extends_nothing_and_approves_nothing():
    case, leader, _row = sponsored(accepted())
    before = list(PetitionClock.objects.order_by("pk").values())
    stood = case.handling.state
    given(case, leader)

    assert list(PetitionClock.objects.order_by("pk").values()) == before
    assert not Extension.objects.exists()
    assert case.handling.state == stood


def test_q33_what_was_said_is_none_until_he_confirms_and_is_reminded_after_a_day():
    case, leader, _row = sponsored()
    row = oral(case, leader, case.office.officer)

    assert Notice.objects.unread().filter(post=leader.post, kind="oral_to_confirm").count() == 1
    assert give_instructions(now=LATER) == 0
    assert remind_of_oral(now=MONDAY + timedelta(hours=23)) == 0
    a_day_on = MONDAY + timedelta(days=1)
    assert (remind_of_oral(now=a_day_on), remind_of_oral(now=a_day_on)) == (1, 0)
    with pytest.raises(Unknown):
        instructing.confirm_oral(row.pk, by=case.office.officer, now=a_day_on)
    assert not Assignment.objects.exists()

    instructing.confirm_oral(row.pk, by=leader, now=a_day_on)
    assert give_instructions(now=a_day_on + timedelta(seconds=11)) == 1
    assert Assignment.objects.asked_of(case.unit.officer).count() == 1
    assert not Notice.objects.unread().filter(post=leader.post, kind__startswith="oral").exists()


def test_what_he_did_not_say_never_was_an_instruction():
    case, leader, _row = sponsored()
    row = oral(case, leader, case.office.officer)
    with pytest.raises(Refused):
        instructing.decline_oral(row.pk, words=" ", by=leader, now=MONDAY)
    instructing.decline_oral(row.pk, words="未作此要求", by=leader, now=MONDAY)

    assert give_instructions(now=LATER) == 0
    with pytest.raises(OutOfTurn):
        instructing.confirm_oral(row.pk, by=leader, now=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Instruction.objects.filter(pk=row.pk).update(state=InstructionState.GIVEN, given_at=MONDAY)


def test_a_confirmation_that_is_undone_waits_again():
    case, leader, _row = sponsored()
    row = oral(case, leader, case.office.officer)
    instructing.confirm_oral(row.pk, by=leader, now=MONDAY)
    instructing.undo_instruction(row.pk, by=leader, now=MONDAY)
    assert Instruction.objects.get().state == InstructionState.NOTED


def test_it_is_closed_only_when_every_addressee_answered_and_the_office_has_checked():
    case, leader, _row = sponsored()
    other = a_unit("CG")
    order = Order(
        text="两单位会商。", organ_ids=(case.unit.organ.pk, other.organ.pk), due_on=date(2026, 3, 5)
    )
    row = instructing.sign_instruction(case.pk, order, by=leader, now=MONDAY)
    give_instructions(now=LATER)
    office = case.office
    first = Assignment.objects.asked_of(case.unit.officer).get()
    second = Assignment.objects.asked_of(other.officer).get()

    def close() -> None:
        instructing.complete_instruction(row.pk, words="均已落实", by=office.officer, now=LATER)

    with pytest.raises(OutOfTurn):
        close()
    for asked, unit in ((first, case.unit), (second, other)):
        answers.reply(asked.pk, words="已办", by=unit.officer, now=LATER)
        with pytest.raises(OutOfTurn):
            close()
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            Instruction.objects.filter(pk=row.pk).update(
                state="completed", ended_at=LATER, end_words="均已落实"
            )
        answers.verify(asked.pk, words="已核对送达回证", by=office.head, now=LATER)
    assert Notice.objects.unread().filter(kind="instruction_answered", post=office.officer.post).exists()
    with pytest.raises(NotAllowed):
        instructing.complete_instruction(row.pk, words="好", by=case.unit.head, now=LATER)
    close()

    row.refresh_from_db()
    assert (row.state, row.end_words) == (InstructionState.COMPLETED, "均已落实")


def test_a_unit_reads_what_asks_something_of_it_and_the_neighbour_nothing():
    case, leader, _row = sponsored()
    assisting = a_unit("CG")
    row = given(case, leader)
    Involvement.objects.create(
        petition=case.petition,
        organ=assisting.organ,
        bases=[Basis.ASSISTS],
        since=MONDAY,
        sealed=False,
        routing=case.now.routing,
        place_path=case.petition.place_path,
        received_at=MONDAY,
    )

    def words(hat) -> str:
        return signed_in(hat).open("leadership:instructed", case.pk).content.decode()

    assert row.text in words(case.unit.officer)
    assert row.text not in words(assisting.officer)
    assert signed_in(a_unit("MZ").head).open("leadership:instructed", case.pk).status_code == 404
    assert signed_in(assisting.officer).open("leadership:instruction", row.pk).status_code == 404


def test_q2_a_petition_that_was_sealed_shows_and_sends_nothing():
    case, leader, _row = sponsored()
    row = signed(case, leader)
    sealing.seal(
        case.pk,
        reason="反映干部",
        reported=[Reported(kind=ReportedKind.PERSON, name="某")],
        by=case.office.head,
        now=MONDAY,
    )

    assert give_instructions(now=LATER) == 0
    assert not Assignment.objects.exists()
    row.refresh_from_db()
    assert row.state == InstructionState.OVER
    for hat in (leader, case.office.officer):
        assert signed_in(hat).open("leadership:instructed", case.pk).status_code == 404
        assert signed_in(hat).open("leadership:instruction", row.pk).status_code == 404


def test_a_unit_the_petition_names_is_not_instructed():
    case, leader, _row = sponsored()
    case.petition.reported_parties.create(kind=ReportedKind.UNIT, organ=case.unit.organ)
    with pytest.raises(Refused) as refusal:
        signed(case, leader)
    assert "organs" in refusal.value.fields
    assert not Instruction.objects.exists()


def test_a_letter_is_chosen_read_and_its_marks_are_told_by_what_happened():
    case, leader, _row = sponsored(received(registered(channel=Channel.LETTER)))
    letters.choose_letter(
        case.pk, leader_id=leader.post.pk, why="反映集中", by=case.office.officer, now=MONDAY
    )
    with pytest.raises(OutOfTurn):
        letters.choose_letter(case.pk, leader_id=leader.post.pk, by=case.office.officer, now=MONDAY)
    with pytest.raises(Unknown):
        letters.read_letter(case.pk, by=case.office.officer, now=MONDAY)
    letters.read_letter(case.pk, by=leader, now=MONDAY)
    given(case, leader)

    assert LetterReading.objects.get().read_at == MONDAY
    (letter,) = signed_in(leader).open("leadership:instructed", case.pk).context["letters"]
    assert letter.assigned_at == LATER
    assert (letter.supervised_at, letter.finished_at) == (None, None)


def test_a_secretary_does_not_read_in_his_stead():
    case, leader, _row = sponsored(received(registered(channel=Channel.LETTER)))
    secretary = a_secretary(leader)
    letters.choose_letter(case.pk, leader_id=leader.post.pk, by=secretary, now=MONDAY)
    with pytest.raises(Unknown):
        letters.read_letter(case.pk, by=secretary, now=MONDAY)
    assert LetterReading.objects.get().read_at is None


def test_q35_the_chain_has_five_secretaries_and_the_heads_of_the_units():
    case = received()
    office = case.office.officer
    county = case.petition.place_path.split("/")[2]
    enter_secretary(county, name="前任", title="区委书记", since=date(2024, 1, 1), by=office, now=MONDAY)
    enter_secretary(county, name="现任", title="区委书记", since=date(2026, 1, 1), by=office, now=MONDAY)
    with pytest.raises(Refused):
        enter_secretary(county, name="又一", title="区委书记", since=date(2025, 1, 1), by=office, now=MONDAY)
    with pytest.raises(NotAllowed):
        enter_secretary(
            county, name="他", title="书记", since=date(2026, 2, 1), by=case.unit.officer, now=MONDAY
        )

    chain = chain_of(case.petition, on=TODAY)
    assert [link.who for link in chain if link.code == county] == ["现任 区委书记"]
    assert len([link for link in chain if link.code]) == 5
    assert chain[-1].who.startswith(case.unit.head.user.name)
    assert PlaceSecretary.objects.get(name="前任").until == date(2025, 12, 31)


def asked_to_decide(case, leader, **facts) -> DecisionRequest:
    question = Asked(
        **{
            "stuck": "出让金欠缴",
            "question": "先行垫付还是列入预算",
            "choices": ["先行垫付", "列入预算"],
            "due_on": date(2026, 3, 5),
            **facts,
        }
    )
    return deciding.ask_decision(case.pk, question, leader_id=leader.post.pk, by=case.unit.head, now=MONDAY)


def test_a_choice_becomes_an_instruction_to_whoever_asked():
    case, leader, _row = sponsored()
    asked = asked_to_decide(case, leader)
    deciding.decide(asked.pk, chosen=0, by=leader, now=MONDAY)
    assert not Assignment.objects.exists()
    unit = signed_in(case.unit.head).open("leadership:instructed", case.pk)
    assert [one.row.state for one in unit.context["questions"]] == [DecisionState.WAITING]
    give_instructions(now=LATER)

    asked.refresh_from_db()
    assert (asked.state, asked.chosen, asked.instruction.text) == (DecisionState.DECIDED, 0, "先行垫付。")
    assert Assignment.objects.asked_of(case.unit.officer).get().act == "先行垫付。"
    assert Notice.objects.unread().filter(post=case.unit.head.post, kind="decision_made").exists()


def test_a_decision_that_is_undone_waits_again():
    case, leader, _row = sponsored()
    asked = asked_to_decide(case, leader)
    made = deciding.decide(asked.pk, chosen=1, by=leader, now=MONDAY)
    instructing.undo_instruction(made.pk, by=leader, now=MONDAY)

    asked.refresh_from_db()
    assert (asked.state, asked.instruction) == (DecisionState.WAITING, None)


def test_only_the_leader_who_was_asked_decides():
    case, leader, _row = sponsored()
    asked = asked_to_decide(case, leader)
    secretary = a_secretary(leader)
    for hat in (secretary, case.office.head, a_leader("另一位")):
        with pytest.raises((Unknown, NotAllowed)):
            deciding.decide(asked.pk, chosen=0, by=hat, now=MONDAY)
    with pytest.raises(Refused):
        deciding.decide(asked.pk, chosen=2, by=leader, now=MONDAY)
    with pytest.raises(Refused):
        deciding.decide(asked.pk, by=leader, now=MONDAY)
    assert not Instruction.objects.exists()


def test_a_question_says_what_is_stuck_and_offers_two_to_four_choices():
    case, leader, _row = sponsored()
    for wrong, field in [
        ({"choices": ["同意"]}, "choices"),
        ({"choices": ["甲", "甲"]}, "choices"),
        ({"stuck": " "}, "stuck"),
        ({"due_on": TODAY}, "due_on"),
    ]:
        with pytest.raises(Refused) as refusal:
            asked_to_decide(case, leader, **wrong)
        assert field in refusal.value.fields
    with pytest.raises(Refused):
        asked_to_decide(case, a_leader("与本案无关"))
    assert not DecisionRequest.objects.exists()


def test_he_sends_a_question_back_and_whoever_asked_takes_it_back():
    case, leader, _row = sponsored()
    first = asked_to_decide(case, leader)
    deciding.return_decision(first.pk, answer="补充资金测算", by=leader, now=MONDAY)
    second = asked_to_decide(case, leader)
    with pytest.raises(Unknown):
        deciding.withdraw_decision(second.pk, answer="已解决", by=case.office.officer, now=MONDAY)
    deciding.withdraw_decision(second.pk, answer="已解决", by=case.unit.head, now=MONDAY)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (DecisionState.RETURNED, DecisionState.WITHDRAWN)
    assert not Notice.objects.unread().filter(kind="decision_asked").exists()


def test_the_leader_signs_on_the_page_with_a_phrase_and_undoes_it():
    case, leader, _row = sponsored()
    browser = signed_in(leader)
    fields = {"text": "请", "organs": [case.unit.organ.pk], "due_on": "2026-03-05"}
    drawn = browser.send("leadership:on_instructed", case.pk, "sign", **fields, phrase="0")
    assert "请同意。" in drawn.content.decode()
    assert not Instruction.objects.exists()
    refused = browser.send("leadership:on_instructed", case.pk, "sign", **{**fields, "text": ""})
    assert refused.status_code == 422
    browser.send("leadership:on_instructed", case.pk, "sign", **fields)
    row = Instruction.objects.get()
    page = browser.open("leadership:instructed", case.pk)
    assert [offer.deed.slug for offer in page.context["given"][0].offers] == ["undo"]
    browser.send("leadership:on_instruction", row.pk, "undo")
    row.refresh_from_db()
    assert row.state == InstructionState.UNDONE

    def to_sign() -> str:
        offers = browser.open("leadership:instructed", case.pk).context["offers"]
        return next(offer.form.initial["text"] for offer in offers if offer.deed.slug == "sign")

    assert to_sign() == row.text
    browser.send("leadership:on_instructed", case.pk, "sign", **{**fields, "text": "改后的批示"})
    assert to_sign() == ""


def test_the_secretary_enters_and_the_unit_head_asks_on_the_page():
    case, leader, _row = sponsored()
    secretary = signed_in(a_secretary(leader))
    page = secretary.open("leadership:instructed", case.pk)
    assert [offer.deed.slug for offer in page.context["offers"]] == ["enter", "note-oral", "choose-letter"]
    done = secretary.send(
        "leadership:on_instructed",
        case.pk,
        "enter",
        leader=leader.post.pk,
        text="请阅处。",
        said_on="2026-03-02",
        upload=a_file(),
    )
    assert done.status_code == 302
    assert Instruction.objects.get().source == InstructionSource.SCANNED

    unit = signed_in(case.unit.head)
    unit.send(
        "leadership:on_instructed",
        case.pk,
        "ask-decision",
        leader=leader.post.pk,
        stuck="资金",
        question="由谁垫付",
        choices="财政\n企业",
        due_on="2026-03-05",
    )
    asked = DecisionRequest.objects.get()
    assert asked.choices == ["财政", "企业"]
    signed_in(leader).send("leadership:on_decision", asked.pk, "decide", chosen="1")
    asked.refresh_from_db()
    assert asked.instruction.text == "企业。"


def test_q29_what_waits_for_a_leader_who_leaves_waits_for_his_successor():
    case, leader, _row = sponsored()
    asked = asked_to_decide(case, leader)
    said = oral(case, leader, case.office.officer)
    successor, security = a_leader("新任副区长"), a_hat(Role.SECURITY_ADMINISTRATOR)
    with pytest.raises(Refused):
        end_post(leader.post.pk, taken_over_by=case.unit.head.post.pk, by=security, now=MONDAY)

    end_post(leader.post.pk, taken_over_by=successor.post.pk, by=security, now=MONDAY)

    asked.refresh_from_db()
    said.refresh_from_db()
    assert (asked.leader_id, asked.state) == (successor.post.pk, DecisionState.WAITING)
    # nobody confirms what another said
    assert said.state == InstructionState.OVER
    deciding.decide(asked.pk, chosen=0, by=successor, now=MONDAY)
    assert Instruction.objects.get(decision_request=asked).author_id == successor.user.pk


def test_what_waits_on_a_petition_that_was_sealed_ends_with_the_next_sweep():
    case, leader, _row = sponsored()
    asked_to_decide(case, leader)
    oral(case, leader, case.office.officer)
    sealing.seal(
        case.pk,
        reason="反映干部",
        reported=[Reported(kind=ReportedKind.PERSON, name="某")],
        by=case.office.head,
        now=MONDAY,
    )

    # the sponsorship, the question and what was said
    assert (close_sponsorships(now=MONDAY), close_sponsorships(now=MONDAY)) == (3, 0)
    assert DecisionRequest.objects.get().state == DecisionState.OVER
    assert Instruction.objects.get().state == InstructionState.OVER
