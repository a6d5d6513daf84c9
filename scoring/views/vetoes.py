"""The page of 一票否优."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from scoring import permissions as may
from scoring.finding import veto_of
from scoring.veto_deeds import ON_VETO, PROPOSE_VETO
from scoring.veto_page import vetoes_page


@wears_hat_of(*sorted(may.READS_SCORES))
@require_GET
@never_cache
def vetoes(request: StaffRequest) -> HttpResponse:
    """List what was proposed, decided and lifted."""
    return _lister(request)({}, 200, "")


def _lister(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = vetoes_page(request.hat, bound=bound, cursor=request.GET.get("at"))
        return render(request, "scoring/vetoes.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.READS_SCORES))
@require_POST
@never_cache
def propose_veto(request: StaffRequest) -> HttpResponse:
    """Propose one."""
    form = PROPOSE_VETO.form(request.POST, auto_id="id-veto-%s")
    done = do(request, PROPOSE_VETO, None, form, ("vetoes", PROPOSE_VETO.slug), _lister(request))
    return done if isinstance(done, HttpResponse) else redirect("scoring:vetoes")


@wears_hat_of(*sorted(may.READS_SCORES))
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def on_veto(request: StaffRequest, veto_id: UUID, slug: str) -> HttpResponse:
    """Do a deed on one; whoever comes otherwise is led to their list."""
    veto_of(request.hat, veto_id)
    if request.method != "POST":
        return redirect("scoring:vetoes")
    deed = deed_of(ON_VETO, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-{veto_id}-%s")
    done = do(request, deed, veto_id, form, (f"veto {veto_id}", slug), _lister(request))
    return done if isinstance(done, HttpResponse) else redirect("scoring:vetoes")
