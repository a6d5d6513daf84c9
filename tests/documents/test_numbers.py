"""Numbers of papers: by organ, kind and year, without a gap and without a double."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connections, transaction

from documents import parts
from documents.models import Document
from documents.numbering import letters_of
from documents.states import DocumentKind
from tests.documents.given import (
    a_drafter,
    an_approved,
    an_approver,
    an_issued,
    an_uploaded,
    the_housing_office,
    within,
)
from tests.given import MONDAY, SHANGHAI, a_place, an_organ, the_petition_office

NEXT_YEAR = datetime(2027, 1, 4, 9, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("short_name", "seat", "letters"),
    [
        ("区住建局", "离石", "离住建信"),
        ("区住建局", "离石区", "离住建信"),
        ("区信访局", "离石", "离信访"),
        ("市信访局", "吕梁市", "吕信访"),
        ("离石公安分局", "离石", "离公安信"),
        ("滨河街道", "离石", "离滨河信"),
        ("信义镇", "离石", "离信义信"),
        ("区人大常委会", "离石", "离人大信"),
        ("区联席办", "离石", "离联席信"),
        ("区委", "离石", "离委信"),
    ],
)
def test_the_letters_of_an_organ_come_from_its_seat_and_its_name(short_name, seat, letters):
    assert letters_of(short_name, seat=seat) == letters


@pytest.mark.django_db
def test_each_word_of_an_organ_counts_for_itself():
    kinds = [DocumentKind.D05, DocumentKind.D15, DocumentKind.D07, DocumentKind.D15]

    numbers = [an_issued(kind).number for kind in kinds]

    assert numbers == [
        "离住建信告〔2026〕1号",
        "离住建信意〔2026〕1号",
        "离住建信告〔2026〕2号",
        "离住建信意〔2026〕2号",
    ]


@pytest.mark.django_db
def test_each_organ_and_each_year_begins_anew():
    here, office = the_housing_office(), the_petition_office()
    town = an_organ("XY", short_name="信义镇", place=a_place("141102100", name="信义镇"))

    this_year = [an_issued(organ=organ).number for organ in (here, office, town)]
    approved = an_approved(now=NEXT_YEAR)
    next_year = within(parts.issue, approved, by=an_approver(), now=NEXT_YEAR, on=NEXT_YEAR.date()).number

    assert this_year == ["离住建信告〔2026〕1号", "离信访告〔2026〕1号", "离信义信告〔2026〕1号"]
    assert next_year == "离住建信告〔2027〕1号"


@pytest.mark.django_db
def test_papers_of_the_sealed_lane_leave_no_gap_in_the_open_series():
    """Q1"""
    first, sealed, second = an_issued(), an_issued(sealed=True), an_issued()

    assert [first.number, second.number] == ["离住建信告〔2026〕1号", "离住建信告〔2026〕2号"]
    assert sealed.number == "离住建信密告〔2026〕1号"


@pytest.mark.django_db
def test_a_number_that_came_in_with_a_paper_is_passed_over():
    an_uploaded(number="离住建信意〔2026〕1号")

    assert an_issued(DocumentKind.D15).number == "离住建信意〔2026〕2号"


@pytest.mark.django_db
def test_a_number_given_back_is_given_again():
    approved = an_approved()
    with transaction.atomic():
        parts.issue(approved, by=an_approver(), now=MONDAY, on=MONDAY.date())
        transaction.set_rollback(True)

    issued = within(parts.issue, approved, by=an_approver(), now=MONDAY, on=MONDAY.date())

    assert issued.number == "离住建信告〔2026〕1号"


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_four_at_once_take_numbers_without_a_gap_and_without_a_double():
    """Four threads issue twelve papers while four papers come in under numbers of the same series."""
    approved = [an_approved() for _ in range(12)]
    head, clerk = an_approver(), a_drafter()
    together = Barrier(4)

    def issue_some(thread: int) -> None:
        together.wait(timeout=20)
        try:
            for document in approved[thread::4]:
                within(parts.issue, document, by=head, now=MONDAY, on=MONDAY.date())
            number = f"离住建信告〔2026〕{20 + thread}号"
            an_uploaded(kind=DocumentKind.D05, number=number, organ=clerk.organ)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(issue_some, range(4)))

    numbers = set(Document.objects.values_list("number", flat=True))
    assert numbers == {f"离住建信告〔2026〕{serial}号" for serial in [*range(1, 13), *range(20, 24)]}
