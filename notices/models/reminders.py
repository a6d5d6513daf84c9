"""Who is told when a period enters a band, and by which ways besides the inbox (deadlines.md §5)."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lib.days import days_from_to
from notices.models.notices import Kind, Way


class Band(models.TextChoices):
    """The bands of a period; each begins so many of the rule's own units before the end (deadlines.md §5)."""

    NOTICE = "notice", pgettext_lazy("band", "Notice")
    WARN = "warn", pgettext_lazy("band", "Warn")
    URGE = "urge", pgettext_lazy("band", "Urge")
    OVERDUE = "overdue", pgettext_lazy("band", "Overdue")

    @property
    def kind(self) -> Kind:
        return Kind(f"period_{self.value}")


class Audience(models.TextChoices):
    """Whom a band is told to; each adds to the ones before it."""

    OFFICERS = "officers", _("Whoever handles it in the organ")
    HEADS = "heads", _("The organ's section heads")
    LEADERS = "leaders", _("The organ's leader")
    OFFICE = "office", _("The petition office of the place")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def in_force(self, day: date) -> "ReminderQuerySet":
        """Keep the lines that hold on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class Reminder(models.Model):
    """One line: a band, of one period or of every one without a line of its own, and who is told how, from a day on."""

    # T1 …; empty for every period that has no line of its own
    code = models.CharField(_("period"), max_length=4, blank=True)
    band = models.CharField(pgettext_lazy("of a period", "band"), max_length=10, choices=Band)
    audience = ArrayField(models.CharField(max_length=10, choices=Audience), verbose_name=_("who is told"))
    ways = ArrayField(
        models.CharField(max_length=10, choices=Way), verbose_name=_("besides the inbox"), default=list
    )
    valid_from = models.DateField(pgettext_lazy("of a rule", "valid from"))
    valid_to = models.DateField(pgettext_lazy("of a rule", "valid to"), null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(band__in=Band.values), name="reminder_band_known"),
            models.CheckConstraint(condition=~Q(audience=[]), name="reminder_tells_somebody"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="reminder_validity_runs_on",
            ),
            ExclusionConstraint(
                name="reminder_one_line_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("band", RangeOperators.EQUAL),
                    (
                        days_from_to("valid_from", "valid_to"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code or '*'} {self.band}"
