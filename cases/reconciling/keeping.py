"""Writing what a comparison found: explanations stay with a difference as long as it is the same one (Q43)."""

import json
from collections.abc import Sequence
from typing import Any

from accounts.hats import Hat
from cases.models import Difference, ReconciledRow, Reconciliation
from cases.reconciling.comparing import Found, differences_of
from cases.reconciling.ours import asked_of, ours_of
from lib.copying import write_rows
from lib.transactions import require_transaction


def compared(reconciliation: Reconciliation, rows: Sequence[ReconciledRow], hat: Hat) -> list[Difference]:
    """Return the differences as they are now, not written, each with the explanation it has already."""
    found = differences_of(
        rows, ours_of(reconciliation, (row.number for row in rows), hat), asked_of(reconciliation)
    )
    explained = {
        _key_of(one): one
        for one in Difference.objects.filter(reconciliation=reconciliation, explained_at__isnull=False)
    }
    return [_as_row(reconciliation, one, explained) for one in found]


def write_differences(reconciliation: Reconciliation, differences: Sequence[Difference]) -> None:
    """Put what was found in the place of what was found before.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("write_differences")
    Difference.objects.filter(reconciliation=reconciliation).delete()
    write_rows(differences)


def stands_as_written(reconciliation: Reconciliation, differences: Sequence[Difference]) -> bool:
    """Test if the differences as they are now are those that are written and were explained."""
    written = Difference.objects.filter(reconciliation=reconciliation)
    return sorted(map(_key_of, written)) == sorted(map(_key_of, differences))


def _as_row(reconciliation: Reconciliation, one: Found, explained: dict[str, Difference]) -> Difference:
    row = Difference(
        reconciliation=reconciliation,
        kind=one.kind.value,
        line=one.line,
        number=one.number,
        petition_id=one.petition_id,
        facts=list(one.facts),
    )
    before = explained.get(_key_of(row))
    if before is not None:
        row.explanation, row.explained_at = before.explanation, before.explained_at
        row.explained_by_id, row.explainer_id = before.explained_by_id, before.explainer_id
    return row


def _key_of(one: Difference) -> str:
    """Return what a difference is about: another value on either side makes it another difference."""
    about: list[Any] = [one.kind, one.line, one.number, str(one.petition_id or ""), one.facts]
    return json.dumps(about, sort_keys=True, ensure_ascii=False)
