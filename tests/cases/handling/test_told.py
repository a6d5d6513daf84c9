"""The petitioner is told in writing where his matter went; only that meets T2 (Art 23(1)(2); R-12, R-20; Q24; D04)."""

from datetime import date

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.actions.papers import draw_up_word, post_paper, upload_word
from cases.actions.routing import countersign_keep
from cases.models import PetitionDocument
from cases.states import ClockCode, KeepGround, PetitionClass, RouteKind, Routing
from documents.models import Document
from documents.rules import Sent
from documents.states import DocumentKind, State
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.given import a_person
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db


def t2(case):
    return case.clock(ClockCode.T2, case.office.organ)


def text_of(document):
    return "".join(document.paper.paragraphs)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"kind": RouteKind.FORWARD}, "转送"),
        ({"kind": RouteKind.ASSIGN, "report_due_on": date(2026, 4, 1)}, "转送"),
        ({"kind": RouteKind.GUIDE, "guided_to": "区人民法院", "told": "当面告知"}, "请您向区人民法院提出"),
    ],
)
def test_r_20_an_organ_that_got_it_directly_meets_t2_by_the_word_of_where_it_went(facts, says):
    case = given.by_a_township()

    given.route(case, **facts)
    running = t2(case).is_open
    word = given.word_of(case)
    given.hand_over_word(case, now=at(3, 4))

    assert running
    assert (word.state, word.organ) == (State.ISSUED, case.office.organ)
    assert says in text_of(word)
    assert t2(case).met_at == at(3, 4)


def test_q13_what_an_organ_keeps_is_told_in_writing_once_it_was_countersigned():
    case = given.by_a_township()
    route = given.route(case, kind=RouteKind.KEEP, keep_ground=KeepGround.THANKS)
    drawn_before = PetitionDocument.objects.exists()

    countersign_keep(case.pk, route.pk, agree=True, by=case.office.head, now=MONDAY)
    still = t2(case).is_open
    given.hand_over_word(case)

    assert (drawn_before, still) == (False, True)
    assert t2(case).met_at == MONDAY


def test_t2_waits_for_every_representative_and_every_claim():
    people = (a_person("张大强"), a_person("李建国"))
    case = given.by_a_township(people=people, claims=("修路", "发工资"))
    given.route(case, claims=[1])
    first = given.word_of(case)
    given.send(given.replace(case, unit=case.office), first)
    one_way = t2(case).is_open
    given.route(case, claims=[2], kind=RouteKind.GUIDE, guided_to="区人社局", now=at(3, 3))
    word = given.word_of(case)
    persons = [person.pk for person in case.petition.people.order_by("position")]
    for person in persons:
        assert t2(case).is_open
        sent = Sent(petitioner_ref=person, posted_on=date(2026, 3, 5))
        post_paper(case.pk, word.pk, sent, by=case.office.officer, now=at(3, 5))

    assert one_way
    assert t2(case).met_at == at(3, 5)


def test_t2_is_not_met_by_the_notice_on_what_the_organ_keeps_for_itself_while_another_claim_is_untold():
    township = given.a_township()
    case = given.registered(office=township, unit=township, claims=("修路", "发工资"))
    own = given.routed(case, claims=[1], kind=RouteKind.SELF_HANDLE)
    given.route(case, claims=[2], kind=RouteKind.GUIDE, guided_to="区人社局")

    given.notified(given.accepted(own))
    still = t2(case).is_open
    given.hand_over_word(case)

    assert still
    assert not t2(case).is_open


def test_art_23_2_nobody_is_told_and_nothing_is_owed_where_name_or_address_is_unclear():
    case = given.by_a_township(people=(), is_anonymous=True)

    given.route(case)

    assert not PetitionDocument.objects.exclude(route=None).exists()
    assert t2(case).cancelled_at == MONDAY


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": RouteKind.FORWARD},
        {"kind": RouteKind.GUIDE, "guided_to": "区人民法院", "told": "当面告知"},
    ],
)
def test_r_12_the_office_owes_no_paper_where_the_unit_writes_or_somebody_told_him(facts):
    case = given.registered()

    given.route(case, **facts)

    assert not PetitionDocument.objects.exclude(route=None).exists()


