"""The second factor as this house keeps it: secrets sealed at rest, names from the staff list (Q34)."""

import base64
import hashlib
import re
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


_BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


def label_of(agent: str) -> str:
    """Return a browser's name for itself in a few words a person recognises."""
    known = [next((name for name in names if name in agent), "") for names in (_BROWSERS, _SYSTEMS)]
    words = " · ".join(filter(None, known)).replace("Edg", "Edge").replace("Mac OS", "macOS")
    return words or re.sub(r"[^\w./ -]", "", agent)[:120]


# Read out over the telephone: no letters that sound or look alike.
_SYLLABLES = [
    "ba",
    "be",
    "bu",
    "da",
    "de",
    "du",
    "fa",
    "fu",
    "ga",
    "gu",
    "ha",
    "he",
    "hu",
    "ka",
    "ke",
    "ku",
    "la",
    "le",
    "lu",
    "ma",
    "me",
    "mu",
    "na",
    "ne",
    "nu",
    "pa",
    "pu",
    "sa",
    "se",
    "su",
    "ta",
    "te",
    "tu",
]


def new_password() -> str:
    """Return a password of some 60 bits that can be read out, and that no rule of ours refuses."""
    words = ["".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(3)]
    return "-".join([*words, f"{secrets.randbelow(10_000):04}"])
