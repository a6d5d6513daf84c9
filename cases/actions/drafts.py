"""Drafts: saved as they are typed, parked, taken up again, thrown away; never numbered, never lost (Q16, Q31)."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases import permissions as may
from cases.models import Draft, Petition
from cases.secrets import seal_field
from deadlines.arithmetic import midnight_after
from deadlines.calendars import working_days_after
from infra.idempotency import serialise
from infra.local_settings import Setting, value_of
from lib.errors import NotAllowed, OutOfTurn, Stale, Unknown
from notices.parts import withdraw

# What a form sends, field by field, every value as it was typed.
Content = Mapping[str, Sequence[str]]


@transaction.atomic(durable=True)
def save_draft(
    draft_id: UUID,
    *,
    content: Content,
    received_at: datetime,
    seals: bool,
    seals_whole: bool = False,
    seen_version: int,
    by: Hat,
    now: datetime,
) -> Draft:
    """Keep a form as it stands; the first save makes the draft. Once it names a wrongdoer it stays sealed (Q1).

    `seals` says that a part of it names one, `seals_whole` that purpose or tick make all of it a report.

    The day of receipt is kept from the first save, and the alarm rings at the end of the next working day (Q31).

    :raises NotAllowed: if this hat does not register
    :raises Unknown: if the draft is somebody else's
    :raises OutOfTurn: if the form was registered meanwhile, as by a save that was still on its way
    :raises Stale: if another window saved it since; `seen_version` is 0 for a form never saved
    """
    if not may.may_register(by) and not may.registers_for_office(by):
        raise NotAllowed(_("Your post does not register petitions."))
    serialise(draft_id)
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    sealed_content = seal_field(
        "draft", draft_id, "content", json.dumps({k: list(v) for k, v in content.items()})
    )
    if draft is None:
        if Petition.objects.filter(submission_id=draft_id).exists():
            raise OutOfTurn(_("This form is registered already."))
        days = value_of(Setting.DRAFT_ALARM_WORKING_DAYS, on=timezone.localdate(now))
        draft = Draft.objects.create(
            pk=draft_id,
            post=by.post,
            content_sealed=sealed_content,
            sealed=seals or seals_whole,
            sealed_whole=seals_whole,
            received_at=received_at,
            alarm_at=midnight_after(working_days_after(timezone.localdate(now), days)),
            saved_at=now,
        )
        record("draft.begin", draft, by=by.actor, at=now)
        return draft
    _check_owner(draft, by)
    if draft.version != seen_version:
        raise Stale(_("This draft was saved in another window meanwhile."))
    draft.content_sealed, draft.received_at, draft.saved_at = sealed_content, received_at, now
    draft.sealed = draft.sealed or seals or seals_whole
    draft.sealed_whole = draft.sealed_whole or seals_whole
    draft.version += 1
    draft.save(
        update_fields=["content_sealed", "received_at", "saved_at", "sealed", "sealed_whole", "version"]
    )
    return draft


@transaction.atomic(durable=True)
def discard_draft(draft_id: UUID, *, by: Hat, now: datetime) -> None:
    """Throw a draft away, with the files that were added to it.

    :raises Unknown: if there is none, or it is somebody else's
    """
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise Unknown(_("There is no such draft."))
    _check_owner(draft, by)
    record("draft.discard", draft, by=by.actor, at=now, facts={"received_at": draft.received_at.isoformat()})
    draft.delete()
    withdraw(str(draft_id), now=now)


def _check_owner(draft: Draft, by: Hat) -> None:
    if draft.post_id != by.post.pk:
        raise Unknown(_("There is no such draft."))
