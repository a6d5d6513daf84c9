"""Who looks at a keeping that was drawn: a head who neither kept nor countersigned it (Q13)."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Length
from django.utils import timezone

from accounts.models import Organ, OrganKind, Post
from cases.models import KeepCheck
from cases.workflow import APPROVES
from lib.transactions import require_transaction
from lib.trees import paths_above
from notices.models import Kind
from notices.parts import tell


def third_heads(check: KeepCheck, organ: Organ | None, *, now: datetime) -> QuerySet[Post]:
    """Return the posts of an organ as of today whose holders may look at a keeping; none without an organ."""
    if organ is None:
        return Post.objects.none()
    of_today = _heads(now).filter(organ=organ.carried_on_by_id or organ.pk)
    return of_today.exclude(user__in=[one for one in (check.kept_by_id, check.countersigned_by_id) if one])


def with_nobody(checks: QuerySet[KeepCheck], *, now: datetime) -> QuerySet[KeepCheck]:
    """Keep the keepings for which `third_heads` of their organ are none, in one statement for all."""
    heads = _heads(now).filter(organ=Coalesce(OuterRef("looks__carried_on_by"), OuterRef("looks")))
    for hand in ("kept_by", "countersigned_by"):
        heads = heads.exclude(user=Coalesce(OuterRef(hand), Value(0)))
    return checks.filter(~Exists(heads))


def _heads(now: datetime) -> QuerySet[Post]:
    held = Post.objects.held_on(timezone.localdate(now))
    return held.filter(role__in=sorted(APPROVES), user__is_active=True)


def put_before_a_third(check: KeepCheck, *, now: datetime) -> None:
    """Put a keeping before the heads of its organ, or of the petition office next above it, and tell them (Q13).

    Where even there everybody had a hand in it, it stands with nobody, and the page says so; it is tried again.
    """
    require_transaction("put_before_a_third")
    petition = check.route.petition
    organs = [petition.register_organ, *_offices_above(petition.register_organ)]
    looks = next((organ for organ in organs if third_heads(check, organ, now=now).exists()), None)
    check.looks = looks
    check.save(update_fields=["looks"])
    tell(
        third_heads(check, looks, now=now).values_list("pk", flat=True),
        Kind.KEEP_TO_LOOK_AT,
        key=f"petition:{petition.pk}:keep:{check.pk}",
        subject_id=str(petition.pk),
        now=now,
    )


def _offices_above(organ: Organ) -> QuerySet[Organ]:
    """Return the petition offices that look after the place of an organ, the nearest first."""
    offices = Organ.objects.current().filter(
        kind=OrganKind.PETITION_OFFICE, place__path__in=paths_above(organ.place.path)
    )
    return offices.exclude(pk__in=[organ.pk, organ.carried_on_by_id or organ.pk]).order_by(
        Length("place__path").desc(), "pk"
    )
