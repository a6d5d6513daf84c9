"""Who of an organ reads a petition (经办人)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from audit.parts import record
from cases.handlings import led_by
from cases.models import Petition, Reader, ReportedParty
from cases.parts import lock_petition
from cases.readers import may_read
from cases.workflow import Step, check
from lib.errors import OutOfTurn, Refused
from notices.models import Kind
from notices.parts import settle, tell


@transaction.atomic(durable=True)
def give_reader(petition_id: UUID, post_id: int | None, *, by: Hat, now: datetime) -> Reader | None:
    """Say who of the hat's own organ reads a petition and works on it; nobody in particular where none is named.

    Others of the organ may act all the same. It is told to whoever has it now, unless he took it himself.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ does not work on it
    :raises OutOfTurn: if it is so already
    :raises Refused: for a post of another organ or one that works on no petitions, or if its holder withdrew from this
        one or is named by it (R-33)
    """
    petition = lock_petition(petition_id, by)
    check(Step.GIVE_READER, petition, by, led_by(petition, by))
    post = _reader(petition, post_id, by, now) if post_id is not None else None
    organs = Organ.objects.of_today(by.organ).values("pk")
    standing = list(petition.readers.select_for_update(of=("self",)).filter(organ__in=organs, ended_at=None))
    if [each.post_id for each in standing] == ([post.pk] if post else []):
        raise OutOfTurn(_("It is so already."))
    for each in standing:
        each.ended_at = now
        each.save(update_fields=["ended_at"])
        settle(str(petition.pk), _key(each), now=now)
    reader = None
    if post is not None:
        reader = Reader.objects.create(
            petition=petition, organ=by.organ, post=post, given_by=by.post, giver=by.user, given_at=now
        )
        if post.user_id != by.user.pk:
            tell(
                [post.pk],
                Kind.GIVEN_TO_READ,
                key=_key(reader),
                subject_id=str(petition.pk),
                now=now,
            )
    facts = {"organ": by.organ.code, "post": post.pk if post else None}
    record("petition.give_reader", petition, by=by.actor, at=now, facts=facts)
    return reader


def _key(reader: Reader) -> str:
    return f"petition:{reader.petition_id}:reader:{reader.pk}"


def _reader(petition: Petition, post_id: int, by: Hat, now: datetime) -> Post:
    """Return the post of the hat's own organ that is to read a petition.

    :raises Refused: if it cannot be that one
    """
    post = may_read(by, on=timezone.localdate(now)).filter(pk=post_id).first()
    if post is None:
        message = _("Choose somebody of your own unit who works on petitions.")
        raise Refused(message, fields={"post": message})
    withdrew = petition.recusals.filter(user=post.user_id, withdrawn=True).exists()
    if withdrew or ReportedParty.objects.filter(petition=petition, user=post.user_id).exists():
        message = _("This person takes no part in this petition (Art 28(3)). Choose another one.")
        raise Refused(message, fields={"post": message})
    return post
