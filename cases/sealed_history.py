"""Who had seen a petition before it was sealed, for the lane's officer to judge (Q1)."""

from datetime import datetime

from audit.models import Entry
from cases.models import ExportedPetitions, LedgerExport, Petition, SealedMatter


def seen_before_sealing(petition: Petition) -> list[Entry]:
    """Return the deeds and looks on a petition before it was sealed, oldest first; none if it was sealed at once.

    Whoever had saved an export of the ledger with it in had seen it too.
    """
    sealed_at = SealedMatter.objects.get(petition=petition).sealed_at
    entries = Entry.objects.about(petition).filter(at__lt=sealed_at)
    return sorted([*entries, *_taken_out(petition, sealed_at)], key=lambda entry: entry.at)


def _taken_out(petition: Petition, sealed_at: datetime) -> list[Entry]:
    """Return who saved a workbook that held the petition. Only exports of the time it was open are looked through."""
    of_its_time = LedgerExport.objects.filter(asked_at__range=(petition.registered_at, sealed_at))
    held = ExportedPetitions.objects.filter(export__in=of_its_time, petitions__contains=[petition.pk])
    exports = [str(key) for key in held.values_list("export", flat=True)]
    if not exports:
        return []
    fetched = Entry.objects.filter(verb="ledger.fetch", subject_kind=LedgerExport._meta.label_lower)
    return list(fetched.filter(subject_id__in=exports, at__lt=sealed_at))
