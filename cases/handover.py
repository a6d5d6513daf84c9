"""What of petitions hangs on a post or an organ and passes to its successor in one act (Q29)."""

import json
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.handover import WorkHolder
from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.roles import MAY_REGISTER, Role
from audit.parts import record, record_each
from cases.builders import reported_of
from cases.intake import Reported
from cases.locks import lock_owners, lock_several
from cases.models import (
    Attachment,
    Draft,
    Handling,
    Involvement,
    Petition,
    PetitionClock,
    ReportedParty,
    SealedGrant,
)
from cases.parts import excluded_organs, lane_posts, organs_kept_out
from cases.parts import grant as give
from cases.readers import end_of_organ, pass_on, read_by
from cases.secrets import open_field
from cases.states import OPEN, Basis, ReportedKind
from lib.errors import Refused
from lib.transactions import require_transaction
from lib.trees import paths_above
from notices.models import Notice
from notices.parts import withdraw

# What the form calls kind, unit and name of whoever is reported.
_REPORTED = ("reported_kind", "reported_organ", "reported_name")
# Rows written by one statement, so that an organ's hundred thousand petitions pass within one request.
_AT_A_TIME = 1000


def _open_parts(**owner: Post | Organ) -> QuerySet[Involvement]:
    """Return the parts that are somebody's work. What a leader looks after is not: it goes with his portfolio."""
    parts = Involvement.objects.filter(ended_at=None, petition__routing__in=sorted(OPEN), **owner)
    return parts.exclude(bases__contained_by=[Basis.PORTFOLIO])


def _move_parts(parts: QuerySet[Involvement], now: datetime, by: Hat, **taking: Post | Organ) -> int:
    """End each part and begin the same one for the successor, who may have part in the petition already."""
    lock_several(parts.values_list("petition", flat=True))
    moving = list(parts.order_by("petition"))
    standing = {
        part.petition_id: part
        for part in Involvement.objects.filter(ended_at=None, petition__in=parts.values("petition"), **taking)
    }
    begun, joined = [], []
    for part in moving:
        bases = [basis for basis in part.bases if basis != Basis.PORTFOLIO]
        there = standing.get(part.petition_id)
        if there is None:
            begun.append(_begun(part, bases, now, **taking))
        else:
            there.bases = sorted({*there.bases, *bases})
            joined.append(there)
    looked_after = {"bases__contains": [Basis.PORTFOLIO]}
    parts.exclude(**looked_after).update(ended_at=now)
    parts.filter(**looked_after).update(bases=[Basis.PORTFOLIO])
    Involvement.objects.bulk_update(joined, ["bases"], batch_size=_AT_A_TIME)
    Involvement.objects.bulk_create(begun, batch_size=_AT_A_TIME)
    facts = {part.petition_id: {"bases": part.bases} for part in [*begun, *joined]}
    record_each("petition.hand_over", Petition, facts.items(), by=by.actor, at=now)
    return len(moving)


def _begun(part: Involvement, bases: list[str], now: datetime, **taking: Post | Organ) -> Involvement:
    return Involvement(
        petition_id=part.petition_id,
        bases=bases,
        since=now,
        sealed=part.sealed,
        routing=part.routing,
        place_path=part.place_path,
        next_due_at=part.next_due_at,
        received_at=part.received_at,
        **taking,
    )


