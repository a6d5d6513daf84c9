"""The programs' door: which addresses there are, and how a refusal reads in JSON."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from lib.errors import Refused

# What REST framework itself refuses, under the codes that the deeds refuse with.
_CODES = {
    400: "invalid",
    401: "not_authenticated",
    403: "not_allowed",
    404: "unknown",
    405: "method_not_allowed",
    406: "not_acceptable",
    415: "unsupported_media_type",
}


def say_no(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return a refusal as `{"code", "detail", "fields"}`, whoever refused; `None` for a mistake of ours."""
    if isinstance(error, Refused):
        body: dict[str, object] = {"code": error.code, "detail": str(error.message)}
        if error.fields:
            body["fields"] = {name: str(message) for name, message in error.fields.items()}
        return Response(body, status=error.http_status)
    response = exception_handler(error, context)
    if response is None:
        return None
    body = {"code": _CODES.get(response.status_code, "refused")}
    if isinstance(error, ValidationError):
        body["detail"] = _("Some fields need another look.")
        body["fields"] = {name: _first_words(said) for name, said in _by_field(error.detail).items()}
    else:
        body["detail"] = str(response.data["detail"])
    response.data = body
    return response


def _by_field(said: Any) -> dict[str, Any]:
    return said if isinstance(said, dict) else {"non_field_errors": said}


def _first_words(said: Any) -> str:
    """Return the first message of what may be a list, or the faults of rows within rows."""
    if isinstance(said, dict):
        said = list(said.values())
    if isinstance(said, list):
        return next((words for each in said if (words := _first_words(each))), "")
    return str(said)
