"""Sending a draft back (退回修改): it stays with its remark, and is never issued."""

import pytest
from django.db import IntegrityError, InternalError, transaction

from documents import parts
from documents.models import Document
from documents.states import DocumentKind, State
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale
from tests.documents.given import (
    TODAY,
    a_draft,
    a_drafter,
    a_paper,
    an_approved,
    an_approver,
    an_issued,
    within,
)
from tests.given import MONDAY, an_organ

pytestmark = pytest.mark.django_db

REMARK = "事实部分请写明时间、地点"


def send_back(document, *, by=None, remark=REMARK, version=1):
    by = by or an_approver()
    return within(parts.return_draft, document, version=version, remark=remark, by=by, now=MONDAY)


def stands(document):
    return Document.objects.values_list("state", "remark", "returner").get(pk=document.pk)


def test_a_draft_is_sent_back_with_who_when_and_why():
    head = an_approver()

    returned = send_back(a_draft(), by=head, remark=f" {REMARK} ")

    returned.refresh_from_db()
    assert (returned.state, returned.remark) == (State.RETURNED, REMARK)
    assert (returned.returned_by, returned.returner, returned.returned_at) == (head.post, head.user, MONDAY)


@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        pytest.param({"remark": "  "}, Refused, id="without a remark"),
        pytest.param({"version": 2}, Stale, id="another text than he read"),
    ],
)
def test_a_draft_is_not_sent_back_like_this(how, refusal):
    draft = a_draft()

    with pytest.raises(refusal):
        send_back(draft, **how)

    assert stands(draft) == (State.DRAFT, "", None)


def test_who_drew_it_up_does_not_send_it_back_to_himself():
    drafter = a_drafter()
    draft = a_draft(by=drafter)

    with pytest.raises(NotAllowed):
        send_back(draft, by=drafter)

    assert stands(draft) == (State.DRAFT, "", None)


def test_q9_another_organ_sends_nothing_back():
    draft = a_draft()

    with pytest.raises(NotAllowed):
        send_back(draft, by=an_approver(an_organ("GH")))

    assert stands(draft) == (State.DRAFT, "", None)


@pytest.mark.parametrize("make", [an_approved, an_issued, lambda: send_back(a_draft())])
def test_only_what_waits_for_approval_is_sent_back(make):
    document = make()
    before = stands(document)

    with pytest.raises(OutOfTurn):
        send_back(document, version=document.version)

    assert stands(document) == before


def test_what_was_sent_back_is_neither_approved_nor_issued_nor_drafted_again():
    returned, head = send_back(a_draft()), an_approver()

    for part, facts in (
        (parts.approve, {"version": 1}),
        (parts.issue, {"on": TODAY}),
        (parts.redraft, {"paper": a_paper("乙"), "version": 1}),
    ):
        with pytest.raises(OutOfTurn):
            within(part, returned, by=head, now=MONDAY, **facts)

    assert stands(returned) == (State.RETURNED, REMARK, returned.returner_id)


@pytest.mark.parametrize(
    "change", [{"state": State.DRAFT}, {"remark": "另一意见"}, {"parts": {}}, {"state": State.APPROVED}]
)
def test_the_database_keeps_what_was_sent_back_as_it_is(change):
    returned = send_back(a_draft())

    with pytest.raises(InternalError), transaction.atomic():
        Document.objects.filter(pk=returned.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        Document.objects.filter(pk=returned.pk).delete()

    assert stands(returned) == (State.RETURNED, REMARK, returned.returner_id)


@pytest.mark.parametrize("missing", ["returned_by", "returner", "returned_at", "remark"])
def test_the_database_asks_who_when_and_why(missing):
    draft, head = a_draft(), an_approver()
    whole = {
        "state": State.RETURNED,
        "returned_by": head.post,
        "returner": head.user,
        "returned_at": MONDAY,
        "remark": REMARK,
    }
    whole[missing] = "" if missing == "remark" else None

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=draft.pk).update(**whole)

    assert stands(draft) == (State.DRAFT, "", None)


def test_the_database_takes_two_persons_and_no_remark_on_anything_else():
    drafter = a_drafter()
    draft, other = a_draft(by=drafter), a_draft(DocumentKind.D06)
    own = {"returned_by": drafter.post, "returner": drafter.user, "returned_at": MONDAY, "remark": REMARK}

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=draft.pk).update(state=State.RETURNED, **own)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=other.pk).update(remark=REMARK)

    assert stands(draft) == (State.DRAFT, "", None)
