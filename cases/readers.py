"""Who reads petitions in an organ (经办人): whom one may choose, and who reads which."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts.hats import Hat
from accounts.models import Post
from cases.models import Reader
from cases.states import OPEN
from cases.workflow import HANDLES
from lib.among import among
from lib.transactions import require_transaction


def may_read(hat: Hat, *, on: date) -> QuerySet[Post]:
    """Return the posts of a hat's own organ that work on petitions (承办), whose holders can be chosen on a day."""
    held = Post.objects.held_on(on).filter(organ=hat.organ, role__in=sorted(HANDLES), user__is_active=True)
    return held.select_related("user").order_by("pk")


def readers_of(petition_ids: Iterable[UUID]) -> Mapping[UUID, list[str]]:
    """Return the names of those who read petitions, the organ that had it first before the others, in one query."""
    standing = Reader.objects.filter(
        petition__in=among(list(petition_ids)), petition__sealed=False, ended_at=None
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for petition_id, name in standing.order_by("given_at", "pk").values_list("petition", "post__user__name"):
        found[petition_id].append(name)
    return found


def read_by(post: Post) -> QuerySet[Reader]:
    """Return what a post reads of petitions that are going on."""
    return Reader.objects.filter(post=post, ended_at=None, petition__routing__in=sorted(OPEN))


def pass_on(leaving: Post, taking: Post, *, now: datetime) -> int:
    """Let the successor of a post read what the post read, in the same organ; elsewhere nobody in particular does."""
    require_transaction("pass_on")
    standing = Reader.objects.filter(post=leaving, ended_at=None)
    if taking.organ_id != leaving.organ_id or taking.role not in HANDLES:
        return standing.update(ended_at=now)
    return standing.update(post=taking)


def end_of_organ(organ_id: int, *, now: datetime) -> None:
    """End what the posts of an organ read that is no more: whoever carries it on gives its petitions anew."""
    require_transaction("end_of_organ")
    Reader.objects.filter(organ=organ_id, ended_at=None).update(ended_at=now)
