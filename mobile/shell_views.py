"""The pages a phone keeps for itself, the worker that keeps them, and what makes them an app to install.

Anybody may ask for them: they hold nothing of anybody, and a phone without a session has to be able to open them.
"""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mobile import shell


@require_GET
@never_cache
def today(_request: HttpRequest) -> HttpResponse:
    """Show the day's events."""
    return HttpResponse(shell.page("today"))


@require_GET
@never_cache
def report(_request: HttpRequest) -> HttpResponse:
    """Report a new event."""
    return HttpResponse(shell.page("report"))


@require_GET
@never_cache
def update(_request: HttpRequest) -> HttpResponse:
    """Write what was done with an event; which one stands behind the hash and never comes here."""
    return HttpResponse(shell.page("update"))


@require_GET
@never_cache
def waiting(_request: HttpRequest) -> HttpResponse:
    """Show what waits on the phone."""
    return HttpResponse(shell.page("waiting"))


@require_GET
@never_cache
def rounds(_request: HttpRequest) -> HttpResponse:
    """Show the rounds that wait, and report one; which one stands behind the hash and never comes here."""
    return HttpResponse(shell.page("rounds"))


@require_GET
@never_cache
def diary(_request: HttpRequest) -> HttpResponse:
    """Write in the diary."""
    return HttpResponse(shell.page("diary"))


@require_GET
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker; a new version of anything it keeps makes it a new one."""
    kept = {
        "version": f"huiyin-phone-{shell.version(get_language())}",
        "kept": json.dumps(shell.kept_addresses()),
        "flush": shell.module("js/mobile/flush.js"),
    }
    return render(request, "mobile/worker.js", kept, content_type="text/javascript")


@require_GET
@never_cache
def manifest(_request: HttpRequest) -> JsonResponse:
    """Return what a phone needs to put the pages on its first screen."""
    today_url = reverse("mobile:today")
    return JsonResponse(
        {
            "id": today_url,
            "name": _("Lishi grids"),
            "short_name": _("Grids"),
            "start_url": today_url,
            "scope": today_url,
            "display": "standalone",
            "background_color": "#f1f3f6",
            "theme_color": "#14263d",
            "icons": [{"src": static("img/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )
