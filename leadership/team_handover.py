"""Places in teams, and decisions and items that a post answers for, pass to the successor in the same act (Q29)."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from accounts.handover import WorkHolder
from accounts.hats import Hat
from accounts.models import Post
from audit.parts import record
from cases.locks import lock_several
from cases.models import Petition
from cases.parts import users_kept_out
from leadership.models import ForceMember, ListItem, MeetingDecision, Pairing, TeamMember
from lib.errors import Refused
from lib.transactions import require_transaction

# Reasons are Chinese for every reader.
_HANDED_OVER = "工作交接"
_UNFIT = gettext_lazy(
    "What this post works on in teams cannot all pass to that one. Name another, or let the office end first what"
    " cannot."
)


def _places(post: Post) -> list[QuerySet[Any]]:
    """Return the standing places of a post; what is sealed meanwhile stands for nothing (Q2)."""
    standing = {"ended_at": None}
    return [
        TeamMember.objects.filter(post=post, petition__sealed=False, **standing),
        ForceMember.objects.filter(post=post, force__resolved_at=None, **standing),
        Pairing.objects.filter(Q(leader=post) | Q(commissioner=post), **standing),
    ]


def _move_places(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    """End each place and give it to the successor, where he has none of the same already.

    :raises Refused: if a petition of one of the teams is to be kept from the successor
    """
    require_transaction("hand_over")
    teams, forces, pairings = _places(leaving)
    keys = list(teams.values_list("petition", flat=True))
    lock_several(keys)
    if any(taking.user_id in users_kept_out(each) for each in Petition.objects.filter(pk__in=keys)):
        raise Refused(_UNFIT, {"to_post": _UNFIT, "taken_over_by": _UNFIT})
    moved = 0
    for rows, owner in ((teams, "petition"), (forces, "force")):
        for row in list(rows.select_for_update(of=("self",)).order_by("pk")):
            _end(row, now)
            same = {owner: getattr(row, owner), "role": row.role, "post": taking}
            if not type(row).objects.filter(**same, ended_at=None).exists():
                type(row).objects.create(**same, since_at=now, named_by=by.post)
            moved += 1
    for row in list(pairings.select_for_update(of=("self",)).order_by("pk")):
        _end(row, now)
        _pair_again(row, leaving, taking, by, now)
        moved += 1
    if moved:
        facts = {"to_post": taking.pk, "count": moved}
        record("post.pass_places", leaving, by=by.actor, at=now, facts=facts)
    return moved


def _end(row: Any, now: datetime) -> None:
    row.ended_at, row.end_reason = now, _HANDED_OVER
    row.save(update_fields=["ended_at", "end_reason"])


def _pair_again(row: Pairing, leaving: Post, taking: Post, by: Hat, now: datetime) -> None:
    leader = taking.pk if row.leader_id == leaving.pk else row.leader_id
    commissioner = taking.pk if row.commissioner_id == leaving.pk else row.commissioner_id
    taken = Pairing.objects.filter(commissioner=commissioner, ended_at=None).exists()
    if leader != commissioner and not taken:
        Pairing.objects.create(leader_id=leader, commissioner_id=commissioner, since_at=now, named_by=by.post)


def _decisions(post: Post) -> QuerySet[MeetingDecision]:
    return MeetingDecision.objects.undone().filter(responsible=post)


def _items(post: Post) -> QuerySet[ListItem]:
    return ListItem.objects.unstruck().filter(responsible=post)


def _move_tasks(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    """Let the successor answer for decisions that are not done and items that are not struck off."""
    require_transaction("hand_over")
    decisions = list(_decisions(leaving).values_list("pk", flat=True))
    items = list(_items(leaving).values_list("pk", flat=True))
    MeetingDecision.objects.filter(pk__in=decisions).update(responsible=taking)
    ListItem.objects.filter(pk__in=items).update(responsible=taking)
    moved = len(decisions) + len(items)
    if moved:
        facts = {"to_post": taking.pk, "count": moved}
        record("post.pass_tasks", leaving, by=by.actor, at=now, facts=facts)
    return moved


PLACES = WorkHolder[Post]("places", lambda post: sum(rows.count() for rows in _places(post)), _move_places)
TASKS = WorkHolder[Post]("tasks", lambda post: _decisions(post).count() + _items(post).count(), _move_tasks)
