"""The programs' door: which addresses there are, and how a refusal reads in JSON."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from lib.errors import Refused


def say_no(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return a refusal as `{"code", "detail", "fields"}`; anything else as REST framework does it."""
    if not isinstance(error, Refused):
        return exception_handler(error, context)
    body: dict[str, object] = {"code": error.code, "detail": str(error.message)}
    if error.fields:
        body["fields"] = {name: str(message) for name, message in error.fields.items()}
    return Response(body, status=error.http_status)
