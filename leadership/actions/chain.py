"""责任链: who is party secretary of a division, entered with dates of office (Q35; R-56)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from leadership import permissions as may
from leadership.models import PlaceSecretary
from lib.errors import NotAllowed, Refused
from places.models import Place


@transaction.atomic(durable=True)
def enter_secretary(
    place_code: str, *, name: str, title: str, since: date, by: Hat, now: datetime
) -> PlaceSecretary:
    """Enter who is party secretary of a division from a day on; the one before ends the day before.

    :raises NotAllowed: if it is neither office nor joint conference
    :raises Refused: for a division that does not stand, a day in the future or before the last one began, or no name
    """
    if not may.may_enter_chain(by):
        raise NotAllowed(_("Your post does not enter who is secretary."))
    faults = {}
    place = Place.objects.select_for_update(no_key=True).current().filter(code=place_code).first()
    if place is None:
        faults["place"] = _("There is no such division.")
    for field, words in (("name", name), ("title", title)):
        if not words.strip():
            faults[field] = _("Fill this in.")
    if since > timezone.localdate(now):
        faults["since"] = _("The day lies in the future.")
    last = PlaceSecretary.objects.filter(place=place).order_by("-since").first() if place else None
    if last is not None and since <= last.since:
        faults["since"] = _("The one before began on that day or later.")
    if faults or place is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    if last is not None and (last.until is None or last.until >= since):
        last.until = since - timedelta(days=1)
        last.save(update_fields=["until"])
    row = PlaceSecretary.objects.create(
        place=place, name=name.strip(), title=title.strip(), since=since, entered_by=by.post, entered_at=now
    )
    facts = {"place": place.code, "since": since.isoformat()}
    record("place.enter_secretary", row, by=by.actor, at=now, facts=facts)
    return row
