"""Blocks: what is closed, when, and that a changed audit is found out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from audit.chain import breaks
from audit.models import Block, Entry, Horizon
from audit.sweeps import close_block
from tests.audit.given import NOW, a_deed, another_connection, write_entry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


@pytest.fixture(autouse=True)
def _nothing_left_to_close() -> None:
    """Close what loading the reference data wrote, so that each test counts its own."""
    close_all()


def close_all() -> int:
    """Sweep until nothing more comes: the first run notes, the second closes."""
    return close_block(now=NOW) + close_block(now=NOW)


def test_an_entry_is_closed_by_the_run_after_the_one_that_noted_it() -> None:
    a_deed()

    assert close_block(now=NOW) == 0
    assert close_block(now=NOW) == 1


def test_without_new_entries_there_is_no_new_block() -> None:
    a_deed()
    close_all()
    blocks = Block.objects.count()

    close_all()

    assert Block.objects.count() == blocks


def test_an_earlier_entry_that_is_shown_later_is_waited_for() -> None:
    with another_connection() as slow:
        write_entry(slow)
        a_deed()

        assert [close_block(now=NOW) for _ in range(3)] == [0, 0, 0]

        slow.execute("COMMIT")

    assert close_block(now=NOW) == 2
    assert list(breaks()) == []


def test_the_last_entry_of_a_transaction_still_running_is_waited_for() -> None:
    a_deed()
    with another_connection() as slow:
        write_entry(slow)

        assert [close_block(now=NOW) for _ in range(3)] == [0, 0, 0]

        slow.execute("COMMIT")

    assert close_block(now=NOW) == 2
    assert list(breaks()) == []


def test_what_is_settled_is_closed_while_later_transactions_run() -> None:
    a_deed()
    close_block(now=NOW)
    with another_connection() as slow:
        write_entry(slow)

        assert close_block(now=NOW) == 1

        slow.execute("COMMIT")

    assert close_all() == 1
    assert list(breaks()) == []


def test_a_place_that_was_rolled_back_is_no_break() -> None:
    with another_connection() as failing:
        write_entry(failing)
        failing.execute("ROLLBACK")
    a_deed()

    assert close_all() == 1
    assert list(breaks()) == []


def test_sweeps_and_deeds_side_by_side_close_each_entry_once() -> None:
    def work(number: int) -> None:
        try:
            for _ in range(15):
                if number % 2:
                    close_block(now=NOW)
                else:
                    a_deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    close_all()

    assert list(breaks()) == []
    assert sum(Block.objects.values_list("entry_count", flat=True)) == Entry.objects.count()
    assert Entry.objects.filter(verb="place.look").count() == 45


def test_a_restored_database_that_counts_anew_closes_again_from_its_second_run() -> None:
    a_deed()
    Horizon.objects.update(transaction_id=10**15)

    assert close_block(now=NOW) == 0
    assert close_block(now=NOW) == 1
    assert list(breaks()) == []


def change(statement: str) -> None:
    """Do what the triggers refuse, as somebody with all rights over the database could."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE audit_entry SET verb = 'place.other' WHERE seq = {seq}", id="the deed"),
        pytest.param("UPDATE audit_entry SET facts = '{{}}' WHERE seq = {seq}", id="the facts"),
        pytest.param("UPDATE audit_entry SET actor_words = '' WHERE seq = {seq}", id="who"),
        pytest.param(
            "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE seq = {seq}", id="when"
        ),
        pytest.param("DELETE FROM audit_entry WHERE seq = {seq}", id="removed"),
        pytest.param(
            "INSERT INTO audit_entry (at, id, seq, verb, subject_kind, subject_id, actor_words, facts)"
            " SELECT at, gen_random_uuid(), seq, verb, subject_kind, subject_id, actor_words, facts"
            " FROM audit_entry WHERE seq = {seq}",
            id="inserted",
        ),
    ],
)
def test_the_chain_finds_an_entry_that_was(statement: str) -> None:
    first = a_deed()
    close_all()
    a_deed()
    close_all()
    block = Block.objects.get(after_seq__lt=first.seq, upto_seq__gte=first.seq)

    change(statement.format(seq=first.seq))

    assert [found.block for found in breaks()] == [block.number]
    with pytest.raises(CommandError):
        call_command("verify_audit", stderr=StringIO())


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(lambda block: f"DELETE FROM audit_block WHERE number = {block.number}", id="removed"),
        pytest.param(
            lambda block: f"UPDATE audit_block SET digest = '\\x00' WHERE number = {block.number}",
            id="changed",
        ),
    ],
)
def test_the_chain_finds_a_block_that_was(cut: Callable[[Block], str]) -> None:
    a_deed()
    close_all()
    middle = Block.objects.latest("number")
    a_deed()
    close_all()

    change(cut(middle))

    assert list(breaks()) != []


def test_an_unbroken_chain_is_told_with_what_waits_and_its_last_hash() -> None:
    a_deed()
    close_all()
    a_deed()
    out = StringIO()

    call_command("verify_audit", stdout=out)

    last = Block.objects.latest("number")
    assert f"unbroken: {Block.objects.count()} blocks, 1 entries not yet closed" in out.getvalue()
    assert bytes(last.digest).hex() in out.getvalue()
