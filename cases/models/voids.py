"""Voiding a double entry or a test: proposed by one person, confirmed by another, the number stays used (Q18)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post, User
from cases.models.petitions import Petition


class VoidGround(models.TextChoices):
    """What a person may say; there is no other ground for one petition (Q18)."""

    DOUBLE_ENTRY = "double_entry", _("Entered twice")
    TEST = "test", pgettext_lazy("ground to void", "A test")
    # of a whole loading, nothing of which has been touched; also by two persons
    IMPORT_WITHDRAWN = "import_withdrawn", pgettext_lazy("ground to void", "Its import was withdrawn")


# What is chosen among for a single petition.
OF_ONE = (VoidGround.DOUBLE_ENTRY, VoidGround.TEST)


class VoidProposal(models.Model):
    """One proposal to void a petition, and what became of it."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="void_proposals")
    ground = models.CharField(_("ground"), max_length=20, choices=VoidGround)
    # the entry that stays, for a double one
    stays = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=200)
    proposed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    proposer = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decider = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=VoidGround.values), name="void_ground_known"),
            # two persons, whatever posts they hold
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("proposer")), name="void_needs_two_persons"
            ),
            models.CheckConstraint(
                condition=~Q(ground=VoidGround.DOUBLE_ENTRY) | Q(stays__isnull=False),
                name="void_double_names_the_other",
            ),
            models.CheckConstraint(
                condition=Q(stays=None) | ~Q(stays=F("petition")), name="void_stays_another"
            ),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(decided_at=None), name="void_proposal_one_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
