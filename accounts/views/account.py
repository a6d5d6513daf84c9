"""One's own account: posts, absences, devices, password, keys of one's posts."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions
from accounts import sign_in as who
from accounts.forms import door as forms
from accounts.models import Absence, ApiToken, CalendarKey, Post, TrustedDevice
from accounts.requests import AccountRequest, StaffRequest, is_signed_in, unfinished_duty, wears_a_hat
from accounts.second_factor import factors_of
from lib.errors import Refused


@is_signed_in
@never_cache
@require_GET
def account(request: AccountRequest) -> HttpResponse:
    if duty := unfinished_duty(request):
        return redirect(duty)
    user, today = request.user, timezone.localdate(request.now)
    posts = (
        Post.objects.not_ended_on(today).filter(user=user).select_related("organ").order_by("held_from", "pk")
    )
    absences = Absence.objects.not_over_on(today).select_related("post__organ", "post__user", "deputy")
    context = {
        "posts": posts,
        "absences": absences.filter(post__user=user).order_by("since", "pk"),
        "deputising": absences.filter(deputy=user).order_by("since", "pk"),
        "devices": TrustedDevice.objects.valid_at(request.now)
        .filter(user=user)
        .order_by("-trusted_at", "-pk"),
        "tokens": ApiToken.objects.valid_at(request.now)
        .filter(post__user=user)
        .select_related("post__organ")
        .order_by("expires_at", "pk"),
        "calendars": CalendarKey.objects.filter(user=user, revoked_at=None)
        .select_related("post__organ")
        .order_by("made_at", "pk"),
        "factors": factors_of(user),
        "today": today,
    }
    return render(request, "accounts/account.html", context)


@is_signed_in
@sensitive_post_parameters("password", "new_password", "repeated")
@never_cache
@require_http_methods(["GET", "POST"])
def change_password(request: AccountRequest) -> HttpResponse:
    form = forms.ChangePassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        attempt = who.try_password(request, request.user.username, given["password"])
        if attempt.user is None:
            form.fail(attempt)
        else:
            try:
                user = actions.change_password(given["new_password"], by=request.user, now=request.now)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                # this session goes on, all others of the account end
                update_session_auth_hash(request, user)
                messages.success(request, _("The password was changed. Other devices are signed out."))
                return redirect("accounts:account")
    status = 422 if form.errors else 200
    return render(request, "accounts/change_password.html", {"form": form}, status=status)


@is_signed_in
@require_POST
def revoke_device(request: AccountRequest, pk: int) -> HttpResponse:
    actions.revoke_device(pk, by=request.user, now=request.now)
    messages.success(request, _("This device will be asked for a second factor again."))
    return redirect("accounts:account")


@wears_a_hat
@never_cache
@require_POST
def make_calendar_key(request: StaffRequest) -> HttpResponse:
    """Make an address for a calendar, for the hat that is worn; it is shown this once."""
    key = actions.make_calendar_key(request.hat.post.pk, by=request.user, now=request.now)
    address = request.build_absolute_uri(reverse("cases:calendar_feed", args=[key]))
    return render(request, "accounts/new_calendar_key.html", {"address": address})


@wears_a_hat
@require_POST
def revoke_calendar_key(request: StaffRequest, pk: int) -> HttpResponse:
    actions.revoke_calendar_key(pk, by=request.user, now=request.now)
    messages.success(request, _("The address shows nothing any more."))
    return redirect("accounts:account")