def test_r_12_a_petitioner_whom_the_office_guides_without_a_word_is_written_to_before_it_is_finished():
    case = given.guided()

    with pytest.raises(OutOfTurn, match="1"):
        given.finish(case)
    given.hand_over_word(case)

    assert given.finish(case).routing == Routing.FINISHED


def test_q24_a_word_made_elsewhere_is_taken_in_with_number_and_day_and_meets_t2_by_its_service():
    case = given.by_a_township()
    route = given.route(case)
    PetitionDocument.objects.filter(route=route).delete()
    facts = {"number": "凤街告〔2026〕3号", "file": given.A_PDF, "by": case.office.officer, "now": MONDAY}

    with pytest.raises(Refused):
        upload_word(case.pk, route.pk, dated_on=date(2026, 2, 28), **facts)
    word = upload_word(case.pk, route.pk, dated_on=MONDAY.date(), **facts)
    by_taking_in = t2(case).is_open
    given.hand_over_word(case)

    assert (word.uploaded, by_taking_in) == (True, True)
    assert not t2(case).is_open


def test_r_20_a_word_is_drawn_up_once_and_by_the_organ_that_registered():
    case = given.by_a_township()
    route = given.route(case)
    PetitionDocument.objects.filter(route=route).delete()

    with pytest.raises(NotAllowed):
        draw_up_word(case.pk, route.pk, by=case.unit.officer, now=MONDAY)
    with pytest.raises(Unknown):
        draw_up_word(
            case.pk, route.pk, by=a_hat(Role.CASE_OFFICER, organ=given.a_unit("JT").organ), now=MONDAY
        )
    draw_up_word(case.pk, route.pk, by=case.office.officer, now=MONDAY)
    with pytest.raises(OutOfTurn):
        draw_up_word(case.pk, route.pk, by=case.office.officer, now=MONDAY)

    assert PetitionDocument.objects.filter(route=route).count() == 1
    assert Entry.objects.about(case.petition).filter(verb="petition.issue_paper").count() == 1


def test_r_20_the_unit_does_not_hand_over_the_words_of_whoever_sent_it():
    case = given.by_a_township()
    given.route(case)
    person = case.petition.people.get().pk
    sent = Sent(petitioner_ref=person, posted_on=MONDAY.date())

    with pytest.raises(NotAllowed):
        post_paper(case.pk, given.word_of(case).pk, sent, by=case.unit.officer, now=MONDAY)

    assert t2(case).is_open
    assert Document.objects.filter(postings__isnull=False).count() == 0


def test_q20_a_suggestion_that_the_office_takes_up_itself_has_its_thirty_days_from_then_on():
    office = given.the_office()
    case = given.registered(office=office, unit=office)

    case = given.routed(case, kind=RouteKind.SELF_HANDLE, petition_class=PetitionClass.SUGGESTION)
    running = case.clock(ClockCode.SUGGESTION)
    given.accepted(case, statutory_route=None, now=at(3, 5))
    again = case.clock(ClockCode.SUGGESTION)
    given.study(case, now=at(3, 5))
    given.find(case, finding=given.found("adopted", legal_basis=""), now=at(3, 6))
    given.served(given.opinion_issued(given.drafted(case, now=at(3, 6)), now=at(3, 6)), now=at(3, 9))

    assert (running.last_day, again.pk) == (date(2026, 4, 1), running.pk)
    assert case.clock(ClockCode.SUGGESTION).met_at == at(3, 9)
    assert not case.has_clock(ClockCode.T5)


def test_r_21_the_unit_it_was_forwarded_to_meets_t3_by_a_notice_that_names_receipt_route_and_procedure():
    case = given.accepted(given.received(given.routed(given.registered())))
    running = case.clock(ClockCode.T3).is_open

    given.notified(case, now=at(3, 4))

    words = text_of(case.paper(DocumentKind.D05))
    assert running
    assert "处理途径和程序" in words
    assert case.clock(ClockCode.T3).met_at == at(3, 4)
