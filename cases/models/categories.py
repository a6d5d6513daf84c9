"""Content categories: three levels, with validity (data-standard §4.4)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lib.trees import path_index, path_is_closed


class ContentCategoryQuerySet(models.QuerySet["ContentCategory"]):
    def valid_on(self, day: date) -> "ContentCategoryQuerySet":
        """Keep the categories that could be chosen on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class ContentCategory(models.Model):
    """内容分类: six digits, two for each level; the path is the key, never the leaf's name."""

    code = models.CharField(_("code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=24, unique=True)
    # as shown: 城乡建设 › 住房保障与房地产
    label = models.CharField(max_length=130)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = ContentCategoryQuerySet.as_manager()

    class Meta:
        constraints = [
            path_is_closed("category_path_closed"),
            models.CheckConstraint(condition=Q(code__regex=r"^\d{6}$"), name="category_code_six_digits"),
        ]
        indexes = [path_index("category_by_path")]

    def __str__(self) -> str:
        return self.label
