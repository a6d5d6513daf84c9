"""Pages of lists to strike off."""

from datetime import date, datetime
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from infra.files import download
from leadership import list_pages as pages
from leadership.actions.lists import fetch_evidence
from leadership.finding import list_of
from leadership.forms.lists import OpenList
from leadership.list_deeds import ON_ITEM, ON_LIST
from leadership.models import StrikeList
from leadership.office_deeds import OPEN_LIST
from leadership.views.meetings import MEETS
from leadership.views.supervision import SUPERVISES
from lib.posting import posts_from


@wears_hat_of(*sorted(MEETS))
@require_GET
@never_cache
def lists(request: StaffRequest) -> HttpResponse:
    """List the lists to strike off, with how much of each is struck off."""
    return _lists(request, {}, 200)


def _lists(request: StaffRequest, bound: Bound, status: int) -> HttpResponse:
    context = pages.lists_page(request.hat, now=request.now, bound=bound)
    return render(request, "leadership/strike_lists.html", context, status=status)


@wears_hat_of(*SUPERVISES)
@never_cache
def open_one(request: StaffRequest) -> HttpResponse:
    """Open a list."""
    if request.method != "POST":
        return redirect("leadership:strike_lists")

    def draw(bound: Bound, status: int, _refusal: str) -> HttpResponse:
        return _lists(request, bound, status)

    done = do(request, OPEN_LIST, None, OpenList(request.POST), ("lists", "open"), draw)
    if isinstance(done, HttpResponse):
        return done
    assert isinstance(done, StrikeList)  # noqa: S101  what is opened is a list
    return redirect("leadership:strike_list", done.pk)


@wears_hat_of(*sorted(MEETS))
@require_GET
@never_cache
def strike_list(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """Show a list: its rate as of a day (`?on=`), its open items, or with `?struck=1` those struck off."""
    return _drawer(request, list_id)({}, 200, "")


def _drawer(request: StaffRequest, list_id: UUID) -> Draw:
    return _draw_list(request, list_of(request.hat, list_id))


def _draw_list(request: StaffRequest, rows: StrikeList) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        typed = request.GET.get("on", "")
        on = _day(typed, request.now)
        if typed and on is None:
            status, refusal = 422, _("Choose a day that there is, today or before.")
        context = pages.list_page(
            rows,
            request.hat,
            on=on,
            struck="struck" in request.GET,
            now=request.now,
            bound=bound,
        )
        return render(request, "leadership/strike_list.html", {**context, "refusal": refusal}, status=status)

    return draw


def _day(typed: str, now: datetime) -> date | None:
    """Return the day that was typed; none for what is no day and for a day to come."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if day <= timezone.localdate(now) else None


@wears_hat_of(*SUPERVISES)
@posts_from("leadership:strike_list", "list_id")
@never_cache
def on_strike_list(request: StaffRequest, list_id: UUID, slug: str) -> HttpResponse:
    """Put an item on a list, or draw some to be looked at again."""
    draw = _drawer(request, list_id)
    deed = deed_of(ON_LIST, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    done = do(request, deed, list_id, form, ("list", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("leadership:strike_list", list_id)


@wears_hat_of(*sorted(MEETS))
@require_GET
@never_cache
def strike_item(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Show one item."""
    return _item_drawer(request, item_id)({}, 200, "")


def _item_drawer(request: StaffRequest, item_id: UUID) -> Draw:
    item = pages.find_item(request.hat, item_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.item_page(item, request.hat, now=request.now, bound=bound)
        return render(request, "leadership/strike_item.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*SUPERVISES)
@posts_from("leadership:strike_item", "item_id")
@never_cache
def on_strike_item(request: StaffRequest, item_id: UUID, slug: str) -> HttpResponse:
    """Strike an item off, or look at it again."""
    draw = _item_drawer(request, item_id)
    deed = deed_of(ON_ITEM, slug)
    done = do(request, deed, item_id, deed.form(request.POST), ("item", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("leadership:strike_item", item_id)


@wears_hat_of(*SUPERVISES)
@require_GET
@never_cache
def strike_evidence(request: StaffRequest, strike_id: int) -> FileResponse:
    """Save what showed that an item was done."""
    return download(fetch_evidence(strike_id, by=request.hat, now=request.now))
