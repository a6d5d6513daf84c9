"""The door: signing in and out, the second factor, the language, and the hat one puts on."""

import json
from typing import Any

from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions, sessions
from accounts import sign_in as who
from accounts.forms import door as forms
from accounts.hats import hat_of
from accounts.kept import Kept
from accounts.models import User
from accounts.requests import AccountRequest, DoorRequest, is_signed_in
from accounts.second_factor import factors_of
from accounts.sessions import Shown
from lib.errors import Unknown

LANGUAGE_LASTS = 366 * 24 * 60 * 60


@sensitive_post_parameters("password", "code")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: DoorRequest) -> HttpResponse:
    """Ask for staff number, password and code; a passkey is asked for on the next page."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = forms.SignIn(request.POST or None, asks_for_code=settings.SECOND_FACTOR_REQUIRED)
    if request.method == "POST" and form.is_valid():
        user = _password_and_code(request, form)
        if user and who.factor_wanted(request, user, now=request.now) and not form.cleaned_data.get("code"):
            who.wait_for_factor(request, user, now=request.now)
            return redirect(f"{reverse('accounts:second_factor')}?{urlencode({'next': _next(request)})}")
        if user:
            return _come_in(
                request, user, bool(form.cleaned_data.get("code")), bool(form.cleaned_data.get("trust"))
            )
    context = {"form": form, "next": _next(request), "locked_user": request.locked_user}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: DoorRequest) -> HttpResponse:
    """Ask the one who has shown his password for a code or a passkey."""
    user = who.waiting_for_factor(request, now=request.now)
    if user is None:
        return redirect("accounts:sign_in")
    form = forms.SecondFactor(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if credential := form.cleaned_data["credential"]:
            attempt = who.try_passkey(request, user, credential)
        else:
            attempt = who.try_code(request, user, form.cleaned_data["code"])
        if attempt.user:
            return _come_in(request, user, True, form.cleaned_data["trust"])
        form.fail(attempt)
    factors = factors_of(user)
    context: dict[str, Any] = {"form": form, "next": _next(request), "factors": factors}
    if factors.passkeys:
        context["passkey_options"] = json.dumps(begin_authentication(user))
    return render(request, "accounts/second_factor.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters("password", "code")
@never_cache
@require_POST
def sign_in_again(request: DoorRequest) -> HttpResponse:
    """Sign in on the spot after the session idled away, and give back what was being sent (Q31)."""
    kept = Kept.read(request.POST.get("kept", ""), request)
    if kept is None:
        return redirect("accounts:sign_in")
    form = forms.SignIn(request.POST, asks_for_code=True)
    user = _password_and_code(request, form) if form.is_valid() else None
    if user and who.factor_wanted(request, user, now=request.now) and not form.cleaned_data["code"]:
        form.add_error("code", _("Enter the code too."))
        user = None
    if user is None:
        return render(request, "accounts/sign_in_again.html", {"kept": kept, "form": form}, status=422)
    _begin(request, user, bool(form.cleaned_data["code"]))
    if kept.hat.isdecimal() and (hat := hat_of(user, int(kept.hat), on=timezone.localdate(request.now))):
        sessions.wear(request.session, hat)
    return render(request, "accounts/go_on.html", {"kept": kept})


@sensitive_post_parameters("password", "code")
@never_cache
@require_POST
def unlock_screen(request: DoorRequest) -> HttpResponse:
    """Let the owner of an idle screen go on; answers JSON, or a sentence that says what was wrong."""
    user = request.locked_user or request.user
    if not isinstance(user, User):
        return HttpResponse(_("You are signed out. Sign in in another window, then come back."), status=401)
    attempt = who.try_password(request, user.username, request.POST.get("password", ""))
    wants_code = attempt.user is not None and who.factor_wanted(request, user, now=request.now)
    if wants_code:
        attempt = who.try_code(request, user, request.POST.get("code", ""))
    if attempt.user is None:
        form = forms.SecondFactor({}) if wants_code else forms.Password({})
        form.full_clean()
        form.errors.clear()
        form.fail(attempt)
        return HttpResponse(
            " ".join(str(words) for said in form.errors.values() for words in said), status=422
        )
    request.session.cycle_key()
    sessions.begin(request.session, sessions.shown(request.session), now=request.now)
    return JsonResponse({"csrf_token": get_token(request)})


@never_cache
@require_POST
def sign_out(request: DoorRequest) -> HttpResponse:
    user = request.locked_user or request.user
    if isinstance(user, User):
        actions.sign_out(by=user, now=request.now)
    logout(request)
    return redirect("accounts:sign_in")


@require_POST
def language(request: DoorRequest) -> HttpResponse:
    """Change the language of the pages, for this browser and for the account if there is one."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Unknown(_("There is no such language."))
    if isinstance(request.user, User):
        actions.set_language(chosen, by=request.user, now=request.now)
    response = redirect(_next(request))
    _remember_language(response, chosen)
    return response


@is_signed_in
@require_POST
def choose_hat(request: AccountRequest) -> HttpResponse:
    """Work as another of one's posts from here on, in every window."""
    wanted = request.POST.get("post", "")
    hat = next((hat for hat in request.hats if hat.key == wanted), None)
    if hat is None:
        raise Unknown(_("There is no such post."))
    sessions.wear(request.session, hat)
    return redirect(settings.LOGIN_REDIRECT_URL)


@is_signed_in
@require_GET
def no_post(request: AccountRequest) -> HttpResponse:
    """Tell who has an account and no post who can help."""
    if request.hat:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/no_post.html", status=403)


def _password_and_code(request: DoorRequest, form: forms.SignIn) -> User | None:
    """Return who it is if the password is right, and the code where one was typed and is wanted."""
    given = form.cleaned_data
    attempt = who.try_password(request, given["username"], given["password"])
    if attempt.user and given.get("code") and who.factor_wanted(request, attempt.user, now=request.now):
        attempt = who.try_code(request, attempt.user, given["code"])
    if attempt.user is None:
        form.fail(attempt)
    return attempt.user


def _come_in(request: DoorRequest, user: User, by_code: bool, trust: bool) -> HttpResponse:
    factors = _begin(request, user, by_code)
    response = redirect(_next(request))
    if trust and factors is Shown.BY_ITSELF:
        who.trust_this_device(request, response, user, now=request.now)
    if user.language:
        _remember_language(response, user.language)
    return response


def _begin(request: DoorRequest, user: User, by_code: bool) -> Shown:
    has_factor = factors_of(user).any
    how = Shown.NOT if not has_factor else Shown.BY_ITSELF if by_code else Shown.BY_DEVICE
    who.complete(request, user, how, now=request.now)
    return how


def _next(request: HttpRequest) -> str:
    """Return where to go afterwards: the address asked for, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else str(settings.LOGIN_REDIRECT_URL)


def _remember_language(response: HttpResponse, chosen: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=LANGUAGE_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
