"""Pieces of deeds on petitions. They open no transaction and refuse to work without one."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import CharField, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, OrganSuccession, Post
from accounts.roles import Role
from audit.parts import record
from cases.locks import lock_several
from cases.models import (
    Attachment,
    Involvement,
    Petition,
    PetitionClock,
    PetitionQuerySet,
    QueryCode,
    Reader,
    ReportedParty,
    SealedGrant,
    SealedHandover,
)
from cases.open_lane import hold_if_open_to, is_open_to
from cases.portfolios import begin_parts, end_parts, enter_gate, petitions_moving, shut_gate, try_gate
from cases.rules import petition_number, series_key
from cases.states import UNLIT_CLOCKS, AttachmentKind, Basis
from infra.files import Checked, store
from infra.idempotency import serialise
from infra.numbers import take_number
from lib.codes import code_digest, new_code
from lib.errors import OutOfTurn, Stale, Unknown
from lib.prepared import Given, prepared
from lib.transactions import require_transaction
from notices.models import Kind, Notice
from notices.parts import tell, withdraw
from places.models import Place

# Under it the advisory locks of superiors' numbers stand apart from other keys.
_SUPERIOR_NUMBERS = UUID("0192f3a0-7c1e-7d52-9b0a-5e1f6c2d8a45")


def lock_petition(petition_id: UUID, hat: Hat) -> Petition:
    """Return a petition of the open lane this hat may know of, held until the transaction ends.

    :raises Unknown: if there is none, or none for this hat (Q6)
    """
    require_transaction("lock_petition")
    locked = hold_if_open_to(hat, petition_id)
    # Asked again of the locked row: it may have been sealed while this one waited for it.
    if locked is None or not is_open_to(hat, petition_id):
        raise Unknown(_("There is no such petition."))
    return locked


def lock_sealed(petition_id: UUID, hat: Hat) -> Petition:
    """Return a sealed petition granted to this post, held until the transaction ends.

    :raises Unknown: if there is none, or none granted to this post
    """
    return _lock(petition_id, Petition.objects.sealed_to(hat))


def lock_either(petition_id: UUID, hat: Hat) -> Petition:
    """Return a petition of whichever lane this hat reads it in, held until the transaction ends.

    :raises Unknown: if there is none, or none for this hat
    """
    return _lock(petition_id, Petition.objects.visible_to(hat), Petition.objects.sealed_to(hat))


def find_readable(petition_id: UUID, hat: Hat) -> Petition | None:
    """Return a petition in whichever lane this hat reads it, with what the page's head shows; nothing for none."""
    # The narrow question first: whoever finds nothing does not wait for all that the page's head joins.
    sealed = _lane_of(petition_id, hat)
    petition = read_head(petition_id) if sealed is not None else None
    # sealed or unsealed since the question: then it is not that lane's any more
    return petition if petition is not None and petition.sealed == sealed else None


def read_head(petition_id: UUID) -> Petition | None:
    """Return a petition with what its page's head shows, whoever may know of it; nothing if there is none.

    In three statements: planning one that joins them all takes longer.
    """
    petition = _petition.first(pk=petition_id)
    if petition is not None:
        (petition.place,) = _place(pk=petition.place_id)
        (petition.registered_by,) = _post(pk=petition.registered_by_id)
    return petition


def is_readable(petition_id: UUID, hat: Hat) -> bool:
    """Test if this hat reads a petition, in whichever lane it is."""
    return _lane_of(petition_id, hat) is not None


def _lane_of(petition_id: UUID, hat: Hat) -> bool | None:
    """Return whether this hat reads a petition in the sealed lane or in the open one; nothing for none."""
    if is_open_to(hat, petition_id):
        return False
    return True if Petition.objects.sealed_to(hat).filter(pk=petition_id).exists() else None


@prepared
def _petition(pk: Given) -> PetitionQuerySet:
    return Petition.objects.filter(pk=pk).select_related("words", "register_organ", "content_category")


@prepared
def _place(pk: Given) -> QuerySet[Place]:
    return Place.objects.filter(pk=pk).select_related("parent")


@prepared
def _post(pk: Given) -> QuerySet[Post]:
    return Post.objects.filter(pk=pk).select_related("user")


def _lock(petition_id: UUID, *readable: PetitionQuerySet) -> Petition:
    require_transaction("lock_petition")
    lanes = [lane.filter(pk=petition_id) for lane in readable]
    in_sight = Q(pk__in=[])
    for lane in lanes:
        in_sight |= Q(pk__in=lane.values("pk"))
    # Only a row in sight is locked: whoever may not know of it neither waits for it nor holds it, so that the answer
    # takes as long for a petition out of sight as for none (Q6). Not locked as a key: rows that point at it may be
    # written meanwhile.
    rows = Petition.objects.select_for_update(of=("self",), no_key=True).select_related("register_organ")
    locked = rows.filter(in_sight, pk=petition_id).first()
    # Asked again of the locked row: it may have been sealed, or unsealed, while this one waited for it.
    if locked is None or not any(lane.exists() for lane in lanes):
        raise Unknown(_("There is no such petition."))
    return locked


