"""引导帮扶: help that a petitioner was told of or led to, also after the remedies are over (Art 37; R-37, R-38).

It is about what was offered on one case and what came of it, never about how a person behaves.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post, User
from cases.models.petitions import Petition
from cases.remedy_states import BY_OWN_WILL, Help


class Referral(models.Model):
    """One kind of help: which, by whom it is given, why, since when; later what came of it."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="referrals")
    kind = models.CharField(pgettext_lazy("help", "kind"), max_length=20, choices=Help)
    led_to = models.CharField(_("who gives it"), max_length=120)
    need = models.CharField(_("what it is needed for"), max_length=500)
    # counselling and mediation are by the petitioner's own will (精神卫生法 Art 23; Art 33)
    agreed = models.BooleanField(_("the petitioner agreed"), default=False)
    referred_on = models.DateField(_("told or led there on"))
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noter = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    result = models.CharField(_("what came of it"), max_length=500, blank=True)
    result_on = models.DateField(_("known on"), null=True)
    result_noted_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Help.values), name="referral_kind_known"),
            models.CheckConstraint(condition=~Q(led_to="") & ~Q(need=""), name="referral_says_what_for"),
            models.CheckConstraint(
                condition=Q(agreed=True) | ~Q(kind__in=sorted(BY_OWN_WILL)),
                name="referral_by_own_will",
            ),
            models.CheckConstraint(
                condition=Q(result="", result_on=None, result_noted_by=None)
                | Q(result_on__isnull=False, result_noted_by__isnull=False) & ~Q(result=""),
                name="referral_result_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
