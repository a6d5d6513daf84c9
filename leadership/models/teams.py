"""一案一专班: who works together on a petition, task forces on a topic, and leaders paired with commissioners.

A team stands around a matter and ends with it; there is none around a person (protection §1).
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from cases.models import Petition
from lib.ids import uuid7

_POST_OR_OUTSIDER = Q(post__isnull=False, outsider="") | Q(post=None) & ~Q(outsider="")
_ENDS_WITH_WORDS = Q(ended_at=None, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason="")


class TeamRole(models.Model):
    """What somebody is in a team, as data: leader, commissioner, department, lawyer … (seeds-map 14, 50, 52, 82)."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(pgettext_lazy("of a role in a team", "name"), max_length=40)
    # one of the five that support a petition together (五包一)
    is_support = models.BooleanField(_("one of the five that support a petition (五包一)"), default=False)
    place = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="team_role_has_a_name")]
        triggers = [pgtrigger.Protect(name="team_role_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody's place in a team, from a moment to its end: a post of this house, or a person in words."""

    role = models.ForeignKey(TeamRole, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    # a lawyer, a mediator, a delegate: name and unit
    outsider = models.CharField(_("name and unit"), max_length=80, blank=True)
    since_at = models.DateTimeField()
    named_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.role_id} {self.pk}"

    @property
    def who(self) -> str:
        """Name and title, or what stands in words."""
        if self.post is None:
            return self.outsider
        return f"{self.post.user.name} {self.post.full_title}"


_FACTS = ["role", "post", "outsider", "since_at", "named_by"]


class TeamMember(Membership):
    """Somebody's place in the team around one petition."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="team")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_POST_OR_OUTSIDER, name="team_member_post_or_outsider"),
            models.CheckConstraint(condition=_ENDS_WITH_WORDS, name="team_member_ends_with_words"),
            models.UniqueConstraint(
                fields=["petition", "role", "post"],
                condition=Q(ended_at=None, post__isnull=False),
                name="team_member_once",
            ),
            models.UniqueConstraint(
                fields=["petition", "role", "outsider"],
                condition=Q(ended_at=None, post=None),
                name="team_outsider_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="team_member_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="team_member_facts_stay", fields=["petition", *_FACTS]),
        ]


class TaskForce(models.Model):
    """专班: a group on one topic with many petitions, until they are resolved (seeds-map 32)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(pgettext_lazy("of a task force", "name"), max_length=80)
    topic = models.CharField(pgettext_lazy("of a task force", "topic"), max_length=300)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="task_forces")
    formed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    formed_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    result = models.CharField(pgettext_lazy("of a task force", "result"), max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(topic=""), name="task_force_has_a_topic"),
            models.UniqueConstraint(fields=["organ", "name"], name="task_force_name_once"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None, result="")
                | Q(resolved_at__isnull=False, resolved_by__isnull=False) & ~Q(result=""),
                name="task_force_resolved_with_a_result",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="task_force_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="task_force_resolved_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__resolved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ForceMember(Membership):
    """Somebody's place in a task force; whoever leaves stays in its history."""

    force = models.ForeignKey(TaskForce, models.PROTECT, related_name="members")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_POST_OR_OUTSIDER, name="force_member_post_or_outsider"),
            models.CheckConstraint(condition=_ENDS_WITH_WORDS, name="force_member_ends_with_words"),
            models.UniqueConstraint(
                fields=["force", "role", "post"],
                condition=Q(ended_at=None, post__isnull=False),
                name="force_member_once",
            ),
            models.UniqueConstraint(
                fields=["force", "role", "outsider"],
                condition=Q(ended_at=None, post=None),
                name="force_outsider_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="force_member_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="force_member_facts_stay", fields=["force", *_FACTS]),
        ]


class ForcePetition(models.Model):
    """One of the petitions of a task force, from a moment to its end."""

    force = models.ForeignKey(TaskForce, models.PROTECT, related_name="petitions")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="task_forces")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["force", "petition"], condition=Q(ended_at=None), name="force_petition_once"
            ),
            models.CheckConstraint(condition=_ENDS_WITH_WORDS, name="force_petition_ends_with_words"),
        ]
        triggers = [
            pgtrigger.Protect(name="force_petition_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="force_petition_facts_stay", fields=["force", "petition", "taken_at", "taken_by"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force_id} {self.petition_id}"


class Pairing(models.Model):
    """尖刀班: a sponsoring leader with a commissioner, who works at one leader's side at a time (seeds-map 34)."""

    leader = models.ForeignKey(Post, models.PROTECT, related_name="pairings")
    commissioner = models.ForeignKey(Post, models.PROTECT, related_name="paired_with")
    since_at = models.DateTimeField()
    named_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commissioner"], condition=Q(ended_at=None), name="pairing_one_leader"
            ),
            models.CheckConstraint(condition=~Q(leader=models.F("commissioner")), name="pairing_of_two"),
            models.CheckConstraint(condition=_ENDS_WITH_WORDS, name="pairing_ends_with_words"),
        ]
        triggers = [
            pgtrigger.Protect(name="pairing_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="pairing_facts_stay", fields=["leader", "commissioner", "since_at", "named_by"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader_id} {self.commissioner_id}"
