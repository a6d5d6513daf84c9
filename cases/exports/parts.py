"""Pieces of exporting that several deeds share."""

from cases.models import ExportState, LedgerExport
from infra import files
from lib.transactions import require_transaction


def take_file_from(export: LedgerExport, *, state: ExportState) -> None:
    """Remove the file of a held export, which stands in another state from then on; the bytes go with the commit.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("take_file_from")
    file, export.file = export.file, None
    export.state, export.rows_done = state, 0
    export.save(update_fields=["file", "state", "rows_done"])
    if file is not None:
        files.remove(file)
