"""What of events, reports and cards is sealed under a key, and how a row is written anew under the newest one."""

from django.conf import settings

from grids.models import DirectReport, GridEvent, HouseholdCard
from grids.secrets import open_contact, open_given, open_report, seal_contact, seal_given, seal_report
from infra.rotation import SealedTable, sealed_otherwise


def _event(row: GridEvent) -> list[str]:
    row.contact_sealed = seal_contact(row.pk, open_contact(row.pk, row.contact_sealed))
    return ["contact_sealed"]


def _report(row: DirectReport) -> list[str]:
    row.content_sealed = seal_report(row.pk, open_report(row.pk, row.content_sealed or b""))
    return ["content_sealed"]


def _card(row: HouseholdCard) -> list[str]:
    row.given_sealed = seal_given(row.pk, open_given(row.pk, row.given_sealed))
    return ["given_sealed"]


TABLES = (
    SealedTable(
        HouseholdCard,
        lambda: HouseholdCard.objects.filter(
            sealed_otherwise("given_sealed", keys=settings.FIELD_KEYS, cipher=settings.CIPHER)
        ),
        _card,
    ),
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
