"""What is done about the map of grids, as its page offers it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.page_deeds import Deed, table
from grids.actions.boundaries import upload_boundaries
from grids.forms.boundaries import UploadBoundaries


def _upload(_organ: int, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return upload_boundaries(typed["file"], system=typed["system"], by=by, now=now)


ON_MAP = table(
    Deed(
        "upload_boundaries",
        UploadBoundaries,
        _upload,
        _("Upload boundaries"),
        _("The boundaries are taken in."),
    )
)
