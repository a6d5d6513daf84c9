"""What lets whoever had the query code right go on from the page it opened, without typing the code again."""

from datetime import timedelta
from uuid import UUID

from django.core import signing

_SALT = "portal.told"
# a page that was left open on a shared computer opens nothing later
_LASTS = timedelta(minutes=30)


def ticket_of(telling_id: UUID) -> str:
    """Return a signed ticket for what was told; it stands in the page's form and in no address."""
    return signing.dumps(str(telling_id), salt=_SALT)


def telling_of(ticket: str) -> UUID | None:
    """Return what a ticket is for, or nothing if it is none of ours or is over."""
    try:
        return UUID(signing.loads(ticket, salt=_SALT, max_age=_LASTS))
    except signing.BadSignature:
        return None
