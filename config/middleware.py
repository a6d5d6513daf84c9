"""The first and the last word on requests: their language, and a refusal as a page in the asker's words."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _
from django_structlog.middlewares import RequestMiddleware

from lib.errors import Refused
from lib.htmx import wants_fragment

_CALENDAR = "/calendar/"


class RequestLogMiddleware(RequestMiddleware):
    """Log each request by its path alone: what follows the question mark is what somebody typed.

    The address of a calendar is a secret itself and is not written down.
    """

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        path = _CALENDAR if request.path.startswith(_CALENDAR) else request.path
        return f"{request.method} {path}"


class ChosenLanguageMiddleware:
    """Speak Chinese unless the person chose English; what a browser prefers is no choice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class RefusalMiddleware:
    """Turn a `Refused` that reached no form into a page or a fragment with its own status.

    An address that takes POST alone has a page for whoever opens it, where a browser would show its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
            and request.method == "GET"
            and not response.content
        ):
            words = _("This address only takes what a form sends. Open the page that the form stands on.")
            response.content = loader.render_to_string("refused.html", {"message": words}, request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if error.http_status == 404:
            # The same page, to the byte, as an address that never existed (Q6).
            return render(request, "404.html", status=404)
        template = "_refused.html" if wants_fragment(request) else "refused.html"
        return render(request, template, {"message": error.message}, status=error.http_status)


class NothingKeptMiddleware:
    """Let no browser and no proxy keep what somebody was shown under a hat: it may be sealed a minute later (Q1)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "hat", None) is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
