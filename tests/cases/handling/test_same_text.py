"""Letters sent in bulk: found exactly, handled once, with one reply for each (data-standard §6)."""

import csv
from collections import Counter
from uuid import uuid4

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.actions import sealing
from cases.groups import AT_ONCE, count_of_group, group_of, members_of, offered
from cases.intake import Reported
from cases.models import Petition, PetitionDocument, PetitionText, Route
from cases.states import ClaimDecision, HandlingState, ReportedKind, Routing
from documents.models import Document
from documents.states import DocumentKind, State
from tests.cases.browsers import signed_in
from tests.cases.given import a_person, a_petition
from tests.cases.handling.doors import body_of
from tests.cases.handling.given import (
    Case,
    a_township,
    a_unit,
    accept,
    received,
    registered,
    routed,
    the_office,
    voided,
)
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

LETTER = "我们小区的开发商至今没有办下不动产权证。\r\n请督促办理。"


def a_group(count=3, *, office=None, unit=None) -> list[Case]:
    """Register the same letter of several persons at one office."""
    office, unit = office or the_office(), unit or a_unit()
    return [
        registered(
            office=office,
            unit=unit,
            text=LETTER,
            people=(a_person(f"业主{number}", phone=f"1390000{number:04}"),),
        )
        for number in range(count)
    ]


def send(hat, case, deed, *, members=(), **fields):
    ticked = [f"{one.pk}:{one.now.version}" for one in members]
    return signed_in(hat).send("cases:same_text", case.pk, deed=deed, member=ticked, **fields)


def forward(unit):
    return {"kind": "forward", "organ": unit.organ.code, "petition_class": "appeal_request"}


def test_the_same_letter_is_one_group_however_its_lines_end():
    first, *_others = a_group()
    a_petition(first.office.officer, text=LETTER.replace("\r\n", "\n"))
    a_petition(first.office.officer, text=LETTER + "另：")

    assert count_of_group(first.petition, first.office.officer) == 4


def test_a_letter_of_its_own_is_no_group():
    case = registered()

    assert count_of_group(case.petition, case.office.officer) == 1
    assert "同文信件" not in signed_in(case.office.officer).open("cases:petition", case.pk).content.decode()


def test_the_case_page_leads_to_the_group():
    case, *_others = a_group()

    page = signed_in(case.office.officer).open("cases:petition", case.pk).content.decode()

    assert f"/petitions/{case.pk}/same-text/" in page


def test_q1_q6_sealed_void_and_unseen_letters_are_in_no_group_and_no_count():
    case, sealed, *_others = a_group()
    officer = case.office.officer
    a_hat(Role.SEALED_LANE_OFFICER)
    sealing.seal(
        sealed.pk,
        reason="点名举报",
        reported=[Reported(kind=ReportedKind.PERSON, name="某科长")],
        by=officer,
        now=MONDAY,
    )
    PetitionText.objects.filter(petition=voided().pk).update(text_hash=case.petition.words.text_hash)
    routed(case)

    assert count_of_group(case.petition, officer) == 2
    assert count_of_group(case.petition, case.unit.officer) == 1
    assert sealed.petition not in members_of(case.petition, officer)


def test_q6_a_stranger_opens_no_group():
    case, *_others = a_group()
    stranger = a_township().officer

    assert signed_in(stranger).open("cases:same_text", case.pk).status_code == 404
    assert signed_in(stranger).open("cases:same_text", uuid4()).status_code == 404


def test_one_decision_routes_every_chosen_letter_by_itself_with_its_own_route_and_word():
    group = a_group()
    case, left = group[0], group[-1]

    answer = send(case.office.officer, case, "route", members=group[:-1], **forward(case.unit))

    assert answer.status_code == 200
    assert [one.now.routing for one in group[:-1]] == [Routing.ROUTED, Routing.ROUTED]
    assert left.now.routing == Routing.REGISTERED
    assert Route.objects.count() == 2
    assert Entry.objects.filter(verb="petition.route").count() == 2
    for one in group[:-1]:
        assert one.now.number in answer.content.decode()
        assert PetitionDocument.objects.filter(petition=one.pk).exists()


def test_a_letter_that_changed_meanwhile_is_reported_and_the_others_go_on():
    group = a_group()
    case = group[0]
    ticked = [f"{one.pk}:{one.now.version}" for one in group]
    Petition.objects.filter(pk=group[1].pk).update(version=group[1].now.version + 1)

    answer = signed_in(case.office.officer).send(
        "cases:same_text", case.pk, deed="route", member=ticked, **forward(case.unit)
    )

    assert [one.now.routing for one in group] == [Routing.ROUTED, Routing.REGISTERED, Routing.ROUTED]
    assert answer.content.decode().count("未办成") == 1


def test_a_fault_in_what_is_written_does_nothing_and_keeps_it():
    group = a_group()
    case = group[0]

    answer = send(case.office.officer, case, "route", members=group, kind="", told="已电话告知")

    assert answer.status_code == 422
    assert "已电话告知" in answer.content.decode()
    assert not Route.objects.exists()


