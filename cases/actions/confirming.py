"""What came in with a list is confirmed by a person: the content category that the list did not name."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases import permissions as may
from cases.models import ContentCategory, Petition
from cases.parts import check_version, lock_petition, touch
from lib.errors import NotAllowed, OutOfTurn, Refused


@transaction.atomic(durable=True)
def confirm_category(petition_id: UUID, *, code: str, seen_version: int, by: Hat, now: datetime) -> Petition:
    """Give a petition the category that a person chose, where none was chosen before (data-standard §4.4).

    No correction: nobody had said otherwise.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is not of the organ that registered it
    :raises OutOfTurn: if a person chose one already
    :raises Stale: if somebody changed the petition since `seen_version`
    :raises Refused: if the category cannot be chosen today
    """
    petition = lock_petition(petition_id, by)
    if not may.may_correct(by, petition):
        raise NotAllowed(_("Only the organ that registered it corrects it."))
    if petition.category_confirmed or petition.is_void:
        raise OutOfTurn(_("Its content category is confirmed already."))
    check_version(petition, seen_version)
    category = ContentCategory.objects.valid_on(timezone.localdate(now)).filter(code=code).first()
    if category is None:
        message = _("Choose a content category.")
        raise Refused(message, fields={"content_category": message})
    before = petition.content_category.code
    petition.content_category, petition.category_confirmed = category, True
    touch(petition, now=now, also=["content_category", "category_confirmed"])
    facts = {"before": before, "after": category.code}
    record("petition.confirm_category", petition, by=by.actor, at=now, facts=facts)
    return petition
