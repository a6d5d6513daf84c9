"""What a view of the staff may rely on: a signed-in person wearing a hat."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from accounts import sessions
from accounts.hats import Hat
from accounts.kept import Kept
from accounts.models import User
from accounts.roles import Role
from lib.errors import WrongHat

P = ParamSpec("P")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class DoorRequest(HttpRequest):
    """Any request behind the hat middleware; `locked_user` is the one whose session idled away."""

    hat: Hat | None
    hats: list[Hat]
    now: datetime
    locked_user: User | None


class AccountRequest(HttpRequest):
    """A request behind `is_signed_in`: the user is a `User`, who may have no hat."""

    user: User  # never anonymous behind the decorator
    hat: Hat | None
    hats: list[Hat]
    now: datetime


class StaffRequest(HttpRequest):
    """A request behind `wears_a_hat`: the user is a `User`, the hat is there, `now` is when it came in."""

    user: User  # never anonymous behind the decorator
    hat: Hat
    hats: list[Hat]
    now: datetime


AccountView = Callable[Concatenate[AccountRequest, P], HttpResponseBase]
StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]


def unfinished_duty(request: HttpRequest) -> str | None:
    """Return the page a signed-in person has to go through first: a password of his own, a second factor."""
    if isinstance(request.user, User) and request.user.must_change_password:
        return "accounts:change_password"
    if settings.SECOND_FACTOR_REQUIRED and sessions.shown(request.session) is sessions.Shown.NOT:
        return "accounts:second_factors"
    return None


def refuse_other_hat(request: HttpRequest) -> None:
    """Refuse a write that names another hat than the one worn (architecture, Hats).

    :raises WrongHat: if the form's or the header's hat is not the one worn
    """
    named = request.headers.get("X-Hat") or request.POST.get("hat")
    hat: Hat | None = request.hat  # type: ignore[attr-defined]
    if request.method in SAFE or hat is None or named is None:
        return
    if named != hat.key:
        raise WrongHat(
            _(
                "This page was made for another post than the one you wear now. "
                "Change back, or reload this page; your text stays."
            )
        )


def ask_who_is_there(request: HttpRequest) -> HttpResponse:
    """Send a reader to sign in; keep what a writer sent and let him sign in on the spot (Q31)."""
    if request.method in SAFE:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    return render(request, "accounts/sign_in_again.html", {"kept": Kept.of(request)}, status=401)


def _is_somebody(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def is_signed_in(view: AccountView[P]) -> AccountView[P]:
    """Let any signed-in person through, with or without a post, also before his duties are done."""

    @wraps(view)
    def guarded(request: AccountRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not _is_somebody(request):
            return ask_who_is_there(request)
        return view(request, *args, **kwargs)

    guarded.asks_who_is_there = True  # type: ignore[attr-defined]  # read by the test that walks every address
    return guarded


def wears_a_hat(view: StaffView[P]) -> StaffView[P]:
    """Let only a signed-in person with a post through; others sign in or are told who can help."""

    @wraps(view)
    def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not _is_somebody(request):
            return ask_who_is_there(request)
        if duty := unfinished_duty(request):
            return redirect(duty)
        if not request.hats:
            return redirect("accounts:no_post")
        refuse_other_hat(request)
        return view(request, *args, **kwargs)

    guarded.asks_for_a_hat = True  # type: ignore[attr-defined]  # read by the test that walks every address
    return guarded


def wears_hat_of(*roles: Role) -> Callable[[StaffView[P]], StaffView[P]]:
    """Let only hats of these roles through; others see who the page is for (functions may say so, Q6)."""

    def decorate(view: StaffView[P]) -> StaffView[P]:
        @wears_a_hat
        @wraps(view)
        def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.hat.role not in roles:
                return render(request, "403.html", {"roles": [role.label for role in roles]}, status=403)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