def check_version(petition: Petition, seen: int) -> None:
    """Refuse a write that did not see the present state (Q32).

    :raises Stale: if somebody changed the petition since
    """
    if petition.version != seen:
        raise Stale(
            _("Somebody changed this petition meanwhile. Your text is kept below; compare and save again.")
        )


def touch(petition: Petition, *, now: datetime, also: Iterable[str] = ()) -> None:
    """Write the named fields of a locked petition with a new version."""
    require_transaction("touch")
    petition.version += 1
    petition.known_at = now
    petition.save(update_fields=["version", "known_at", *also])


def give_number(office: Organ, *, on: datetime, sealed: bool) -> str:
    """Return the next petition number of an office. Take it late: the series is held until commit (Q16)."""
    prefix = office.number_prefix
    if prefix is None:
        message = f"organ {office.pk} has no number series"
        raise RuntimeError(message)
    year = timezone.localdate(on).year
    serial = take_number(series_key(prefix, year, sealed=sealed))
    return petition_number(prefix, year, serial, sealed=sealed)


def involve(
    petition: Petition, basis: Basis, *, now: datetime, organ: Organ | None = None, post: Post | None = None
) -> None:
    """Give an organ or a post part in a petition; a second reason joins the first."""
    require_transaction("involve")
    standing = Involvement.objects.filter(petition=petition, organ=organ, post=post, ended_at=None).first()
    if standing is None:
        Involvement.objects.create(
            petition=petition,
            organ=organ,
            post=post,
            bases=[basis],
            since=now,
            sealed=petition.sealed,
            routing=petition.routing,
            place_path=petition.place_path,
            next_due_at=petition.next_due_at,
            received_at=petition.received_at,
        )
    elif basis not in standing.bases:
        standing.bases = [*standing.bases, basis]
        standing.save(update_fields=["bases"])


def end_basis(parts: QuerySet[Involvement], basis: Basis, *, now: datetime) -> None:
    """End one reason of some standing parts; a part that has other reasons too goes on without it."""
    require_transaction("end_basis")
    for part in parts.filter(ended_at=None, bases__contains=[basis]).order_by("pk"):
        kept = [each for each in part.bases if each != basis]
        part.bases, part.ended_at = kept or part.bases, None if kept else now
        part.save(update_fields=["bases", "ended_at"])


def involve_portfolios(petition: Petition, *, now: datetime) -> list[int]:
    """Give part to the leaders whose portfolio holds the place (包乡镇) or an organ that has part (管行业).

    Call it after the organs were involved. Return the posts that had no part for this reason yet.
    """
    require_transaction("involve_portfolios")
    enter_gate()
    parts = begin_parts(petitions=[petition.pk], today=timezone.localdate(now), now=now)
    return [post_id for _petition_id, post_id in parts]


def follow_place(petition: Petition, *, now: datetime) -> None:
    """Let the leaders' parts follow a locked petition to the place that was just written (Q18).

    :raises OutOfTurn: if somebody changes portfolios or divisions at this moment, who may be waiting for this very
        petition, or the division ended meanwhile
    """
    require_transaction("follow_place")
    if not try_gate():
        raise OutOfTurn(_("What leaders look after is being changed at this moment. Save again."))
    if not Place.objects.current().filter(pk=petition.place_id, path=petition.place_path).exists():
        raise OutOfTurn(_("This division has ended meanwhile. Choose the one that carries it on."))
    if petition.sealed:
        return
    today = timezone.localdate(now)
    end_parts(petitions=[petition.pk], today=today, now=now)
    begin_parts(petitions=[petition.pk], today=today, now=now)
    _take_back_of_ended(Involvement.objects.filter(petition=petition), now)


def follow_organs(petition: Petition, *, now: datetime) -> None:
    """End the parts of leaders whose organ has part in a locked petition no longer (管行业)."""
    require_transaction("follow_organs")
    enter_gate()
    end_parts(petitions=[petition.pk], today=timezone.localdate(now), now=now)
    _take_back_of_ended(Involvement.objects.filter(petition=petition), now)


