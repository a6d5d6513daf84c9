"""Organs as the system administrator keeps them: the tree, the next-higher of each, successors."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions, handover
from accounts.forms import staff as forms
from accounts.models import Organ, Post
from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import Role
from lib.errors import Refused

# The table indents this deep; further levels stand flush with it.
DEEPEST = 3


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_GET
def organs(request: StaffRequest) -> HttpResponse:
    """The tree, and on demand those that ended."""
    ended = "ended" in request.GET
    rows = Organ.objects.filter(valid_to__isnull=not ended).select_related("place", "next_higher", "parent")
    context = {"rows": list(_with_depth(rows.order_by("path"))), "ended": ended}
    return render(request, "accounts/organs.html", context)


def _with_depth(rows: Iterable[Organ]) -> Iterable[tuple[Organ, int]]:
    return ((row, min(row.path.count("/") - 1, DEEPEST)) for row in rows)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_GET
def organ(request: StaffRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Organ.objects.select_related("place", "parent", "next_higher"), pk=pk)
    posts = Post.objects.not_ended_on(timezone.localdate(request.now)).filter(organ=shown)
    context = {
        "organ": shown,
        "posts": posts.select_related("user").order_by("role", "pk"),
        "below": Organ.objects.current().filter(parent=shown).order_by("path"),
        "reviews": Organ.objects.current().filter(next_higher=shown).order_by("path"),
        "predecessions": shown.predecessions.select_related("predecessor").order_by("since", "pk"),
        "successions": shown.successions.select_related("successor").order_by("since", "pk"),
    }
    return render(request, "accounts/organ.html", context)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def make_organ(request: StaffRequest) -> HttpResponse:
    form = forms.MakeOrgan(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.make_organ(
                given["code"], facts=form.facts, since=given["since"], by=request.hat, now=request.now
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The organ was added."))
            return redirect("accounts:organ", made.pk)
    return render(request, "accounts/make_organ.html", {"form": form}, status=422 if form.errors else 200)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def change_organ(request: StaffRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Organ.objects.current().select_related("place"), pk=pk)
    form = forms.OrganForm(request.POST or None, organ=shown)
    if form.is_valid():
        try:
            actions.change_organ(shown.pk, facts=form.facts, by=request.hat, now=request.now)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The organ was changed."))
            return redirect("accounts:organ", shown.pk)
    context = {"form": form, "organ": shown}
    return render(request, "accounts/change_organ.html", context, status=422 if form.errors else 200)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def replace_organ(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what passes to the successor, then let it pass (Q29)."""
    shown = get_object_or_404(Organ.objects.current(), pk=pk)
    form = forms.ReplaceOrgan(request.POST or None, organ=shown)
    if form.is_valid():
        given = form.cleaned_data
        together = [shown.pk, *(other.pk for other in given["others"])]
        try:
            taking = actions.replace_organ(
                together,
                successor=form.carried_on_by,
                since=given["since"],
                basis=given["basis"],
                by=request.hat,
                now=request.now,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The change was entered."))
            return redirect("accounts:organ", taking.pk)
    context = {
        "form": form,
        "organ": shown,
        "posts": Post.objects.not_ended_on(timezone.localdate(request.now)).filter(organ=shown).count(),
        "waiting": sum(handover.of_organs.open_work(shown).values()),
        "below": Organ.objects.current().filter(parent=shown).count(),
    }
    return render(request, "accounts/replace_organ.html", context, status=422 if form.errors else 200)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def split_organ(request: StaffRequest, pk: int) -> HttpResponse:
    """Name the part that becomes an organ of its own, and the posts that pass to it (Q29)."""
    shown = get_object_or_404(Organ.objects.current(), pk=pk)
    form = forms.SplitOrgan(request.POST or None, organ=shown, today=timezone.localdate(request.now))
    if form.is_valid():
        given = form.cleaned_data
        try:
            part = actions.split_organ(
                shown.pk,
                new=form.new,
                post_ids=[post.pk for post in given["posts"]],
                since=given["since"],
                basis=given["basis"],
                by=request.hat,
                now=request.now,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The change was entered."))
            return redirect("accounts:organ", part.pk)
    context = {"form": form, "organ": shown}
    return render(request, "accounts/split_organ.html", context, status=422 if form.errors else 200)
