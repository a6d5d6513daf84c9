"""A deed of a page, done with what was sent, or its page drawn again with what is wrong and everything typed kept."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.requests import StaffRequest
from leadership.deeds import Deed
from leadership.offers import Bound
from lib.errors import Refused, Unknown

# draws a page again with a form that was refused
Draw = Callable[[Bound, int, str], HttpResponse]


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
