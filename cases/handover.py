"""What of petitions hangs on a post or an organ and passes to its successor in one act (Q29)."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.handover import WorkHolder
from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.roles import Role
from audit.parts import record
from cases.models import Attachment, Draft, Involvement, Petition, PetitionClock, ReportedParty, SealedGrant
from cases.parts import excluded_organs, lane_posts
from cases.parts import grant as give
from lib.errors import Refused
from lib.transactions import require_transaction
from notices.models import Notice


def _open_parts(**owner: Post | Organ) -> QuerySet[Involvement]:
    return Involvement.objects.filter(ended_at=None, petition__routing="registered", **owner)


def _lock_petitions(ids: set[UUID]) -> None:
    """Hold the petitions before anything that hangs on them, in one order, as every deed does."""
    list(Petition.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))


def _move_parts(rows: QuerySet[Involvement], now: datetime, by: Hat, **taking: Post | Organ) -> int:
    """End each part and begin the same one for the successor, who may have part in the petition already."""
    _lock_petitions(set(rows.values_list("petition", flat=True)))
    moved = list(rows.select_related("petition").order_by("petition"))
    for part in moved:
        part.ended_at = now
        part.save(update_fields=["ended_at"])
        standing = Involvement.objects.filter(petition=part.petition, ended_at=None, **taking).first()
        if standing is not None:
            standing.bases = sorted({*standing.bases, *part.bases})
            standing.save(update_fields=["bases"])
        else:
            Involvement.objects.create(
                petition=part.petition,
                bases=part.bases,
                since=now,
                sealed=part.sealed,
                place_path=part.place_path,
                next_due_at=part.next_due_at,
                received_at=part.received_at,
                **taking,
            )
        record("petition.hand_over", part.petition, by=by.actor, at=now, facts={"bases": part.bases})
    return len(moved)


def _move_parts_of_post(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    require_transaction("hand_over")
    return _move_parts(_open_parts(post=leaving), now, by, post=taking)


def _move_parts_of_organ(leaving: Organ, taking: Organ, by: Hat, now: datetime) -> int:
    """Pass open parts and running clocks on; what the organ registered stays under its own name (Art 24; Q29)."""
    require_transaction("hand_over")
    moved = _move_parts(_open_parts(organ=leaving), now, by, organ=taking)
    for clock in PetitionClock.objects.open().filter(organ=leaving):
        clock.organ, clock.known_at = taking, now
        clock.save(update_fields=["organ", "known_at"])
    return moved


def _move_drafts(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    require_transaction("hand_over")
    Attachment.objects.filter(draft__post=leaving).update(added_by=taking)
    return Draft.objects.filter(post=leaving).update(post=taking)


def _move_grants(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    """Pass sealed petitions on to another officer of the lane; one he is kept out of goes to whoever else may (Q2).

    Nobody is told which: a refusal would name the accused. Leave given by name to others ends with their post.

    :raises Refused: if the successor is no sealed-lane officer
    """
    require_transaction("hand_over")
    grants = list(
        SealedGrant.objects.filter(post=leaving, ended_at=None)
        .select_related("petition")
        .order_by("petition")
    )
    if grants and leaving.role == Role.SEALED_LANE_OFFICER and taking.role != Role.SEALED_LANE_OFFICER:
        raise Refused(_("Sealed petitions pass to another sealed-lane officer only."))
    _lock_petitions({grant.petition_id for grant in grants})
    for grant in grants:
        grant.ended_at = now
        grant.save(update_fields=["ended_at"])
        record("petition.hand_over", grant.petition, by=by.actor, at=now)
        if leaving.role == Role.SEALED_LANE_OFFICER:
            _grant_to_successor(grant, taking, by, now)
    return bool(grants)


def _grant_to_successor(grant: SealedGrant, taking: Post, by: Hat, now: datetime) -> None:
    petition = grant.petition
    accused = ReportedParty.objects.filter(petition=petition, user=taking.user).exists()
    kept_out = accused or taking.organ_id in excluded_organs(petition)
    posts = lane_posts(petition, petition.register_organ, now=now) if kept_out else [taking]
    has_it = set(SealedGrant.objects.filter(petition=petition, ended_at=None).values_list("post", flat=True))
    for post in posts:
        if post.pk not in has_it and post != grant.post:
            give(petition, post, reason=grant.reason, sees_reporter=grant.sees_reporter, now=now, by=by)


def _move_notices(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    require_transaction("hand_over")
    known = Notice.objects.filter(post=taking).values("key")
    Notice.objects.unread().filter(post=leaving, key__in=known).update(withdrawn_at=now)
    return Notice.objects.unread().filter(post=leaving).update(post=taking)


PARTS = WorkHolder[Post]("petitions", lambda post: _open_parts(post=post).count(), _move_parts_of_post)
DRAFTS = WorkHolder[Post]("drafts", lambda post: Draft.objects.filter(post=post).count(), _move_drafts)
GRANTS = WorkHolder[Post](
    # whether there is any, never how many (Q2)
    "sealed",
    lambda post: int(SealedGrant.objects.filter(post=post, ended_at=None).exists()),
    _move_grants,
)
NOTICES = WorkHolder[Post](
    "notices", lambda post: Notice.objects.unread().filter(post=post).count(), _move_notices
)
ORGANS_PARTS = WorkHolder[Organ](
    "petitions", lambda organ: _open_parts(organ=organ).count(), _move_parts_of_organ
)
