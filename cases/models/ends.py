"""Other ends than 办结, and what changes among the persons of a petition (Q19).

Persons are named by their position on the petition, which stays the same when it is sealed and they move under the
reporters' key.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post, User
from cases.models.attachments import Attachment
from cases.models.petitions import Petition
from cases.states import AttemptMeans, AttemptResult, EndKind, PersonChangeKind, PersonRole, Routing


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def holding(self) -> "WithdrawalQuerySet":
        """Keep those that hold: confirmed by the office and not revoked (Q19)."""
        return self.filter(ended_at=None).exclude(confirmed_at=None)


class Withdrawal(models.Model):
    """撤回: one petitioner's own words and the day; confirmed by the office and never by the unit, revocable (Q19)."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="withdrawals")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("the petitioner's own words"), max_length=1000)
    withdrawn_on = models.DateField(pgettext_lazy("of a withdrawal", "day"))
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noter = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    confirmer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    # not confirmed by the office, or revoked by the petitioner
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "position"], condition=Q(ended_at=None), name="withdrawal_one_stands"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="withdrawal_in_own_words"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, confirmer=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, confirmer__isnull=False)
                & ~Q(confirmer=F("noter")),
                name="withdrawal_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_why="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="withdrawal_ended_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def holds(self) -> bool:
        """Test as `holding` does, of a row that was read."""
        return self.ended_at is None and self.confirmed_at is not None


class PersonChangeQuerySet(models.QuerySet["PersonChange"]):
    def deaths_without_successor(self) -> "PersonChangeQuerySet":
        """Keep the deaths of those whom nobody continues yet (Q19)."""
        return self.filter(kind=PersonChangeKind.DIED, successor_position=None)


class PersonChange(models.Model):
    """A petitioner's death, or another agent or guardian: who was there before stays on the petition (Q19)."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="person_changes")
    kind = models.CharField(max_length=20, choices=PersonChangeKind)
    # who died or acts no longer; none where an agent or a guardian came in anew
    position = models.PositiveSmallIntegerField(null=True)
    role_before = models.CharField(max_length=20, choices=PersonRole, blank=True)
    # who continues; none as long as nobody does
    successor_position = models.PositiveSmallIntegerField(null=True)
    relation = models.CharField(pgettext_lazy("of a successor", "relation"), max_length=60, blank=True)
    words = models.CharField(_("evidence or reason"), max_length=500)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField(pgettext_lazy("of a change", "day"))
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    succeeded_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    succeeded_at = models.DateTimeField(null=True)

    objects = PersonChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PersonChangeKind.values), name="person_change_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(role_before__in=["", *PersonRole.values]), name="person_change_role_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="person_change_has_words"),
            models.CheckConstraint(
                condition=Q(position__isnull=False) | Q(successor_position__isnull=False),
                name="person_change_of_somebody",
            ),
            models.UniqueConstraint(
                fields=["petition", "position"],
                condition=Q(kind=PersonChangeKind.DIED),
                name="person_change_dies_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_death_without_successor(self) -> bool:
        """Test as `deaths_without_successor` does, of a row that was read."""
        return self.kind == PersonChangeKind.DIED and self.successor_position is None


class ContactAttempt(models.Model):
    """An attempt to reach the petitioner: day, means, result, by whom; any number of them ends nothing (Q19)."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="contact_attempts")
    tried_on = models.DateField(pgettext_lazy("of an attempt", "day"))
    means = models.CharField(pgettext_lazy("of an attempt", "means"), max_length=20, choices=AttemptMeans)
    result = models.CharField(pgettext_lazy("of an attempt", "result"), max_length=20, choices=AttemptResult)
    words = models.CharField(pgettext_lazy("of an attempt", "note"), max_length=300, blank=True)
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(means__in=AttemptMeans.values), name="contact_attempt_means_known"
            ),
            models.CheckConstraint(
                condition=Q(result__in=AttemptResult.values), name="contact_attempt_result_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OtherEnd(models.Model):
    """An end that is not 办结, with what shows it; taken back when the petitioner or a successor goes on (Q19)."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="other_ends")
    kind = models.CharField(max_length=20, choices=EndKind)
    # that nobody continues; a withdrawal is in the petitioner's own words
    words = models.CharField(_("what shows it"), max_length=500, blank=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    # where it stood, and goes on from when it is taken back
    routing_before = models.CharField(max_length=20, choices=Routing)
    ended_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()
    reopened_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EndKind.values), name="other_end_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=EndKind.DIED) | ~Q(words=""), name="other_end_by_death_is_shown"
            ),
            models.CheckConstraint(
                condition=Q(routing_before__in=[Routing.REGISTERED, Routing.ROUTED]),
                name="other_end_of_an_open_petition",
            ),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(reopened_at=None), name="other_end_one_stands"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
