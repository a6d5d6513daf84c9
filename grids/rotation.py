"""What of events is sealed under a key, and how a row is written anew under the newest one."""

from django.conf import settings

from grids.models import GridEvent
from grids.secrets import open_contact, seal_contact
from infra.rotation import SealedTable, sealed_otherwise


def _event(row: GridEvent) -> list[str]:
    row.contact_sealed = seal_contact(row.pk, open_contact(row.pk, row.contact_sealed))
    return ["contact_sealed"]


TABLES = (
    SealedTable(
        GridEvent,
        lambda: GridEvent.objects.filter(
            sealed_otherwise("contact_sealed", keys=settings.FIELD_KEYS, cipher=settings.CIPHER)
        ),
        _event,
    ),
)
