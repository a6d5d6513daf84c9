"""Reading a petition is written down, once a day for each person: should it be sealed later, the lane learns who had
seen it (Q1)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.models import Entry
from audit.parts import record
from cases.models import Handling, Petition
from cases.parts import find_readable
from lib.errors import Unknown
from lib.prepared import Given, prepared


@transaction.atomic(durable=True)
def look(petition_id: UUID, *, by: Hat, now: datetime) -> Petition:
    """Return a petition to read, and write down who reads it, if he has not today.

    :raises Unknown: if there is none, or none for this hat
    """
    petition = find_readable(petition_id, by)
    if petition is None:
        raise Unknown(_("There is no such petition."))
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if not _looks(petition=str(petition.pk), reader=by.user.pk, since=today):
        record("petition.look", petition, by=by.actor, at=now)
    # 未读 / 已读 to the sender: the first look of the organ it was sent to (Q22)
    if unread := _unread(petition=petition.pk, organ=by.organ.pk):
        Handling.objects.filter(pk__in=unread, read_at=None, ended_at=None).update(read_at=now)
    return petition


@prepared
def _looks(petition: Given, reader: Given, since: Given) -> QuerySet[Entry, str]:
    about = Entry.objects.filter(subject_kind=Petition._meta.label_lower, subject_id=petition)
    looks = about.filter(verb="petition.look", actor_user_id=reader, at__gte=since)
    return looks.values_list("verb", flat=True)[:1]


@prepared
def _unread(petition: Given, organ: Given) -> QuerySet[Handling, UUID]:
    ours = Organ.objects.of_today(organ)
    unread = Handling.objects.filter(petition=petition, organ__in=ours, read_at=None, ended_at=None)
    return unread.values_list("pk", flat=True)
