"""Idle times and trusted devices by role, and the keys of programs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.forms import staff as forms
from accounts.models import ApiToken, Policy
from accounts.models import policies as standing_policies
from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import Role
from lib.errors import Refused


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def policies(request: StaffRequest) -> HttpResponse:
    """One table of the roles; what is wrong in one row keeps all rows from being set."""
    sent = request.POST if request.method == "POST" else None
    rows = [forms.SetPolicy(sent, role=role, standing=policy) for role, policy in standing_policies().items()]
    if sent is not None and all(row.is_valid() for row in rows):
        changed = {row.role: Policy(**row.cleaned_data) for row in rows if row.has_changed()}
        actions.set_role_policies(changed, by=request.hat, now=request.now)
        messages.success(request, _("The times were set."))
        return redirect("accounts:policies")
    return render(request, "accounts/policies.html", {"rows": rows}, status=422 if sent is not None else 200)


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: StaffRequest) -> HttpResponse:
    """List the keys that open something, and make one; its key is shown this once."""
    form = forms.MakeToken(request.POST or None, today=timezone.localdate(request.now))
    if form.is_valid():
        given = form.cleaned_data
        post = given.pop("post")
        try:
            made = actions.make_token(post.pk, by=request.hat, now=request.now, **given)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return render(
                request,
                "accounts/new_token.html",
                {"made": made, "header": f"Authorization: Token {made.key}"},
            )
    valid = ApiToken.objects.valid_at(request.now).select_related("post__organ", "post__user")
    context = {"form": form, "rows": valid.order_by("expires_at", "pk")}
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@require_POST
def revoke_token(request: StaffRequest, pk: int) -> HttpResponse:
    actions.revoke_token(pk, by=request.hat, now=request.now)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("accounts:tokens")
