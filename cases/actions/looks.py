"""Reading a petition is written down, once a day for each person: should it be sealed later, the lane learns who had
seen it (Q1)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.models import Entry
from audit.parts import record
from cases.models import Handling, Petition
from cases.parts import find_readable
from lib.errors import Unknown


@transaction.atomic(durable=True)
def look(petition_id: UUID, *, by: Hat, now: datetime) -> Petition:
    """Return a petition to read, and write down who reads it, if he has not today.

    :raises Unknown: if there is none, or none for this hat
    """
    petition = find_readable(petition_id, by)
    if petition is None:
        raise Unknown(_("There is no such petition."))
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    looks = Entry.objects.about(petition).filter(
        verb="petition.look", actor_user_id=by.user.pk, at__gte=today
    )
    if not looks.exists():
        record("petition.look", petition, by=by.actor, at=now)
    # 未读 / 已读 to the sender: the first look of the organ it was sent to (Q22)
    Handling.objects.filter(
        petition=petition, organ__in=Organ.objects.of_today(by.organ), read_at=None, ended_at=None
    ).update(read_at=now)
    return petition
