"""The page for what nobody foresaw. It asks nothing of database, session or person: they may have failed."""

import structlog
from django.http import HttpRequest, HttpResponseServerError
from django.template import loader

# Enough to find the one request in a day's log, short enough to say on the telephone.
_SAYABLE = 8


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """Answer with a page that carries the beginning of the `request_id` under which the log has the trace."""
    request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    return HttpResponseServerError(loader.render_to_string("500.html", {"number": request_id[:_SAYABLE]}))
