"""Pages of rule sets: their list, and one version with its rules."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from lib.errors import Unknown
from lib.posting import posts_from
from scoring import pages
from scoring import permissions as may
from scoring.deeds import DRAW_RULE_SET, ON_RULE_SET
from scoring.finding import rule_set_of
from scoring.models import RuleSet
from scoring.replay_page import replay_page


@wears_hat_of(*sorted(may.READS_SCORES))
@require_GET
@never_cache
def rule_sets(request: StaffRequest) -> HttpResponse:
    """List rule sets."""
    return _lister(request)({}, 200, "")


def _lister(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.rule_sets_page(request.hat, bound=bound, cursor=request.GET.get("at"))
        return render(request, "scoring/rule_sets.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.READS_SCORES))
@require_POST
@never_cache
def draw_rule_set(request: StaffRequest) -> HttpResponse:
    """Begin a draft."""
    form = DRAW_RULE_SET.form(request.POST, auto_id="id-draw-%s")
    done = do(request, DRAW_RULE_SET, None, form, ("rule_sets", DRAW_RULE_SET.slug), _lister(request))
    return done if isinstance(done, HttpResponse) else redirect("scoring:rule_set", done.pk)  # type: ignore[attr-defined]  # the draft


@wears_hat_of(*sorted(may.READS_SCORES))
@require_GET
@never_cache
def rule_set(request: StaffRequest, rule_set_id: UUID) -> HttpResponse:
    """Show one version of a rule set."""
    return _drawer(request, rule_set_id)({}, 200, "")


def _drawer(request: StaffRequest, rule_set_id: UUID) -> Draw:
    found = rule_set_of(request.hat, rule_set_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.rule_set_page(found, request.hat, bound=bound)
        return render(request, "scoring/rule_set.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.READS_SCORES))
@require_GET
@never_cache
def replay(request: StaffRequest, rule_set_id: UUID) -> HttpResponse:
    """Show a version on the facts of the year before; for whoever keeps it."""
    found = rule_set_of(request.hat, rule_set_id)
    if not may.keeps_rule_set(request.hat, found):
        raise Unknown(_("There is no such rule set."))
    return render(request, "scoring/replay.html", replay_page(found, now=request.now))


@wears_hat_of(*sorted(may.READS_SCORES))
@posts_from("scoring:rule_set", "rule_set_id")
@never_cache
def on_rule_set(request: StaffRequest, rule_set_id: UUID, slug: str) -> HttpResponse:
    """Do a deed on a version; the next version is shown as soon as it is drawn."""
    draw = _drawer(request, rule_set_id)
    deed = deed_of(ON_RULE_SET, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    done = do(request, deed, rule_set_id, form, ("rule_set", slug), draw)
    if isinstance(done, HttpResponse):
        return done
    return redirect("scoring:rule_set", done.pk if isinstance(done, RuleSet) else rule_set_id)
