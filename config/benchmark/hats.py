"""Whose work is measured."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import OrganKind, Post
from accounts.roles import Role


@dataclass(frozen=True)
class Hats:
    """The four whose work is measured, the office's officer who routes, and its head."""

    registrar: Hat
    unit_officer: Hat
    township: Hat
    leader: Hat
    office: Hat
    head: Hat

    @property
    def readers(self) -> Mapping[str, Hat]:
        return {
            "registrar": self.registrar,
            "unit officer": self.unit_officer,
            "township": self.township,
            "leader": self.leader,
        }


def the_hats() -> Hats:
    """Return of each kind the post with the most to see."""
    departments = Q(organ__kind=OrganKind.DEPARTMENT)
    townships = Q(organ__kind=OrganKind.TOWNSHIP)
    offices = Q(organ__kind=OrganKind.PETITION_OFFICE)
    return Hats(
        registrar=_busiest(Role.REGISTRAR, offices),
        unit_officer=_busiest(Role.CASE_OFFICER, departments),
        township=_busiest(Role.CASE_OFFICER, townships),
        leader=_busiest(Role.LEADER, Q(), of="involvements"),
        office=_busiest(Role.PETITION_OFFICER, offices),
        head=_busiest(Role.SECTION_HEAD, offices),
    )


def _busiest(role: Role, which: Q, *, of: str = "organ__involvements") -> Hat:
    today = timezone.localdate()
    posts = Post.objects.held_on(today).filter(which, role=role).annotate(work=Count(of))
    post = posts.order_by("-work", "pk").select_related("user").first()
    if post is None:
        message = f"nobody is {role}"
        raise LookupError(message)
    return next(hat for hat in hats_of(post.user, on=today) if hat.post.pk == post.pk)
