"""Addresses that forms are sent to, and the page such a form stands on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponseBase]


def posts_from(page: str, key: str) -> Callable[[View], View]:
    """Let a view take what is sent by POST; whoever comes to its address otherwise is led to the form's page.

    A refused form is drawn under this address: a reload or a change of language must lead back and not to an error.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            return redirect(page, kwargs[key])

        return require_http_methods(["GET", "HEAD", "POST"])(answer)

    return decorate
