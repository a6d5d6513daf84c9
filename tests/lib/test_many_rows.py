"""Values of many rows travel as one document: the same as Django writes, whatever stands in them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from cases.models import Handling
from lib.many_rows import write_changed, write_where_new
from lib.new_rows import new_row
from notices.models import Kind, Notice
from tests.cases.handling import given
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db


def _notice(post_id: int, key: str, **facts: object) -> Notice:
    columns = {"kind": Kind.PERIOD_WARN, "subject_id": "一", "decided_at": MONDAY, "ways": []} | facts
    return new_row(Notice, post_id=post_id, key=key, **columns)


def test_new_rows_come_back_with_every_value_as_it_was():
    post = a_hat().post
    told = _notice(
        post.pk, '引"号\\与\n行', code="T5", last_day=date(2026, 3, 9), ways=["mail", "sms"], read_at=MONDAY
    )

    write_where_new([told, _notice(post.pk, "bare")])

    found = Notice.objects.get(post=post, key='引"号\\与\n行')
    bare = Notice.objects.get(post=post, key="bare")
    assert (found.kind, found.subject_id, found.decided_at) == (Kind.PERIOD_WARN, "一", MONDAY)
    assert (found.code, found.last_day, found.ways, found.read_at) == (
        "T5",
        date(2026, 3, 9),
        ["mail", "sms"],
        MONDAY,
    )
    assert (bare.code, bare.last_day, bare.ways, bare.read_at) == ("", None, [], None)


def test_what_a_unique_key_refuses_is_left_out_and_the_rest_is_written():
    post = a_hat().post
    write_where_new([_notice(post.pk, "one", code="T3")])

    write_where_new([_notice(post.pk, "one", code="T5"), _notice(post.pk, "two")])

    assert list(Notice.objects.filter(post=post).order_by("key").values_list("key", "code")) == [
        ("one", "T3"),
        ("two", ""),
    ]


def test_what_another_rule_of_the_table_refuses_is_not_swallowed():
    with pytest.raises(IntegrityError):
        write_where_new([_notice(a_hat().post.pk, "one", kind="no such kind")])


def test_changed_rows_keep_their_other_columns_and_their_neighbours(django_assert_num_queries):
    first, second, third = (given.routed().handling for _number in range(3))
    day = date(2026, 4, 1)
    first.report_due_on, second.report_due_on = day, None
    first.sent_at = second.sent_at = MONDAY + timedelta(hours=3)

    with django_assert_num_queries(1):
        write_changed([first, second], ["report_due_on"])

    stored = Handling.objects.in_bulk([first.pk, second.pk, third.pk])
    assert [stored[one.pk].report_due_on for one in (first, second, third)] == [day, None, None]
    assert {one.sent_at for one in stored.values()} == {MONDAY}


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        write_where_new([])
        write_changed([], ["received_at"])


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    with pytest.raises(RuntimeError):
        write_where_new([_notice(a_hat().post.pk, "one")])

    assert not Notice.objects.exists()
