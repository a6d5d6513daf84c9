"""Slips and recommendations: who issues which, what each has to say, and what becomes of it (R-50, R-51, R-53)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.handover import of_organs
from accounts.models import OrganKind
from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import State
from audit.models import Entry
from cases.actions import sealing
from cases.actions.urging import urge
from cases.intake import Reported
from cases.pages import case_page
from cases.parts import read_head
from cases.states import Outcome, ReportedKind
from deadlines.lamps import Colour
from documents.models import Document
from infra.files import Checked
from infra.sweep_runs import Tally
from leadership.actions import answers, slips
from leadership.models import Slip
from leadership.notice_words import asked_matters
from leadership.states import BY_THE_CONFERENCE, Adopted, Ground, SlipKind, SlipState
from leadership.sweeps import tell_of_slips_to_lift
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale, Unknown
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, at, finish, notified, received, served
from tests.given import MONDAY, a_hat, an_organ
from tests.leadership.given import a_held_conference, drafted, issued, replied, says, the_conference

pytestmark = pytest.mark.django_db(transaction=True)


def nothing_was_drawn_up() -> bool:
    return not Slip.objects.exists() and not Assignment.objects.exists()


def test_r_50_an_order_is_numbered_printed_and_asks_the_unit_by_its_day():
    case, slip = issued()

    paper = Document.objects.get(slip=slip)
    asked = Assignment.objects.asked_of(case.unit.officer).get()
    assert (paper.state, paper.number) == ("issued", "离信访督〔2026〕1号")
    assert (slip.assignment_id, asked.clock.last_day) == (asked.pk, date(2026, 3, 9))
    assert Notice.objects.unread().filter(post=case.unit.officer.post, kind="asked_of_you").count() == 1
    verbs = ["petition.draft_slip", "petition.issue_slip"]
    facts = Entry.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", "actor_post_id")
    assert list(facts) == [
        (verbs[0], case.office.officer.post.pk),
        (verbs[1], case.office.head.post.pk),
    ]


def test_r_50_an_order_has_exactly_one_ground_and_recommends():
    case = received()
    for wrong, field in [({"ground": None}, "ground"), ({"advice": " "}, "advice")]:
        with pytest.raises(Refused) as refusal:
            slips.draft_slip(case.pk, says(case, **wrong), by=case.office.officer, now=MONDAY)
        assert field in refusal.value.fields
    advising = says(case, SlipKind.IMPROVE_WORK, ground=Ground.DELAY)
    with pytest.raises(Refused):
        slips.draft_slip(case.pk, advising, by=case.office.officer, now=MONDAY)

    assert nothing_was_drawn_up()


def test_no_text_of_a_slip_or_reply_holds_a_number_of_a_person():
    case = received()
    for field in ("facts", "act", "advice"):
        for written in ("电话13800001234", "身份证140102199001011234"):
            with pytest.raises(Refused) as refusal:
                drafted(case, **{field: written})
            assert list(refusal.value.fields) == [field]
    with pytest.raises(Refused) as refusal:
        drafted(case, SlipKind.IMPROVE_WORK, evidence="来电13800001234")
    assert list(refusal.value.fields) == ["evidence"]
    assert nothing_was_drawn_up()

    _case, slip = issued(case)
    with pytest.raises(Refused):
        replied(case, slip, words="已联系13800001234")
    assert Assignment.objects.get().state == State.ASKED


def test_r_50_the_database_holds_the_ground():
    _case, slip = drafted()

    for broken in (
        {"ground": ""},
        {"kind": SlipKind.IMPROVE_WORK},
        {"decided_on": MONDAY},
        {"meeting": a_held_conference()},
        {"held_at": MONDAY, "held_where": "二楼", "called": "负责人"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Slip.objects.filter(pk=slip.pk).update(**broken)


def test_r_53_the_four_measures_are_the_joint_conferences_alone():
    case = received()
    drafter, signer = the_conference()
    for kind in sorted(BY_THE_CONFERENCE):
        with pytest.raises(NotAllowed):
            slips.draft_slip(case.pk, says(case, kind), by=case.office.officer, now=MONDAY)
        slip = slips.draft_slip(case.pk, says(case, kind), by=drafter, now=MONDAY)
        with pytest.raises(NotAllowed):
            slips.issue_slip(slip.pk, version=1, by=drafter, now=MONDAY)
        slips.issue_slip(slip.pk, version=1, by=signer, now=MONDAY)
    with pytest.raises(NotAllowed):
        slips.draft_slip(case.pk, says(case), by=drafter, now=MONDAY)

    assert set(Slip.objects.values_list("kind", flat=True)) == BY_THE_CONFERENCE
    assert set(Slip.objects.values_list("state", flat=True)) == {SlipState.ISSUED}


def test_an_order_takes_two_persons_and_the_text_that_was_seen():
    case, slip = drafted()

    with pytest.raises(NotAllowed):
        slips.issue_slip(slip.pk, version=1, by=case.office.officer, now=MONDAY)
    slips.revise_slip(slip.pk, says(case, act="两日内告知"), version=1, by=case.office.officer, now=MONDAY)
    with pytest.raises(Stale):
        slips.issue_slip(slip.pk, version=1, by=case.office.head, now=MONDAY)

    assert not Assignment.objects.exists()
    slips.issue_slip(slip.pk, version=2, by=case.office.head, now=MONDAY)
    assert Assignment.objects.get().act == "两日内告知"


def test_what_was_sent_back_gets_another_paper():
    case, slip = drafted()
    slips.return_slip(slip.pk, version=1, remark="事实不清", by=case.office.head, now=MONDAY)

    again = slips.revise_slip(slip.pk, says(case), version=2, by=case.office.officer, now=MONDAY)
    slips.issue_slip(slip.pk, version=again.version, by=case.office.head, now=MONDAY)

    assert sorted(Document.objects.exclude(kind="d02").values_list("state", flat=True)) == [
        "issued",
        "returned",
    ]


def test_an_urging_is_answered_and_verified_by_whoever_urges_there():
    case = received()
    (urging,) = urge(case.pk, reason="临近期限", by=case.office.officer, now=MONDAY)
    answers.reply(urging.assignment_id, words="已约见当事人", by=case.unit.officer, now=MONDAY)

    registrar = a_hat(Role.REGISTRAR, organ=case.office.organ)
    with pytest.raises(NotAllowed):
        answers.verify(urging.assignment_id, words="已核对送达回证", by=registrar, now=MONDAY)
    answers.verify(
        urging.assignment_id,
        words="已核对送达回证",
        by=a_hat(Role.CASE_OFFICER, organ=case.office.organ),
        now=MONDAY,
    )

    assert Assignment.objects.get().state == State.VERIFIED


def test_an_urging_is_taken_back_with_a_reason_and_a_slip_is_not():
    case, slip = issued()
    (urging,) = urge(case.pk, reason="临近期限", by=case.office.officer, now=MONDAY)

    for assignment, reason, error in [
        (urging.assignment_id, " ", Refused),
        (slip.assignment_id, "误发", OutOfTurn),
    ]:
        with pytest.raises(error):
            answers.take_back(assignment, reason=reason, by=case.office.officer, now=MONDAY)
    assert Assignment.objects.standing().count() == 2
    answers.take_back(urging.assignment_id, reason="误发", by=case.office.officer, now=MONDAY)

    assert Assignment.objects.standing().get().kind == "supervision"
    entry = Entry.objects.get(verb="petition.take_back_urging")
    assert (entry.actor_post_id, entry.facts) == (
        case.office.officer.post.pk,
        {"organ": case.unit.organ.code},
    )


def test_the_unit_reads_one_list_of_what_is_asked_and_its_neighbour_reads_nothing():
    case, _slip = issued()
    urge(case.pk, reason="请报进展", by=case.office.officer, now=MONDAY)
    neighbour = a_unit("CG")

    kinds = Assignment.objects.asked_of(case.unit.officer).values_list("kind", flat=True)
    assert sorted(kinds) == ["supervision", "urge"]
    assert not Assignment.objects.asked_of(neighbour.head).exists()
    assert not Notice.objects.filter(post__organ=neighbour.organ).exists()
    for asked in Assignment.objects.all():
        with pytest.raises(Unknown):
            answers.receive(asked.pk, by=neighbour.head, now=MONDAY)
    assert not Assignment.objects.exclude(state=State.ASKED).exists()


def test_a_reply_meets_the_day_is_verified_by_another_and_the_slip_is_lifted():
    case, slip = issued()
    answers.receive(slip.assignment_id, by=case.unit.officer, now=at(3, 3))
    replied(case, slip, now=at(3, 4))
    assert Notice.objects.unread().filter(kind="reply_to_verify", post=case.office.head.post).count() == 1

    assert Assignment.objects.get().lamp(at(3, 4)).colour is Colour.NOT_RUNNING
    answers.verify(slip.assignment_id, words="已核对送达回证", by=case.office.officer, now=at(3, 5))
    slips.lift_slip(slip.pk, reason="已按要求办理", by=case.office.head, now=at(3, 5))

    asked = Assignment.objects.get()
    assert (asked.state, Slip.objects.get().state) == (State.VERIFIED, SlipState.LIFTED)
    assert [move.move for move in asked.moves.order_by("pk")] == ["ask", "receive", "reply", "verify"]
    assert asked.lamp(at(3, 6)).colour is Colour.DONE


def test_a_lifted_slip_stays_with_the_unit_with_its_reason_and_the_unit_is_told():
    case, slip = issued()
    slips.lift_slip(slip.pk, reason="事项已并案", by=case.office.head, now=at(3, 3))

    unit = signed_in(case.unit.officer)
    told = Notice.objects.unread().filter(post=case.unit.officer.post)
    assert list(told.filter(subject_id=str(slip.assignment_id)).values_list("kind", flat=True)) == [
        "slip_lifted"
    ]
    assert unit.open("assignments:list").context["rows"] == []
    ended = unit.open("assignments:list", query={"ended": "1"})
    assert [row.assignment.pk for row in ended.context["rows"]] == [slip.assignment_id]
    assert "事项已并案" in ended.content.decode()
    assert "事项已并案" in unit.open("leadership:asked", slip.assignment_id).content.decode()
    neighbour = signed_in(a_unit("CG").head)
    assert neighbour.open("assignments:list", query={"ended": "1"}).context["rows"] == []


def test_q2_what_was_lifted_and_then_sealed_is_in_no_list():
    case, slip = issued()
    slips.lift_slip(slip.pk, reason="事项已并案", by=case.office.head, now=at(3, 3))
    party = Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk, name="")
    sealing.seal(case.pk, reason="反映该局干部", reported=[party], by=case.office.officer, now=at(3, 3))

    unit = signed_in(case.unit.officer)
    assert unit.open("assignments:list", query={"ended": "1"}).context["rows"] == []
    assert unit.open("leadership:asked", slip.assignment_id).status_code == 404


def test_a_lifted_recommendation_is_read_by_whom_it_was_sent_to():
    case = received()
    government = an_organ("QZF", kind=OrganKind.LEADING_BODY)
    office = signed_in(a_hat(Role.OFFICE_DIRECTOR, organ=government))
    _case, slip = issued(case, SlipKind.COMPLETE_POLICY, addressee_id=government.pk)
    slips.lift_slip(slip.pk, reason="政策已经完善", by=case.office.head, now=MONDAY)

    page = office.open("leadership:asked", slip.assignment_id)
    assert (page.status_code, "政策已经完善" in page.content.decode()) == (200, True)


def test_late_but_done_shows_repaired_and_never_green():
    case, slip = issued()

    replied(case, slip, now=at(3, 12))

    with translation.override("zh-hans"):
        lamp = Assignment.objects.get().lamp(at(3, 12))
        assert (lamp.colour, lamp.words) == (Colour.AMBER, "已补（迟办）")


def test_a_reply_that_was_sent_back_is_owed_again_and_stays_late():
    case, slip = issued()
    replied(case, slip, now=at(3, 12))

    answers.send_back(
        slip.assignment_id,
        why="未附送达回证",
        due_on=date(2026, 3, 20),
        by=case.office.officer,
        now=at(3, 12),
    )

    asked = Assignment.objects.get()
    assert (asked.state, asked.clock.met_at, asked.clock.last_day) == (
        State.RECEIVED,
        None,
        date(2026, 3, 20),
    )
    assert asked.clock.breached_at is not None
    replied(case, slip, now=at(3, 13))
    assert Assignment.objects.get().lamp(at(3, 13)).colour is Colour.AMBER


def test_who_replied_does_not_verify_and_others_neither():
    case, slip = issued()
    replied(case, slip)

    with pytest.raises(Unknown):
        answers.verify(slip.assignment_id, words="已核对送达回证", by=case.unit.head, now=MONDAY)
    with pytest.raises(NotAllowed):
        answers.verify(slip.assignment_id, words="已核对送达回证", by=a_hat(Role.REGISTRAR), now=MONDAY)
    assert Assignment.objects.get().state == State.REPLIED


def test_r_51_a_recommendation_is_answered_whether_adopted_within_thirty_days():
    case = received()
    government = an_organ("QZF", kind=OrganKind.LEADING_BODY)
    office = a_hat(Role.OFFICE_DIRECTOR, organ=government)
    _case, slip = issued(case, SlipKind.COMPLETE_POLICY, addressee_id=government.pk, due_on=None)
    assert slip.assignment is not None
    assert slip.assignment.clock.last_day == date(2026, 4, 1)

    with pytest.raises(Refused):
        answers.reply(slip.assignment_id, words="已研究", by=office, now=at(3, 20))
    assert Assignment.objects.get().state == State.ASKED
    answers.reply(
        slip.assignment_id, words="部分采纳，理由如下", adopted=Adopted.PARTLY, by=office, now=at(3, 20)
    )

    assert Slip.objects.get().adopted == Adopted.PARTLY
    assert not case.petition.involvements.filter(organ=government).exists()


def test_r_51_pursuing_liability_needs_grave_consequences():
    case = received()
    other = an_organ("JW", kind=OrganKind.DISCIPLINE_ORGAN)

    with pytest.raises(Refused) as refusal:
        drafted(case, SlipKind.PURSUE_LIABILITY, addressee_id=other.pk, evidence="")

    assert "evidence" in refusal.value.fields
    assert nothing_was_drawn_up()


def test_q2_nothing_is_sent_to_a_unit_that_the_petition_names_or_that_leads_nothing():
    case = received()
    stranger = a_unit("CG")

    for organ in (stranger.organ, case.office.organ):
        with pytest.raises(Refused):
            drafted(case, addressee_id=organ.pk)

    assert nothing_was_drawn_up()


def test_q2_once_sealed_nothing_is_asked_any_longer_and_the_notices_are_gone():
    case, slip = issued()
    _, draft = drafted(case, SlipKind.IMPROVE_WORK)

    party = Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk, name="")
    sealing.seal(case.pk, reason="反映该局干部", reported=[party], by=case.office.officer, now=at(3, 3))

    assert not Assignment.objects.standing().exists()
    assert not Notice.objects.standing().filter(post__organ=case.unit.organ).exists()
    for deed in (
        lambda: answers.reply(slip.assignment_id, words="已办", by=case.unit.officer, now=at(3, 3)),
        lambda: slips.issue_slip(draft.pk, version=1, by=case.office.head, now=at(3, 3)),
        lambda: slips.fetch_slip(slip.pk, by=case.unit.officer, now=at(3, 3)),
    ):
        with pytest.raises(Unknown):
            deed()
    assert Slip.objects.get(pk=draft.pk).state == SlipState.DRAFT


def test_the_paper_is_saved_by_who_issued_it_and_by_whom_it_asks_alone():
    case, slip = issued()

    assert slips.fetch_slip(slip.pk, by=case.unit.officer, now=MONDAY).content_type == "application/pdf"
    for hat in (a_unit("CG").head, a_hat(Role.REGISTRAR, organ=case.unit.organ)):
        with pytest.raises(Unknown):
            slips.fetch_slip(slip.pk, by=hat, now=MONDAY)
    assert Entry.objects.filter(verb="petition.fetch_slip").count() == 1


def test_q29_what_is_asked_of_an_organ_passes_to_who_carries_it_on():
    case, _slip = issued()
    successor = a_unit("ZJ2")
    with transaction.atomic():
        of_organs.move_all(case.unit.organ, successor.organ, by=case.office.head, now=MONDAY)

    assert Assignment.objects.asked_of(successor.officer).count() == 1


def test_a_slip_that_waited_past_its_day_is_not_issued():
    case, slip = drafted()

    with pytest.raises(OutOfTurn):
        slips.issue_slip(slip.pk, version=1, by=case.office.head, now=MONDAY + timedelta(days=8))

    assert not Assignment.objects.exists()


def test_a_reply_shows_a_file_to_both_sides_and_to_nobody_else():
    case, slip = issued()
    shown = Checked("送达回证.pdf", "application/pdf", b"%PDF-1.4")
    answers.reply(slip.assignment_id, words="已送达", file=shown, by=case.unit.officer, now=MONDAY)
    move = slip.assignment.moves.get(move="reply")

    for hat in (case.unit.head, case.office.head):
        assert answers.fetch_reply(slip.assignment_id, move.pk, by=hat, now=MONDAY) == move.file
    for hat in (a_unit("CG").head, a_hat(Role.REGISTRAR, organ=case.unit.organ)):
        with pytest.raises(Unknown):
            answers.fetch_reply(slip.assignment_id, move.pk, by=hat, now=MONDAY)
    assert Entry.objects.filter(verb="petition.fetch_reply").count() == 2


def finished_with_a_slip():
    """Finish a petition on which a unit still owes an answer to an order."""
    case, slip = issued(served(outcome=Outcome.NOT_SUPPORT))
    notified(case)
    return case, slip


def told_to_lift(hat) -> int:
    return Notice.objects.unread().filter(post=hat.post, kind="slip_to_lift").count()


def test_the_form_of_finishing_says_what_is_still_asked_of_units():
    case, slip = finished_with_a_slip()

    shown = case_page(read_head(case.pk), case.office.officer, now=MONDAY, kind="")["closing"]
    assert [(one.pk, one.organ) for one in shown.asked] == [(slip.assignment_id, case.unit.organ)]
    replied(case, slip)
    answers.verify(slip.assignment_id, words="已核对送达回证", by=case.office.head, now=MONDAY)

    shown = case_page(read_head(case.pk), case.office.officer, now=MONDAY, kind="")["closing"]
    assert shown.asked == []


def test_a_slip_is_answered_and_lifted_after_its_petition_is_finished_and_the_office_is_told_once():
    case, slip = finished_with_a_slip()
    finish(case)
    assert tell_of_slips_to_lift(now=at(3, 3), tally=Tally()) == 0

    replied(case, slip, now=at(3, 3))
    assert tell_of_slips_to_lift(now=at(3, 3), tally=Tally()) == 0
    answers.verify(slip.assignment_id, words="已核对送达回证", by=case.office.head, now=at(3, 4))
    assert tell_of_slips_to_lift(now=at(3, 4), tally=Tally()) == 1
    assert tell_of_slips_to_lift(now=at(3, 4), tally=Tally()) == 0

    assert (told_to_lift(case.office.head), told_to_lift(case.unit.officer)) == (1, 0)
    slips.lift_slip(slip.pk, reason="已办理", by=case.office.head, now=at(3, 4))
    assert told_to_lift(case.office.head) == 0
    assert Slip.objects.get().state == SlipState.LIFTED


def test_a_notice_says_what_kind_of_paper_asks_to_whoever_is_asked_and_nothing_once_it_was_sealed():
    case, order = issued()
    other = a_unit("CZ")
    _case, recommended = issued(case, SlipKind.IMPROVE_WORK, addressee_id=other.organ.pk)
    order, recommended = (Slip.objects.get(pk=slip.pk) for slip in (order, recommended))
    own, theirs = {str(order.assignment_id)}, {str(recommended.assignment_id)}
    keys = own | theirs

    unit = asked_matters(own, case.unit.officer, MONDAY)
    elsewhere = asked_matters(keys, other.officer, MONDAY)

    assert [told.number for told in unit.values()] == [
        f"{order.assignment.get_kind_display()} {order.document.number} · {case.petition.number}"
    ]
    kind = recommended.assignment.get_kind_display()
    assert [(told.number, told.title) for told in elsewhere.values()] == [
        (f"{kind} {recommended.document.number}", case.office.organ.short_name)
    ]
    assert asked_matters(keys, a_unit("JY").officer, MONDAY) == {}
    a_hat(Role.SEALED_LANE_OFFICER)
    party = Reported(kind=ReportedKind.PERSON, name="王某")
    sealing.seal(case.pk, reason="反映干部", reported=[party], by=case.office.officer, now=MONDAY)
    assert asked_matters(keys, other.officer, MONDAY) == {}
