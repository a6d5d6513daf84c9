"""What of events and reports is sealed under a key, and how a row is written anew under the newest one."""

from django.conf import settings

from grids.models import DirectReport, GridEvent
from grids.secrets import open_contact, open_report, seal_contact, seal_report
from infra.rotation import SealedTable, sealed_otherwise


def _event(row: GridEvent) -> list[str]:
    row.contact_sealed = seal_contact(row.pk, open_contact(row.pk, row.contact_sealed))
    return ["contact_sealed"]


def _report(row: DirectReport) -> list[str]:
    row.content_sealed = seal_report(row.pk, open_report(row.pk, row.content_sealed or b""))
    return ["content_sealed"]


TABLES = (
    SealedTable(
        GridEvent,
        lambda: GridEvent.objects.filter(
            sealed_otherwise("contact_sealed", keys=settings.FIELD_KEYS, cipher=settings.CIPHER)
        ),
        _event,
    ),
    SealedTable(
        DirectReport,
        lambda: DirectReport.objects.filter(
            sealed_otherwise("content_sealed", keys=settings.REPORTER_KEYS, cipher=settings.CIPHER)
        ),
        _report,
    ),
)
