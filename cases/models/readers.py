"""经办人: who reads a petition in an organ and works on it."""

from django.db import models
from django.db.models import Q

from accounts.models import Organ, Post, User
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
