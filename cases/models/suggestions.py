"""Suggestions and opinions (建议意见) have steps of their own: studied, answered, thanked for (Art 29; Q20)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from cases.models.handling import Handling
from cases.models.petitions import Claim
from cases.states import ThanksKind


class Study(models.Model):
    """A suggestion studied: by whom, on which day, what they thought of it."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="studies")
    handling = models.ForeignKey(Handling, models.CASCADE, related_name="studies")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name=_("studied by"))
    # a department or a person of the organ
    who = models.CharField(_("department or person"), max_length=80, blank=True)
    words = models.CharField(_("what they thought of it"), max_length=1000)
    studied_on = models.DateField(pgettext_lazy("of a study", "day"))
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="study_says_something")]

    def __str__(self) -> str:
        return str(self.pk)


class Thanks(models.Model):
    """Whoever made a suggestion was thanked or rewarded: how, on which day, with what (Art 29)."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="thanks")
    kind = models.CharField(_("how"), max_length=20, choices=ThanksKind)
    words = models.CharField(_("what it was"), max_length=300, blank=True)
    thanked_on = models.DateField(pgettext_lazy("of thanks", "day"))
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ThanksKind.values), name="thanks_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=ThanksKind.REWARD) | ~Q(words=""), name="thanks_reward_is_named"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