def follow_recusal(petition: Petition, user_id: int, *, now: datetime) -> None:
    """Let whoever withdrew from a locked petition have no part in it as a leader, and nothing to do on it (R-33).

    :raises OutOfTurn: if somebody changes portfolios at this moment, who may be waiting for this very petition
    """
    require_transaction("follow_recusal")
    if not try_gate():
        raise OutOfTurn(_("What leaders look after is being changed at this moment. Save again."))
    end_parts(petitions=[petition.pk], today=timezone.localdate(now), now=now)
    # what he sponsors he reads no longer; the sweep that ends it comes after
    end_basis(Involvement.objects.filter(petition=petition, post__user=user_id), Basis.SPONSORS, now=now)
    told = Notice.objects.standing().filter(subject_id=str(petition.pk), post__user=user_id)
    told.update(withdrawn_at=now)
    Reader.objects.filter(petition=petition, post__user=user_id, ended_at=None).update(ended_at=now)


def follow_portfolios(post_ids: Collection[int], now: datetime) -> None:
    """Let leaders have part in exactly the open petitions that they look after from now on (Q29).

    The number of statements is the same for one petition and for all.
    """
    require_transaction("follow_portfolios")
    today = timezone.localdate(now)
    # The turn of those who hold several petitions comes before the gate, as in a handover that ends here.
    lock_several(())
    shut_gate()
    lock_several(petitions_moving(post_ids, today=today))
    end_parts(posts=post_ids, today=today, now=now)
    begin_parts(posts=post_ids, today=today, now=now)
    _take_back_of_ended(Involvement.objects.filter(post__in=post_ids), now)


def _take_back_of_ended(parts: QuerySet[Involvement], now: datetime) -> None:
    """Take back what leaders were told about petitions they look after no longer."""
    ended = parts.filter(ended_at=now, bases=[Basis.PORTFOLIO], post=OuterRef("post")).annotate(
        subject=Cast("petition_id", CharField())
    )
    Notice.objects.standing().filter(
        kind=Kind.REGISTERED_FOR_YOU, subject_id__in=ended.values("subject")
    ).update(withdrawn_at=now)


def copy_next_due(petition: Petition) -> None:
    """Write the nearest statutory due moment onto the petition and everyone's involvement, for the lists."""
    require_transaction("copy_next_due")
    nearest = _nearest_due.first(petition=petition.pk) or (None, None)
    if (petition.next_due_at, petition.next_amber_at) == nearest:
        return
    petition.next_due_at, petition.next_amber_at = nearest
    petition.save(update_fields=["next_due_at", "next_amber_at"])
    Involvement.objects.filter(petition=petition, ended_at=None).update(next_due_at=petition.next_due_at)


@prepared
def _nearest_due(petition: Given) -> QuerySet[PetitionClock, tuple[datetime | None, datetime | None]]:
    running = PetitionClock.objects.filter(petition=petition, met_at=None, cancelled_at=None)
    lit = running.exclude(code__in=UNLIT_CLOCKS).values("petition")
    return lit.annotate(due=Min("due_at"), amber=Min("amber_at")).values_list("due", "amber")


def hold_superior_number(petition: Petition) -> None:
    """Let one transaction at a time ask whether a superior's number is free in the open lane, and take it (Q21)."""
    require_transaction("hold_superior_number")
    if petition.superior_number:
        named = f"{petition.register_organ_id}:{petition.source}:{petition.superior_number}"
        serialise(uuid5(_SUPERIOR_NUMBERS, named))


def issue_code(petition: Petition, *, now: datetime, petitioner_id: UUID | None = None) -> str:
    """Return a new query code in clear, for this once; any earlier one stops working. Only its keyed hash is kept."""
    require_transaction("issue_code")
    earlier = QueryCode.objects.filter(petition=petition, replaced_at=None)
    of_whom = (
        earlier.filter(petitioner_id=petitioner_id) if petitioner_id else earlier.filter(petitioner=None)
    )
    of_whom.update(replaced_at=now)
    code = new_code()
    QueryCode.objects.create(
        petition=petition,
        petitioner_id=petitioner_id,
        digest=code_digest(code, keys=settings.QUERY_CODE_KEYS),
        issued_at=now,
    )
    return code


def grant(
    petition: Petition,
    post: Post,
    *,
    reason: str,
    now: datetime,
    by: Hat | None = None,
    sees_reporter: bool = False,
) -> None:
    """Let one post read one sealed petition. The caller has checked that the post is not an excluded one."""
    require_transaction("grant")
    SealedGrant.objects.create(
        petition=petition,
        post=post,
        reason=reason,
        sees_reporter=sees_reporter,
        granted_by=by.post if by else None,
        granted_at=now,
    )


def users_kept_out(petition: Petition) -> set[int]:
    """Return whom nothing about a petition is sent: whom it names, and who withdrew from it (Q2, R-33)."""
    named = petition.reported_parties.exclude(user=None).values_list("user", flat=True)
    withdrew = petition.recusals.filter(withdrawn=True).values_list("user", flat=True)
    return {*named, *withdrew}


