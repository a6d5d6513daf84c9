"""The leader's home: what waits for his decision first, then what he sponsors; and his secretary's page."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from cases.actions import sealing
from cases.intake import Reported
from cases.models import Petition
from cases.parts import involve
from cases.states import Basis, Channel, ReportedKind
from leadership.actions import instructing, letters, roster, sponsoring
from leadership.actions.deciding import Asked, ask_decision
from leadership.actions.phrases import keep_phrase
from leadership.actions.secretaries import name_secretary
from leadership.home_pages import home_page
from leadership.models import DecisionRequest, Instruction, Phrase, Secretary
from leadership.phrases import MOST
from leadership.reception_states import Counted
from leadership.states import InstructionState
from lib.errors import OutOfTurn
from tests.cases.browsers import signed_in
from tests.cases.handling.given import Case, received, registered
from tests.given import MONDAY, a_hat
from tests.leadership.leaders import LATER, a_leader, a_secretary, an_order, signed, sponsored
from tests.leadership.rosters import TODAY, sitting, took_number, went
from tests.leadership.test_lifts_by_hand import lifted_by_hand

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def asked(case: Case, leader) -> DecisionRequest:
    question = Asked(
        stuck="资金没有着落",
        question="由谁先出",
        choices=["财政垫付", "列入预算"],
        due_on=MONDAY.date() + timedelta(days=3),
    )
    return ask_decision(case.pk, question, leader_id=leader.post.pk, by=case.unit.head, now=MONDAY)


def noted(case: Case, leader) -> Instruction:
    return instructing.note_oral(
        case.pk,
        an_order(case, text="先听群众意见。"),
        leader_id=leader.post.pk,
        heard_at=MONDAY,
        heard_where="调度会",
        by=case.office.officer,
        now=MONDAY,
    )


def test_his_day_begins_with_what_waits_and_then_what_he_sponsors():
    case, leader, _row = sponsored(received(registered(channel=Channel.LETTER)))
    asked(case, leader)
    noted(case, leader)
    letters.choose_letter(case.pk, leader_id=leader.post.pk, by=case.office.officer, now=MONDAY)

    page = signed_in(leader).open("desk:my_work")

    assert (page.context["waiting"], len(page.context["cases"])) == (3, 1)
    words = page.content.decode()
    assert words.index("由谁先出") < words.index('id="sponsored"')
    assert "财政垫付" in words
    assert "先听群众意见。" in words
    assert case.petition.number in words


def test_what_he_sponsors_is_turned_by_the_page_and_counted_by_its_lamp():
    leader = a_leader()
    for _each in range(31):
        sponsored(received(registered()), leader)
    browser = signed_in(leader)

    first = browser.open("leadership:home")
    second = browser.get(first.context["older_url"])

    shown = [[one.row.pk for one in page.context["cases"]] for page in (first, second)]
    assert [len(keys) for keys in shown] == [30, 1]
    assert not set(shown[0]) & set(shown[1])
    assert (first.context["sponsors"], sum(first.context["lamps"].values())) == (31, 31)
    assert (bool(first.context["newer_url"]), bool(second.context["older_url"])) == (False, False)


def test_a_lamp_over_what_he_sponsors_keeps_what_shows_it():
    leader = a_leader()
    late, _leader, row = sponsored(received(), leader)
    sponsored(received(), leader)
    Petition.objects.filter(pk=late.pk).update(next_due_at=MONDAY)
    browser = signed_in(leader)

    first = browser.open("leadership:home")
    kept = browser.get("/leader/?lamp=red")
    no_lamp = browser.get("/leader/?lamp=purple")

    assert (first.context["lamps"]["red"], first.context["sponsors"]) == (1, 2)
    assert "?lamp=red#sponsored" in first.content.decode()
    assert [one.row.pk for one in kept.context["cases"]] == [row.pk]
    assert kept.context["sponsors"] == 2
    assert len(no_lamp.context["cases"]) == 2


def test_beside_it_stand_todays_queue_the_steps_of_his_plans_and_his_year():
    case, leader, row = sponsored()
    _leader, day = sitting(leader)
    took_number(day, persons=4)
    went(case, leader, persons=3)
    for ahead in (7, 8):
        step = {"words": "召开协调会", "due_on": TODAY + timedelta(days=ahead)}
        sponsoring.plan_step(row.pk, **step, by=leader, now=MONDAY)
    neighbour = signed_in(a_leader("宣传部长")).open("leadership:home").context

    page = signed_in(leader).open("leadership:home")

    (sits,) = page.context["sits"]
    assert [(one.ticket.persons, one.petition) for one in sits.queue] == [(4, None)]
    assert page.context["steps"] == 1
    year = page.context["year"]
    assert (year.sponsored, year.done.trips, year.done.field) == (1, 1, (1, 3))
    assert (neighbour["sits"], neighbour["steps"], neighbour["year"].sponsored) == ([], 0, 0)


def test_a_secretary_of_two_reads_whose_day_a_line_is():
    case, first, _row = sponsored()
    second = a_leader()
    secretary = a_secretary(first)
    asked(case, first)
    sitting(second)
    browser = signed_in(secretary)
    alone = browser.open("leadership:home").content.decode()
    name_secretary(secretary.post.pk, by=second, now=MONDAY)

    both = browser.open("leadership:home").content.decode()

    assert f"· {second.user.name}" in both
    assert f">{first.user.name}</span> · " in both
    assert f">{first.user.name}</span> · " not in alone


def test_of_many_that_wait_the_first_are_shown_and_all_are_counted():
    leader = a_leader()
    for _each in range(22):
        case, _leader, _row = sponsored(received(registered(channel=Channel.LETTER)), leader)
        letters.choose_letter(case.pk, leader_id=leader.post.pk, by=case.office.officer, now=MONDAY)

    page = home_page(leader, now=LATER)

    assert page["waiting"] == 22
    assert (len(page["letters"]), page["behind"]) == (20, 2)


def test_he_decides_with_one_button_and_confirms_with_another():
    case, leader, _row = sponsored()
    request, oral = asked(case, leader), noted(case, leader)
    browser = signed_in(leader)

    browser.send("leadership:on_decision", request.pk, "decide", chosen="0")
    browser.send("leadership:on_instruction", oral.pk, "confirm")

    states = set(Instruction.objects.values_list("state", flat=True))
    assert states == {InstructionState.HELD}
    # both can still be undone, and neither waits for him any more
    assert (page_of(leader)["waiting"], len(page_of(leader)["said"])) == (0, 2)
    assert not page_of(leader)["waits"]


def test_q33_what_is_going_out_is_neither_undone_nor_confirmed():
    case, leader, _row = sponsored()
    signed(case, leader)

    (held,) = home_page(leader, now=MONDAY)["said"]
    (going,) = home_page(leader, now=LATER)["said"]

    assert [offer.deed.slug for offer in held.offers] == ["undo"]
    assert (going.row.is_held, going.seconds, going.offers) == (True, 0, [])


def page_of(hat):
    return home_page(hat, now=MONDAY)


def test_another_leader_finds_nothing_of_it():
    case, leader, _row = sponsored()
    asked(case, leader)
    noted(case, leader)
    page = page_of(a_leader("宣传部长"))
    assert (page["waiting"], page["cases"]) == (0, [])


def test_the_secretary_finds_what_waits_for_her_leader_and_cannot_decide_it():
    case, leader, _row = sponsored()
    secretary = a_secretary(leader)
    request = asked(case, leader)
    signed(case, leader)
    browser = signed_in(secretary)

    page = browser.open("leadership:home")
    assert len(page.context["waits"]) == 1
    assert page.context["waits"][0].question.offers == []
    # what he can still undo is shown to nobody else
    assert page.context["said"] == []
    assert browser.send("leadership:on_decision", request.pk, "decide", chosen="0").status_code == 404
    assert DecisionRequest.objects.get().instruction is None


def test_what_was_lifted_to_him_leads_him_to_it_and_his_secretary_to_the_petition():
    case, leader, lift = lifted_by_hand()
    sponsored(case, leader)
    secretary = a_secretary(leader)
    addresses = []
    for hat in (leader, secretary):
        browser = signed_in(hat)
        [one] = browser.open("leadership:home").context["lifted"]
        addresses.append(one.url)
        assert browser.get(one.url).status_code == 200
    assignment = lift.addressees.get().assignment_id
    assert addresses == [f"/asked/{assignment}/", f"/petitions/{case.pk}/"]


def test_a_secretary_whom_nobody_named_finds_nothing():
    case, leader, _row = sponsored()
    asked(case, leader)
    page = page_of(a_hat(Role.LEADER_SECRETARY, organ=leader.organ))
    assert (page["waiting"], page["cases"]) == (0, [])


def test_q2_what_was_sealed_is_on_nobodys_home():
    case, leader, _row = sponsored()
    asked(case, leader)
    noted(case, leader)
    sealing.seal(
        case.pk,
        reason="反映干部",
        reported=[Reported(kind=ReportedKind.PERSON, name="某")],
        by=case.office.head,
        now=MONDAY,
    )
    page = page_of(leader)
    assert (page["waiting"], page["cases"], page["running"]) == (0, [], 0)


def test_the_office_has_no_leaders_home_and_no_secretary_to_name():
    case = received()
    office = signed_in(case.office.officer)
    assert office.open("leadership:home").status_code == 403
    assert office.send("leadership:name_secretary", post=1).status_code == 403


def test_he_names_his_secretary_on_the_page_and_lets_her_go():
    leader = a_leader()
    secretary = a_hat(Role.LEADER_SECRETARY, organ=leader.organ)
    browser = signed_in(leader)
    assert browser.send("leadership:name_secretary", post="").status_code == 422
    browser.send("leadership:name_secretary", post=secretary.post.pk)
    assert browser.send("leadership:name_secretary", post=secretary.post.pk).status_code == 422
    row = Secretary.objects.get()
    browser.send("leadership:dismiss_secretary", secretary=row.pk)
    row.refresh_from_db()
    assert row.ended_at is not None


def test_the_home_costs_the_same_with_one_case_and_with_six():
    leader = a_leader()

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page_of(leader)
        return len(queries)

    first, _leader, _row = sponsored(leader=leader)
    asked(first, leader)
    noted(first, leader)
    before = cost()
    for _each in range(5):
        case, _leader, _row = sponsored(leader=leader)
        asked(case, leader)
        noted(case, leader)

    assert cost() == before


def test_a_leader_keeps_phrases_of_his_own_which_stand_over_his_instructions_and_nobody_elses():
    case = received()
    leader, other = a_leader(), a_leader(title="宣传部长")
    with transaction.atomic():
        for hat in (leader, other):
            involve(case.petition, Basis.PORTFOLIO, now=MONDAY, post=hat.post)
    browser, neighbour = signed_in(leader), signed_in(other)

    assert browser.send("leadership:keep_phrase", words="请分管同志牵头。").status_code == 302
    for refused in ("请分管同志牵头。", "同意。", ""):
        assert browser.send("leadership:keep_phrase", words=refused).status_code == 422
    kept = Phrase.objects.get()
    page = browser.open("leadership:instructed", case.pk)
    assert page.context["phrases"][-1] == "请分管同志牵头。"
    pressed = browser.send(
        "leadership:on_instructed",
        case.pk,
        "sign",
        text="同意。",
        phrase=str(len(page.context["phrases"]) - 1),
    )
    assert "同意。请分管同志牵头。" in pressed.content.decode()
    assert "请分管同志牵头。" not in neighbour.open("leadership:instructed", case.pk).context["phrases"]

    assert neighbour.send("leadership:drop_phrase", phrase=kept.pk).status_code == 404
    assert signed_in(case.office.officer).send("leadership:keep_phrase", words="请办").status_code == 403
    assert browser.send("leadership:drop_phrase", phrase=kept.pk).status_code == 302
    assert not Phrase.objects.exists()


def test_of_phrases_there_are_no_more_than_fit_over_the_words():
    leader = a_leader()
    for number in range(MOST):
        keep_phrase(f"第{number}句", by=leader, now=MONDAY)

    with pytest.raises(OutOfTurn):
        keep_phrase("又一句", by=leader, now=MONDAY)

    assert Phrase.objects.count() == MOST


def test_his_journeys_of_the_week_stand_beside_the_target():
    case, leader, _row = sponsored()
    assert "本周下访" not in signed_in(leader).open("desk:my_work").content.decode()

    roster.set_target(Counted.TRIPS, weekly=3, since=TODAY, by=case.office.head, now=MONDAY)
    went(case, leader, went_on=TODAY)
    went(case, leader, went_on=TODAY - timedelta(days=1))

    assert "本周下访 1/3" in signed_in(leader).open("desk:my_work").content.decode()
