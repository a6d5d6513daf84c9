"""One's own second factors: an authenticator app, passkeys, recovery codes (Q34)."""

import json

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    clear_totp_secret,
    get_totp_secret,
    validate_totp_code,
)
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions, sessions
from accounts import sign_in as who
from accounts.forms import door as forms
from accounts.qr import data_uri
from accounts.requests import AccountRequest, is_signed_in
from accounts.second_factor import factors_of
from accounts.sessions import Shown
from lib.errors import OutOfTurn


@is_signed_in
@never_cache
@require_GET
def second_factors(request: AccountRequest) -> HttpResponse:
    return _list_with(request, forms.Password())


@is_signed_in
@sensitive_post_parameters("password", "code")
@never_cache
@require_http_methods(["GET", "POST"])
def add_totp(request: AccountRequest) -> HttpResponse:
    """Show the app its secret, and take it once the app answers with the right code."""
    if factors_of(request.user).totp:
        raise OutOfTurn(_("There is an authenticator app already. Remove it before adding another."))
    form = forms.AddTotp(request.POST or None)
    secret = get_totp_secret(regenerate=SECRET_SESSION_KEY not in request.session)
    if request.method == "POST" and form.is_valid() and _knows_password(request, form):
        if validate_totp_code(secret, form.cleaned_data["code"]):
            codes = actions.add_totp(secret, by=request.user, now=request.now)
            clear_totp_secret(request)
            return _added(request, codes)
        form.add_error(
            "code", _("This is not the code the app shows now. Check the clock of your telephone.")
        )
    address = get_adapter().build_totp_url(request.user, secret)
    context = {"form": form, "secret": secret, "picture": data_uri(get_adapter().build_totp_svg(address))}
    return render(request, "accounts/add_totp.html", context, status=422 if form.errors else 200)


@is_signed_in
@sensitive_post_parameters("password", "credential")
@never_cache
@require_http_methods(["GET", "POST"])
def add_passkey(request: AccountRequest) -> HttpResponse:
    """Let the browser make a passkey for this account. Needs a script: there is no other way to a passkey."""
    form = forms.AddPasskey(request.POST or None)
    if request.method == "POST" and form.is_valid() and _knows_password(request, form):
        made = AddWebAuthnForm(request.POST, user=request.user)
        if made.is_valid():
            facts = made.cleaned_data
            codes = actions.add_passkey(facts["name"], facts["credential"], by=request.user, now=request.now)
            return _added(request, codes)
        form.add_error(None, _("The browser made no passkey. Try again."))
    options = json.dumps(begin_registration(request.user, passwordless=False))
    context = {"form": form, "passkey_options": options}
    return render(request, "accounts/add_passkey.html", context, status=422 if form.errors else 200)


@is_signed_in
@sensitive_post_parameters("password")
@never_cache
@require_POST
def new_codes(request: AccountRequest) -> HttpResponse:
    """Make new recovery codes and show them this once."""
    form = forms.Password(request.POST)
    if form.is_valid() and _knows_password(request, form):
        codes = actions.new_recovery_codes(by=request.user, now=request.now)
        return render(request, "accounts/recovery_codes.html", {"codes": codes})
    return _list_with(request, form)


@is_signed_in
@sensitive_post_parameters("password")
@never_cache
@require_POST
def remove_factor(request: AccountRequest, pk: int) -> HttpResponse:
    form = forms.Password(request.POST)
    if form.is_valid() and _knows_password(request, form):
        actions.remove_factor(pk, by=request.user, now=request.now)
        messages.success(request, _("The second factor was removed."))
        return redirect("accounts:second_factors")
    return _list_with(request, form)


def _knows_password(request: AccountRequest, form: forms.Password) -> bool:
    attempt = who.try_password(request, request.user.username, form.cleaned_data["password"])
    if attempt.user is None:
        form.fail(attempt)
    return attempt.user is not None


def _added(request: AccountRequest, codes: list[str]) -> HttpResponse:
    """Go on as somebody whose second factor was shown; with the first one come recovery codes, shown this once."""
    sessions.begin(request.session, Shown.BY_ITSELF, now=request.now)
    messages.success(request, _("The second factor is set up."))
    if codes:
        return render(request, "accounts/recovery_codes.html", {"codes": codes})
    return redirect("accounts:second_factors")


def _list_with(request: AccountRequest, form: forms.Password) -> HttpResponse:
    context = {
        "factors": factors_of(request.user),
        "password": form,
        "must": settings.SECOND_FACTOR_REQUIRED,
    }
    return render(request, "accounts/second_factors.html", context, status=422 if form.errors else 200)
