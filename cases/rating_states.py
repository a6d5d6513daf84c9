"""What a petitioner says of how he was dealt with, and which letters he can read. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Satisfaction(models.TextChoices):
    """满意度评价 (indicators.md §4); there is no value for who says nothing."""

    SATISFIED = "satisfied", pgettext_lazy("rating of a petition", "Satisfied")
    BASICALLY = "basically", pgettext_lazy("rating of a petition", "Basically satisfied")
    DISSATISFIED = "dissatisfied", pgettext_lazy("rating of a petition", "Dissatisfied")


class RatingWay(models.TextChoices):
    """How a rating came (Q28)."""

    PAGE = "page", pgettext_lazy("way of a rating", "Public page")
    PHONE = "phone", pgettext_lazy("way of a rating", "By telephone")
    PAPER = "paper", pgettext_lazy("way of a rating", "On paper")
    WINDOW = "window", pgettext_lazy("way of a rating", "At the window")


# those that somebody in an organ takes down
TAKEN_DOWN = (RatingWay.PHONE, RatingWay.PAPER, RatingWay.WINDOW)


class LetterForm(models.TextChoices):
    """In which form a petitioner asks for what is written to him (documents.md §1)."""

    LARGE_PRINT = "large_print", _("Large print")
    PLAIN_WORDS = "plain_words", _("With a page in plain words")
    READ_ALOUD = "read_aloud", _("Read aloud by telephone")
    ON_PAPER = "on_paper", _("On paper, by post")
