"""What the database itself keeps out, whoever writes past the parts."""

import pytest
from django.db import IntegrityError, transaction

from documents.models import Document
from documents.states import DocumentKind, State
from infra.files import store
from tests.documents.given import (
    TODAY,
    a_draft,
    a_drafter,
    a_scan,
    an_approved,
    an_approver,
    an_issued,
    the_housing_office,
    within,
)
from tests.given import MONDAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"kind": "d99"}, id="a kind that is none"),
        pytest.param({"state": "lost"}, id="a state that is none"),
        pytest.param({"number": "〔2026〕1号"}, id="a draft with a number"),
        pytest.param({"dated_on": TODAY}, id="a draft with a day"),
        pytest.param({"approved_at": MONDAY}, id="a draft half approved"),
        pytest.param({"state": State.APPROVED}, id="approved by nobody"),
        pytest.param({"state": State.ISSUED}, id="issued without anything"),
        pytest.param({"uploaded": True}, id="made elsewhere and still a draft"),
    ],
)
def test_a_draft_does_not_become_what_it_is_not(change):
    draft = a_draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=draft.pk).update(**change)

    draft.refresh_from_db()
    assert (draft.state, draft.kind, draft.number) == (State.DRAFT, DocumentKind.D05, "")


@pytest.mark.parametrize(
    "missing", ["number", "dated_on", "file", "issued_by", "issuer", "issued_at", "approver"]
)
def test_nothing_is_missing_on_an_issued_paper(missing):
    approved, head = an_approved(), an_approver()
    whole = {
        "state": State.ISSUED,
        "number": "离住建信告〔2026〕1号",
        "dated_on": TODAY,
        "file": within(store, a_scan(), now=MONDAY),
        "issued_by": head.post,
        "issuer": head.user,
        "issued_at": MONDAY,
    }
    rows = Document.objects.filter(pk=approved.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**whole | {missing: "" if missing == "number" else None})

    assert rows.get().state == State.APPROVED
    assert rows.update(**whole) == 1


def test_who_drafted_does_not_approve_whatever_post_he_holds():
    draft, head = a_draft(), an_approver()
    approval = {"state": State.APPROVED, "approved_by": head.post, "approved_at": MONDAY}
    rows = Document.objects.filter(pk=draft.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**approval, approver=draft.drafter)

    assert rows.get().state == State.DRAFT
    assert rows.update(**approval, approver=head.user) == 1


def test_a_paper_does_not_supersede_itself():
    draft = a_draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=draft.pk).update(supersedes=draft)


def test_an_organ_has_a_number_once():
    issued, head = an_issued(), an_approver()
    facts = {
        "kind": DocumentKind.D15,
        "organ": the_housing_office(),
        "state": State.ISSUED,
        "uploaded": True,
        "dated_on": TODAY,
        "file": issued.file,
        "drafted_by": head.post,
        "drafter": head.user,
        "drafted_at": MONDAY,
        "issued_by": head.post,
        "issuer": head.user,
        "issued_at": MONDAY,
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(**facts, number=issued.number)

    assert Document.objects.create(**facts, number="另一编号").is_issued


def test_drafts_without_a_number_stand_side_by_side():
    drafter = a_drafter()

    drafts = [a_draft(by=drafter) for _ in range(2)]

    assert Document.objects.filter(number="").count() == len(drafts)
