"""The sealed lane (检举控告): who is reported, who reported, and who was let in by name (Art 30; Q1; protection §2).

The reporter's identity is in a table of its own under a key of its own, and is not reached by search, history,
export or notice.
"""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from cases.models.petitions import Petition
from cases.states import IdType, PersonRole, ReportedKind
from documents.models import Document
from lib.ids import uuid7


class SealedMatter(models.Model):
    """Why and since when a petition is sealed, and what it was split from; readable inside the lane only."""

    petition = models.OneToOneField(Petition, models.CASCADE, primary_key=True, related_name="sealed_matter")
    sealed_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    # the open part of a mixed petition, which knows nothing of this one (Q1)
    split_from = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="+")
    unsealed_at = models.DateTimeField(null=True)
    unseal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(split_from=F("petition")), name="sealed_matter_split_from_another"
            )
        ]

    def __str__(self) -> str:
        return str(self.petition_id)


class SealedGrant(models.Model):
    """Leave for one post to read one sealed petition, by name, with a reason; ended, never removed."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="grants")
    post = models.ForeignKey(Post, models.PROTECT, related_name="sealed_grants")
    reason = models.CharField(_("reason"), max_length=200)
    # whether the reporter's identity is open to this post too (protection §2.7)
    sees_reporter = models.BooleanField(_("sees the reporter"), default=False)
    granted_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "post"], condition=Q(ended_at=None), name="sealed_grant_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}→{self.post_id}"


class ReportedParty(models.Model):
    """被反映人或单位: the person or unit that must not learn of the petition (Art 30(3), 46(5))."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="reported_parties")
    kind = models.CharField(_("kind"), max_length=10, choices=ReportedKind)
    # the unit reported, or the unit the reported person belongs to, where it is one of ours
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    # the reported person, where he works with this system
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    name_sealed = models.BinaryField(null=True)
    post_title = models.CharField(_("post"), max_length=60, blank=True)
    grade = models.CharField(_("grade"), max_length=30, blank=True)
    area = models.CharField(_("area"), max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ReportedKind.values), name="reported_party_kind_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class OfOneSealing(models.QuerySet[Any]):
    """What was done under one sealing and is over with it; sealed again, a petition has it to be done anew."""

    def standing(self) -> Self:
        """Keep what was done under the sealing that holds."""
        return self.filter(ended_at=None)


class SealedHandover(models.Model):
    """移送: a report handed over to the discipline organ by cadre-management authority (Art 22(2), 30; R-13; D27).

    Nothing of it stands anywhere but here: who received it and by which letter is read in the lane alone.
    """

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="sealed_handovers")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    # whose cadres the reported person is among (干部管理权限)
    authority = models.CharField(_("cadre-management authority"), max_length=200)
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    handed_on = models.DateField(_("handed over on"))
    backdated = models.BooleanField(default=False)
    evidence_note = models.CharField(pgettext_lazy("of a day", "evidence"), max_length=200, blank=True)
    # who signed for it in the discipline organ
    signed_by = models.CharField(_("signed for by"), max_length=60)
    handed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    # when the petition was unsealed: what is sealed again has not been handed over
    ended_at = models.DateTimeField(null=True)

    objects = OfOneSealing.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=Q(ended_at=None), name="sealed_handover_one_for_a_sealing"
            ),
            models.CheckConstraint(
                condition=~Q(authority="") & ~Q(signed_by=""), name="sealed_handover_says_to_whom"
            ),
            models.CheckConstraint(
                condition=Q(backdated=False) | ~Q(evidence_note=""),
                name="sealed_handover_backdated_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return str(self.petition_id)


class SealedWord(models.Model):
    """告知: the written word that told every reporter where the report went (Art 23(2); R-20; Q24).

    The reporter's name stands on it, and nowhere in this row.
    """

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="sealed_words")
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    # by this day everyone had it posted or in hand
    told_on = models.DateField(pgettext_lazy("a reporter", "told on"))
    backdated = models.BooleanField(default=False)
    evidence_note = models.CharField(pgettext_lazy("of a day", "evidence"), max_length=200, blank=True)
    told_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    # with the handing over that it tells of
    ended_at = models.DateTimeField(null=True)

    objects = OfOneSealing.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=Q(ended_at=None), name="sealed_word_one_for_a_sealing"
            ),
            models.CheckConstraint(
                condition=Q(backdated=False) | ~Q(evidence_note=""),
                name="sealed_word_backdated_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return str(self.petition_id)


class Reporter(models.Model):
    """举报人: everything about the person under the reporters' key; no index, no search (protection §2.7)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="reporters")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=PersonRole)
    under_14 = models.BooleanField(default=False)
    # position of the person an agent or guardian stands for
    acts_for_position = models.PositiveSmallIntegerField(null=True)
    name_sealed = models.BinaryField()
    id_type = models.CharField(max_length=20, choices=IdType, blank=True)
    id_number_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    address_sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "position"], name="reporter_position_once"),
            models.CheckConstraint(condition=Q(role__in=PersonRole.values), name="reporter_role_known"),
            models.CheckConstraint(
                condition=Q(id_type__in=["", *IdType.values]), name="reporter_id_type_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
