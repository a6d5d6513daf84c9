"""Pages of the ground: the diary, the courtyards of a grid, one courtyard with its household cards."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from grids import ground_pages as pages
from grids.actions import ground
from grids.finding import courtyard_of, ground_of
from grids.forms.ground import WriteNote
from grids.ground_deeds import ON_COURTYARD, ON_GROUND
from grids.models import Courtyard, Grid
from grids.permissions import HAS_EVENTS
from infra.files import download
from lib.errors import Refused, Unknown
from lib.posting import posts_from

_ROLES = sorted(HAS_EVENTS)


@sensitive_post_parameters("subject", "text")
@wears_hat_of(*_ROLES)
@require_http_methods(["GET", "POST"])
@never_cache
def diary(request: StaffRequest) -> HttpResponse:
    """Show the diary; write in it. The form's key makes a second sending the first one again."""
    if request.method != "POST":
        return _diary(request, pages.note_form(request.hat), 200)
    form = pages.note_form(request.hat, request.POST)
    if not form.is_valid():
        return _diary(request, form, 422)
    try:
        ground.write_note(form.cleaned_data["note_id"], form.note(), by=request.hat, now=request.now)
    except Refused as refusal:
        form.refuse(refusal)
        return _diary(request, form, 422 if refusal.http_status == 400 else refusal.http_status)
    messages.success(request, _("Written in the diary."))
    return redirect("grids:diary")


def _diary(request: StaffRequest, form: WriteNote, status: int) -> HttpResponse:
    context = pages.diary_page(request.hat, form, cursor=request.GET.get("at"), now=request.now)
    return render(request, "grids/diary.html", context, status=status)


@wears_hat_of(*_ROLES)
@require_POST
@never_cache
def remove_note(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """Take one's own note out of the diary."""
    ground.remove_note(note_id, by=request.hat, now=request.now)
    messages.success(request, _("Taken out."))
    return redirect("grids:diary")


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def courtyards(request: StaffRequest, grid_id: UUID) -> HttpResponse:
    """Show the courtyards of a grid."""
    return _ground(request, ground_of(request.hat, grid_id))({}, 200, "")


def _ground(request: StaffRequest, row: Grid) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.ground_page(request.hat, row, bound=bound, now=request.now)
        return render(request, "grids/courtyards.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*_ROLES)
@posts_from("grids:courtyards", "grid_id")
@never_cache
def on_ground(request: StaffRequest, grid_id: UUID, slug: str) -> HttpResponse:
    """Enter a courtyard."""
    row = ground_of(request.hat, grid_id)
    deed = deed_of(ON_GROUND, slug)
    form = deed.form(request.POST, files=request.FILES, auto_id=f"id-{slug}-%s")
    done = do(request, deed, grid_id, form, ("ground", slug), _ground(request, row))
    return done if isinstance(done, HttpResponse) else redirect("grids:courtyards", grid_id)


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def courtyard(request: StaffRequest, courtyard_id: UUID) -> HttpResponse:
    """Show one courtyard."""
    return _courtyard(request, courtyard_of(request.hat, courtyard_id))({}, 200, "")


def _courtyard(request: StaffRequest, row: Courtyard, opened: ground.Opened | None = None) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.courtyard_page(row, bound=bound, now=request.now, opened=opened)
        return render(request, "grids/courtyard.html", {**context, "refusal": refusal}, status=status)

    return draw


@sensitive_post_parameters("door", "words", "contact")
@wears_hat_of(*_ROLES)
@posts_from("grids:courtyard", "courtyard_id")
@never_cache
def on_courtyard(request: StaffRequest, courtyard_id: UUID, slug: str) -> HttpResponse:
    """Change a courtyard, or keep what a household gives."""
    row = courtyard_of(request.hat, courtyard_id)
    deed = deed_of(ON_COURTYARD, slug)
    form = deed.form(request.POST, files=request.FILES, auto_id=f"id-{slug}-%s")
    done = do(request, deed, courtyard_id, form, ("courtyard", slug), _courtyard(request, row))
    return done if isinstance(done, HttpResponse) else redirect("grids:courtyard", courtyard_id)


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def plan(request: StaffRequest, courtyard_id: UUID) -> HttpResponseBase:
    """Save the plan of a courtyard."""
    row = courtyard_of(request.hat, courtyard_id)
    if row.plan is None:
        raise Unknown(_("There is no such page."))
    return download(row.plan)


@wears_hat_of(*_ROLES)
@require_POST
@never_cache
def open_card(request: StaffRequest, card_id: UUID) -> HttpResponse:
    """Show what a household gave, under this address alone; that it was opened is on record."""
    opened = ground.open_card(card_id, by=request.hat, now=request.now)
    row = courtyard_of(request.hat, opened.card.courtyard_id)
    return _courtyard(request, row, opened)({}, 200, "")


@wears_hat_of(*_ROLES)
@require_POST
@never_cache
def remove_card(request: StaffRequest, card_id: UUID) -> HttpResponse:
    """Remove what a household gave."""
    courtyard_id = ground.remove_card(card_id, by=request.hat, now=request.now)
    messages.success(request, _("Removed."))
    return redirect("grids:courtyard", courtyard_id)
