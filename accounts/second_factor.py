"""The second factor as this house keeps it: secrets sealed at rest, names from the staff list (Q34)."""

import base64
import hashlib
import secrets
from dataclasses import dataclass

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from accounts.models import User
from lib import crypto

# Every secret of a second factor is sealed for this place; the row is made after its secret.
PLACE = "mfa_authenticator:data"
DEVICE_COOKIE = "device"


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """What allauth asks of the house."""

    def encrypt(self, text: str) -> str:
        sealed = crypto.encrypt(text, keys=settings.FIELD_KEYS, bound_to=PLACE, cipher=settings.CIPHER)
        return base64.b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.b64decode(encrypted_text)
        return crypto.decrypt(sealed, keys=settings.FIELD_KEYS, bound_to=PLACE)

    def get_totp_label(self, user: User) -> str:
        return user.username

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - allauth names it
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}


@dataclass(frozen=True)
class Factors:
    """Which second factors a person has set up."""

    totp: Authenticator | None
    passkeys: tuple[Authenticator, ...]
    recovery_codes_left: int

    @property
    def any(self) -> bool:
        """Test if the person can show a second factor; recovery codes alone are none."""
        return self.totp is not None or bool(self.passkeys)


def factors_of(user: User) -> Factors:
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    kinds = Authenticator.Type
    codes = next((row for row in rows if row.type == kinds.RECOVERY_CODES), None)
    return Factors(
        totp=next((row for row in rows if row.type == kinds.TOTP), None),
        passkeys=tuple(row for row in rows if row.type == kinds.WEBAUTHN),
        recovery_codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def new_key() -> str:
    """Return a secret of 256 bits for a device or a program."""
    return secrets.token_urlsafe(32)


def digest_of(key: str) -> bytes:
    """Return what is kept of a key: guessing one of 256 bits needs no slow hash to be hopeless."""
    return hashlib.sha256(key.encode()).digest()


def device_key(request: HttpRequest) -> str:
    """Return the key this browser was given when it was trusted; empty if it was not."""
    return request.COOKIES.get(DEVICE_COOKIE, "")
