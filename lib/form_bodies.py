"""What a program sends, read by the form that the page sends: one judge for both."""

from collections.abc import Mapping
from typing import Any

from django.forms import FileField, Form
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request

from lib.errors import Refused
from lib.forms import TablerForm


def body_of(request: Request) -> QueryDict:
    """Return what was sent as a form sends it, so that one form reads both.

    :raises Refused: if it is no set of named values
    """
    if isinstance(request.data, QueryDict):
        return request.data
    if not isinstance(request.data, dict):
        raise Refused(_("Send named values."))
    return as_sent(request.data)


def as_sent(named: Mapping[str, object]) -> QueryDict:
    """Return named values as a form sends them."""
    body = QueryDict(mutable=True)
    for name, value in named.items():
        values = value if isinstance(value, list) else [value]
        body.setlist(str(name), [_word(each) for each in values if each is not None])
    return body


def _word(value: object) -> str:
    if isinstance(value, bool):
        # as a ticked or an unticked box arrives
        return "true" if value else "false"
    return str(value)


def check(form: TablerForm) -> None:
    """Refuse what the form refuses, each fault under its field."""
    if form.is_valid():
        return
    faults = {
        field: str(messages[0]) for field, messages in form.errors.items() if messages and field != "__all__"
    }
    said = form.non_field_errors()
    raise Refused(str(said[0]) if said else _("Some fields need another look."), fields=faults)


def parsers_of(form: type[Form]) -> list[type[Any]]:
    """Return what reads the bodies for a form: where a file may come along, both are read."""
    files = [field.required for field in form.base_fields.values() if isinstance(field, FileField)]
    return [*([MultiPartParser] if files else []), *([] if any(files) else [JSONParser])]
