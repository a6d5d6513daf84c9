"""销号: on evidence, by somebody else, put back where it does not hold; rates as of a day; what stands still (Q2)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import OrganKind
from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import State, Trigger
from audit.models import Entry
from cases.actions import sealing
from cases.intake import Reported
from cases.models import ReportedParty
from cases.states import ReportedKind
from infra.sweep_runs import Tally
from leadership.actions import answers, lists
from leadership.actions.lists import NewItem
from leadership.agenda import proposals_for
from leadership.list_states import ListSource
from leadership.lists import Rate, rate_of, sample
from leadership.models import ListItem, LookBack, LookedAt, PetitionLift, Strike, StrikeList
from leadership.sweeps import escalate, press_items
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, at, received
from tests.given import MONDAY, a_hat, a_place, an_organ
from tests.leadership.given import the_conference
from tests.leadership.leaders import a_leader
from tests.leadership.lists import a_list, an_item, listed, shown, struck
from tests.leadership.meetings import called
from tests.leadership.test_lifts import a_rule, a_seat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

TODAY = date(2026, 3, 2)


def test_an_item_asks_its_unit_and_is_struck_off_on_evidence_by_another_person():
    case, item = listed()
    assert (item.assignment.organ_id, item.assignment.kind) == (case.unit.organ.pk, "list_item")
    officer = case.office.officer
    with pytest.raises(OutOfTurn):
        lists.strike_off(item.pk, words="凭证属实", by=officer, now=MONDAY)
    answers.reply(item.assignment_id, words="已兑现", by=case.unit.officer, now=MONDAY)
    with pytest.raises(OutOfTurn):
        lists.strike_off(item.pk, words="凭证属实", by=officer, now=MONDAY)
    answers.send_back(item.assignment_id, why="请附凭证", by=officer, now=MONDAY)
    shown(case, item)
    for by, words, error in [(case.unit.head, "属实", NotAllowed), (officer, " ", Refused)]:
        with pytest.raises(error):
            lists.strike_off(item.pk, words=words, by=by, now=MONDAY)
    assert not Strike.objects.exists()

    strike = lists.strike_off(item.pk, words="凭证属实", by=officer, now=MONDAY)

    assert (strike.struck_on, strike.evidence.name) == (TODAY, "批示.pdf")
    assert Assignment.objects.get().state == State.VERIFIED
    assert Entry.objects.get(verb="strike_list.strike_off").actor_post_id == officer.post.pk


def test_it_is_verified_on_its_list_and_nowhere_else():
    case, item = listed()
    shown(case, item)
    with pytest.raises(OutOfTurn):
        answers.verify(item.assignment_id, words="已核对会议纪要", by=case.office.officer, now=MONDAY)
    page = signed_in(case.office.officer).open("leadership:asked", item.assignment_id)
    assert [offer.deed.slug for offer in page.context["offers"]] == ["send-back"]
    assert Assignment.objects.get().state == State.REPLIED


def test_what_cannot_be_on_a_list_is_refused_and_nothing_is_written():
    case = received()
    officer = case.office.officer
    rows = a_list(officer)
    with pytest.raises(Refused):
        a_list(officer)
    with pytest.raises(NotAllowed):
        a_list(case.unit.head, "另一份")
    stranger = a_unit("CG")
    for wrong in (
        {"petition_id": None},
        {"matter": "又是事项"},
        {"act": " "},
        {"due_on": TODAY},
        {"responsible_id": stranger.head.post.pk},
        {"struck_on": TODAY},
        {"listed_on": TODAY + timedelta(days=1)},
    ):
        with pytest.raises(Refused):
            an_item(rows, officer, organ_id=case.unit.organ.pk, **{"petition_id": case.pk, **wrong})
    named = ReportedParty.objects.create(
        petition=case.petition, kind=ReportedKind.UNIT, organ=case.unit.organ
    )
    with pytest.raises(Refused):
        listed(case)
    named.delete()
    assert not ListItem.objects.exists()
    assert not Assignment.objects.exists()
    listed(case)
    with pytest.raises(Refused):
        listed(case)
    assert ListItem.objects.count() == 1


def test_a_list_that_came_with_many_is_taken_over_at_once_or_not_at_all():
    first, second = received(), received()
    officer = first.office.officer
    rows = a_list(officer)
    done = NewItem(
        act="化解到位",
        organ_id=first.unit.organ.pk,
        due_on=TODAY,
        petition_id=first.pk,
        listed_on=date(2025, 6, 1),
        struck_on=date(2025, 9, 1),
        struck_words="凭证齐全",
    )
    bad = NewItem(act="化解到位", organ_id=first.unit.organ.pk, due_on=TODAY, petition_id=second.pk)
    with pytest.raises(Refused):
        lists.add_items(rows.pk, [done, bad], by=officer, now=MONDAY)
    assert not ListItem.objects.exists()

    assert lists.add_items(rows.pk, [done], by=officer, now=MONDAY) == 1

    assert rate_of(rows, on=date(2025, 8, 31)) == Rate(1, 0)
    assert rate_of(rows, on=date(2025, 9, 1)) == Rate(1, 1)
    assert not Assignment.objects.exists()


def test_the_rate_is_of_any_day_and_never_rounded_up():
    assert Rate(246, 243).percent == "98.78"
    assert (Rate(100_000, 99_999).percent, Rate(3, 3).percent, Rate(0, 0).percent) == ("99.99", "100.00", "")
    case, item, _strike = struck()
    listed(received())
    assert rate_of(item.list, on=TODAY) == Rate(2, 1)
    assert rate_of(item.list, on=TODAY - timedelta(days=1)) == Rate(0, 0)
    office = signed_in(case.office.officer)
    page = office.open("leadership:strike_list", item.list_id, query={"on": "2026-03-01"})
    assert (page.context["rate"], office.open("leadership:strike_lists").context["lists"][0].rate) == (
        Rate(0, 0),
        Rate(2, 1),
    )


def test_a_look_back_is_drawn_by_a_seed_that_draws_the_same_again():
    strikes = [struck(received())[2] for _ in range(4)]
    hat = listed(received())[0].office.officer

    look_back = lists.draw_look_back(StrikeList.objects.get().pk, size=2, by=hat, now=MONDAY)

    drawn = {row.strike_id for row in LookedAt.objects.filter(look_back=look_back)}
    assert (len(drawn), look_back.drawn_from) == (2, 4)
    assert drawn == {strike.pk for strike in sample(strikes, 2, look_back.seed)}
    assert Notice.objects.filter(kind="look_back_drawn", post=hat.post).exists()
    with pytest.raises(InternalError), transaction.atomic():
        LookBack.objects.update(seed="0")


def test_what_does_not_hold_is_put_back_and_asked_again():
    case, item, strike = struck()
    office = case.office
    look_back = lists.draw_look_back(item.list_id, size=1, by=office.officer, now=MONDAY)
    row = look_back.drawn.get()
    with pytest.raises(NotAllowed):
        lists.look(item.pk, looked_id=row.pk, holds=False, words="未兑现", by=office.officer, now=MONDAY)
    with pytest.raises(Refused):
        lists.look(item.pk, looked_id=row.pk, holds=False, words=" ", by=office.head, now=MONDAY)
    assert LookedAt.objects.get().looked_at is None

    lists.look(item.pk, looked_id=row.pk, holds=False, words="款项只付了一半", by=office.head, now=MONDAY)

    item.refresh_from_db()
    strike.refresh_from_db()
    assert (strike.ended_on, strike.ended_why) == (TODAY, "款项只付了一半")
    assert item.assignment.state == State.ASKED
    assert rate_of(item.list, on=TODAY) == Rate(1, 0)
    with pytest.raises(OutOfTurn):
        lists.look(item.pk, looked_id=row.pk, holds=True, words="再看", by=office.head, now=MONDAY)
    shown(case, item)
    lists.strike_off(item.pk, words="已付清", by=office.officer, now=MONDAY)
    assert rate_of(item.list, on=TODAY) == Rate(1, 1)


def test_the_database_holds_it_too():
    _case, item, strike = struck()
    for broken in (
        lambda: Strike.objects.filter(pk=strike.pk).update(struck_on=TODAY - timedelta(days=9)),
        lambda: Strike.objects.filter(pk=strike.pk).delete(),
        lambda: ListItem.objects.filter(pk=item.pk).update(due_on=TODAY),
        lambda: StrikeList.objects.update(name="改"),
        lambda: Strike.objects.create(
            item=item,
            struck_on=TODAY,
            words="再",
            by=strike.by,
            person=strike.person,
            struck_at=MONDAY,
        ),
    ):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            broken()


def test_an_item_on_a_petition_that_does_not_move_is_lifted_by_the_rule():
    case, _item = listed()
    a_seat(titles=["副区长"])
    a_rule(Trigger.ITEM_STUCK, days=15)
    assert escalate(now=at(3, 10), tally=Tally()) == 0

    assert escalate(now=at(3, 18), tally=Tally()) == 1

    assert PetitionLift.objects.get().petition_id == case.pk
    assert press_items(now=at(3, 18), tally=Tally()) == 0


def test_an_item_past_its_day_is_proposed_for_the_next_conference():
    case, _item = listed()
    meeting = called(the_conference()[0])
    assert proposals_for(meeting, case.office.officer, now=at(3, 30)) == []

    (one,) = proposals_for(meeting, case.office.officer, now=at(4, 20))

    assert (one.fact.ground.value, one.fact.on, one.petition_id) == ("stuck", date(2026, 4, 1), case.pk)


def test_movement_keeps_it_where_it_is():
    case, item = listed()
    a_seat(titles=["副区长"])
    a_rule(Trigger.ITEM_STUCK, days=15)
    answers.receive(item.assignment_id, by=case.unit.officer, now=at(3, 12))
    assert escalate(now=at(3, 18), tally=Tally()) == 0
    assert not PetitionLift.objects.exists()


def test_an_item_without_a_petition_is_told_of_where_the_rule_leads_once():
    unit = a_unit()
    officer = received().office.officer
    rows = lists.open_list("督查反馈问题", ListSource.INSPECTION, by=officer, now=MONDAY)
    item = an_item(rows, officer, organ_id=unit.organ.pk, matter="窗口排队过长")
    seat_holder = a_leader()
    a_seat(titles=["副区长"])
    a_rule(Trigger.ITEM_STUCK, days=15)
    assert press_items(now=at(3, 10), tally=Tally()) == 0

    press_items(now=at(3, 18), tally=Tally())
    press_items(now=at(3, 19), tally=Tally())

    told = Notice.objects.filter(kind="item_stuck", subject_id=str(item.pk))
    assert [notice.post_id for notice in told] == [seat_holder.post.pk]
    assert not PetitionLift.objects.exists()
    neighbour = signed_in(a_unit("CG").officer)
    assert neighbour.open("leadership:strike_item", item.pk).status_code == 404


def test_q2_what_was_sealed_is_on_no_list_and_in_no_rate():
    case, item, _strike = struck()
    listed(received())
    sealing.seal(
        case.pk,
        reason="反映干部",
        reported=[Reported(kind=ReportedKind.PERSON, name="某")],
        by=case.office.head,
        now=MONDAY,
    )
    assert rate_of(item.list, on=TODAY) == Rate(1, 0)
    office = signed_in(case.office.officer)
    assert case.petition.number not in office.open("leadership:strike_list", item.list_id).content.decode()
    assert office.open("leadership:strike_item", item.pk).status_code == 404
    with pytest.raises(OutOfTurn):
        lists.draw_look_back(item.list_id, size=1, by=case.office.officer, now=MONDAY)
    with pytest.raises(Unknown):
        lists.strike_off(item.pk, words="属实", by=case.office.officer, now=MONDAY)


def test_a_unit_reads_its_own_items_alone_and_no_rate():
    case, item = listed()
    other = a_unit("CG")
    an_item(item.list, case.office.officer, organ_id=other.organ.pk, matter="窗口排队过长")

    page = signed_in(case.unit.officer).open("leadership:strike_list", item.list_id)

    assert ([one.row.pk for one in page.context["items"]], page.context["rate"]) == ([item.pk], None)
    assert page.context["offers"] == []
    assert signed_in(a_unit("GH").officer).open("leadership:strike_list", item.list_id).status_code == 404


def test_an_office_of_another_place_finds_nothing():
    _case, item = listed()
    elsewhere = an_organ("WSX", kind=OrganKind.PETITION_OFFICE, place=a_place("141121"))
    hat = a_hat(Role.OFFICE_DIRECTOR, organ=elsewhere)
    assert signed_in(hat).open("leadership:strike_list", item.list_id).status_code == 404
    assert signed_in(hat).open("leadership:strike_lists").context["lists"] == []
    with pytest.raises(Unknown):
        lists.draw_look_back(item.list_id, size=1, by=hat, now=MONDAY)
    assert not LookBack.objects.exists()


def test_all_that_is_wrong_with_an_item_is_said_at_once():
    case, stranger = received(), a_unit("CG")
    rows = a_list(case.office.officer)
    typed = {
        "act": "化解到位",
        "organ": case.unit.organ.code,
        "responsible": stranger.head.post.pk,
        "due_on": "2026-03-02",
        "number": "LS2026-999999",
    }

    page = signed_in(case.office.officer).send("leadership:on_strike_list", rows.pk, "add-item", **typed)

    form = page.context["offers"][0].form
    assert (page.status_code, set(form.errors)) == (422, {"number", "responsible", "due_on"})
    assert not ListItem.objects.exists()


def test_the_pages_do_it():
    case = received()
    browser = signed_in(case.office.officer)
    assert browser.send("leadership:open_strike_list", name="", source="central").status_code == 422
    browser.send("leadership:open_strike_list", name="中央交办重复信访", source="central")
    rows = StrikeList.objects.get()
    typed = {"act": "化解到位", "organ": case.unit.organ.code, "due_on": "2026-04-01"}
    wrong = browser.send("leadership:on_strike_list", rows.pk, "add-item", **typed, number="LS2026-999999")
    assert wrong.status_code == 422
    browser.send("leadership:on_strike_list", rows.pk, "add-item", **typed, number=case.petition.number)
    item = ListItem.objects.get()
    shown(case, item)
    browser.send("leadership:on_strike_item", item.pk, "strike-off", words="凭证属实")
    browser.send("leadership:on_strike_list", rows.pk, "draw-look-back", size="1")
    head = signed_in(case.office.head)
    looked = LookedAt.objects.get()
    page = head.open("leadership:strike_item", item.pk)
    assert [offer.deed.slug for offer in page.context["offers"]] == ["look"]
    head.send("leadership:on_strike_item", item.pk, "look", looked_id=looked.pk, holds="yes", words="属实")
    looked.refresh_from_db()
    assert looked.holds is True
    assert head.open("leadership:strike_evidence", Strike.objects.get().pk).status_code == 200
    assert (
        case.petition.number
        in head.open("leadership:strike_list", rows.pk, query={"struck": "1"}).content.decode()
    )


def test_rows_and_figures_are_of_the_same_day_and_a_day_that_is_none_is_refused():
    case, item, _strike = struck()
    browser = signed_in(case.office.officer)
    address = f"/lists/{item.list_id}/"

    before = browser.get(f"{address}?on=2026-03-01").context
    assert (before["rate"], before["items"], before["looks"]) == (Rate(0, 0), [], [])
    today = browser.get(f"{address}?on=2026-03-02&struck=1").context
    assert (today["rate"], [one.row.pk for one in today["items"]]) == (Rate(1, 1), [item.pk])
    for none in ("abc", "2026-02-30", "2026-03-03"):
        assert browser.get(f"{address}?on={none}").status_code == 422


def test_the_answer_stands_where_it_is_struck_off_or_sent_back():
    case, item = listed()
    shown(case, item)
    page = signed_in(case.office.officer).open("leadership:strike_item", item.pk)
    assert [offer.deed.slug for offer in page.context["offers"]] == ["strike-off", "send-back"]
    assert (page.context["answer"].words, page.context["answer"].file.name) == ("已兑现", "批示.pdf")
    assert not page.context["item"].lamp


def test_a_unit_reads_how_many_items_are_its_own():
    case, _item = listed()
    listed()
    (row,) = signed_in(case.unit.head).open("leadership:strike_lists").context["lists"]
    assert row.rate.listed == ListItem.objects.filter(organ=case.unit.organ).count()