def excluded_organs(petition: Petition, *, below: bool = True) -> set[int]:
    """Return the organs that must not learn of a sealed petition (Art 30(3), 46(5); protection §2.5; invariant 8)."""
    return organs_kept_out(ReportedParty.objects.filter(petition=petition), below=below)


def organs_kept_out(parties: Iterable[ReportedParty], *, below: bool = True) -> set[int]:
    """Return the organs that must not learn of what these persons or units are reported for.

    They are the reported units, the units that a reported person leads or has led, whatever carried one of them on
    (Art 24), and with `below` everything beneath them.
    """
    reported = list(parties)
    led = Post.objects.filter(
        user__in=[party.user_id for party in reported if party.user_id],
        role__in=[Role.UNIT_HEAD, Role.LEADER, Role.OFFICE_DIRECTOR],
    )
    roots = {party.organ_id for party in reported if party.organ_id} | set(
        led.values_list("organ", flat=True)
    )
    carried_on = roots
    while carried_on:
        successors = OrganSuccession.objects.filter(predecessor__in=carried_on).values_list(
            "successor", flat=True
        )
        carried_on = set(successors) - roots
        roots |= carried_on
    if not below:
        return roots
    within = Q(pk__in=[])
    for path in Organ.objects.filter(pk__in=roots).values_list("path", flat=True):
        within |= Q(path__startswith=path)
    return set(Organ.objects.filter(within).values_list("pk", flat=True))


def lane_posts(petition: Petition, office: Organ, *, now: datetime) -> list[Post]:
    """Return the sealed-lane officers who receive a sealed petition, none of them reported or of a reported unit.

    Looked for in the registering organ, then where its place is looked after, then in the discipline organ, then
    anywhere above (Art 22(2); Q2: the accused is always passed over). Where the reported unit stands over the whole
    lane, its own people are kept out and the lane's are not.
    """
    today = timezone.localdate(now)
    accused = ReportedParty.objects.filter(petition=petition, user__isnull=False).values("user")
    officers = list(
        Post.objects.held_on(today)
        .filter(role=Role.SEALED_LANE_OFFICER, user__is_active=True)
        .exclude(user__in=accused)
        .select_related("organ__place", "user")
    )
    for excluded in (excluded_organs(petition), excluded_organs(petition, below=False)):
        kept = [post for post in officers if post.organ_id not in excluded]
        if kept:
            return _nearest(kept, office)
    return []


def _nearest(officers: list[Post], office: Organ) -> list[Post]:
    around = [post for post in officers if office.place.path.startswith(post.organ.place.path)]
    steps = [
        [post for post in officers if post.organ.is_or_carries_on(office)],
        [post for post in around if post.organ.looks_after_a_place],
        [post for post in around if post.organ.kind == OrganKind.DISCIPLINE_ORGAN],
        around,
        officers,
    ]
    return next(posts for posts in steps if posts)


def give_to_the_lane(petition: Petition, *, reason: str, now: datetime, by: Hat | None = None) -> list[int]:
    """Grant a sealed petition to the lane's officers and tell them. Return their posts, none if the lane is empty."""
    require_transaction("give_to_the_lane")
    posts = lane_posts(petition, petition.register_organ, now=now)
    for post in posts:
        grant(petition, post, reason=reason, now=now, by=by, sees_reporter=True)
    tell(
        [post.pk for post in posts],
        Kind.SEALED_HERE,
        key=f"petition:{petition.pk}:sealed:{now.isoformat()}",
        subject_id=str(petition.pk),
        now=now,
    )
    return [post.pk for post in posts]


def call_off_in_the_lane(petition: Petition, handover: SealedHandover, *, now: datetime) -> None:
    """Take back the call to a sealed petition once it was handed over and no period runs on it (R-13).

    It stands for the discipline organ's own posts, to whom it went.
    """
    require_transaction("call_off_in_the_lane")
    if petition.next_due_at is None:
        received = petition.grants.filter(ended_at=None, post__organ=handover.organ)
        withdraw(str(petition.pk), now=now, except_posts=received.values_list("post", flat=True))


def attach(petition: Petition, file: Checked, kind: AttachmentKind, *, by: Hat, now: datetime) -> Attachment:
    """Hang a checked file on a locked petition, and write down who did."""
    require_transaction("attach")
    attachment = Attachment.objects.create(
        petition=petition, file=store(file, now=now), kind=kind, added_by=by.post, added_at=now
    )
    record("petition.attach", petition, by=by.actor, at=now, facts={"kind": kind, "type": file.content_type})
    return attachment
