"""Accounts as the security administrator keeps them, and as the steward of an organ helps with them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions, handover
from accounts.forms import staff as forms
from accounts.models import Absence, Organ, Portfolio, Post, User
from accounts.permissions import may_change_account_of, may_help
from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from accounts.roles import Role
from accounts.second_factor import factors_of
from accounts.sign_in import is_locked
from lib.errors import NotAllowed, Refused, Unknown

PAGE = 50
LOOKED_BACK = 200
HELP = {
    "unlock": actions.unlock,
    "password": actions.reset_password,
    "second-factor": actions.reset_second_factor,
}


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@never_cache
@require_GET
def staff(request: StaffRequest) -> HttpResponse:
    """Find people by name or staff number, by organ, and those who have left."""
    words, asked = request.GET.get("q", "").strip(), request.GET.get("organ", "")
    organ = int(asked) if asked.isdecimal() else None
    people = User.objects.filter(is_active="left" not in request.GET)
    if words:
        people = people.filter(Q(name__contains=words) | Q(username__startswith=words.lower()))
    today = timezone.localdate(request.now)
    if organ is not None:
        there = Post.objects.not_ended_on(today).filter(organ=organ)
        people = people.filter(pk__in=there.values("user"))
    page = Paginator(people.order_by("username"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _with_posts(list(page.object_list), request),
        "words": words,
        "organ": organ,
        "organs": Organ.objects.current().order_by("path"),
    }
    return render(request, "accounts/staff.html", context)


def _with_posts(people: list[User], request: StaffRequest) -> list[tuple[User, list[Post]]]:
    """Return people with their standing posts, in two queries for any number of them."""
    rows = Post.objects.not_ended_on(timezone.localdate(request.now)).filter(user__in=people)
    posts: dict[int, list[Post]] = {person.pk: [] for person in people}
    for post in rows.select_related("organ").order_by("held_from", "pk"):
        posts[post.user_id].append(post)
    return [(person, posts[person.pk]) for person in people]


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@never_cache
@require_GET
def with_nobody(request: StaffRequest) -> HttpResponse:
    """Ended posts on which something arrived after their work had been handed over (Q29).

    Each post is counted by itself, so the page looks back over the newest two hundred only.
    """
    today = timezone.localdate(request.now)
    ended = Post.objects.filter(held_to__lt=today).select_related("organ", "user").order_by("-held_to", "-pk")
    counted = [(post, sum(handover.open_work(post).values())) for post in ended[:LOOKED_BACK]]
    context = {"rows": [(post, waiting) for post, waiting in counted if waiting]}
    return render(request, "accounts/with_nobody.html", context)


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "POST"])
def open_account(request: StaffRequest) -> HttpResponse:
    form = forms.OpenAccount(request.POST or None)
    if form.is_valid():
        try:
            opened = actions.open_account(by=request.hat, now=request.now, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return render(request, "accounts/new_password.html", {"account": opened, "opened": True})
    return render(request, "accounts/open_account.html", {"form": form}, status=422 if form.errors else 200)


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@never_cache
@require_GET
def person(request: StaffRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    return render(request, "accounts/person.html", _about(request, shown))


def _about(request: StaffRequest, shown: User) -> dict[str, object]:
    today = timezone.localdate(request.now)
    posts = Post.objects.filter(user=shown).select_related("organ").order_by("-held_from", "-pk")
    standing = [post for post in posts if post.held_to is None or post.held_to >= today]
    absences = Absence.objects.not_over_on(today).select_related("post__organ", "post__user", "deputy")
    portfolio = Portfolio.objects.filter(post__in=standing, until=None).select_related(
        "organ", "place", "post"
    )
    return {
        "person": shown,
        "standing": [(post, sum(handover.open_work(post).values())) for post in standing],
        "ended": [post for post in posts if post not in standing],
        "absences": absences.filter(Q(post__user=shown) | Q(deputy=shown)).order_by("since", "pk"),
        "portfolio": portfolio.order_by("since", "pk"),
        "factors": factors_of(shown),
        "locked": is_locked(shown.username),
        "may_change": may_change_account_of(request.hat, shown),
        "may_help": may_help(request.hat, shown, on=today) and shown.is_active,
        "leader": Role.LEADER,
        "today": today,
    }


@wears_hat_of(Role.SECURITY_ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "POST"])
def close_account(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what closing means, then do it."""
    shown = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        actions.close_account(shown.pk, by=request.hat, now=request.now)
        messages.success(request, _("The account was closed."))
        return redirect("accounts:person", shown.pk)
    return render(request, "accounts/close_account.html", _about(request, shown))


@wears_a_hat
@never_cache
@require_GET
def colleagues(request: StaffRequest) -> HttpResponse:
    """The accounts a steward helps with: those of his organ (Q34)."""
    if not request.hat.post.is_steward:
        raise NotAllowed(_("This page is for the steward of the organ's accounts."))
    today = timezone.localdate(request.now)
    context = {
        "rows": [
            (each, is_locked(each.username), may_help(request.hat, each, on=today))
            for each in _colleagues_of(request)
        ]
    }
    return render(request, "accounts/colleagues.html", context)


def _colleagues_of(request: StaffRequest) -> QuerySet[User]:
    posts = Post.objects.not_ended_on(timezone.localdate(request.now)).filter(organ=request.hat.organ)
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("username")


@wears_a_hat
@never_cache
@require_POST
def help_person(request: StaffRequest, pk: int) -> HttpResponse:
    """Unlock an account, or reset its password or second factor; who may is the action's business."""
    deed = HELP.get(request.POST.get("deed", ""))
    if deed is None:
        raise Unknown(_("There is no such page."))
    helped = deed(pk, by=request.hat, now=request.now)
    if isinstance(helped, User):
        messages.success(request, _("Done. %(name)s can sign in again.") % {"name": helped.name})
        if request.hat.role == Role.SECURITY_ADMINISTRATOR:
            return redirect("accounts:person", pk)
        return redirect("accounts:colleagues")
    return render(request, "accounts/new_password.html", {"account": helped, "opened": False})
