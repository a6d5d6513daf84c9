"""The public door: no account, no script needed, nothing in an address; and the page on which the office writes it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import DoorRequest, StaffRequest, wears_hat_of
from cases.actions import rating
from cases.forms.rating import LetterForms, Rate
from cases.models import QueryCode
from grids.event_states import Rating
from grids.models import Grid
from infra.files import download
from leadership.actions.pressure import report_pressure_at_the_door
from lib.errors import Refused, Unknown
from lib.forms import RefusableForm
from portal import actions, grid_pages, guide_pages, pages
from portal.actions import VISITOR
from portal.forms import Book, LookUp, PostGuide, Publish, RateTold, TakeBack, Tell
from portal.keys import code_behind, telling_behind
from portal.permissions import KEEPS_GUIDES, PUBLISHES
from portal.progress import progress_of
from portal.progress_of_told import progress_of_told
from portal.states import ON_THE_FIRST_PAGE, Topic, Wish
from portal.voicing import Bound, fetch_own_paper, petition_behind, pressure_form, voice_of

_TOO_MANY = 429


def address_of(request: HttpRequest) -> str:
    """Return the network address a request came from; behind proxies what the last trusted one saw."""
    if settings.TRUSTED_PROXIES:
        passed = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(passed) >= settings.TRUSTED_PROXIES and passed[-settings.TRUSTED_PROXIES]:
            return passed[-settings.TRUSTED_PROXIES]
    # a server on a socket of its own machine names none
    address: str = request.META.get("REMOTE_ADDR") or "127.0.0.1"
    return address


@sensitive_post_parameters("number", "code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: DoorRequest) -> HttpResponse:
    """Show the public page; answer who asks for a petition by its number and code, under this same address."""
    if request.method != "POST":
        return render(request, "portal/entry.html", pages.entry_page(LookUp(), now=request.now))
    form = LookUp(request.POST)
    if not form.is_valid():
        return _entry(request, form, 422)
    typed = form.cleaned_data
    tried = actions.look_up(
        typed["number"], typed["code"], address=address_of(request), by=VISITOR, now=request.now
    )
    if tried.blocked:
        return _entry(request, form, _TOO_MANY, blocked=True)
    if tried.code_id is not None:
        return _progress(request, tried.code_id)
    if tried.telling_id is None:
        return _entry(request, form, 422, wrong=True)
    return _told(request, tried.telling_id, None, 200)


def _told(request: DoorRequest, telling_id: UUID, form: RateTold | None, status: int) -> HttpResponse:
    """Show what became of what a resident told, and let him say how it was handled."""
    progress = progress_of_told(telling_id, now=request.now)
    context = {
        "progress": progress,
        "office": pages.publishing_office(),
        "form": form or RateTold(initial={"key": progress.rates_with}),
    }
    return render(request, "portal/progress.html", context, status=status)


@sensitive_post_parameters("key", "words")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate_told(request: DoorRequest) -> HttpResponse:
    """Take what a resident says of what he told; whoever comes otherwise is led to the first page (Q28)."""
    if request.method != "POST":
        return redirect("portal:entry")
    telling_id = telling_behind(request.POST.get("key", ""))
    form = RateTold(request.POST)
    if not form.is_valid():
        return _told(request, telling_id, form, 422)
    said, words = Rating(form.cleaned_data["rating"]), form.cleaned_data["words"]
    try:
        actions.rate_told(telling_id, rating=said, words=words, by=VISITOR, now=request.now)
    except Refused as refusal:
        form.refuse(refusal)
        return _told(request, telling_id, form, refusal.http_status)
    return _told(request, telling_id, None, 200)


def _progress(
    request: DoorRequest, code_id: int, *, bound: Bound | None = None, done: str = "", status: int = 200
) -> HttpResponse:
    """Show what whoever has a query code reads and may do; `done` says what he just did."""
    petition_id = QueryCode.objects.values_list("petition", flat=True).get(pk=code_id)
    context = {
        "progress": progress_of(petition_id, now=request.now),
        "voice": voice_of(code_id, bound=bound or {}, now=request.now),
        "office": pages.publishing_office(),
        "done": done,
    }
    return render(request, "portal/progress.html", context, status=status)


def _said(
    request: DoorRequest, name: str, form: RefusableForm, act: Callable[[int], object], done: str
) -> HttpResponse:
    """Do what a form of the progress page asks for, and draw the page again, with the form where it was refused."""
    code_id = code_behind(request.POST.get("key", ""))
    petition_behind(code_id)
    if not form.is_valid():
        return _progress(request, code_id, bound={name: form}, status=422)
    try:
        act(code_id)
    except Unknown:
        raise
    except Refused as refusal:
        form.refuse(refusal)
        status = 422 if refusal.http_status == 400 else refusal.http_status
        return _progress(request, code_id, bound={name: form}, status=status)
    return _progress(request, code_id, done=done)


@sensitive_post_parameters("key", "reason")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: DoorRequest) -> HttpResponse:
    """Keep how the petitioner rates the office or a unit; whoever comes otherwise is led to the first page (Q28)."""
    if request.method != "POST":
        return redirect("portal:entry")
    of = request.POST.get("of", "")
    form = Rate(request.POST, auto_id=f"id-{of}-%s")

    def act(code_id: int) -> object:
        return rating.rate_at_the_door(code_id, form.said(), by=VISITOR, now=request.now)

    return _said(
        request, f"rate {of}", form, act, _("Your rating is kept. You can change it until the last day.")
    )


@sensitive_post_parameters("key")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: DoorRequest) -> HttpResponse:
    """Keep in which forms the petitioner asks for letters."""
    if request.method != "POST":
        return redirect("portal:entry")
    form = LetterForms(request.POST, auto_id="id-letters-%s")

    def act(code_id: int) -> object:
        return rating.ask_for_letters_at_the_door(code_id, forms=form.chosen(), by=VISITOR, now=request.now)

    return _said(request, "letters", form, act, _("Your wish is kept; whoever writes to you sees it."))


@sensitive_post_parameters("key", "words")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pressure(request: DoorRequest) -> HttpResponse:
    """Take in that somebody pressed the petitioner."""
    if request.method != "POST":
        return redirect("portal:entry")
    petition = petition_behind(code_behind(request.POST.get("key", "")))
    form = pressure_form(petition, bound={}, data=request.POST)

    def act(code_id: int) -> object:
        return report_pressure_at_the_door(code_id, form.told(), by=VISITOR, now=request.now)

    done = _(
        "It was put before an organ that has no part in your matter. Whoever pressed you does not learn of it here."
    )
    return _said(request, "pressure", form, act, done)


@sensitive_post_parameters("key")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: DoorRequest, document_id: UUID) -> HttpResponseBase:
    """Give out a paper that was served on the reader."""
    if request.method != "POST":
        return redirect("portal:entry")
    code_id = code_behind(request.POST.get("key", ""))
    return download(fetch_own_paper(code_id, document_id, by=VISITOR, now=request.now))


def _entry(request: DoorRequest, form: LookUp, status: int, **facts: Any) -> HttpResponse:
    context = pages.entry_page(form, now=request.now, **facts)
    return render(request, "portal/entry.html", context, status=status)


@require_GET
def roster(request: DoorRequest) -> HttpResponse:
    """Show who receives in the coming weeks (R-02)."""
    office = pages.publishing_office()
    context = {"office": office, "sits": pages.sits_of(office, now=request.now)}
    return render(request, "portal/roster.html", context)


@require_GET
def stations(request: DoorRequest) -> HttpResponse:
    """Show the stations near home, with their hours and those of the lawyer."""
    office = pages.publishing_office()
    return render(request, "portal/stations.html", {"office": office, "stations": pages.stations_of(office)})


@require_GET
def about(request: DoorRequest, topic: str) -> HttpResponse:
    """Show what the office published on one topic."""
    office = pages.publishing_office()
    said = pages.said_by(office).get(topic)
    if said is None or said.topic in ON_THE_FIRST_PAGE:
        raise Unknown(_("There is no such page."))
    return render(request, "portal/about.html", {"office": office, "said": said})


@require_GET
def grid(request: DoorRequest, code: str) -> HttpResponse:
    """Show the card of a grid: whom to call, where to complain, and its QR code for the board ([L08] Art 6)."""
    row = grid_pages.posted_grid(code)
    address = request.build_absolute_uri(reverse("portal:grid", args=[row.code]))
    context = {"office": pages.publishing_office(), **grid_pages.card_page(row, address)}
    return render(request, "portal/grid.html", context)


@sensitive_post_parameters("key", "title", "text", "spot", "contact")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: DoorRequest, code: str) -> HttpResponse:
    """Take in what a resident tells through a grid's code; its number and query code are shown this once."""
    row = grid_pages.posted_grid(code)
    if request.method != "POST":
        return _tell(request, row, grid_pages.tell_form(), 200)
    form = grid_pages.tell_form(request.POST, request.FILES)
    if not form.is_valid():
        return _tell(request, row, form, 422)
    try:
        told = actions.tell_of(
            form.cleaned_data["key"],
            form.event(row),
            wish=Wish(form.cleaned_data["wish"]),
            names_cadre=form.cleaned_data["names_cadre"] == "yes",
            photos=form.photos(),
            address=address_of(request),
            by=VISITOR,
            now=request.now,
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _tell(request, row, form, 422 if refusal.http_status == 400 else refusal.http_status)
    if told.telling is None:
        return _tell(request, row, form, _TOO_MANY, blocked=True)
    context = {"office": pages.publishing_office(), "grid": row, "told": told}
    return render(request, "portal/told.html", context)


def _tell(request: DoorRequest, row: Grid, form: Tell, status: int, **facts: Any) -> HttpResponse:
    context = {"office": pages.publishing_office(), "grid": row, "form": form, **facts}
    return render(request, "portal/tell.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: DoorRequest, day_id: UUID) -> HttpResponse:
    """Book a number of a reception day; it is shown with its code this once."""
    office = pages.publishing_office()
    sits = next((one for one in pages.sits_of(office, now=request.now) if one.row.pk == day_id), None)
    if sits is None:
        raise Unknown(_("There is no such day on the roster."))
    form = Book(request.POST) if request.method == "POST" else Book()
    context = {"office": office, "sits": sits, "form": form}
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return render(request, "portal/book.html", context, status=status)
    persons = form.cleaned_data["persons"]
    try:
        booked = actions.book(
            day_id, persons=persons, address=address_of(request), by=VISITOR, now=request.now
        )
    except Refused as refusal:
        form.refuse(refusal)
        return render(request, "portal/book.html", context, status=refusal.http_status)
    if booked.ticket is None:
        return render(request, "portal/book.html", {**context, "blocked": True}, status=_TOO_MANY)
    return render(request, "portal/booked.html", {**context, "booked": booked})


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: DoorRequest) -> HttpResponse:
    """Take a booking back by its code."""
    form = TakeBack(request.POST) if request.method == "POST" else TakeBack()
    context: dict[str, Any] = {"office": pages.publishing_office(), "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "portal/booking.html", context, status=200 if request.method != "POST" else 422
        )
    code = form.cleaned_data["code"]
    ticket = actions.take_back(code, address=address_of(request), by=VISITOR, now=request.now)
    if ticket is None:
        return render(request, "portal/booking.html", {**context, "wrong": True}, status=422)
    return render(request, "portal/booking.html", {**context, "taken_back": ticket})


@wears_hat_of(*sorted(PUBLISHES))
@require_GET
@never_cache
def publishing(request: StaffRequest) -> HttpResponse:
    """Show what the public page says, for the office to write it."""
    return render(request, "portal/publishing.html", {"topics": pages.publishing_page(request.hat)})


@wears_hat_of(*sorted(PUBLISHES))
@never_cache
def publish(request: StaffRequest, topic: str) -> HttpResponse:
    """Publish a new wording on a topic."""
    if topic not in Topic.values:
        raise Unknown(_("There is no such page."))
    if request.method != "POST":
        return redirect("portal:publishing")
    form = Publish(request.POST, auto_id=f"id-{topic}-%s")
    if form.is_valid():
        actions.publish(Topic(topic), **form.cleaned_data, by=request.hat, now=request.now)
        messages.success(request, _("Published."))
        return redirect("portal:publishing")
    topics = pages.publishing_page(request.hat, refused=form, topic=Topic(topic))
    return render(request, "portal/publishing.html", {"topics": topics, "refused": form}, status=422)


@require_GET
def guides(request: DoorRequest) -> HttpResponse:
    """List the service guides that hold today (Q42)."""
    office = pages.publishing_office()
    told = guide_pages.posted(office, on=timezone.localdate(request.now))
    return render(request, "portal/guides.html", {"office": office, "guides": told})


@require_GET
def guide(request: DoorRequest, guide_id: UUID) -> HttpResponse:
    """Show a service guide, to be read or printed."""
    office = pages.publishing_office()
    told = guide_pages.posted_guide(office, guide_id, on=timezone.localdate(request.now))
    return render(request, "portal/guide.html", {"office": office, "guide": told})


@wears_hat_of(*sorted(KEEPS_GUIDES))
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def kept_guides(request: StaffRequest) -> HttpResponse:
    """List the guides this hat keeps, and post one."""
    form = PostGuide(request.POST if request.method == "POST" else None, auto_id="id-guide-%s")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.post_guide(form.guide(), by=request.hat, now=request.now)
            except Refused as refusal:
                form.refuse(refusal)
                status = 422 if refusal.http_status == 400 else refusal.http_status
            else:
                messages.success(request, _("Published."))
                return redirect("portal:kept_guides")
    context = {"guides": guide_pages.kept_by(request.hat), "form": form}
    return render(request, "portal/kept_guides.html", context, status=status)


@wears_hat_of(*sorted(KEEPS_GUIDES))
@require_POST
@never_cache
def end_guide(request: StaffRequest, guide_id: UUID) -> HttpResponse:
    """Take a guide off the public page."""
    actions.end_guide(guide_id, by=request.hat, now=request.now)
    messages.success(request, _("Taken off the public page."))
    return redirect("portal:kept_guides")
