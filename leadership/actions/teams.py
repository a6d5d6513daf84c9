"""Putting teams around petitions and task forces on topics together, and pairing leaders with commissioners."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from accounts.roles import Role
from audit.parts import record
from cases.parts import lock_petition
from leadership import permissions as may
from leadership.models import ForceMember, ForcePetition, Pairing, TaskForce, TeamMember, TeamRole
from leadership.teams import Named, role_and_post
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@transaction.atomic(durable=True)
def join_team(petition_id: UUID, named: Named, *, by: Hat, now: datetime) -> TeamMember:
    """Give somebody a place in the team around a petition; it opens nothing to him.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if the petition is void
    :raises Refused: for a role or a post that cannot be, or a place that is taken by the same one
    """
    petition = lock_petition(petition_id, by)
    _check(by)
    if petition.is_void:
        raise OutOfTurn(_("This petition is void; nothing more is written on it."))
    role, post = role_and_post(named, petition, on=timezone.localdate(now))
    standing = TeamMember.objects.filter(petition=petition, role=role, ended_at=None)
    if standing.filter(post=post, outsider=named.outsider.strip()).exists():
        words = _("He has this place already.")
        raise Refused(words, fields={"post": words})
    row = TeamMember.objects.create(
        petition=petition,
        role=role,
        post=post,
        outsider=named.outsider.strip(),
        since_at=now,
        named_by=by.post,
    )
    facts = {"team_role": role.code, "post": post.pk if post else None}
    record("petition.join_team", petition, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def leave_team(petition_id: UUID, *, member_id: int, reason: str, by: Hat, now: datetime) -> TeamMember:
    """End somebody's place in the team around a petition, with the reason.

    :raises Unknown: if this hat does not see the petition, or nobody has this place in its team
    :raises NotAllowed: if it is neither office nor joint conference
    :raises Refused: without a reason
    """
    petition = lock_petition(petition_id, by)
    _check(by)
    _need(reason, "reason")
    rows = TeamMember.objects.select_for_update(of=("self",)).select_related("role")
    row = rows.filter(pk=member_id, petition=petition, ended_at=None).first()
    if row is None:
        raise Unknown(_("Nobody has this place."))
    row.ended_at, row.end_reason = now, reason.strip()
    row.save(update_fields=["ended_at", "end_reason"])
    record("petition.leave_team", petition, by=by.actor, at=now, facts={"team_role": row.role.code})
    return row


@transaction.atomic(durable=True)
def form_force(name: str, *, topic: str, by: Hat, now: datetime) -> TaskForce:
    """Form a task force on a topic, which stands until its petitions are resolved.

    :raises NotAllowed: if it is neither office nor joint conference
    :raises Refused: without a topic, or without a name that no other has
    """
    _check(by)
    _need(topic, "topic")
    name = name.strip()
    if not name or TaskForce.objects.filter(organ=by.organ, name=name).exists():
        words = _("Give it a name that no other task force of yours has.")
        raise Refused(words, fields={"name": words})
    force = TaskForce.objects.create(
        name=name, topic=topic.strip(), organ=by.organ, formed_by=by.post, formed_at=now
    )
    record("task_force.form", force, by=by.actor, at=now)
    return force


@transaction.atomic(durable=True)
def join_force(force_id: UUID, named: Named, *, by: Hat, now: datetime) -> ForceMember:
    """Give somebody a place in a task force; it opens no petition to him.

    :raises Unknown: if this hat does not read the task force
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if it has done its work
    :raises Refused: for a role or a post that cannot be, or a place that is taken by the same one
    """
    force = _held(force_id, by)
    role, post = role_and_post(named, None, on=timezone.localdate(now))
    standing = ForceMember.objects.filter(force=force, role=role, ended_at=None)
    if standing.filter(post=post, outsider=named.outsider.strip()).exists():
        words = _("He has this place already.")
        raise Refused(words, fields={"post": words})
    row = ForceMember.objects.create(
        force=force, role=role, post=post, outsider=named.outsider.strip(), since_at=now, named_by=by.post
    )
    facts = {"team_role": role.code, "post": post.pk if post else None}
    record("task_force.join", force, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def leave_force(force_id: UUID, *, member_id: int, reason: str, by: Hat, now: datetime) -> ForceMember:
    """End somebody's place in a task force, with the reason; it stays in its history.

    :raises Unknown: if this hat does not read the task force, or nobody has this place
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if it has done its work
    :raises Refused: without a reason
    """
    force = _held(force_id, by)
    _need(reason, "reason")
    rows = ForceMember.objects.select_for_update(of=("self",)).select_related("role")
    row = rows.filter(pk=member_id, force=force, ended_at=None).first()
    if row is None:
        raise Unknown(_("Nobody has this place."))
    row.ended_at, row.end_reason = now, reason.strip()
    row.save(update_fields=["ended_at", "end_reason"])
    record("task_force.leave", force, by=by.actor, at=now, facts={"team_role": row.role.code})
    return row


@transaction.atomic(durable=True)
def take_petitions(force_id: UUID, *, petition_ids: Collection[UUID], by: Hat, now: datetime) -> int:
    """Let a task force take petitions; one that it has is left as it is. Return how many it took.

    :raises Unknown: if this hat does not read the task force, or does not see a petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if it has done its work
    """
    keys = sorted(set(petition_ids))
    for petition_id in keys:
        lock_petition(petition_id, by)
    force = _held(force_id, by)
    has = ForcePetition.objects.filter(force=force, ended_at=None).values_list("petition", flat=True)
    new = [key for key in keys if key not in set(has)]
    ForcePetition.objects.bulk_create(
        [ForcePetition(force=force, petition_id=key, taken_at=now, taken_by=by.post) for key in new]
    )
    record("task_force.take_petitions", force, by=by.actor, at=now, facts={"count": len(new)})
    return len(new)


@transaction.atomic(durable=True)
def give_up_petition(
    force_id: UUID, *, petition_id: UUID, reason: str, by: Hat, now: datetime
) -> ForcePetition:
    """Let a task force have a petition no longer, with the reason.

    :raises Unknown: if this hat does not read the task force or see the petition, or it has it not
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if it has done its work
    :raises Refused: without a reason
    """
    lock_petition(petition_id, by)
    force = _held(force_id, by)
    _need(reason, "reason")
    rows = ForcePetition.objects.select_for_update(of=("self",))
    row = rows.filter(force=force, petition=petition_id, ended_at=None).first()
    if row is None:
        raise Unknown(_("The task force does not have this petition."))
    row.ended_at, row.end_reason = now, reason.strip()
    row.save(update_fields=["ended_at", "end_reason"])
    record("task_force.give_up_petition", force, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def resolve_force(force_id: UUID, *, result: str, by: Hat, now: datetime) -> TaskForce:
    """Write the result of a task force once none of its petitions is open any longer.

    :raises Unknown: if this hat does not read the task force
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if it has done its work, or a petition of it is open
    :raises Refused: without a result
    """
    force = _held(force_id, by)
    _need(result, "result")
    standing = ForcePetition.objects.filter(force=force, ended_at=None, petition__sealed=False)
    if any(row.petition.is_open for row in standing.select_related("petition")):
        raise OutOfTurn(_("It stands until its petitions are over."))
    force.resolved_at, force.resolved_by, force.result = now, by.post, result.strip()
    force.save(update_fields=["resolved_at", "resolved_by", "result"])
    record("task_force.resolve", force, by=by.actor, at=now)
    return force


@transaction.atomic(durable=True)
def pair(leader_id: int, *, commissioner_id: int, by: Hat, now: datetime) -> Pairing:
    """Pair a leader with a commissioner, who works at one leader's side at a time (seeds-map 34).

    :raises NotAllowed: if it is neither office nor joint conference
    :raises Refused: if one of the two posts cannot be, or the commissioner is paired already
    """
    _check(by)
    held = Post.objects.held_on(timezone.localdate(now)).filter(user__is_active=True)
    leader = held.filter(pk=leader_id, role=Role.LEADER).first()
    if leader is None:
        words = _("Choose a leader.")
        raise Refused(words, fields={"leader": words})
    commissioner = held.exclude(role=Role.LEADER).filter(pk=commissioner_id).first()
    if commissioner is None or Pairing.objects.filter(commissioner=commissioner, ended_at=None).exists():
        words = _("Choose somebody who is at no leader's side yet.")
        raise Refused(words, fields={"commissioner": words})
    row = Pairing.objects.create(leader=leader, commissioner=commissioner, since_at=now, named_by=by.post)
    facts = {"leader": leader.pk, "post": commissioner.pk}
    record("pairing.form", row, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def end_pairing(pairing_id: int, *, reason: str, by: Hat, now: datetime) -> Pairing:
    """End a pairing, with the reason.

    :raises NotAllowed: if it is neither office nor joint conference
    :raises Unknown: if there is none that stands
    :raises Refused: without a reason
    """
    _check(by)
    _need(reason, "reason")
    row = Pairing.objects.select_for_update().filter(pk=pairing_id, ended_at=None).first()
    if row is None:
        raise Unknown(_("There is no such pairing."))
    row.ended_at, row.end_reason = now, reason.strip()
    row.save(update_fields=["ended_at", "end_reason"])
    record("pairing.end", row, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def enter_role(code: str, *, name: str, is_support: bool, by: Hat, now: datetime) -> TeamRole:
    """Enter a role that somebody may have in a team.

    :raises NotAllowed: if this hat is neither a head of the office nor of the joint conference
    :raises Refused: without a name, or for a code that is taken
    """
    if not may.may_enter_meeting_kinds(by):
        raise NotAllowed(_("A head of the office enters roles."))
    _need(name, "name")
    if TeamRole.objects.filter(code=code).exists():
        words = _("This code is taken.")
        raise Refused(words, fields={"code": words})
    role = TeamRole.objects.create(
        code=code, name=name.strip(), is_support=is_support, place=TeamRole.objects.count() + 1
    )
    record("team_role.enter", role, by=by.actor, at=now, facts={"code": code})
    return role


@transaction.atomic(durable=True)
def end_role(role_id: int, *, by: Hat, now: datetime) -> TeamRole:
    """End a role that somebody may have in a team: it is given to nobody any more, and who has it keeps it.

    :raises NotAllowed: if this hat is neither a head of the office nor of the joint conference
    :raises Unknown: if there is none
    :raises OutOfTurn: if it has ended
    """
    if not may.may_enter_meeting_kinds(by):
        raise NotAllowed(_("A head of the office ends roles."))
    role = TeamRole.objects.select_for_update().filter(pk=role_id).first()
    if role is None:
        raise Unknown(_("There is no such role."))
    if role.ended_on is not None:
        raise OutOfTurn(_("This role has ended."))
    role.ended_on = timezone.localdate(now)
    role.save(update_fields=["ended_on"])
    record("team_role.end", role, by=by.actor, at=now, facts={"code": role.code})
    return role


def _check(by: Hat) -> None:
    if not may.may_staff_teams(by):
        raise NotAllowed(_("Your post does not put teams together."))


def _held(force_id: UUID, by: Hat) -> TaskForce:
    if not may.forces_for(by).filter(pk=force_id).exists():
        raise Unknown(_("There is no such task force."))
    _check(by)
    force = TaskForce.objects.select_for_update(no_key=True).get(pk=force_id)
    if force.resolved_at is not None:
        raise OutOfTurn(_("This task force has done its work."))
    return force


def _need(words: str, field: str) -> None:
    if not words.strip():
        message = _("Fill this in.")
        raise Refused(message, fields={field: message})
