"""From draft to issue: approval by another of the same organ first, a number at the end, and then nothing more."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import InternalError, transaction

from accounts.roles import Role
from documents import parts
from documents.models import Document
from documents.states import NUMBER_WORDS, ONE_HAND, TITLES, DocumentKind, State
from infra.models import NumberSeries, StoredFile
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale
from tests.documents.given import (
    SATURDAY,
    a_draft,
    a_drafter,
    a_paper,
    a_scan,
    an_approved,
    an_approver,
    an_issued,
    an_uploaded,
    the_housing_office,
    within,
)
from tests.documents.pdf import text_of
from tests.given import MONDAY, a_hat, an_organ

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()


def test_a_draft_has_neither_number_nor_day():
    drafter = a_drafter()

    draft = a_draft(by=drafter)

    assert (draft.state, draft.number, draft.dated_on, draft.file) == (State.DRAFT, "", None, None)
    assert (draft.drafted_by, draft.drafter, draft.drafted_at) == (drafter.post, drafter.user, MONDAY)
    assert draft.paper == a_paper()


def test_an_issued_paper_has_number_day_file_and_who_stands_by_it():
    """D15, D05 and the rest: approval before issue, a frozen PDF with its hash (documents.md §1)."""
    draft, approver = a_draft(), an_approver()
    within(parts.approve, draft, version=1, by=approver, now=MONDAY)

    issued = within(parts.issue, draft, by=approver, now=MONDAY, on=TODAY)

    issued.refresh_from_db()
    assert (issued.state, issued.number, issued.dated_on) == (State.ISSUED, "离住建信告〔2026〕1号", TODAY)
    assert (issued.approved_by, issued.approver, issued.approved_at) == (approver.post, approver.user, MONDAY)
    assert (issued.issued_by, issued.issuer, issued.issued_at) == (approver.post, approver.user, MONDAY)
    assert issued.file.name == "离住建信告〔2026〕1号.pdf"
    with default_storage.open(issued.file.path) as file:
        printed = text_of(file.read())
    assert "离住建信告〔2026〕1号" in printed
    assert "2026年3月2日" in printed


def test_a_paper_is_approved_by_another_person():
    drafter = a_drafter()
    draft = a_draft(by=drafter)
    in_two_posts = a_hat(Role.UNIT_HEAD, organ=draft.organ, user=drafter.user)

    with pytest.raises(NotAllowed):
        within(parts.approve, draft, version=1, by=in_two_posts, now=MONDAY)

    draft.refresh_from_db()
    assert (draft.state, draft.approver) == (State.DRAFT, None)


@pytest.mark.parametrize("kind", sorted(ONE_HAND))
def test_what_only_passes_on_or_tells_is_approved_by_who_drew_it_up(kind):
    officer = a_drafter()
    draft = a_draft(kind, by=officer)

    approved = within(parts.approve, draft, version=1, by=officer, now=MONDAY)

    assert approved.state == State.APPROVED


def test_no_other_organ_approves_a_paper():
    """Not even the petition office: an instruction replaces no approval of the handling organ (Q9)."""
    draft = a_draft()

    with pytest.raises(NotAllowed):
        within(parts.approve, draft, version=1, by=a_hat(Role.OFFICE_DIRECTOR), now=MONDAY)

    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_draft_written_anew_has_to_be_approved_anew():
    approved, colleague = an_approved(), a_drafter()

    again = within(parts.redraft, approved, a_paper("改正后的内容。"), version=1, by=colleague, now=MONDAY)

    assert (again.state, again.version, again.approver) == (State.DRAFT, 2, None)
    assert again.drafter == colleague.user
    assert again.paper.paragraphs == ("改正后的内容。",)


@pytest.mark.parametrize(
    "deed",
    [
        lambda draft: within(parts.approve, draft, version=1, by=an_approver(), now=MONDAY),
        lambda draft: within(parts.redraft, draft, a_paper("丙"), version=1, by=a_drafter(), now=MONDAY),
    ],
)
def test_nobody_approves_or_replaces_a_text_he_has_not_seen(deed):
    """Q32"""
    draft = a_draft()
    within(parts.redraft, draft, a_paper("乙"), version=1, by=a_drafter(), now=MONDAY)

    with pytest.raises(Stale):
        deed(draft)

    draft.refresh_from_db()
    assert (draft.state, draft.paper.paragraphs) == (State.DRAFT, ("乙",))


@pytest.mark.parametrize("stands", [a_draft, an_issued, an_uploaded])
def test_only_an_approved_paper_is_issued_and_only_once(stands):
    document = stands()
    files, series = StoredFile.objects.count(), list(NumberSeries.objects.values_list("key", "last"))

    with pytest.raises(OutOfTurn):
        within(parts.issue, document, by=an_approver(), now=MONDAY, on=TODAY)

    assert StoredFile.objects.count() == files
    assert list(NumberSeries.objects.values_list("key", "last")) == series


@pytest.mark.parametrize("stands", [an_approved, an_issued, an_uploaded])
def test_only_a_draft_is_approved(stands):
    with pytest.raises(OutOfTurn):
        within(parts.approve, stands(), version=1, by=an_approver(), now=MONDAY)


@pytest.mark.parametrize(
    ("drafted_at", "on", "stands"),
    [
        pytest.param(MONDAY, TODAY, True, id="today"),
        pytest.param(SATURDAY, SATURDAY.date(), True, id="the working day before"),
        pytest.param(MONDAY, TODAY + timedelta(days=1), False, id="in the future"),
        pytest.param(MONDAY, SATURDAY.date(), False, id="before the approval"),
        pytest.param(SATURDAY, date(2026, 2, 27), False, id="two working days back"),
    ],
)
def test_a_paper_is_dated_between_its_approval_and_today(drafted_at: datetime, on: date, stands: bool):
    """Q25"""
    approved = an_approved(now=drafted_at)

    if stands:
        assert within(parts.issue, approved, by=an_approver(), now=MONDAY, on=on).dated_on == on
        return
    with pytest.raises(Refused) as refusal:
        within(parts.issue, approved, by=an_approver(), now=MONDAY, on=on)
    assert set(refusal.value.fields) == {"on"}
    approved.refresh_from_db()
    assert (approved.state, approved.number) == (State.APPROVED, "")


def test_an_issued_paper_is_not_drafted_anew():
    issued = an_issued()

    with pytest.raises(OutOfTurn):
        within(parts.redraft, issued, a_paper("乙"), version=1, by=a_drafter(), now=MONDAY)

    issued.refresh_from_db()
    assert issued.paper.paragraphs == a_paper().paragraphs


@pytest.mark.parametrize("stands", [an_issued, an_uploaded])
def test_the_database_keeps_an_issued_paper_as_it_is(stands):
    """Q18: whatever is corrected later, documents already issued stay unchanged."""
    document = stands()
    rows = Document.objects.filter(pk=document.pk)

    for change in ({"parts": {}}, {"state": State.DRAFT}, {"number": "x"}, {"dated_on": SATURDAY.date()}):
        with pytest.raises(InternalError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        rows._raw_delete("default")

    assert rows.get().number == document.number


def test_what_was_wrong_is_superseded_by_another_paper():
    wrong = an_issued()

    right = an_issued(supersedes=wrong)

    assert list(wrong.superseded_by.all()) == [right]


def test_a_draft_is_not_superseded():
    draft = a_draft()

    for again in (lambda: a_draft(supersedes=draft), lambda: an_uploaded(supersedes=draft)):
        with pytest.raises(OutOfTurn):
            again()

    assert list(Document.objects.all()) == [draft]


def test_the_organ_signs_by_the_name_it_has_at_issue():
    approved, organ = an_approved(), the_housing_office()
    organ.name = "吕梁市离石区住房建设局"
    organ.save(update_fields=["name"])

    issued = within(parts.issue, approved, by=an_approver(), now=MONDAY, on=TODAY)

    assert issued.paper.organ == "吕梁市离石区住房建设局"


def test_a_paper_made_elsewhere_is_issued_at_once():
    """Q24: an uploaded file with kind, number and date passes every gate from the first day."""
    clerk = a_drafter()

    taken = within(
        parts.upload,
        DocumentKind.D15,
        organ=clerk.organ,
        number=" 离住建信意〔2026〕9号 ",
        dated_on=SATURDAY.date(),
        file=a_scan(content=b"%PDF-1.4 signed"),
        by=clerk,
        now=MONDAY,
    )

    assert (taken.state, taken.uploaded, taken.backdated) == (State.ISSUED, True, False)
    assert (taken.number, taken.dated_on) == ("离住建信意〔2026〕9号", SATURDAY.date())
    assert (taken.issued_by, taken.approver) == (clerk.post, None)
    with default_storage.open(taken.file.path) as file:
        assert file.read() == b"%PDF-1.4 signed"


def test_a_paper_taken_in_late_is_marked_so():
    """Q25"""
    assert an_uploaded(dated_on=date(2026, 2, 27)).backdated


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"number": "  "}, "number"),
        ({"dated_on": TODAY + timedelta(days=1)}, "dated_on"),
        ({"file": a_scan(content_type="audio/mpeg")}, "file"),
    ],
)
def test_a_paper_that_cannot_be_is_not_taken_in(facts, field):
    with pytest.raises(Refused) as refusal:
        an_uploaded(**facts)

    assert set(refusal.value.fields) == {field}
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_an_organ_has_a_number_once_and_another_organ_may_have_it_too():
    first = an_uploaded()

    with pytest.raises(Refused) as refusal:
        an_uploaded()
    elsewhere = an_uploaded(organ=an_organ("RS", short_name="区人社局"))

    assert set(refusal.value.fields) == {"number"}
    assert list(Document.objects.order_by("pk")) == [first, elsewhere]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_outside_a_transaction():
    draft, upload = a_draft(), a_scan()
    by = a_drafter()

    for part in (
        lambda: parts.draft(DocumentKind.D05, organ=draft.organ, paper=a_paper(), by=by, now=MONDAY),
        lambda: parts.redraft(draft, a_paper(), version=1, by=by, now=MONDAY),
        lambda: parts.approve(draft, version=1, by=an_approver(), now=MONDAY),
        lambda: parts.issue(draft, by=by, now=MONDAY, on=TODAY),
        lambda: parts.upload(
            DocumentKind.D15, organ=draft.organ, number="1", dated_on=TODAY, file=upload, by=by, now=MONDAY
        ),
    ):
        with pytest.raises(RuntimeError):
            part()

    assert list(Document.objects.all()) == [draft]


def test_every_kind_has_its_title_and_its_word():
    assert set(TITLES) == set(NUMBER_WORDS) == set(DocumentKind)
