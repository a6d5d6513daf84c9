"""What would be told tonight."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import Role
from cases.reminding.tonight import tonight as told_tonight


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_GET
@never_cache
def tonight(request: StaffRequest) -> HttpResponse:
    """Show what the next sweeps would tell of, in numbers, without telling."""
    return render(request, "cases/tonight.html", {"tonight": told_tonight(now=request.now)})
