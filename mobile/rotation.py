"""What of phones is sealed under a key, and how a row is written anew under the newest one."""

from django.conf import settings

from infra.rotation import SealedTable, sealed_otherwise
from mobile.models import PhoneKey
from mobile.secrets import open_key, seal_key


def _phone_key(row: PhoneKey) -> list[str]:
    row.key_sealed = seal_key(row.user_id, open_key(row.user_id, row.key_sealed))
    return ["key_sealed"]


TABLES = (
    SealedTable(
        PhoneKey,
        lambda: PhoneKey.objects.filter(
            sealed_otherwise("key_sealed", keys=settings.FIELD_KEYS, cipher=settings.CIPHER)
        ),
        _phone_key,
    ),
)
