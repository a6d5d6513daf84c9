"""Taking in what grids handed to the petition office: a draft with the words unchanged, which is then registered.

The draft has the key of the event or report, so that its petition is known by it and it is taken in once (Q3, Art 22).
"""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases import permissions as may
from cases.models import Attachment, Draft, Petition
from cases.secrets import seal_field
from cases.states import AttachmentKind, Channel, Purpose
from deadlines.arithmetic import midnight_after
from deadlines.calendars import working_days_after
from grids import direct, petitions
from grids.event_states import Origin
from infra.idempotency import serialise
from infra.local_settings import Setting, value_of
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn


@transaction.atomic(durable=True)
def take_event(event_id: UUID, *, by: Hat, now: datetime) -> Draft:
    """Begin the registration of an event that was handed over, its text unchanged; taken twice it is the same draft.

    :raises NotAllowed: if this hat does not register
    :raises Unknown: if no such event was handed to its office
    :raises OutOfTurn: if it is registered, or somebody else registers it
    """
    if not may.may_register(by):
        raise NotAllowed(_("Your post does not register petitions."))
    serialise(event_id)
    event = petitions.hold_waiting(event_id, by)
    known = _known(event_id, by)
    if known is not None:
        return known
    contact = petitions.contact_of(event)
    content = {
        "channel": Channel.WEB if event.origin == Origin.QR else Channel.VISIT,
        "source": "self_received",
        "received_at": f"{timezone.localtime(now):%Y-%m-%d %H:%M}",
        "title": event.title,
        "text": event.text,
        "place": event.grid.place.code,
        "place_text": event.grid.place.short_name,
        "place_detail": event.spot,
        "is_urgent": "on" if event.is_dangerous else "",
        **_person(contact),
    }
    files = [photo.file for photo in event.photos.select_related("file").order_by("pk")]
    return _draft(event_id, content, files, sealed=False, by=by, now=now)


@transaction.atomic(durable=True)
def take_report(report_id: UUID, *, by: Hat, now: datetime) -> Draft:
    """Begin the sealed registration of what named a cadre; taken twice it is the same draft (Q1, Q3).

    :raises NotAllowed: if this hat does not register
    :raises Unknown: if no such report waits in its office
    :raises OutOfTurn: if it is registered, or somebody else registers it
    """
    if not may.may_register(by):
        raise NotAllowed(_("Your post does not register petitions."))
    serialise(report_id)
    report = direct.hold_waiting(report_id, by)
    known = _known(report_id, by)
    if known is not None:
        return known
    said = direct.said_in(report)
    content = {
        "channel": Channel.WEB if said["origin"] == Origin.QR else Channel.VISIT,
        "source": "self_received",
        "purpose": Purpose.REPORT_ACCUSATION,
        "names_a_wrongdoer": "on",
        "received_at": f"{timezone.localtime(report.received_at):%Y-%m-%d %H:%M}",
        "title": said["title"],
        "text": said["text"],
        "place": said["place"],
        "place_text": said["place_text"],
        "place_detail": said["spot"],
        "is_urgent": said["urgent"],
        **_person(said["contact"]),
        "people-0-name": said["told_by"],
    }
    files = [photo.file for photo in report.photos.select_related("file").order_by("pk")]
    return _draft(report_id, content, files, sealed=True, by=by, now=now)


def _known(key: UUID, by: Hat) -> Draft | None:
    """Return this post's own draft under a key.

    :raises OutOfTurn: if somebody else has it, or it is registered
    """
    draft = Draft.objects.filter(pk=key).first()
    if draft is not None and draft.post_id != by.post.pk:
        raise OutOfTurn(_("A colleague registers it already."))
    if Petition.objects.filter(submission_id=key).exists():
        raise OutOfTurn(_("It is registered already."))
    return draft


def _person(contact: str) -> dict[str, str]:
    return {
        "people-TOTAL_FORMS": "1",
        "people-INITIAL_FORMS": "0",
        "people-0-role": "representative",
        "people-0-id_type": "resident",
        "people-0-phone": contact,
    }


def _draft(
    key: UUID, content: dict[str, str], files: list[StoredFile], *, sealed: bool, by: Hat, now: datetime
) -> Draft:
    days = value_of(Setting.DRAFT_ALARM_WORKING_DAYS, on=timezone.localdate(now))
    kept = json.dumps({name: [str(value)] for name, value in content.items()})
    draft = Draft.objects.create(
        pk=key,
        post=by.post,
        content_sealed=seal_field("draft", key, "content", kept),
        sealed=sealed,
        sealed_whole=sealed,
        received_at=now,
        alarm_at=midnight_after(working_days_after(timezone.localdate(now), days)),
        saved_at=now,
    )
    Attachment.objects.bulk_create(
        [
            Attachment(draft=draft, file=file, kind=AttachmentKind.PHOTO, added_by=by.post, added_at=now)
            for file in files
        ]
    )
    record("draft.begin", draft, by=by.actor, at=now)
    return draft
