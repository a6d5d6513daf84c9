"""The deeds of reports of pressure."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, table
from cases.models import Petition
from leadership.actions import pressure
from leadership.forms.pressure import FindOnPressure, TakeDownPressure
from leadership.pressure_states import PressureFound
from lib.errors import Refused


def _take_down(_key: None, form: Any, by: Hat, now: datetime) -> object:
    number = form.cleaned_data["number"].strip().upper()
    petition = Petition.objects.visible_to(by).filter(number=number).first()
    if petition is None:
        words = _now("There is no such petition.")
        raise Refused(words, fields={"number": words})
    return pressure.take_down_pressure(petition.pk, form.told(), way=form.way_it_came(), by=by, now=now)


def _find(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return pressure.find_on_pressure(
        key, PressureFound(typed["found"]), finding=typed["finding"], by=by, now=now
    )


TAKE_DOWN_PRESSURE = Deed(
    "take_down_pressure",
    TakeDownPressure,
    _take_down,
    _("Take a report of pressure down"),
    _("Taken down, and put before an organ that has no part in the matter."),
)
ON_PRESSURE = table(
    Deed(
        "find",
        FindOnPressure,
        _find,
        pgettext_lazy("a report of pressure", "Write what was found"),
        pgettext_lazy("a report of pressure", "Written down."),
    ),
)
