"""How long a long ledger takes to be written into a workbook, and how much memory that needs."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.hats import Hat
from cases.actions.exports import ask_export
from cases.columns import Column
from cases.exports.sweeps import carry_on_exports
from cases.models import ExportPurpose, Petition
from config.benchmark.timing import Memory

# what the budget speaks of (architecture §5)
ROWS = 100_000


@dataclass(frozen=True)
class Exported:
    """One export as it was measured."""

    rows: int
    seconds: float
    memory: Memory
    megabytes: float


def measure_export(*, by: Hat, now: datetime) -> Exported:
    """Have the newest hundred thousand petitions a hat sees written, with every column there is, and time it."""
    question = {"view": "all"} | _since(by)
    export = ask_export(
        question,
        columns=[column.value for column in Column],
        by_date=False,
        purpose=ExportPurpose.OWN_WORK,
        by=by,
        now=now,
    )
    begun = time.perf_counter()
    with Memory() as memory:
        carry_on_exports(clock=timezone.now)
    seconds = time.perf_counter() - begun
    export.refresh_from_db()
    if export.file is None:
        message = f"the export came to nothing: {export.state} {export.stopped_by}"
        raise RuntimeError(message)
    return Exported(export.rows, seconds, memory, export.file.size / 1024**2)


def _since(by: Hat) -> dict[str, str]:
    """Return what narrows the ledger to the newest days that hold no more than the rows wanted."""
    newest = Petition.objects.visible_to(by).order_by("-received_at", "-pk")
    oldest = newest.values_list("received_at", flat=True)[ROWS : ROWS + 1].first()
    if oldest is None:
        return {}
    return {"since": (timezone.localdate(oldest) + timedelta(days=1)).isoformat()}
