"""Every table of the house with values under keys: those of the petitions, and the second factors."""

import base64
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.db.models import QuerySet

from cases import rotation as of_cases
from grids import rotation as of_grids
from infra.rotation import SealedTable
from lib.crypto import present_header
from mobile import rotation as of_phones
from notices import rotation as of_notices

# What allauth seals of a second factor: a shared secret, or the seed of recovery codes. A passkey holds no secret.
_SECRETS = ("secret", "seed")


def _stale_second_factors() -> "QuerySet[Any]":
    """Return the second factors sealed otherwise; their values lie in base64 within JSON, so they are read here."""
    header = present_header(keys=settings.FIELD_KEYS, cipher=settings.CIPHER)
    stale = [
        row.pk
        for row in Authenticator.objects.iterator()
        if any(
            not base64.b64decode(row.data[name]).startswith(header) for name in _SECRETS if name in row.data
        )
    ]
    found: QuerySet[Any] = Authenticator.objects.filter(pk__in=stale)
    return found


def _second_factor(row: Any) -> list[str]:
    row.data = {
        name: encrypt(decrypt(value)) if name in _SECRETS else value for name, value in row.data.items()
    }
    return ["data"]


TABLES = (
    *of_cases.TABLES,
    *of_notices.TABLES,
    *of_grids.TABLES,
    *of_phones.TABLES,
    SealedTable(Authenticator, _stale_second_factors, _second_factor),
)
