"""Who is there: password, second factor, trusted device, and the count of failures that locks (protection §6).

One policy and one answer: axes counts wrong passwords and wrong codes alike, for staff numbers that exist and for
those that do not. What is tried goes to axes without the rest of the form, which may hold a petitioner's words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import actions, sessions
from accounts.hats import hats_of
from accounts.models import TrustedDevice, User, policies
from accounts.models.users import as_typed
from accounts.second_factor import DEVICE_COOKIE, device_key, digest_of, factors_of, new_key
from accounts.sessions import Shown
from audit.parts import Actor

# A password shown, the second factor still to come: this long.
PENDING = "signing_in"
PENDING_FOR = timedelta(minutes=10)
NOBODY = Actor(words="")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Attempt:
    """What came of trying: the person if it was right, else how many tries are left before the lock."""

    user: User | None
    tries_left: int = 0

    @property
    def is_locked(self) -> bool:
        return self.user is None and self.tries_left == 0


def try_password(request: HttpRequest, username: str, password: str) -> Attempt:
    """Check a password. A locked staff number gives the same answer to the right one and to any other."""
    bare, username = _without_form(request), as_typed(username)
    user = authenticate(bare, username=username, password=password)
    if isinstance(user, User):
        return Attempt(user)
    return _failed(bare, username, "password")


def try_code(request: HttpRequest, user: User, code: str) -> Attempt:
    """Check a one-time or recovery code, under the same count of failures as the password."""
    bare, credentials = _without_form(request), {"username": user.username}
    if not AxesProxyHandler.is_allowed(bare, credentials):
        return Attempt(None)
    for row in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN):
        if row.wrap().validate_code("".join(code.split())):
            row.record_usage()
            return Attempt(user)
    AxesProxyHandler.user_login_failed("second factor", credentials, bare)
    return _failed(bare, user.username, "factor")


def try_passkey(request: HttpRequest, user: User, credential: str) -> Attempt:
    """Check a passkey's answer to the challenge the page gave."""
    bare, credentials = _without_form(request), {"username": user.username}
    if not AxesProxyHandler.is_allowed(bare, credentials):
        return Attempt(None)
    form = AuthenticateWebAuthnForm({"credential": credential}, user=user)
    if form.is_valid():
        form.cleaned_data["credential"].record_usage()
        return Attempt(user)
    AxesProxyHandler.user_login_failed("second factor", credentials, bare)
    return _failed(bare, user.username, "factor")


def is_locked(username: str) -> bool:
    """Test if a staff number is locked after too many failures."""
    request = HttpRequest()
    return not AxesProxyHandler.is_allowed(request, {"username": as_typed(username)})


def locked_numbers(now: datetime) -> list[str]:
    """Return the staff numbers that are locked at a moment."""
    tried = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=now - settings.AXES_COOLOFF_TIME,
    )
    return [str(number) for number in tried.values_list("username", flat=True)]


def factor_shown_by_device(request: HttpRequest, user: User, *, now: datetime) -> bool:
    """Test if this browser was trusted by this person, and still is (Q34)."""
    key = device_key(request)
    devices = TrustedDevice.objects.valid_at(now).filter(user=user)
    return bool(key) and devices.filter(digest=digest_of(key)).exists()


def factor_wanted(request: HttpRequest, user: User, *, now: datetime) -> bool:
    """Test if this person has to show a second factor here and now."""
    return factors_of(user).any and not factor_shown_by_device(request, user, now=now)


def wait_for_factor(request: HttpRequest, user: User, *, now: datetime) -> None:
    """Remember who has shown his password and still owes the second factor."""
    request.session[PENDING] = {
        "user": user.pk,
        "until": int((now + PENDING_FOR).timestamp()),
        # a password changed in between makes the half sign-in worthless
        "hash": user.get_session_auth_hash(),
    }


def waiting_for_factor(request: HttpRequest, *, now: datetime) -> User | None:
    """Return who owes the second factor, or `None`."""
    pending = request.session.get(PENDING)
    if not pending or pending["until"] < now.timestamp():
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    return user if user and user.get_session_auth_hash() == pending["hash"] else None


def complete(request: HttpRequest, user: User, how: Shown, *, now: datetime) -> None:
    """Begin the session of a person who has shown everything asked of him. The session key changes."""
    request.session.pop(PENDING, None)
    login(request, user, backend=BACKEND)
    sessions.begin(request.session, how, now=now)
    actions.sign_in(by=user, now=now, factor=how)


def trusted_days(user: User, *, now: datetime) -> int:
    """Return how long a device of this person may be trusted: the shortest of his roles' times (Q34)."""
    standing = policies()
    days = [standing[hat.role].trusted_device_days for hat in hats_of(user, on=timezone.localdate(now))]
    return min(days, default=0)


def trust_this_device(request: HttpRequest, response: HttpResponse, user: User, *, now: datetime) -> None:
    """Give this browser a key that stands for the second factor for as long as the person's roles allow."""
    days = trusted_days(user, now=now)
    if not days:
        return
    key = new_key()
    lasts = timedelta(days=days)
    agent = request.headers.get("User-Agent", "")
    actions.trust_device(by=user, now=now, digest=digest_of(key), agent=agent, until=now + lasts)
    response.set_cookie(
        DEVICE_COOKIE,
        key,
        max_age=lasts,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _without_form(request: HttpRequest) -> HttpRequest:
    """Return the request as axes may see it: who asked from where, and nothing that was typed."""
    bare = HttpRequest()
    bare.META = request.META
    bare.path = request.path
    bare.session = request.session
    return bare


def _failed(bare: HttpRequest, username: str, what: str) -> Attempt:
    """Count what is left, and write a failure of a real account into its record (8.1.4.3)."""
    left = max(settings.AXES_FAILURE_LIMIT - AxesProxyHandler.get_failures(bare, {"username": username}), 0)
    was_locked_before = bare.axes_failures_since_start is None  # type: ignore[attr-defined]  # set by axes
    user = None if was_locked_before else User.objects.filter(username=username).first()
    if user:
        actions.sign_in_failed(user.pk, what=what, locked=not left, by=NOBODY, now=timezone.now())
    return Attempt(None, left)
