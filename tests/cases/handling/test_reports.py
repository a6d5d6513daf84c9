"""What was assigned is reported back by its day, and what the superior sends back is reported anew (T6; Q21; D24)."""

from datetime import date

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.actions.reporting import report_completion
from cases.models import CompletionReport
from cases.states import ClockCode, Routing
from documents.states import DocumentKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind, Notice
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.wide]


def told(kind, hat):
    return Notice.objects.standing().filter(kind=kind, post=hat.post).exists()


def test_t6_the_units_day_is_met_by_its_report_and_not_by_the_office_finishing():
    case = given.notified(given.assigned_and_answered())
    t6 = case.clock(ClockCode.T6)

    with pytest.raises(OutOfTurn):
        given.finish(case)
    report = given.report(case, now=at(3, 5))

    assert (t6.last_day, t6.is_open) == (date(2026, 4, 1), True)
    assert case.clock(ClockCode.T6).met_at == at(3, 5)
    assert (report.document.kind, report.document.organ) == (DocumentKind.D24, case.unit.organ)
    assert told(Kind.REPORT_TO_TAKE, case.office.officer)


def test_t6_finishing_waits_for_the_report_and_for_the_senders_word_on_it():
    case = given.notified(given.reported())

    with pytest.raises(OutOfTurn):
        given.finish(case)
    given.decide_report(case, take=True)

    assert given.finish(case).routing == Routing.FINISHED


def test_t6_sent_back_the_clock_runs_on_to_its_first_day_and_another_report_meets_it():
    case = given.reported()

    given.decide_report(case, take=False, now=at(3, 9))
    again = case.clock(ClockCode.T6)
    with pytest.raises(OutOfTurn):
        given.decide_report(case, take=True, now=at(3, 9))
    given.report(case, number="离住建报〔2026〕9号", now=at(3, 12))

    assert (again.last_day, again.is_open) == (date(2026, 4, 1), True)
    assert case.clock(ClockCode.T6).met_at == at(3, 12)
    assert [report.taken for report in CompletionReport.objects.order_by("pk")] == [False, None]
    assert told(Kind.REPORT_SENT_BACK, case.unit.officer)


def test_t6_whoever_assigned_it_may_set_a_later_day_when_he_sends_it_back():
    case = given.reported()

    given.decide_report(case, take=False, due_on=date(2026, 4, 20), now=at(3, 9))

    assert case.clock(ClockCode.T6).last_day == date(2026, 4, 20)
    assert case.handling.report_due_on == date(2026, 4, 20)


@pytest.mark.parametrize("facts", [{"why": " "}, {"due_on": date(2026, 3, 2)}, {"due_on": date(2029, 3, 2)}])
def test_t6_a_report_is_sent_back_with_a_reason_and_to_a_day_that_can_be(facts):
    case = given.reported()

    with pytest.raises(Refused) as refusal:
        given.decide_report(case, take=False, **facts)

    assert set(refusal.value.fields) == set(facts)
    assert CompletionReport.objects.get().taken is None
    assert not case.clock(ClockCode.T6).is_open


def test_t6_nothing_is_reported_before_the_opinion_nor_on_what_was_only_forwarded():
    assigned = given.accepted(given.received(given.routed(kind="assign", report_due_on=date(2026, 4, 1))))
    forwarded = given.served()

    for case in (assigned, forwarded):
        with pytest.raises(OutOfTurn):
            given.report(case)

    assert not CompletionReport.objects.exists()
    assert not Entry.objects.filter(verb="petition.report_completion").exists()


def test_t6_only_the_unit_reports_and_only_the_sender_takes_it():
    case = given.assigned_and_answered()
    stranger = a_hat(Role.CASE_OFFICER, organ=given.a_unit("JT").organ)
    facts = {"number": "1号", "dated_on": MONDAY.date(), "file": given.A_PDF, "now": MONDAY}

    with pytest.raises(NotAllowed):
        report_completion(case.pk, case.handling.pk, by=case.office.officer, **facts)
    with pytest.raises(Unknown):
        report_completion(case.pk, case.handling.pk, by=stranger, **facts)
    given.report(case)
    with pytest.raises(NotAllowed):
        given.decide_report(given.replace(case, office=case.unit), take=True)

    assert CompletionReport.objects.get().taken is None


def test_t6_a_claim_assigned_later_to_the_same_unit_brings_its_day():
    case = given.registered(claims=("修路", "发工资"))
    case = given.received(given.routed(case, claims=[1]))

    given.route(case, claims=[2], kind="assign", report_due_on=date(2026, 4, 10))

    assert case.clock(ClockCode.T6).last_day == date(2026, 4, 10)


def test_q21_what_the_superior_sends_back_is_reported_again_before_it_is_finished():
    case = given.from_above()
    given.route(case, kind="guide", guided_to="区法院", told="当面告知")
    given.report_up(case, now=at(3, 5))
    met = case.clock(ClockCode.T6, case.office.organ).met_at

    given.send_back_from_above(case, now=at(3, 9))
    again = case.clock(ClockCode.T6, case.office.organ)
    with pytest.raises(OutOfTurn):
        given.finish(case, now=at(3, 9))
    given.report_up(case, number="离信报〔2026〕4号", now=at(3, 10))

    assert met == at(3, 5)
    assert (again.is_open, again.last_day) == (True, date(2026, 4, 1))
    assert case.clock(ClockCode.T6, case.office.organ).met_at == at(3, 10)
    assert given.finish(case, now=at(3, 10)).routing == Routing.FINISHED


def test_q21_what_was_finished_is_handled_again_when_the_superior_sends_it_back():
    case = given.from_above()
    given.route(case, kind="guide", guided_to="区法院", told="当面告知")
    given.report_up(case)
    given.finish(case)

    back = given.send_back_from_above(case, now=at(3, 9), due_on=date(2026, 3, 30))

    assert case.now.routing == Routing.ROUTED
    assert (back.sent_back_number, back.sent_back_on) == ("吕信退〔2026〕5号", date(2026, 3, 9))
    assert case.clock(ClockCode.T6, case.office.organ).last_day == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"why": ""}, "why"),
        ({"sent_back_on": date(2026, 3, 10)}, "sent_back_on"),
        ({"sent_back_on": date(2026, 3, 1)}, "sent_back_on"),
        ({"sent_back_on": date(2026, 3, 3)}, "evidence_note"),
        ({"due_on": date(2026, 3, 1)}, "due_on"),
    ],
)
def test_q25_the_day_it_was_sent_back_can_be_that_day(facts, field):
    case = given.reported_upward()

    with pytest.raises(Refused) as refusal:
        given.send_back_from_above(case, now=at(3, 9), **facts)

    assert set(refusal.value.fields) == {field}
    assert not case.petition.upward_reports.exclude(sent_back_at=None).exists()


def test_q21_nothing_is_sent_back_that_was_not_reported_and_not_twice():
    case = given.from_above()

    with pytest.raises(OutOfTurn):
        given.send_back_from_above(case)
    given.report_up(case)
    given.send_back_from_above(case)
    with pytest.raises(OutOfTurn):
        given.send_back_from_above(case)

    assert Entry.objects.filter(verb="petition.note_sent_back").count() == 1
