"""Who has part in a petition, and why: the one table that unit lists are read from."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.roles import ORGAN_WIDE, OWN_ONLY
from cases.models.petitions import Petition
from cases.states import OPEN, Basis, Routing


class InvolvementQuerySet(models.QuerySet["Involvement"]):
    def counted_by(self, hat: Hat) -> InvolvementQuerySet:
        """Keep a part for each petition of the open lane that a hat sees by its parts, what is void left out (Q18).

        To be counted, not read: what a hat may know of is said by `PetitionQuerySet.visible_to`, which asks the
        petition besides. Here its copies answer, from an index alone.
        """
        standing = self.filter(ended_at=None, sealed=False).exclude(routing=Routing.VOID)
        if hat.role in ORGAN_WIDE:
            return standing.filter(organ=hat.organ.pk)
        if hat.role in OWN_ONLY:
            return standing.filter(post=hat.post.pk)
        return self.none()


class Involvement(models.Model):
    """An organ or a post that has part in a petition, from a moment to a moment.

    Place, lane, state and due moment are copied from the petition in the same transaction, so that a unit's list is
    one walk along one index; lane and state by a trigger of the petition's.
    """

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="involvements")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="involvements")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="involvements")
    bases = ArrayField(models.CharField(max_length=20, choices=Basis))
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    sealed = models.BooleanField()
    routing = models.CharField(max_length=20, choices=Routing)
    place_path = models.CharField(max_length=80)
    next_due_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organ=None, post__isnull=False) | Q(organ__isnull=False, post=None),
                name="involvement_organ_or_post",
            ),
            models.CheckConstraint(condition=~Q(bases=[]), name="involvement_has_a_basis"),
            models.CheckConstraint(condition=Q(routing__in=Routing.values), name="involvement_routing_known"),
            models.UniqueConstraint(
                fields=["petition", "organ"], condition=Q(ended_at=None), name="involvement_organ_once"
            ),
            models.UniqueConstraint(
                fields=["petition", "post"], condition=Q(ended_at=None), name="involvement_post_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organ", "next_due_at", "petition"],
                include=["routing"],
                condition=Q(ended_at=None, sealed=False),
                name="involvement_organ_by_due",
            ),
            # what is under way of all that an organ or a post ever had: some thousands of a million
            models.Index(
                fields=["organ", "next_due_at", "petition"],
                condition=Q(ended_at=None, sealed=False, routing__in=sorted(OPEN)),
                name="involvement_organ_open",
            ),
            models.Index(
                fields=["post", "next_due_at", "petition"],
                condition=Q(ended_at=None, sealed=False, routing__in=sorted(OPEN)),
                name="involvement_post_open",
            ),
            models.Index(
                F("organ"),
                F("received_at").desc(),
                F("petition").desc(),
                condition=Q(ended_at=None, sealed=False),
                name="involvement_organ_by_received",
            ),
            models.Index(
                fields=["post", "next_due_at", "petition"],
                include=["routing"],
                condition=Q(ended_at=None, sealed=False),
                name="involvement_post_by_due",
            ),
            models.Index(
                F("post"),
                F("received_at").desc(),
                F("petition").desc(),
                condition=Q(ended_at=None, sealed=False),
                name="involvement_post_by_received",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}: {self.organ_id or self.post_id}"
