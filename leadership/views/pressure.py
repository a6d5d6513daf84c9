"""Pages of reports of pressure."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import Role
from leadership import permissions as may
from leadership import pressure_pages as pages
from leadership.pressure_deeds import ON_PRESSURE, TAKE_DOWN_PRESSURE

# whoever reads what is put before his organ, and the officers who take it down
AT_PRESSURE = may.READS_PRESSURE | {Role.PETITION_OFFICER}


@wears_hat_of(*sorted(AT_PRESSURE))
@require_GET
@never_cache
def reports(request: StaffRequest) -> HttpResponse:
    """List the reports put before the hat's organ."""
    return _lister(request)({}, 200, "")


def _lister(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.reports_page(request.hat, bound=bound, cursor=request.GET.get("at"))
        return render(request, "leadership/pressure.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(AT_PRESSURE))
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def take_down(request: StaffRequest) -> HttpResponse:
    """Take a report down; whoever comes otherwise is led to the list."""
    if request.method != "POST":
        return redirect("leadership:pressure")
    form = TAKE_DOWN_PRESSURE.form(request.POST, auto_id="id-pressure-%s")
    done = do(request, TAKE_DOWN_PRESSURE, None, form, ("reports", TAKE_DOWN_PRESSURE.slug), _lister(request))
    return done if isinstance(done, HttpResponse) else redirect("leadership:pressure")


@wears_hat_of(*sorted(may.READS_PRESSURE))
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def on_pressure(request: StaffRequest, report_id: UUID, slug: str) -> HttpResponse:
    """Write what was found on a report."""
    if request.method != "POST":
        return redirect("leadership:pressure")
    pages.report_of(request.hat, report_id)
    deed = deed_of(ON_PRESSURE, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-{report_id}-%s")
    done = do(request, deed, report_id, form, (str(report_id), slug), _lister(request))
    return done if isinstance(done, HttpResponse) else redirect("leadership:pressure")
