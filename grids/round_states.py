"""Rounds (排查): how often they come. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Rhythm(models.TextChoices):
    """How often the grids are looked over (grid.md §4; seeds-map 76, 78, 88)."""

    DAY = "day", pgettext_lazy("rhythm", "Every day")
    WEEK = "week", pgettext_lazy("rhythm", "Every week")
    TEN_DAYS = "ten_days", pgettext_lazy("rhythm", "Every ten days (旬)")
    FIVES = "fives", pgettext_lazy("rhythm", "By the 5th, 15th and 25th (逢五)")
    HALF_MONTH = "half_month", pgettext_lazy("rhythm", "Every half month (半月)")
    MONTH = "month", pgettext_lazy("rhythm", "Every month")
    QUARTER = "quarter", pgettext_lazy("rhythm", "Every quarter")
    ONCE = "once", pgettext_lazy("rhythm", "Once, from a day to a day (专项)")


class Span(models.TextChoices):
    """Over what the rounds are looked at together: one week one round, 旬 one consultation, a month one judgement."""

    WEEK = "week", pgettext_lazy("rounds looked at together", "This week (一周一排查)")
    TEN_DAYS = "ten_days", pgettext_lazy("rounds looked at together", "These ten days (一旬一会商)")
    MONTH = "month", pgettext_lazy("rounds looked at together", "This month (一月一研判)")
