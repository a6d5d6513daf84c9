"""The leader's home and his secretary's, who his secretary is, and phrases of one's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.page_deeds import Bound
from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import Role
from leadership.actions.phrases import drop_phrase, keep_phrase
from leadership.actions.secretaries import dismiss_secretary, name_secretary
from leadership.forms.instructing import DropPhrase, KeepPhrase
from leadership.forms.sponsoring import DismissSecretary, NameSecretary
from leadership.home_pages import LEADERS, home_page
from lib.errors import Refused


@wears_hat_of(*sorted(LEADERS))
@require_GET
@never_cache
def home(request: StaffRequest) -> HttpResponse:
    """Show what waits for a leader's decision, then what he sponsors."""
    return draw(request)


def draw(request: StaffRequest, bound: Bound | None = None, status: int = 200) -> HttpResponse:
    """Draw the home of the hat worn, also where the day begins."""
    asked = {"cursor": request.GET.get("at"), "lamp": request.GET.get("lamp")}
    context = home_page(request.hat, now=request.now, **asked, bound=bound)
    return render(request, "leadership/home.html", context, status=status)


@wears_hat_of(Role.LEADER)
@require_POST
@never_cache
def name(request: StaffRequest) -> HttpResponse:
    """Say who one's secretary is."""
    form = NameSecretary(request.POST)
    if not form.is_valid():
        return draw(request, {("secretary", "name"): form}, 422)
    try:
        name_secretary(form.cleaned_data["post"].pk, by=request.hat, now=request.now)
    except Refused as refusal:
        form.refuse(refusal)
        return draw(request, {("secretary", "name"): form}, 422)
    messages.success(request, _("She works for you from now on."))
    return redirect("leadership:home")


@wears_hat_of(Role.LEADER)
@require_POST
@never_cache
def dismiss(request: StaffRequest) -> HttpResponse:
    """Let a secretary go."""
    form = DismissSecretary(request.POST)
    if form.is_valid():
        dismiss_secretary(form.cleaned_data["secretary"], by=request.hat, now=request.now)
        messages.success(request, _("She works for you no longer."))
    return redirect("leadership:home")


@wears_hat_of(*sorted(LEADERS))
@require_POST
@never_cache
def keep(request: StaffRequest) -> HttpResponse:
    """Keep a phrase of one's own."""
    form = KeepPhrase(request.POST)
    if not form.is_valid():
        return draw(request, {("phrase", "keep"): form}, 422)
    try:
        keep_phrase(form.cleaned_data["words"], by=request.hat, now=request.now)
    except Refused as refusal:
        form.refuse(refusal)
        return draw(request, {("phrase", "keep"): form}, 422)
    messages.success(request, _("Kept: it stands as a button over every instruction you write."))
    return redirect("leadership:home")


@wears_hat_of(*sorted(LEADERS))
@require_POST
@never_cache
def drop(request: StaffRequest) -> HttpResponse:
    """Keep a phrase no longer."""
    form = DropPhrase(request.POST)
    if form.is_valid():
        drop_phrase(form.cleaned_data["phrase"], by=request.hat, now=request.now)
        messages.success(request, _("Dropped."))
    return redirect("leadership:home")
