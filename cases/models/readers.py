"""经办人: who reads a petition in an organ and works on it. 催办: how its sender pressed the unit that leads it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from cases.models.handling import Handling
from cases.models.petitions import Petition


class Reader(models.Model):
    """经办人: the post that reads a petition in one organ and works on it. Others of the organ may act all the same."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="readers")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    # the person, since a deputy acts in his own name
    giver = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "organ"], condition=Q(ended_at=None), name="reader_one_an_organ"
            ),
        ]
        indexes = [
            # what lies with a post, and how much of it
            models.Index(fields=["post", "petition"], condition=Q(ended_at=None), name="reader_by_post"),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}: {self.post_id}"


class Reminder(models.Model):
    """催办: the sender pressed the unit that leads, once a day at most. What it asks for binds nobody to a new day."""

    handling = models.ForeignKey(Handling, models.CASCADE, related_name="reminders")
    words = models.CharField(pgettext_lazy("of a reminder", "what is waited for"), max_length=300, blank=True)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    maker = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # the office's day on which it was made
    made_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handling", "made_on"], name="reminder_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.handling_id} {self.made_on}"
