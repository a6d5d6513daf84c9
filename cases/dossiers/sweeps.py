"""What the clock brings to files of petitions: binding those that wait, removing their bytes. Safe to run twice."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from cases.actions.dossiers import HELD
from cases.dossiers.work import carry_on
from cases.models import Dossier, ExportState
from infra import files
from infra.turns import KEPT, carry_on_in_turn


def bind_dossiers(*, clock: Callable[[], datetime]) -> int:
    """Bind the files that wait, one after the other, for one turn. Return how many."""
    return carry_on_in_turn(Dossier.objects.waiting, partial(carry_on, clock=clock), hold=HELD, clock=clock)


def remove_dossiers(*, now: datetime) -> int:
    """Remove the bytes of files that were bound a day ago. Return how many."""
    old = Dossier.objects.filter(state=ExportState.DONE, finished_at__lt=now - KEPT)
    return sum(_remove(dossier_id) for dossier_id in list(old.values_list("pk", flat=True)))


@transaction.atomic(durable=True)
def _remove(dossier_id: UUID) -> int:
    rows = Dossier.objects.select_for_update(skip_locked=True, of=("self",)).select_related("file")
    dossier = rows.filter(pk=dossier_id, state=ExportState.DONE).first()
    if dossier is None or dossier.file is None:
        return 0
    file, dossier.file, dossier.state = dossier.file, None, ExportState.REMOVED
    dossier.save(update_fields=["file", "state"])
    files.remove(file)
    return 1
