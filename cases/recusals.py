"""Who works on a petition and may be asked to withdraw, and who decides on it (Art 28(3); R-33)."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Organ, Post
from accounts.roles import OWN_ONLY, Role
from cases.models import CoHandling, Handling, Petition, Recusal
from cases.parts import involve
from cases.states import Basis
from cases.workflow import HEADS, SIGNS
from lib.prepared import Given, prepared
from lib.transactions import require_transaction
from notices.models import Kind
from notices.parts import tell


def working_posts(petition: Petition, now: datetime) -> list[Post]:
    """Return the posts that work on a petition: of who registered it, leads it, or was asked to assist."""
    return _at_work(petition=petition.pk, registering=petition.register_organ_id, day=timezone.localdate(now))


@prepared
def _at_work(petition: Given, registering: Given, day: Given) -> QuerySet[Post]:
    handlings = Handling.objects.filter(petition=petition, ended_at=None)
    asked = CoHandling.objects.filter(handling__in=handlings)
    organs = Q(pk=registering) | Q(pk__in=handlings.values("organ"))
    at_work = Organ.objects.filter(organs | Q(pk__in=asked.values("organ")))
    today = Q(organ__in=at_work.values("pk")) | Q(organ__in=at_work.values("carried_on_by"))
    posts = Post.objects.held_on(day).filter(today, role__in=sorted(SIGNS))
    return posts.select_related("user", "organ__next_higher").order_by("organ__path", "pk")


def judging_posts(organ: Organ, user_id: int, now: datetime) -> list[Post]:
    """Return the heads of an organ other than the person it is about; in a body without a head its leaders."""
    held = Post.objects.held_on(timezone.localdate(now)).filter(organ=organ, user__is_active=True)
    others = held.exclude(user=user_id).select_related("organ", "user").order_by("pk")
    if held.filter(role__in=sorted(HEADS)).exists():
        return list(others.filter(role__in=sorted(HEADS)))
    return list(others.filter(role=Role.LEADER))


def judge_over(post: Post, now: datetime) -> Organ | None:
    """Return the organ whose head decides: the post's own, for a head the next-higher one that has another head."""
    organ = post.organ.next_higher if post.role in HEADS else post.organ
    passed: set[int] = set()
    while organ is not None and organ.pk not in passed:
        if judging_posts(organ, post.user_id, now):
            return organ
        passed.add(organ.pk)
        organ = organ.next_higher
    return None


def put_before_judges(asked: Recusal, *, now: datetime) -> None:
    """Give part in the petition to whoever decides on a recusal that waits, and tell them."""
    require_transaction("put_before_judges")
    if asked.judge is None:
        return
    petition, heads = asked.petition, judging_posts(asked.judge, asked.user_id, now)
    for head in heads:
        own = head.role in OWN_ONLY
        organ, post = (None, head) if own else (asked.judge, None)
        involve(petition, Basis.JUDGES, now=now, organ=organ, post=post)
    tell(
        [head.pk for head in heads],
        Kind.RECUSAL_TO_DECIDE,
        key=f"petition:{petition.pk}:recusal:{asked.pk}:{now.isoformat()}",
        subject_id=str(petition.pk),
        now=now,
    )
