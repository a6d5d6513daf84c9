"""Who works for a leader: named by him alone, so that nobody writes in his name whom he did not choose."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from accounts.parts import lock_post
from accounts.roles import Role
from audit.parts import record
from leadership import permissions as may
from leadership.models import Secretary
from leadership.sponsoring import follow_sponsors_of
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@transaction.atomic(durable=True)
def name_secretary(post_id: int, *, by: Hat, now: datetime) -> Secretary:
    """Let a secretary's post work for the leader who says so: she reads what he sponsors from then on.

    :raises NotAllowed: if it is no leader's own post
    :raises Refused: if that post is no secretary's, or nobody holds it today
    :raises OutOfTurn: if she works for him already
    """
    if not may.may_name_secretaries(by):
        raise NotAllowed(_("Only a leader himself says who his secretary is."))
    leader = lock_post(by.post.pk)
    held = Post.objects.held_on(timezone.localdate(now)).filter(role=Role.LEADER_SECRETARY)
    post = held.filter(pk=post_id, user__is_active=True).first()
    if post is None:
        words = _("Choose a leader's secretary who holds that post today.")
        raise Refused(words, fields={"post": words})
    if Secretary.objects.filter(post=post, leader=leader, ended_at=None).exists():
        raise OutOfTurn(_("She works for you already."))
    row = Secretary.objects.create(post=post, leader=leader, named_at=now, named_by=by.post)
    follow_sponsors_of([leader.pk], now=now)
    record("secretary.name", row, by=by.actor, at=now, facts={"post": post.pk, "leader": leader.pk})
    return row


@transaction.atomic(durable=True)
def dismiss_secretary(secretary_id: int, *, by: Hat, now: datetime) -> Secretary:
    """Let her work for the leader no longer; she reads nothing more of what he sponsors.

    :raises Unknown: if she does not work for him
    :raises NotAllowed: if it is no leader's own post
    """
    if not may.may_name_secretaries(by):
        raise NotAllowed(_("Only a leader himself says who his secretary is."))
    rows = Secretary.objects.select_for_update().filter(pk=secretary_id, leader=by.post, ended_at=None)
    row = rows.first()
    if row is None:
        raise Unknown(_("There is no such secretary."))
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    follow_sponsors_of([row.leader_id], now=now)
    facts = {"post": row.post_id, "leader": row.leader_id}
    record("secretary.dismiss", row, by=by.actor, at=now, facts=facts)
    return row
