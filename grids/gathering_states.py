"""Gatherings on the ground: where people talk things over, help, and meet. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import pgettext_lazy


class GatheringKind(models.TextChoices):
    """What kind of gathering it is (seeds-map 79, 81, 86–90, 113, 125–127)."""

    COUNCIL = "council", pgettext_lazy("gathering", "Residents' council (说事议事会)")
    HALL = "hall", pgettext_lazy("gathering", "Discussion hall (议事厅)")
    CONSULTATION = "consultation", pgettext_lazy("gathering", "Ten-day consultation (旬会商)")
    JUDGEMENT = "judgement", pgettext_lazy("gathering", "Monthly judgement (月研判)")
    MEDIATION = "mediation", pgettext_lazy("gathering", "Mediation room (调解室)")
    COUNSELLING = "counselling", pgettext_lazy("gathering", "Counselling (心理咨询)")
    STUDY = "study", pgettext_lazy("gathering", "Study day (集中学习)")
    VOLUNTEER = "volunteer", pgettext_lazy("gathering", "Volunteer day (志愿服务)")
    THEME = "theme", pgettext_lazy("gathering", "Theme day (主题宣传)")
    OPEN_DOOR = "open_door", pgettext_lazy("gathering", "Visit and open-door day (走访接待)")


# counted in numbers alone: what is said there is nobody else's (精神卫生法 Art 23)
NUMBERS_ONLY = frozenset({GatheringKind.COUNSELLING, GatheringKind.MEDIATION})


class Repeat(models.TextChoices):
    """How often a gathering comes again."""

    WEEK = "week", pgettext_lazy("gathering repeats", "Every week")
    TEN_DAYS = "ten_days", pgettext_lazy("gathering repeats", "Every ten days (旬)")
    MONTH = "month", pgettext_lazy("gathering repeats", "Every month")


class GatheringState(models.TextChoices):
    """From the calendar to what came of it."""

    PLANNED = "planned", pgettext_lazy("gathering", "In the calendar")
    HELD = "held", pgettext_lazy("gathering", "Held")
    FOLLOWED = "followed", pgettext_lazy("gathering", "Followed up")
    CALLED_OFF = "called_off", pgettext_lazy("gathering", "Called off")
