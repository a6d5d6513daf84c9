"""Pieces of writing event logs that several deeds share."""

from infra import files
from lib.transactions import require_transaction
from reports.models import EventLog
from reports.states import LogState


def take_file_from(log: EventLog, *, state: LogState) -> None:
    """Remove the file of a held log, which stands in another state from then on; the bytes go with the commit.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("take_file_from")
    file, log.file = log.file, None
    log.state, log.cases_done, log.petitions = state, 0, []
    log.save(update_fields=["file", "state", "cases_done", "petitions"])
    if file is not None:
        files.remove(file)
