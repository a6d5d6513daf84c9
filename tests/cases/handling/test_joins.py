"""The same matter again while it is pending at this level is joined to what runs (Q11; R-25; Art 19(3))."""

from datetime import date

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.actions.accepting import Pending
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.models import JoinedMatter, Petition
from cases.pages import case_page
from cases.states import (
    ClaimDecision,
    ClockCode,
    NonAcceptReason,
    RegisterLevel,
    ReportedKind,
    RouteKind,
    Routing,
)
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale
from notices.models import Kind, Notice
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.given import MONDAY, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db


def test_q11_it_is_linked_and_joined_without_a_refusal_and_without_a_second_t5():
    pending = given.accepted()
    case = given.raised_again(pending, now=at(3, 9))

    made = given.join(case, pending, now=at(3, 10))

    assert (made.kind, made.joined.pending) == (RouteKind.JOIN, pending.petition)
    assert (case.claim().decision, case.claim().handling) == ("", None)
    assert not case.petition.clocks.filter(code=ClockCode.T5).exists()
    assert Petition.objects.visible_to(pending.unit.officer).filter(pk=case.pk).exists()
    assert Notice.objects.filter(kind=Kind.CAME_AGAIN, post=pending.unit.officer.post).exists()


def test_q11_the_written_word_names_the_pending_number_and_day_and_alone_meets_t1():
    pending = given.routed()
    case = given.raised_again(pending, now=at(3, 9))

    given.join(case, pending, now=at(3, 10))
    t1 = case.clock(ClockCode.T1, case.office.organ)
    words = "".join(given.word_of(case).paper.paragraphs)
    given.hand_over_word(case, now=at(3, 11))

    assert (t1.is_open, case.now.routing) == (True, Routing.ROUTED)
    assert pending.now.number in words
    assert "2026年3月2日" in words
    assert case.clock(ClockCode.T1, case.office.organ).met_at == at(3, 11)
    assert not case.clock(ClockCode.T1A, case.office.organ).is_open


def test_q11_at_a_township_the_word_meets_t2():
    township = given.a_township()
    pending = given.registered(office=township)
    case = given.registered(office=township, now=at(3, 9))

    given.join(case, pending, now=at(3, 9))
    running = case.clock(ClockCode.T2, township.organ).is_open
    given.hand_over_word(case, now=at(3, 9))

    assert running
    assert case.clock(ClockCode.T2, township.organ).met_at == at(3, 9)


def test_q11_what_was_joined_ends_with_what_it_was_joined_to():
    pending = given.served(outcome="not_support")
    again = given.raised_again(pending)
    given.join(again, pending, is_review_request=False)
    given.hand_over_word(again)

    with pytest.raises(OutOfTurn):
        given.finish(again)
    given.finished(pending)

    assert given.finish(again).routing == Routing.FINISHED


def test_q11_while_an_opinion_is_open_to_review_the_officer_answers_whether_it_asks_for_it():
    pending = given.served(outcome="not_support")
    case = given.raised_again(pending, now=at(4, 1))

    with pytest.raises(Refused) as refusal:
        given.join(case, pending, now=at(4, 2))
    given.join(case, pending, is_review_request=True, now=at(4, 2))

    joined = JoinedMatter.objects.get()
    assert set(refusal.value.fields) == {"is_review_request"}
    assert (joined.is_review_request, joined.review_received_on) == (True, date(2026, 4, 1))
    assert "复查请求" in "".join(given.word_of(case).paper.paragraphs)
    given.hand_over_word(case, now=at(4, 2))
    with pytest.raises(OutOfTurn):
        given.finish(case, now=at(4, 2))


def test_q11_a_finished_petition_is_joined_only_by_a_request_for_review_within_t7():
    pending = given.finished()
    in_time = given.raised_again(pending, now=at(4, 1))
    late = given.raised_again(pending, now=at(4, 20))

    for case, answer, now in ((in_time, False, at(4, 1)), (late, True, at(4, 20))):
        with pytest.raises(Refused) as refusal:
            given.join(case, pending, is_review_request=answer, now=now)
        assert set(refusal.value.fields) == {"pending_number"}
    given.join(in_time, pending, is_review_request=True, now=at(4, 1))

    assert JoinedMatter.objects.get().petition == in_time.petition


def test_q11_without_an_opinion_there_is_nothing_to_review():
    pending = given.routed()
    case = given.raised_again(pending)

    with pytest.raises(Refused) as refusal:
        given.join(case, pending, is_review_request=True)

    assert set(refusal.value.fields) == {"is_review_request"}
    assert not JoinedMatter.objects.exists()


