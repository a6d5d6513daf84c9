"""Every day typed more than one working day late stands on the inspector's list, with its evidence (Q25)."""

from datetime import date

import pytest

from accounts.roles import Role
from cases.actions.papers import post_paper, serve_paper
from cases.backdated import Late, count_late_days, late_days
from documents.rules import Sent, Service
from documents.states import DocumentKind, Method
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.cases.handling.conftest import shelf as shelf
from tests.cases.handling.given import at
from tests.given import a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db


def days(hat, kind):
    return [(line.petition.pk, line.day, str(line.evidence)) for line in late_days(hat, kind, cursor=None)[0]]


def test_q25_papers_postings_services_decisions_settlements_and_returns_stand_there_with_their_evidence():
    inspector = a_hat(Role.INSPECTOR)
    case = given.received(given.routed(given.registered(now=at(3, 2)), now=at(3, 2)), now=at(3, 2))
    given.accept(case, decided_on=date(2026, 3, 4), evidence_note="会议记录", now=at(3, 20))
    paper = given.take_in(case, DocumentKind.D05, now=at(3, 20), claims=[1])
    old = given.papers.upload_paper(
        case.pk, case.handling.pk, kind=DocumentKind.D14, number="调1号", dated_on=date(2026, 3, 5),
        file=given.A_PDF, by=case.unit.officer, now=at(3, 20),
    )  # fmt: skip
    person = case.petition.people.get().pk
    sent = Sent(petitioner_ref=person, posted_on=date(2026, 3, 23), evidence_note="邮戳")
    post_paper(case.pk, paper.pk, sent, by=case.unit.officer, now=at(3, 27))
    handed = Service(
        petitioner_ref=person, method=Method.IN_PERSON, served_on=date(2026, 3, 24), evidence_note="回证"
    )
    serve_paper(case.pk, paper.pk, handed, by=case.unit.officer, now=at(3, 27))
    settled = given.disputed(now=at(3, 2))
    given.settle(
        settled, settled.unit.organ, decided_on=date(2026, 3, 4), evidence_note="会签单", now=at(3, 20)
    )
    above = given.reported_upward(now=at(3, 2))
    given.send_back_from_above(above, sent_back_on=date(2026, 3, 4), evidence_note="来函", now=at(3, 20))

    assert days(inspector, Late.DECISIONS) == [(case.pk, date(2026, 3, 4), "会议记录")]
    assert days(inspector, Late.PAPERS) == [(case.pk, date(2026, 3, 5), old.number)]
    assert days(inspector, Late.POSTINGS) == [(case.pk, date(2026, 3, 23), "邮戳")]
    assert days(inspector, Late.SERVICES) == [(case.pk, date(2026, 3, 24), "回证")]
    assert days(inspector, Late.DISPUTES) == [(settled.pk, date(2026, 3, 4), "会签单")]
    assert days(inspector, Late.SENT_BACK) == [(above.pk, date(2026, 3, 4), "来函")]
    assert count_late_days(inspector) == 6


def test_q25_what_was_typed_in_time_stands_nowhere():
    inspector = a_hat(Role.INSPECTOR)
    given.notified(given.served())

    assert count_late_days(inspector) == 0


def test_q6_an_inspector_of_another_place_sees_none_of_it(monday):
    case = given.received(given.routed(given.registered(now=at(3, 2)), now=at(3, 2)), now=at(3, 2))
    given.accept(case, decided_on=date(2026, 3, 4), evidence_note="会议记录", now=at(3, 20))
    street = an_organ("LHC", place=a_place("141102002"), number_prefix="LHC", kind="petition_office")
    stranger = a_hat(Role.INSPECTOR, organ=street)

    page = signed_in(stranger).open("cases:backdated", query={"of": "decisions"})
    own = signed_in(a_hat(Role.INSPECTOR)).open("cases:backdated", query={"of": "decisions"})

    assert case.now.number not in page.content.decode()
    assert (case.now.number in own.content.decode(), "会议记录" in own.content.decode()) == (True, True)