def _move_parts_of_post(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    require_transaction("hand_over")
    return _move_parts(_open_parts(post=leaving), now, by, post=taking)


def _move_parts_of_organ(leaving: Organ, taking: Organ, by: Hat, now: datetime) -> int:
    """Pass parts and running clocks on; what the organ registered stays under its own name (Art 24; Q29).

    Parts in petitions that have come to their end pass too: whoever carries the organ on answers for them.
    """
    require_transaction("hand_over")
    standing = Involvement.objects.filter(organ=leaving, ended_at=None)
    moved = _move_parts(standing, now, by, organ=taking)
    # Where the successor leads other claims of the same petition, each handling keeps its own clocks and its old name;
    # the successor acts in both (`is_or_carries_on`).
    led_too = Handling.objects.filter(organ=taking, ended_at=None).values("petition")
    clocks = lock_owners(PetitionClock.objects.open().filter(organ=leaving).exclude(petition__in=led_too))
    clocks.update(organ=taking, known_at=now)
    led = Handling.objects.filter(organ=leaving, ended_at=None).exclude(petition__in=led_too)
    led.update(organ=taking, known_at=now)
    end_of_organ(leaving.pk, now=now)
    return moved


def _move_drafts(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    """Pass drafts on; a sealed one that names the successor or his unit goes to the next who may register (Q1, Q2).

    Nobody is told which: a refusal would name the accused.

    :raises Refused: if nobody here can take one of them up, in words that are the same whatever the reason
    """
    require_transaction("hand_over")
    drafts = list(Draft.objects.select_for_update().filter(post=leaving).order_by("pk"))
    takers = {
        draft.pk: _taker_of(draft, leaving, taking, now) if draft.sealed else taking for draft in drafts
    }
    for draft in drafts:
        taker = takers[draft.pk]
        draft.post = taker
        draft.save(update_fields=["post"])
        Attachment.objects.filter(draft=draft).update(added_by=taker)
        if taker != taking:
            withdraw(str(draft.pk), now=now)
    facts = {draft_id: {"to_post": taker.pk} for draft_id, taker in takers.items()}
    record_each("draft.hand_over", Draft, facts.items(), by=by.actor, at=now)
    return len(drafts)


def _taker_of(draft: Draft, leaving: Post, taking: Post, now: datetime) -> Post:
    """Return the successor, or else the nearest post that may register and is not kept out of what a draft reports."""
    above = Post.objects.held_on(timezone.localdate(now)).filter(
        organ__path__in=paths_above(leaving.organ.path), role__in=MAY_REGISTER, user__is_active=True
    )
    nearest = above.exclude(pk__in=[leaving.pk, taking.pk]).order_by("-organ__path", "pk")
    parties = _reported_in(draft)
    accused = {party.user_id for party in parties if party.user_id}
    # Where the reported unit stands over all of them, its own people alone are kept out, as in the lane.
    candidates: list[Post] = [taking, *nearest]
    for kept_out in (organs_kept_out(parties), organs_kept_out(parties, below=False)):
        for post in candidates:
            if post.role in MAY_REGISTER and post.user_id not in accused and post.organ_id not in kept_out:
                return post
    words = _(
        "The parked drafts can be passed to nobody here. Let the holder register or discard them first."
    )
    raise Refused(words, {"to_post": words, "taken_over_by": words})


def _reported_in(draft: Draft) -> list[ReportedParty]:
    """Return whoever may be meant by what stands in a draft so far, as registering it would; nothing is written."""
    content = json.loads(open_field("draft", draft.pk, "content", draft.content_sealed))
    typed = {name: (content.get(name) or [""])[-1].strip() for name in _REPORTED}
    kind, organ, name = (typed[field] for field in _REPORTED)
    kinds = [ReportedKind(kind)] if kind in ReportedKind.values else list(ReportedKind)
    known = Organ.objects.filter(pk=organ) if organ.isdecimal() else Organ.objects.none()
    organ_id = known.values_list("pk", flat=True).first()
    named = [Reported(kind=each, organ_id=organ_id, name=name) for each in kinds]
    return reported_of(Petition(), named)


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
    lock_several(grant.petition_id for grant in grants)
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


def _move_reading(leaving: Post, taking: Post, _by: Hat, now: datetime) -> int:
    return pass_on(leaving, taking, now=now)


PARTS = WorkHolder[Post]("petitions", lambda post: _open_parts(post=post).count(), _move_parts_of_post)
DRAFTS = WorkHolder[Post]("drafts", lambda post: Draft.objects.filter(post=post).count(), _move_drafts)
GRANTS = WorkHolder[Post](
    # whether there is any, never how many (Q2)
    "sealed",
    lambda post: int(SealedGrant.objects.filter(post=post, ended_at=None).exists()),
    _move_grants,
)
READING = WorkHolder[Post]("reading", lambda post: read_by(post).count(), _move_reading)
NOTICES = WorkHolder[Post](
    "notices", lambda post: Notice.objects.unread().filter(post=post).count(), _move_notices
)
ORGANS_PARTS = WorkHolder[Organ](
    "petitions", lambda organ: _open_parts(organ=organ).count(), _move_parts_of_organ
)
