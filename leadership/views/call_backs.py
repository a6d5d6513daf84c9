"""Pages of the call-back desk (Q41)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from leadership import call_back_pages as pages
from leadership import permissions as may
from leadership.call_back_deeds import ON_CALL_BACK
from lib.posting import posts_from


@wears_hat_of(*sorted(may.CALLS_BACK))
@require_GET
@never_cache
def desk(request: StaffRequest) -> HttpResponse:
    """List who is to be called back; with `?view=check` whose answer to check, with `?view=done` what is over."""
    context = pages.desk_page(request.hat, view=request.GET.get("view", "call"), cursor=request.GET.get("at"))
    return render(request, "leadership/call_backs.html", context)


@wears_hat_of(*sorted(may.CALLS_BACK))
@require_GET
@never_cache
def call_back(request: StaffRequest, call_back_id: UUID) -> HttpResponse:
    """Show a call-back."""
    return _drawer(request, call_back_id)({}, 200, "")


def _drawer(request: StaffRequest, call_back_id: UUID) -> Draw:
    row = pages.call_back_of(request.hat, call_back_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.call_back_page(row, request.hat, bound=bound, now=request.now)
        return render(request, "leadership/call_back.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.CALLS_BACK))
@posts_from("leadership:call_back", "call_back_id")
@never_cache
def on_call_back(request: StaffRequest, call_back_id: UUID, slug: str) -> HttpResponse:
    """Note an attempt, an answer, or what a check found."""
    draw = _drawer(request, call_back_id)
    deed = deed_of(ON_CALL_BACK, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    done = do(request, deed, call_back_id, form, ("call_back", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("leadership:call_back", call_back_id)
