"""What is held of a report of pressure. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import pgettext_lazy


class PressureFound(models.TextChoices):
    """What whoever looked into it holds (indicators.md §4)."""

    UPHELD = "upheld", pgettext_lazy("report of pressure", "It happened")
    NOT_UPHELD = "not_upheld", pgettext_lazy("report of pressure", "It did not happen")
    UNCLEAR = "unclear", pgettext_lazy("report of pressure", "It cannot be cleared up")
