"""Posting and service: which days can be, what each method asks for, and that nothing is changed afterwards."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from documents import delivering
from documents.models import Posting, ServiceRecord
from documents.rules import Sent
from documents.states import Method, View
from infra.files import store
from lib.errors import OutOfTurn, Refused
from tests.documents.given import (
    A_PERSON,
    SATURDAY,
    TODAY,
    a_draft,
    a_drafter,
    a_scan,
    a_service,
    an_approved,
    an_issued,
    an_uploaded,
    another_person,
    within,
)
from tests.given import MONDAY

pytestmark = pytest.mark.django_db

# enough for every method; a test takes away what it is about
BY_METHOD = {
    Method.IN_PERSON: {"received_by": "王建国"},
    Method.ADULT_FAMILY: {"received_by": "李秀英", "relation": "配偶"},
    Method.POST: {"received_by": "王建国"},
    Method.ELECTRONIC: {"consent_ref": "电子送达同意书 2026-02-10"},
    Method.LEFT_WITH_WITNESS: {"refused": True, "refusal_reason": "不认可", "witnesses": ("东关社区 赵某",)},
    Method.ANNOUNCEMENT: {"announced_on": TODAY - timedelta(days=30)},
}


def an_old_paper():
    return an_uploaded(dated_on=date(2026, 1, 5))


@pytest.mark.parametrize(("method", "facts"), BY_METHOD.items())
def test_each_method_of_service_is_recorded(method, facts):
    """D16: the receipt of service, in the six ways of documents.md §2."""
    document, server = an_old_paper(), a_drafter()
    service = a_service(method=method, view=View.DISAGREE, served_by="张警官", **facts)

    record = within(delivering.serve, document, service, by=server, now=MONDAY)

    record.refresh_from_db()
    assert (record.document, record.petitioner_ref, record.served_on) == (document, A_PERSON, TODAY)
    assert (record.method, record.view, record.served_by) == (method, View.DISAGREE, "张警官")
    assert (record.recorded_by, record.recorder, record.recorded_at) == (server.post, server.user, MONDAY)
    assert {name: getattr(record, name) for name in facts} == {
        name: list(said) if isinstance(said, tuple) else said for name, said in facts.items()
    }


@pytest.mark.parametrize(
    ("method", "missing", "field"),
    [
        (Method.ADULT_FAMILY, {"received_by": ""}, "received_by"),
        (Method.ADULT_FAMILY, {"relation": ""}, "relation"),
        (Method.ELECTRONIC, {"consent_ref": ""}, "consent_ref"),
        (Method.LEFT_WITH_WITNESS, {"refusal_reason": ""}, "refusal_reason"),
        (Method.LEFT_WITH_WITNESS, {"witnesses": ()}, "witnesses"),
        (Method.LEFT_WITH_WITNESS, {"refused": False}, "method"),
        (Method.IN_PERSON, {"refused": True, "refusal_reason": "不认可", "witnesses": ("赵某",)}, "method"),
        (Method.ANNOUNCEMENT, {"announced_on": None}, "announced_on"),
        (Method.ANNOUNCEMENT, {"announced_on": TODAY - timedelta(days=29)}, "served_on"),
        (Method.IN_PERSON, {"announced_on": TODAY - timedelta(days=30)}, "announced_on"),
    ],
)
def test_what_a_method_asks_for_is_not_left_out(method, missing, field):
    document = an_old_paper()
    service = a_service(method=method, **{**BY_METHOD[method], **missing})

    with pytest.raises(Refused) as refusal:
        within(delivering.serve, document, service, by=a_drafter(), now=MONDAY)

    assert set(refusal.value.fields) == {field}
    assert not ServiceRecord.objects.exists()


@pytest.mark.parametrize(
    ("method", "wrong"),
    [
        (Method.ADULT_FAMILY, {"relation": ""}),
        (Method.ELECTRONIC, {"consent_ref": ""}),
        (Method.LEFT_WITH_WITNESS, {"refusal_reason": ""}),
        (Method.LEFT_WITH_WITNESS, {"witnesses": []}),
        (Method.LEFT_WITH_WITNESS, {"refused": False}),
        (Method.IN_PERSON, {"refused": True}),
        (Method.ANNOUNCEMENT, {"announced_on": None}),
        (Method.ANNOUNCEMENT, {"announced_on": TODAY - timedelta(days=29)}),
        (Method.IN_PERSON, {"announced_on": TODAY - timedelta(days=30)}),
        (Method.IN_PERSON, {"method": "by_pigeon"}),
        (Method.IN_PERSON, {"view": "furious"}),
        (Method.IN_PERSON, {"backdated": True}),
    ],
)
def test_the_database_asks_the_same(method, wrong):
    document, server = an_old_paper(), a_drafter()
    facts = {"method": method, "witnesses": [], **BY_METHOD[method], **wrong}
    facts["witnesses"] = list(facts["witnesses"])

    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRecord.objects.create(
            document=document,
            petitioner_ref=A_PERSON,
            served_on=TODAY,
            recorded_by=server.post,
            recorder=server.user,
            recorded_at=MONDAY,
            **facts,
        )

    assert not ServiceRecord.objects.exists()


def test_a_photo_stands_for_a_witness():
    document, facts = an_issued(), BY_METHOD[Method.LEFT_WITH_WITNESS] | {"witnesses": ()}
    photo = within(store, a_scan(content_type="image/jpeg"), now=MONDAY)
    service = a_service(method=Method.LEFT_WITH_WITNESS, evidence=photo, **facts)

    record = within(delivering.serve, document, service, by=a_drafter(), now=MONDAY)

    assert (record.refused, record.evidence) == (True, photo)


@pytest.mark.parametrize(
    ("served_on", "field"),
    [
        pytest.param(TODAY + timedelta(days=1), "served_on", id="in the future"),
        pytest.param(date(2026, 1, 4), "served_on", id="before the day of the paper"),
        pytest.param(date(2026, 2, 27), "evidence_note", id="two working days back, without evidence"),
    ],
)
def test_a_day_that_cannot_be_is_refused(served_on, field):
    """Q25: neither in the future, nor before what it depends on, nor far back without evidence."""
    document = an_old_paper()

    with pytest.raises(Refused) as refusal:
        within(delivering.serve, document, a_service(served_on=served_on), by=a_drafter(), now=MONDAY)

    assert set(refusal.value.fields) == {field}
    assert not ServiceRecord.objects.exists()


@pytest.mark.parametrize(
    ("served_on", "note", "backdated"),
    [
        (TODAY, "", False),
        pytest.param(SATURDAY.date(), "", False, id="the working day before, a worked Saturday"),
        (date(2026, 2, 27), "邮政回执", True),
        pytest.param(date(2026, 1, 5), "邮政回执", True, id="the day of the paper"),
    ],
)
def test_a_day_far_back_is_marked_with_its_evidence(served_on, note, backdated):
    service = a_service(served_on=served_on, evidence_note=note)

    record = within(delivering.serve, an_old_paper(), service, by=a_drafter(), now=MONDAY)

    assert (record.served_on, record.evidence_note, record.backdated) == (served_on, note, backdated)


@pytest.mark.parametrize("stands", [a_draft, an_approved])
def test_only_an_issued_paper_is_posted_or_served(stands):
    """Documents.md §1: the day of service is entered only after approval and issue."""
    document = stands()
    sent = Sent(petitioner_ref=A_PERSON, posted_on=TODAY)

    for part, facts in ((delivering.serve, a_service()), (delivering.send_by_post, sent)):
        with pytest.raises(OutOfTurn):
            within(part, document, facts, by=a_drafter(), now=MONDAY)

    assert not ServiceRecord.objects.exists()
    assert not Posting.objects.exists()


def test_each_representative_is_served_once():
    """Q17: T7 runs for each from his own receipt."""
    document, second = an_issued(), another_person()
    within(delivering.serve, document, a_service(), by=a_drafter(), now=MONDAY)
    within(delivering.serve, document, a_service(petitioner_ref=second), by=a_drafter(), now=MONDAY)

    with pytest.raises(OutOfTurn):
        within(delivering.serve, document, a_service(), by=a_drafter(), now=MONDAY)

    assert {record.petitioner_ref for record in document.services.all()} == {A_PERSON, second}
    assert document.services.count() == 2


def test_a_paper_is_posted_before_it_is_received():
    """Q24: posting meets T2 and T3; receipt, on its own day, starts T7."""
    document, clerk = an_old_paper(), a_drafter()
    sent = Sent(petitioner_ref=A_PERSON, posted_on=SATURDAY.date(), mail_number="XA12345678914")

    posting = within(delivering.send_by_post, document, sent, by=clerk, now=MONDAY)
    too_early = a_service(
        method=Method.POST, served_on=SATURDAY.date() - timedelta(days=1), evidence_note="回执"
    )
    with pytest.raises(Refused) as refusal:
        within(delivering.serve, document, too_early, by=clerk, now=MONDAY)
    record = within(delivering.serve, document, a_service(method=Method.POST), by=clerk, now=MONDAY)

    assert (posting.posted_on, posting.mail_number) == (SATURDAY.date(), "XA12345678914")
    assert (posting.recorded_by, posting.recorder, posting.backdated) == (clerk.post, clerk.user, False)
    assert set(refusal.value.fields) == {"served_on"}
    assert record.served_on == TODAY


def test_mail_that_came_back_is_posted_again_until_it_is_received():
    document, sent = an_issued(), Sent(petitioner_ref=A_PERSON, posted_on=TODAY)
    for _again in range(2):
        within(delivering.send_by_post, document, sent, by=a_drafter(), now=MONDAY)
    within(delivering.serve, document, a_service(), by=a_drafter(), now=MONDAY)

    with pytest.raises(OutOfTurn):
        within(delivering.send_by_post, document, sent, by=a_drafter(), now=MONDAY)

    assert document.postings.count() == 2


@pytest.mark.parametrize("posted_on", [TODAY + timedelta(days=1), date(2026, 1, 4), date(2026, 2, 27)])
def test_a_day_of_posting_that_cannot_be_is_refused(posted_on):
    """Q25"""
    sent = Sent(petitioner_ref=A_PERSON, posted_on=posted_on)

    with pytest.raises(Refused):
        within(delivering.send_by_post, an_old_paper(), sent, by=a_drafter(), now=MONDAY)

    assert not Posting.objects.exists()


def test_records_of_posting_and_service_are_only_ever_added():
    document = an_issued()
    sent = Sent(petitioner_ref=A_PERSON, posted_on=TODAY)
    within(delivering.send_by_post, document, sent, by=a_drafter(), now=MONDAY)
    within(delivering.serve, document, a_service(), by=a_drafter(), now=MONDAY)

    for rows in (Posting.objects.all(), ServiceRecord.objects.all()):
        with pytest.raises(InternalError), transaction.atomic():
            rows.update(recorded_at=MONDAY - timedelta(days=1))
        with pytest.raises(InternalError), transaction.atomic():
            rows.delete()

    assert (Posting.objects.get().recorded_at, ServiceRecord.objects.get().recorded_at) == (MONDAY, MONDAY)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_served_outside_a_transaction():
    document = an_issued()

    with pytest.raises(RuntimeError):
        delivering.serve(document, a_service(), by=a_drafter(), now=MONDAY)

    assert not ServiceRecord.objects.exists()
