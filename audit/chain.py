"""How entries hang together: the bytes of an entry, the hash of a block, and the check of the whole chain."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from audit.models import Block, Entry


def entry_bytes(entry: Entry) -> bytes:
    """Return an entry in the one form that is hashed: JSON with sorted keys, times in UTC."""
    facts = {field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields}
    facts["at"] = entry.at.timestamp()
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str).encode()


def digest_of(previous: bytes, entries: Iterable[Entry]) -> tuple[bytes, int]:
    """Return the hash over the block before and these entries, and how many there were."""
    running, count = hashlib.sha256(previous), 0
    for entry in entries:
        running.update(hashlib.sha256(entry_bytes(entry)).digest())
        count += 1
    return running.digest(), count


def entries_of(after_seq: int, upto_seq: int) -> Iterable[Entry]:
    """Return the entries of a run in order of writing, a thousand in memory at a time."""
    return (
        Entry.objects.filter(seq__gt=after_seq, seq__lte=upto_seq).order_by("seq").iterator(chunk_size=1000)
    )


@dataclass(frozen=True)
class Break:
    """A block that no longer fits what stands in the table, and how."""

    block: int
    expected: int
    found: int


def breaks() -> Iterable[Break]:
    """Walk the chain from its beginning and yield every block that does not fit."""
    previous, last_seq = b"", 0
    for block in Block.objects.order_by("number").iterator(chunk_size=1000):
        digest, count = digest_of(previous, entries_of(block.after_seq, block.upto_seq))
        if (digest, count, block.after_seq) != (bytes(block.digest), block.entry_count, last_seq):
            yield Break(block.number, block.entry_count, count)
        previous, last_seq = bytes(block.digest), block.upto_seq
