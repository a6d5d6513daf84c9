"""The deeds of a page: a form, what is done with it, what is said of it; offered, and done or drawn again.

A room keeps its deeds in tables; pages and programs' doors are both made from them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.requests import StaffRequest
from lib.errors import Refused, Unknown
from lib.forms import RefusableForm

# the key of what it is done to (of a roster, the first day of its month), the form filled, who, when
Act = Callable[[Any, Any, Hat, datetime], object]
# the forms that were sent and refused, by table and slug
Bound = Mapping[tuple[str, str], RefusableForm]
# draws a page again with a form that was refused
Draw = Callable[[Bound, int, str], HttpResponse]


@dataclass(frozen=True)
class Deed:
    """One deed of a page."""

    name: str
    form: type[RefusableForm]
    act: Act
    label: Promise
    done: Promise

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")


@dataclass(frozen=True)
class Offer:
    """A deed with its form and the address it is sent to."""

    deed: Deed
    form: RefusableForm
    url: str
    key: object

    @property
    def is_open(self) -> bool:
        return bool(self.form.errors)

    @property
    def is_plain(self) -> bool:
        """Test if it asks for nothing: a button is enough."""
        return not self.form.visible_fields()


def plain(act: Callable[..., object]) -> Act:
    """Return a deed that takes the form's fields as they are named."""

    def do(key: UUID, form: Any, by: Hat, now: datetime) -> object:
        return act(key, **form.cleaned_data, by=by, now=now)

    return do


def table(*deeds: Deed) -> Mapping[str, Deed]:
    """Return deeds by the last part of their address."""
    return {deed.slug: deed for deed in deeds}


def deed_of(table: Mapping[str, Deed], slug: str) -> Deed:
    """Return the deed of an address.

    :raises Unknown: if there is none
    """
    deed = table.get(slug)
    if deed is None:
        raise Unknown(_("There is no such page."))
    return deed


def do(request: StaffRequest, deed: Deed, key: Any, form: Any, name: tuple[str, str], draw: Draw) -> object:
    """Do a deed with a filled form, or draw its page with the form as it was refused.

    :raises Unknown: if the deed finds nothing under this key
    """
    if not form.is_valid():
        return draw({name: form}, 422, "")
    try:
        done = deed.act(key, form, request.hat, request.now)
    except Refused as refusal:
        if isinstance(refusal, Unknown):
            raise
        form.refuse(refusal)
        words = "" if refusal.fields else str(refusal.message)
        return draw({name: form}, 422 if refusal.http_status == 400 else refusal.http_status, words)
    messages.success(request, str(deed.done))
    return done
