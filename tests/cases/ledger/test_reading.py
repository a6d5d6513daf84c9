"""Who of an organ reads a petition (经办人), alone and together."""

import pytest
from django.db import transaction

from accounts.actions.posts import hand_over
from accounts.handover import open_work
from accounts.roles import Role
from audit.models import Entry
from cases.actions import saved_views
from cases.actions.reading import give_reader
from cases.actions.recusing import recuse
from cases.ledger import View, in_view
from cases.models import Petition, Reader
from cases.readers import pass_on, read_by
from cases.states import EndKind, Routing
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind, Notice
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, registered, routed
from tests.cases.ledger.test_chosen import members, results_of, show, three
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def in_hands_of(hat) -> set:
    seen = Petition.objects.visible_to(hat)
    return set(in_view(seen, View.MINE, hat=hat, now=MONDAY).values_list("pk", flat=True))


def told(hat, kind: Kind) -> int:
    return Notice.objects.unread().filter(post=hat.post, kind=kind).count()


def a_colleague(case):
    return a_hat(Role.PETITION_OFFICER, organ=case.office.organ)


# ---- readers -------------------------------------------------------------------------


def test_a_petition_is_given_to_one_of_the_own_unit_who_is_told_and_has_it_in_his_hands():
    case = registered()
    colleague = a_colleague(case)

    give_reader(case.pk, colleague.post.pk, by=case.office.head, now=MONDAY)

    assert in_hands_of(colleague) == {case.pk}
    assert in_hands_of(case.office.head) == set()
    assert told(colleague, Kind.GIVEN_TO_READ) == 1
    entry = Entry.objects.get(verb="petition.give_reader")
    assert entry.facts == {"organ": case.office.organ.code, "post": colleague.post.pk}


def test_given_to_another_one_it_leaves_the_first_with_its_notice():
    case = registered()
    first, second = case.office.officer, a_colleague(case)
    give_reader(case.pk, first.post.pk, by=case.office.head, now=MONDAY)

    give_reader(case.pk, second.post.pk, by=case.office.head, now=MONDAY)
    with pytest.raises(OutOfTurn):
        give_reader(case.pk, second.post.pk, by=case.office.head, now=MONDAY)

    assert (in_hands_of(first), in_hands_of(second)) == (set(), {case.pk})
    assert (told(first, Kind.GIVEN_TO_READ), told(second, Kind.GIVEN_TO_READ)) == (0, 1)
    give_reader(case.pk, None, by=case.office.head, now=MONDAY)
    assert not Reader.objects.filter(ended_at=None).exists()
    assert Entry.objects.filter(verb="petition.give_reader").count() == 3


def test_each_organ_names_its_own_and_no_other_ones():
    case = routed()
    give_reader(case.pk, case.office.officer.post.pk, by=case.office.head, now=MONDAY)

    with pytest.raises(Refused) as refused:
        give_reader(case.pk, case.unit.officer.post.pk, by=case.office.head, now=MONDAY)
    give_reader(case.pk, case.unit.officer.post.pk, by=case.unit.head, now=MONDAY)

    assert set(refused.value.fields) == {"post"}
    assert in_hands_of(case.office.officer) == in_hands_of(case.unit.officer) == {case.pk}


def test_r_33_who_withdrew_is_given_nothing_and_who_withdraws_lets_go():
    case = registered()
    colleague = a_colleague(case)
    give_reader(case.pk, colleague.post.pk, by=case.office.head, now=MONDAY)

    recuse(case.pk, reason="亲属", by=colleague, now=MONDAY)

    assert not Reader.objects.filter(ended_at=None).exists()
    with pytest.raises(Refused):
        give_reader(case.pk, colleague.post.pk, by=case.office.head, now=MONDAY)
    assert not Reader.objects.filter(ended_at=None).exists()


def test_q29_what_a_post_reads_is_its_work_and_passes_to_a_colleague_but_to_no_other_organ():
    cases = three()[:2]
    office, unit = cases[0].office, cases[0].unit
    colleague = a_colleague(cases[0])
    keeper = a_hat(Role.SECURITY_ADMINISTRATOR)
    for case in cases:
        give_reader(case.pk, office.officer.post.pk, by=office.officer, now=MONDAY)
    finished_one = cases[1]
    Petition.objects.filter(pk=finished_one.pk).update(routing=Routing.ENDED, ended_as=EndKind.WITHDRAWN)

    assert open_work(office.officer.post) == {"reading": 1}
    hand_over(office.officer.post.pk, to_post_id=colleague.post.pk, by=keeper, now=MONDAY)
    assert in_hands_of(colleague) == {cases[0].pk}
    assert open_work(office.officer.post) == {}

    with transaction.atomic():
        pass_on(colleague.post, unit.officer.post, now=MONDAY)
    assert not Reader.objects.filter(ended_at=None).exists()


def test_q6_who_has_no_part_in_it_gives_it_to_nobody():
    case = routed()
    stranger = a_unit("JT")

    with pytest.raises(Unknown):
        give_reader(case.pk, stranger.officer.post.pk, by=stranger.officer, now=MONDAY)
    with pytest.raises(NotAllowed):
        give_reader(
            case.pk,
            case.office.officer.post.pk,
            by=a_hat(Role.REGISTRAR, organ=case.office.organ),
            now=MONDAY,
        )

    assert not Reader.objects.exists()


def test_several_are_given_in_the_ledger_and_it_shows_by_whom_they_are_read():
    cases = three()
    office = cases[0].office
    browser = signed_in(office.officer)
    saved_views.choose_columns(["deadline", "matter", "reader"], by=browser.hat, now=MONDAY)

    before = show(browser, "give_reader", picked=[str(case.pk) for case in cases[:2]])
    page = show(browser, "give_reader", do="yes", member=members(cases[:2]), post=str(office.officer.post.pk))

    choices = dict(before.context["form"].fields["post"].widget.choices)
    assert office.officer.post.pk in choices and cases[0].unit.officer.post.pk not in choices
    assert set(results_of(page).values()) == {True}
    assert read_by(office.officer.post).count() == 2
    listed = browser.open("cases:ledger", query={"view": "mine"})
    assert [row.readers for row in listed.context["rows"]] == [[office.officer.user.name]] * 2
    assert {view: number for view, _label, number in listed.context["views"]}[View.MINE] == 2
    assert "我经办" in listed.content.decode()
    preview = browser.open("cases:preview", cases[0].pk).content.decode()
    case_page = browser.open("cases:petition", cases[0].pk).content.decode()
    assert "经办人" in preview and f"{office.organ}经办人" in case_page
