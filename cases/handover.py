"""What of petitions hangs on a post or an organ and passes to its successor in one act (Q29)."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.handover import WorkHolder
from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.roles import Role
from audit.parts import record
from cases.models import Attachment, Draft, Involvement, PetitionClock, ReportedParty, SealedGrant
from cases.parts import excluded_organs
from lib.errors import Refused
from lib.transactions import require_transaction
from notices.models import Notice


def _open_parts(**owner: Post | Organ) -> QuerySet[Involvement]:
    return Involvement.objects.filter(ended_at=None, petition__routing="registered", **owner)


def _move_parts(rows: QuerySet[Involvement], now: datetime, by: Hat, **taking: Post | Organ) -> int:
    """End each part and begin the same one for the successor, who may have part in the petition already."""
    moved = list(rows.select_for_update(of=("self",)).select_related("petition"))
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
    """Pass sealed petitions on to another officer of the lane, never to somebody who is kept out (Art 30; Q2).

    :raises Refused: if the successor is no sealed-lane officer, or is kept out of one of them
    """
    require_transaction("hand_over")
    grants = list(SealedGrant.objects.filter(post=leaving, ended_at=None).select_related("petition"))
    if grants and taking.role != Role.SEALED_LANE_OFFICER:
        raise Refused(_("Sealed petitions pass to another sealed-lane officer only."))
    for grant in grants:
        accused = ReportedParty.objects.filter(petition=grant.petition, user=taking.user).exists()
        if accused or taking.organ_id in excluded_organs(grant.petition):
            raise Refused(
                _("This person is kept out of one of the sealed petitions. Choose another officer.")
            )
        grant.ended_at = now
        grant.save(update_fields=["ended_at"])
        if not SealedGrant.objects.filter(petition=grant.petition, post=taking, ended_at=None).exists():
            SealedGrant.objects.create(
                petition=grant.petition,
                post=taking,
                reason=grant.reason,
                sees_reporter=grant.sees_reporter,
                granted_by=by.post,
                granted_at=now,
            )
        record("petition.hand_over", grant.petition, by=by.actor, at=now, facts={"grant": taking.pk})
    return len(grants)


def _move_notices(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    require_transaction("hand_over")
    known = Notice.objects.filter(post=taking).values("key")
    Notice.objects.unread().filter(post=leaving, key__in=known).update(withdrawn_at=now)
    return Notice.objects.unread().filter(post=leaving).update(post=taking)


PARTS = WorkHolder[Post]("petitions", lambda post: _open_parts(post=post).count(), _move_parts_of_post)
DRAFTS = WorkHolder[Post]("drafts", lambda post: Draft.objects.filter(post=post).count(), _move_drafts)
GRANTS = WorkHolder[Post](
    "sealed", lambda post: SealedGrant.objects.filter(post=post, ended_at=None).count(), _move_grants
)
NOTICES = WorkHolder[Post](
    "notices", lambda post: Notice.objects.unread().filter(post=post).count(), _move_notices
)
ORGANS_PARTS = WorkHolder[Organ](
    "petitions", lambda organ: _open_parts(organ=organ).count(), _move_parts_of_organ
)
