"""Files on a petition or on the draft it will become: added, fetched, taken off, put under quarantine."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases import permissions as may
from cases.models import Attachment, DataIncident, Draft
from cases.parts import attach, lock_either
from cases.states import AttachmentKind
from cases.workflow import check_open
from infra.files import Checked, store
from infra.models import StoredFile
from lib.errors import NotAllowed, Refused, Unknown

_LONGEST_REASON = 200


@transaction.atomic(durable=True)
def add_to_draft(
    draft_id: UUID, *, file: Checked, kind: AttachmentKind, by: Hat, now: datetime
) -> Attachment:
    """Add a checked file to one's own draft.

    :raises Unknown: if there is no such draft of this post
    """
    draft = Draft.objects.select_for_update().filter(pk=draft_id, post=by.post).first()
    if draft is None:
        raise Unknown(_("There is no such draft."))
    attachment = Attachment.objects.create(
        draft=draft, file=store(file, now=now), kind=kind, added_by=by.post, added_at=now
    )
    record("draft.attach", draft, by=by.actor, at=now, facts={"kind": kind, "type": file.content_type})
    return attachment


@transaction.atomic(durable=True)
def add_to_petition(
    petition_id: UUID, *, file: Checked, kind: AttachmentKind, by: Hat, now: datetime
) -> Attachment:
    """Add a checked file to a petition.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if this hat does not deal with petitioners
    :raises OutOfTurn: if the petition is void
    """
    petition = lock_either(petition_id, by)
    if not may.may_note(by, petition):
        raise NotAllowed(_("Your post does not add files to petitions."))
    check_open(petition)
    return attach(petition, file, kind, by=by, now=now)


@transaction.atomic(durable=True)
def remove_from_draft(draft_id: UUID, attachment_id: UUID, *, by: Hat, now: datetime) -> None:
    """Take a file off one's own draft.

    :raises Unknown: if there is no such file on a draft of this post
    """
    attachment = Attachment.objects.filter(
        pk=attachment_id, draft_id=draft_id, draft__post=by.post, removed_at=None
    ).first()
    if attachment is None or attachment.draft is None:
        raise Unknown(_("There is no such file."))
    attachment.removed_at = now
    attachment.save(update_fields=["removed_at"])
    record("draft.detach", attachment.draft, by=by.actor, at=now, facts={"kind": attachment.kind})


@transaction.atomic(durable=True)
def fetch(petition_id: UUID, attachment_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return a petition's file for saving, and write down who took it.

    :raises Unknown: if this hat does not see the petition, or the file is not on it or under quarantine
    """
    petition = lock_either(petition_id, by)
    attachment = (
        Attachment.objects.filter(petition=petition, pk=attachment_id, removed_at=None)
        .select_related("file")
        .first()
    )
    if attachment is None:
        raise Unknown(_("There is no such file."))
    record("petition.fetch_file", petition, by=by.actor, at=now, facts={"attachment": str(attachment.pk)})
    return attachment.file


@transaction.atomic(durable=True)
def quarantine(
    petition_id: UUID, attachment_id: UUID, *, reason: str, by: Hat, now: datetime
) -> DataIncident:
    """Shut a file that is not this person's away at once and open an incident; the audit lists who took it (Q18).

    :raises Unknown: if this hat does not see the petition, or the file is not on it
    :raises NotAllowed: if this hat does not deal with petitioners
    :raises Refused: without a reason
    """
    petition = lock_either(petition_id, by)
    if not may.may_issue_code(by, petition):
        raise NotAllowed(_("Your post does not put files under quarantine."))
    if not 0 < len(reason.strip()) <= _LONGEST_REASON:
        raise Refused(_("Say whose it is, or how it came here, in at most 200 characters."))
    attachment = (
        Attachment.objects.select_for_update()
        .filter(petition=petition, pk=attachment_id, removed_at=None)
        .first()
    )
    if attachment is None:
        raise Unknown(_("There is no such file."))
    attachment.removed_at = now
    attachment.save(update_fields=["removed_at"])
    incident = DataIncident.objects.create(
        petition=petition, attachment=attachment, reason=reason, opened_by=by.post, opened_at=now
    )
    facts = {"attachment": str(attachment.pk), "incident": incident.pk}
    record("petition.quarantine", petition, by=by.actor, at=now, facts=facts)
    return incident
