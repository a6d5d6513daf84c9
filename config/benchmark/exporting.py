"""How long the whole ledger takes to be written into a workbook, and how much memory that needs."""

import resource
import time
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.hats import Hat
from cases.actions.exports import ask_export
from cases.columns import Column
from cases.exports.sweeps import carry_on_exports
from cases.models import ExportPurpose


@dataclass(frozen=True)
class Exported:
    """One export as it was measured."""

    rows: int
    seconds: float
    # the most memory the process ever held
    peak_megabytes: float


def measure_export(*, by: Hat, now: datetime) -> Exported:
    """Have everything a hat sees written, with every column there is, and time it."""
    export = ask_export(
        {"view": "all"},
        columns=[column.value for column in Column],
        by_date=False,
        purpose=ExportPurpose.OWN_WORK,
        by=by,
        now=now,
    )
    begun = time.perf_counter()
    carry_on_exports(clock=timezone.now)
    seconds = time.perf_counter() - begun
    export.refresh_from_db()
    if export.file is None:
        message = f"the export came to nothing: {export.state} {export.stopped_by}"
        raise RuntimeError(message)
    return Exported(export.rows, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
