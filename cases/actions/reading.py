"""Who of an organ reads a petition (经办人), and pressing the unit that leads it (催办)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from audit.parts import record
from cases.handlings import led_by, tell_organ
from cases.models import Handling, Petition, Reader, Reminder, ReportedParty
from cases.parts import lock_petition
from cases.readers import may_read
from cases.states import HandlingState, Receipt
from cases.workflow import HANDLES, Step, check
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


@transaction.atomic(durable=True)
def chase(petition_id: UUID, *, words: str, by: Hat, now: datetime) -> list[Reminder]:
    """Press every unit that this office sent the petition to and that has not carried it out; once a day each.

    It starts no period and changes none; what binds is the day that the law or the sending set.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ did not send it
    :raises OutOfTurn: if no other unit has it in hand, or each was pressed today already
    """
    petition = lock_petition(petition_id, by)
    check(Step.CHASE, petition, by)
    ours = Organ.objects.of_today(by.organ).values("pk")
    in_hand = Handling.objects.filter(petition=petition, sender__in=ours, ended_at=None).exclude(
        organ__in=ours
    )
    waited_for = in_hand.filter(receipt__in=[Receipt.DELIVERED, Receipt.RECEIVED]).exclude(
        state=HandlingState.EXECUTED
    )
    handlings = list(waited_for.select_related("organ").order_by("sent_at", "pk"))
    if not handlings:
        raise OutOfTurn(_("No other unit has it in hand."))
    today = timezone.localdate(now)
    pressed = set(
        Reminder.objects.filter(handling__in=handlings, made_on=today).values_list("handling", flat=True)
    )
    made = [_remind(handling, words, by, now) for handling in handlings if handling.pk not in pressed]
    if not made:
        raise OutOfTurn(_("This unit was pressed today already."))
    for reminder in made:
        organ = reminder.handling.organ
        tell_organ(organ, HANDLES, Kind.PRESSED, petition, key=f"reminder:{reminder.pk}", now=now)
        record("petition.chase", petition, by=by.actor, at=now, facts={"organ": organ.code})
    return made


def _remind(handling: Handling, words: str, by: Hat, now: datetime) -> Reminder:
    return Reminder.objects.create(
        handling=handling,
        words=words.strip(),
        made_by=by.post,
        maker=by.user,
        made_at=now,
        made_on=timezone.localdate(now),
    )
