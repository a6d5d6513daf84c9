"""What a person sent after his session had idled away: kept in the page until he has signed in again (Q31)."""

import json
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

# Never put into a page, not even for the one who typed it.
_SECRETS = ("password", "credential", "csrfmiddlewaretoken")


@dataclass(frozen=True)
class Kept:
    """The fields of a form and where they were going. Files cannot be kept: their fields are named instead."""

    to: str
    fields: tuple[tuple[str, str], ...]
    files: int = 0

    @classmethod
    def of(cls, request: HttpRequest) -> "Kept":
        """Return what a request sent, without secrets."""
        fields = tuple(
            (name, value)
            for name, values in request.POST.lists()
            if not any(secret in name for secret in _SECRETS)
            for value in values
        )
        return cls(request.get_full_path(), fields, files=len(request.FILES))

    @classmethod
    def read(cls, text: str, request: HttpRequest) -> "Kept | None":
        """Return what a page carried, or `None` for anything it cannot have carried, as another site's address."""
        try:
            carried = json.loads(text)
            to, fields = (
                str(carried["to"]),
                tuple((str(name), str(value)) for name, value in carried["fields"]),
            )
            files = int(carried["files"])
        except (ValueError, TypeError, KeyError):
            return None
        if not to.startswith("/") or not url_has_allowed_host_and_scheme(to, {request.get_host()}):
            return None
        return cls(to, fields, files)

    @property
    def text(self) -> str:
        """How the page carries it."""
        return json.dumps({"to": self.to, "fields": self.fields, "files": self.files}, ensure_ascii=False)

    @property
    def hat(self) -> str:
        """The hat the form was opened under; empty if it named none."""
        return next((value for name, value in self.fields if name == "hat"), "")