def test_q11_nothing_is_joined_to_itself_to_what_is_void_unseen_later_or_at_another_level():
    case = given.registered()
    void = given.voided()
    later = given.registered(now=at(3, 9))
    street = an_organ("BH", place=a_place("141102001"), number_prefix="BH")
    people = given.Unit(street, a_hat(Role.CASE_OFFICER, organ=street), a_hat(Role.UNIT_HEAD, organ=street))
    below = given.registered(office=people)

    for other in (case, void, later, below):
        with pytest.raises(Refused) as refusal:
            given.join(case, other)
        assert set(refusal.value.fields) == {"pending_number"}

    assert case.clock(ClockCode.T1, case.office.organ).is_open
    assert not Entry.objects.filter(verb="petition.join_pending").exists()


def test_q6_a_sealed_petition_and_no_petition_are_refused_alike():
    a_hat(Role.SEALED_LANE_OFFICER)
    pending = given.registered()
    case = given.raised_again(pending)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk, name="")]
    seal(pending.pk, reason="反映该局", reported=reported, by=case.office.officer, now=MONDAY)

    said = []
    for number in (pending.now.number, "LS2026-999999"):
        with pytest.raises(Refused) as refusal:
            given.joining.join_pending(
                case.pk,
                pending_number=number,
                seen_version=case.now.version,
                by=case.office.officer,
                now=MONDAY,
            )
        said.append((str(refusal.value.message), dict(refusal.value.fields)))

    assert said[0] == said[1]


def test_q1_once_the_pending_one_is_sealed_its_number_is_not_shown_and_nothing_waits_for_it():
    a_hat(Role.SEALED_LANE_OFFICER)
    pending = given.routed()
    case = given.raised_again(pending)
    given.join(case, pending)
    given.hand_over_word(case)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=given.a_unit("JT").organ.pk, name="")]
    seal(pending.pk, reason="反映另一局", reported=reported, by=case.office.officer, now=MONDAY)

    shown = case_page(case.now, case.office.officer, now=MONDAY, kind="")

    assert [join.pending for join in shown["joins"]] == [None]
    assert given.finish(case).routing == Routing.FINISHED


def test_q32_joining_needs_the_version_that_was_seen_and_the_organ_that_registered():
    pending = given.received()
    case = given.raised_again(pending)

    with pytest.raises(Stale):
        given.joining.join_pending(
            case.pk,
            pending_number=pending.now.number,
            seen_version=0,
            by=case.office.officer,
            now=MONDAY,
        )
    given.route(case)
    with pytest.raises(NotAllowed):
        given.join(given.replace(case, office=case.unit), pending)

    assert not JoinedMatter.objects.exists()


@pytest.mark.parametrize("level", [RegisterLevel.COUNTY, RegisterLevel.CITY, None])
def test_art_19_3_at_this_level_or_above_that_it_is_pending_is_no_reason_to_decline(level):
    case = given.received()

    with pytest.raises(Refused) as refusal:
        given.decline(
            case, reason=NonAcceptReason.PENDING_SAME_MATTER, pending=Pending(number="X1", level=level)
        )

    assert set(refusal.value.fields) == {"pending_level"}
    assert case.claim().decision == ""


def test_r_25_the_superior_level_declines_what_is_pending_below_and_names_it():
    case = given.received()
    pending = Pending(number="凤街信〔2026〕2号", level=RegisterLevel.TOWNSHIP)

    with pytest.raises(Refused) as unnamed:
        given.decline(case, reason=NonAcceptReason.PENDING_SAME_MATTER)
    given.decline(case, reason=NonAcceptReason.PENDING_SAME_MATTER, pending=pending)

    assert set(unnamed.value.fields) == {"pending_number"}
    assert case.claim().decision == ClaimDecision.NOT_ACCEPTED
    assert case.claim().acceptances.get().pending_number == pending.number


def test_q11_what_is_known_of_the_pending_one_holds_over_the_level_that_was_typed():
    pending = given.received()
    case = given.received(given.routed(given.raised_again(pending)))
    typed = Pending(number=pending.now.number, level=RegisterLevel.TOWNSHIP)

    with pytest.raises(Refused) as refusal:
        given.decline(case, reason=NonAcceptReason.PENDING_SAME_MATTER, pending=typed)

    assert set(refusal.value.fields) == {"pending_level"}
