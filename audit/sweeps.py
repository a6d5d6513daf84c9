"""Close settled entries into blocks. Safe to run twice, or in two places at once."""

from datetime import datetime

from django.db import connection, transaction

from audit.chain import digest_of, entries_of
from audit.models import Block, Entry, Horizon


@transaction.atomic(durable=True)
def close_block(*, now: datetime) -> int:
    """Close the entries that can no longer be joined by earlier ones. Return how many there were.

    A transaction takes its place in the order when it writes and shows it when it commits, so a later place
    can be seen before an earlier one. Each run therefore notes the last place given and, after that, its own
    transaction number: whoever holds one of those places has a smaller number. A later run closes up to the
    noted place once every transaction with a smaller number has ended.

    A restored database counts its transactions anew and may stand before the noted number; then the note is
    taken again and nothing is closed in that run.
    """
    last_place = _last_place_given()
    own_id, oldest_running = _where_transactions_stand()
    Horizon.objects.get_or_create(id=1)
    horizon = Horizon.objects.select_for_update().get(id=1)
    all_have_ended = oldest_running >= horizon.transaction_id
    counts_anew = own_id < horizon.transaction_id
    closed = _close_upto(horizon.upto_seq, now) if all_have_ended else 0
    if all_have_ended or counts_anew:
        horizon.upto_seq, horizon.transaction_id = last_place, own_id
        horizon.save(update_fields=["upto_seq", "transaction_id"])
    return closed


def _last_place_given() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM audit_entry_seq")
        place: int = cursor.fetchone()[0]
    return place


def _where_transactions_stand() -> tuple[int, int]:
    """Return this transaction's number, given now if it had none, and the smallest number still running."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        own_id: int = cursor.fetchone()[0]
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        oldest_running: int = cursor.fetchone()[0]
    return own_id, oldest_running


def _close_upto(upto_seq: int, now: datetime) -> int:
    last = Block.objects.order_by("-number").first()
    after_seq = last.upto_seq if last else 0
    if not Entry.objects.filter(seq__gt=after_seq, seq__lte=upto_seq).exists():
        return 0
    digest, count = digest_of(bytes(last.digest) if last else b"", entries_of(after_seq, upto_seq))
    Block.objects.create(
        number=last.number + 1 if last else 1,
        after_seq=after_seq,
        upto_seq=upto_seq,
        entry_count=count,
        digest=digest,
        closed_at=now,
    )
    return count
