"""Giving and ending posts, deputies, handing work over, portfolios (Q29)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions, handover
from accounts.forms import staff as forms
from accounts.models import Absence, Post, User
from accounts.permissions import may_arrange_absence, may_hand_over
from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from accounts.roles import Role
from lib.errors import Refused, Unknown


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "POST"])
def give_post(request: StaffRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.filter(is_active=True), pk=pk)
    form = forms.GivePost(request.POST or None, today=timezone.localdate(request.now))
    if form.is_valid():
        try:
            actions.give_post(person.pk, by=request.hat, now=request.now, **form.deed)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The post was given."))
            return redirect("accounts:person", person.pk)
    context = {"form": form, "person": person}
    return render(request, "accounts/give_post.html", context, status=422 if form.errors else 200)


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "POST"])
def end_post(request: StaffRequest, pk: int) -> HttpResponse:
    """Say how much open work hangs on the post and who could take it, then end it."""
    post = get_object_or_404(Post.objects.select_related("organ", "user"), pk=pk)
    waiting = sum(handover.open_work(post).values())
    today = timezone.localdate(request.now)
    form = forms.TakeOver(request.POST or None, post=post, today=today, required=bool(waiting))
    if request.method == "POST" and form.is_valid():
        taker = form.cleaned_data["to_post"]
        try:
            actions.end_post(
                post.pk, taken_over_by=taker.pk if taker else None, by=request.hat, now=request.now
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The post ends today."))
            return redirect("accounts:person", post.user_id)
    context = {"form": form, "post": post, "waiting": waiting}
    return render(request, "accounts/end_post.html", context, status=422 if form.errors else 200)


@wears_a_hat
@never_cache
@require_http_methods(["GET", "POST"])
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    post = _own_or_kept(request, pk)
    waiting = sum(handover.open_work(post).values())
    form = forms.TakeOver(
        request.POST or None, post=post, today=timezone.localdate(request.now), required=True
    )
    if form.is_valid():
        taker = form.cleaned_data["to_post"]
        try:
            moved = actions.hand_over(post.pk, to_post_id=taker.pk, by=request.hat, now=request.now)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            number = sum(moved.values())
            words = ngettext("%(number)d item was handed over.", "%(number)d items were handed over.", number)
            messages.success(request, words % {"number": number})
            return _back(request, post)
    context = {"form": form, "post": post, "waiting": waiting}
    return render(request, "accounts/hand_over.html", context, status=422 if form.errors else 200)


@wears_a_hat
@never_cache
@require_http_methods(["GET", "POST"])
def announce_absence(request: StaffRequest, pk: int) -> HttpResponse:
    post = _own_or_kept(request, pk)
    form = forms.AnnounceAbsence(request.POST or None, post=post, today=timezone.localdate(request.now))
    if form.is_valid():
        given = form.cleaned_data
        deputy = given.pop("deputy")
        try:
            actions.announce_absence(post.pk, deputy_id=deputy.pk, by=request.hat, now=request.now, **given)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The deputy was named."))
            return _back(request, post)
    context = {"form": form, "post": post}
    return render(request, "accounts/announce_absence.html", context, status=422 if form.errors else 200)


@wears_a_hat
@require_POST
def end_absence(request: StaffRequest, pk: int) -> HttpResponse:
    absence = get_object_or_404(Absence.objects.select_related("post__organ"), pk=pk)
    _own_or_kept(request, absence.post_id)
    actions.end_absence(absence.pk, by=request.hat, now=request.now)
    messages.success(request, _("The absence has ended."))
    return _back(request, absence.post)


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "POST"])
def portfolio(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what a leader looks after: a department, or a township or street."""
    leaders = Post.objects.filter(role=Role.LEADER).select_related("organ__place", "user")
    post = get_object_or_404(leaders, pk=pk)
    form = forms.SetPortfolio(request.POST or None, post=post, today=timezone.localdate(request.now))
    if form.is_valid():
        given = form.cleaned_data
        ids = {f"{name}_id": given[name].pk if given[name] else None for name in ("organ", "place")}
        try:
            actions.set_portfolio(post.pk, since=given["since"], by=request.hat, now=request.now, **ids)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The portfolio was changed."))
            return redirect("accounts:person", post.user_id)
    context = {"form": form, "post": post}
    return render(request, "accounts/portfolio.html", context, status=422 if form.errors else 200)


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@require_POST
def end_portfolio(request: StaffRequest, pk: int) -> HttpResponse:
    ended = actions.end_portfolio(pk, by=request.hat, now=request.now)
    messages.success(request, _("The portfolio was changed."))
    return redirect("accounts:person", ended.post.user_id)


def _own_or_kept(request: StaffRequest, pk: int) -> Post:
    """Return a post whose absences and work this hat may arrange; others are unknown to it (Q6).

    :raises Unknown: if there is none
    """
    post = Post.objects.select_related("organ", "user").filter(pk=pk).first()
    if post is None or not (may_arrange_absence(request.hat, post) or may_hand_over(request.hat, post)):
        raise Unknown(_("There is no such post."))
    return post


def _back(request: StaffRequest, post: Post) -> HttpResponse:
    if request.hat.role == Role.SECURITY_ADMINISTRATOR and post.user_id != request.user.pk:
        return redirect("accounts:person", post.user_id)
    return redirect("accounts:account")
