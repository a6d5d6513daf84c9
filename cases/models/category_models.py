"""What was learned from confirmed petitions, to suggest a content category to whoever registers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CategoryModelQuerySet(models.QuerySet["CategoryModel"]):
    def current(self) -> CategoryModelQuerySet:
        """Keep the one that suggests today, if there is one."""
        return self.filter(ended_at=None)


class CategoryModel(models.Model):
    """One training: when, from how much, and what it is worth on texts it did not learn from.

    One of them suggests. Of the older ones the figures stay and the weights go: they are made of petitioners' words,
    and what no longer serves is not kept.
    """

    trained_at = models.DateTimeField(_("trained"))
    texts = models.PositiveIntegerField(_("petitions learned from"))
    categories = models.PositiveSmallIntegerField(_("categories told apart"))
    # shares of 1, five-fold, equal texts on one side
    macro_f1 = models.FloatField(_("macro-F1"))
    among_three = models.FloatField(_("right one among three"))
    weights = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64)
    ended_at = models.DateTimeField(_("until"), null=True)

    objects = CategoryModelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ended_at"], nulls_distinct=False, name="category_model_one_suggests"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, weights__isnull=False) | Q(ended_at__isnull=False, weights=None),
                name="category_model_weights_of_the_current",
            ),
            models.CheckConstraint(
                condition=Q(macro_f1__range=(0, 1), among_three__range=(0, 1)),
                name="category_model_shares_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trained_at:%Y-%m-%d %H:%M}"
