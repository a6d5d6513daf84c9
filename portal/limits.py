"""How often the public page may be tried: counted in the database, so that every process counts the same."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from lib.transactions import require_transaction
from portal.models import Attempts
from portal.states import Scope

_TRY = """
INSERT INTO portal_attempts (scope, subject, began_at, number) VALUES (%s, %s, %s, 1)
ON CONFLICT (scope, subject, began_at) DO UPDATE SET number = portal_attempts.number + 1
RETURNING number
"""


def stretch_of(now: datetime, *, length: timedelta) -> datetime:
    """Return when the stretch of time began in which a moment lies."""
    return now - timedelta(seconds=now.timestamp() % length.total_seconds())


def mark_of(scope: Scope, typed: str) -> str:
    """Return a keyed mark of what was typed or of where it came from, which tells nothing else of it."""
    return salted_hmac(f"portal.attempts.{scope}", typed, algorithm="sha256").hexdigest()


def network_of(address: str) -> str:
    """Return what of an address is counted: of the sixth version the network, for a household has many of it.

    What a proxy wrote that is no address is counted as it stands.
    """
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(IPv6Address(int(known) >> 64 << 64))
    return str(known)


def count_attempt(scope: Scope, subject: str, began_at: datetime) -> int:
    """Count one attempt and return how many there are now. Whoever counts the same waits for this transaction."""
    require_transaction("count_attempt")
    with connection.cursor() as cursor:
        cursor.execute(_TRY, [scope, subject, began_at])
        number: int = cursor.fetchone()[0]
        return number


def take_attempt_back(scope: Scope, subject: str, began_at: datetime) -> None:
    """Count an attempt no longer: it was right."""
    require_transaction("take_attempt_back")
    counted = Attempts.objects.filter(scope=scope, subject=subject, began_at=began_at)
    counted.update(number=F("number") - 1)
