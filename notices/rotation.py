"""What of channels is sealed, and how a row of it is written anew under the newest key."""

from django.conf import settings

from infra.rotation import SealedTable, sealed_otherwise
from notices.models import MessageChannel
from notices.secrets import open_secret, seal_secret


def _channel(row: MessageChannel) -> list[str]:
    row.secret_sealed = seal_secret(row.pk, open_secret(row.pk, row.secret_sealed))
    return ["secret_sealed"]


TABLES = (
    SealedTable(
        MessageChannel,
        lambda: MessageChannel.objects.filter(
            sealed_otherwise("secret_sealed", keys=settings.FIELD_KEYS, cipher=settings.CIPHER)
        ),
        _channel,
    ),
)
