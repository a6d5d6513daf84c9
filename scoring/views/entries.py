"""Pages of the ledger: how units stand, one entry with its reasoning, cases left out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from lib.posting import posts_from
from scoring import entry_pages as pages
from scoring import permissions as may
from scoring import standing_pages
from scoring.entry_deeds import ON_ENTRY, ON_EXCLUSION, PROPOSE_ENTRY, PROPOSE_EXCLUSION
from scoring.finding import entry_of, exclusion_of
from scoring.models import ScoreEntry


@wears_hat_of(*sorted(may.READS_SCORES))
@require_GET
@never_cache
def ledger(request: StaffRequest) -> HttpResponse:
    """Show how units stand and the entries of the ledger."""
    return _lister(request)({}, 200, "")


def _lister(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.ledger_page(
            request.hat,
            now=request.now,
            bound=bound,
            cursor=request.GET.get("at"),
            state=request.GET.get("state", ""),
        )
        if key := _key_of(request.GET.get("why", "")):
            context["why"] = pages.why_page(entry_of(request.hat, key), request.hat, now=request.now)
        context |= standing_pages.board_page(request.hat, today=timezone.localdate(request.now))
        return render(request, "scoring/ledger.html", {**context, "refusal": refusal}, status=status)

    return draw


def _key_of(word: str) -> UUID | None:
    """Return the key that an address carries; nothing for what is none."""
    try:
        return UUID(word)
    except ValueError:
        return None


@wears_hat_of(*sorted(may.READS_SCORES))
@require_POST
@never_cache
def propose_entry(request: StaffRequest) -> HttpResponse:
    """Enter what a person found."""
    form = PROPOSE_ENTRY.form(request.POST, auto_id="id-enter-%s")
    done = do(request, PROPOSE_ENTRY, None, form, ("ledger", PROPOSE_ENTRY.slug), _lister(request))
    return done if isinstance(done, HttpResponse) else redirect("scoring:entry", done.pk)  # type: ignore[attr-defined]  # the entry


@wears_hat_of(*sorted(may.READS_SCORES))
@require_GET
@never_cache
def entry(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Show one entry: why, what was said to it, what may be done."""
    return _drawer(request, entry_id)({}, 200, "")


def _drawer(request: StaffRequest, entry_id: UUID) -> Draw:
    found = entry_of(request.hat, entry_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.entry_page(found, request.hat, now=request.now, bound=bound)
        return render(request, "scoring/entry.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.READS_SCORES))
@posts_from("scoring:entry", "entry_id")
@never_cache
def on_entry(request: StaffRequest, entry_id: UUID, slug: str) -> HttpResponse:
    """Do a deed on an entry; a reversal is shown as the entry it is."""
    draw = _drawer(request, entry_id)
    deed = deed_of(ON_ENTRY, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-{entry_id}-%s")
    done = do(request, deed, entry_id, form, ("entry", slug), draw)
    if isinstance(done, HttpResponse):
        return done
    return redirect("scoring:entry", done.pk if isinstance(done, ScoreEntry) else entry_id)


@wears_hat_of(*sorted(may.READS_SCORES))
@require_GET
@never_cache
def exclusions(request: StaffRequest) -> HttpResponse:
    """List the cases left out of scores."""
    return _excluder(request)({}, 200, "")


def _excluder(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.exclusions_page(request.hat, bound=bound)
        return render(request, "scoring/exclusions.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.READS_SCORES))
@require_POST
@never_cache
def propose_exclusion(request: StaffRequest) -> HttpResponse:
    """Propose to leave a case out."""
    form = PROPOSE_EXCLUSION.form(request.POST, auto_id="id-exclude-%s")
    name = ("exclusions", PROPOSE_EXCLUSION.slug)
    done = do(request, PROPOSE_EXCLUSION, None, form, name, _excluder(request))
    return done if isinstance(done, HttpResponse) else redirect("scoring:exclusions")


@wears_hat_of(*sorted(may.READS_SCORES))
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def on_exclusion(request: StaffRequest, exclusion_id: UUID, slug: str) -> HttpResponse:
    """Do a deed on an exclusion; whoever comes otherwise is led to their list."""
    exclusion_of(request.hat, exclusion_id)
    if request.method != "POST":
        return redirect("scoring:exclusions")
    deed = deed_of(ON_EXCLUSION, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-{exclusion_id}-%s")
    done = do(request, deed, exclusion_id, form, (f"exclusion {exclusion_id}", slug), _excluder(request))
    return done if isinstance(done, HttpResponse) else redirect("scoring:exclusions")