def test_without_a_ticked_letter_nothing_is_done():
    group = a_group()

    answer = send(group[0].office.officer, group[0], "route", **forward(group[0].unit))

    assert answer.status_code == 422
    assert not Route.objects.exists()


def test_a_letter_out_of_sight_that_is_ticked_all_the_same_is_left_alone():
    group = a_group()
    township = a_township()
    theirs = registered(office=township, text=LETTER)
    hidden = group[0]

    answer = send(township.officer, theirs, "route", members=[theirs, hidden], **forward(theirs.unit))

    assert answer.status_code == 200
    assert hidden.now.routing == Routing.REGISTERED
    assert hidden.now.number not in answer.content.decode()


def test_who_does_not_route_is_offered_nothing_and_does_nothing():
    group = a_group()
    inspector = a_hat(Role.INSPECTOR)

    answer = send(inspector, group[0], "route", members=group, **forward(group[0].unit))

    assert answer.status_code == 409
    assert not Route.objects.exists()


def test_one_finding_answers_every_letter_and_each_has_its_own_opinion():
    group = [received(routed(one)) for one in a_group()]
    case = group[0]
    officer, head = case.unit.officer, case.unit.head
    for one in group:
        accept(one)

    finding = {k: v for k, v in body_of("find", case).items() if k not in {"handling", "claim"}}
    send(officer, case, "find", members=group, **finding)
    send(officer, case, "draft_opinion", members=group)
    send(head, case, "issue_paper", members=group)

    opinions = Document.objects.filter(kind=DocumentKind.D15, state=State.ISSUED)
    assert opinions.count() == 3
    assert len(set(opinions.values_list("number", flat=True))) == 3
    assert {one.handling.state for one in group} == {HandlingState.OPINION_ISSUED}
    assert {one.handling.opinion_id for one in group} == set(opinions.values_list("pk", flat=True))


def test_signing_for_and_accepting_are_done_to_all_that_wait(monday):
    group = [routed(one) for one in a_group()]
    officer = group[0].unit.officer
    points = {k: v for k, v in body_of("accept", group[0]).items() if k not in {"handling", "claim"}}

    send(officer, group[0], "sign_for", members=group)
    send(officer, group[0], "accept", members=group, **points)

    assert [one.claim().decision for one in group] == [ClaimDecision.ACCEPTED] * 3


def test_a_letter_with_a_second_claim_is_worked_on_by_itself():
    one, two = a_group(2)
    more = registered(office=one.office, unit=one.unit, text=LETTER, claims=("办证", "赔偿"))
    group = [received(routed(case)) for case in (one, two, more)]

    members = group_of(group[0].now, one.unit.officer)

    assert [member.petition for member in members if "accept" in member.about] == [one.petition, two.petition]
    assert offered(members)[0] == "accept"


def test_who_drew_an_opinion_up_is_not_offered_to_approve_it():
    group = [received(routed(one)) for one in a_group(2)]
    for one in group:
        accept(one)
    finding = {k: v for k, v in body_of("find", group[0]).items() if k not in {"handling", "claim"}}
    head = group[0].unit.head
    send(head, group[0], "find", members=group, **finding)
    send(head, group[0], "draft_opinion", members=group)

    assert offered(group_of(group[0].now, head)) == []


def test_at_most_so_many_are_done_at_one_press(monkeypatch):
    monkeypatch.setattr("cases.views.groups.AT_ONCE", 2)
    group = a_group(3)

    send(group[0].office.officer, group[0], "route", members=group, **forward(group[0].unit))

    assert Counter(one.now.routing for one in group) == {Routing.ROUTED: 2, Routing.REGISTERED: 1}
    assert AT_ONCE == 50


def test_a_group_costs_as_many_queries_for_ten_as_for_two(django_assert_max_num_queries):
    two = a_group(2)
    hat = two[0].office.officer
    list(group_of(two[0].now, hat))
    with django_assert_max_num_queries(8) as few:
        group_of(two[0].now, hat)
    a_group(8, office=two[0].office, unit=two[0].unit)

    with django_assert_max_num_queries(len(few)):
        assert len(group_of(two[0].now, hat)) == 10


@pytest.mark.shared
@pytest.mark.wide
def test_the_letters_of_a_city_are_grouped_exactly(shared_data):
    """26 groups of five letters and more, 318 letters (data/README)."""
    path = shared_data / "petitions/letters-with-units-and-replies.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        texts = [row["信件内容"] for row in csv.DictReader(file) if row["信件内容"]]
    in_bulk = {text: count for text, count in Counter(texts).items() if count >= 5}
    officer = a_hat(Role.PETITION_OFFICER)
    firsts = {text: a_petition(officer, text=text) for text in in_bulk}
    for text in texts:
        if text in firsts and count_of_group(firsts[text], officer) < in_bulk[text]:
            a_petition(officer, text=text)
    # those that only look alike stay out
    for text in [text for text in texts if text.strip() in {one.strip() for one in firsts} - set(firsts)]:
        a_petition(officer, text=text)

    counts = [count_of_group(first, officer) for first in firsts.values()]

    assert (len(counts), sum(counts)) == (26, 318)
    assert counts == list(in_bulk.values())
