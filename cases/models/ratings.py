"""What a petitioner says of how he was dealt with (满意度评价), and which letters he can read."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from cases.models.handling import Handling
from cases.models.petitions import Petition
from cases.rating_states import LetterForm, RatingWay, Satisfaction
from documents.models import Document
from lib.ids import uuid7


class PetitionRatingQuerySet(models.QuerySet["PetitionRating"]):
    def standing(self) -> "PetitionRatingQuerySet":
        """Keep what was not said otherwise since."""
        return self.filter(ended_at=None)


class PetitionRating(models.Model):
    """One word of the main petitioner on the office, or on the organ whose reply he was served (Q28; Q17).

    What he says later takes its place; the row before stays with the moment it ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="ratings")
    # both none where it is the office that is rated
    handling = models.ForeignKey(Handling, models.CASCADE, null=True, related_name="ratings")
    reply = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    # who is rated, as it was called then
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    value = models.CharField(_("satisfaction"), max_length=12, choices=Satisfaction)
    reason = models.CharField(pgettext_lazy("of a rating", "reason"), max_length=500, blank=True)
    way = models.CharField(pgettext_lazy("of a rating", "way"), max_length=6, choices=RatingWay)
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    noting_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    rated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = PetitionRatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__in=Satisfaction.values), name="rating_value_known"),
            models.CheckConstraint(condition=Q(way__in=RatingWay.values), name="rating_way_known"),
            models.CheckConstraint(
                condition=~Q(value=Satisfaction.DISSATISFIED) | ~Q(reason=""), name="rating_says_why_not"
            ),
            models.CheckConstraint(
                condition=Q(handling=None, reply=None) | Q(handling__isnull=False, reply__isnull=False),
                name="rating_of_the_office_or_of_a_reply",
            ),
            models.CheckConstraint(
                condition=Q(way=RatingWay.PAGE, noted_by=None, noting_organ=None)
                | ~Q(way=RatingWay.PAGE) & Q(noted_by__isnull=False, noting_organ__isnull=False),
                name="rating_taken_down_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(handling=None) | Q(noting_organ=None) | ~Q(noting_organ=F("organ")),
                name="rating_not_by_who_is_rated",
            ),
            models.UniqueConstraint(
                fields=["petition", "handling", "reply"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="rating_once",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="rating_words_stay", exclude=["ended_at"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class LetterWish(models.Model):
    """Which letters one person on a petition asks for; whoever draws up papers sees it (documents.md §1)."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="letter_wishes")
    # his place on the petition, which stays when he is sealed with it
    position = models.PositiveSmallIntegerField()
    form = models.CharField(pgettext_lazy("of a letter", "form"), max_length=12, choices=LetterForm)
    # nobody where it was asked for on the public page
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(form__in=LetterForm.values), name="letter_wish_form_known"),
            models.UniqueConstraint(
                fields=["petition", "position", "form"],
                condition=Q(ended_at=None),
                name="letter_wish_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
