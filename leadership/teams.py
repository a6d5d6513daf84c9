"""Pieces of teams that deeds and pages share: who may be named, and what stands around a petition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from cases.models import Petition
from cases.parts import users_kept_out
from leadership.models import ForcePetition, TeamMember, TeamRole
from lib.errors import Refused


@dataclass(frozen=True, kw_only=True)
class Named:
    """Who takes which place in a team: a post of this house, or somebody in words."""

    role_id: int
    post_id: int | None = None
    outsider: str = ""


def role_and_post(named: Named, petition: Petition | None, *, on: date) -> tuple[TeamRole, Post | None]:
    """Return role and post of somebody who is named; nobody's post where he stands in words.

    A place in a team opens no petition: a post that does not see it anyway has no place there.

    :raises Refused: for a role of no more, without one of the two, or for a post that cannot be
    """
    role = TeamRole.objects.filter(pk=named.role_id, ended_on=None).first()
    if role is None:
        words = _("Choose a role.")
        raise Refused(words, fields={"role": words})
    if (named.post_id is None) == (not named.outsider.strip()):
        words = _("Name a post of this house, or somebody in words.")
        raise Refused(words, fields={"post": words})
    if named.post_id is None:
        return role, None
    held = Post.objects.held_on(on).filter(pk=named.post_id, user__is_active=True)
    post = held.select_related("user", "organ__place").first()
    if post is None or (petition is not None and not _sees(post, petition)):
        words = _("This post does not see the petition: let it have part first, or choose another.")
        raise Refused(words, fields={"post": words})
    return role, post


def _sees(post: Post, petition: Petition) -> bool:
    seen = Petition.objects.visible_to(Hat(post, post.user)).filter(pk=petition.pk)
    return post.user_id not in users_kept_out(petition) and seen.exists()


@dataclass(frozen=True)
class Around:
    """One line of what stands around a petition: a place in its team, or a task force that has it."""

    is_force: bool
    role: str
    who: str
    force_id: str


def around(petition: Petition) -> list[Around]:
    """Return the team of a petition and its task forces, in one statement."""
    name = Concat(
        "post__user__name",
        Value(" "),
        "post__organ__short_name",
        "post__title",
        F("outsider"),
        output_field=CharField(),
    )
    members = TeamMember.objects.filter(petition=petition, ended_at=None).values_list(
        F("role__place"), F("role__name"), name, Value("", CharField())
    )
    forces = ForcePetition.objects.filter(
        petition=petition, ended_at=None, force__resolved_at=None
    ).values_list(
        Value(-1),
        Value("", CharField()),
        F("force__name"),
        Concat("force_id", Value(""), output_field=CharField()),
    )
    rows: Sequence[Any] = sorted(members.union(forces, all=True))
    return [Around(place < 0, role, who.strip(), force) for place, role, who, force in rows]
