"""Meetings: how often, on what grounds a matter is put on the agenda, and what is decided. Codes are stored."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Cadence(models.TextChoices):
    """How often a kind of meeting comes at the least; watched by the clock."""

    NONE = "none", pgettext_lazy("cadence", "When there is cause")
    WEEK = "week", pgettext_lazy("cadence", "Every week")
    TEN_DAYS = "ten_days", pgettext_lazy("cadence", "Every ten days (旬)")
    HALF_MONTH = "half_month", pgettext_lazy("cadence", "Every half month (半月)")
    MONTH = "month", pgettext_lazy("cadence", "Every month")


class AgendaGround(models.TextChoices):
    """By what fact a matter is proposed for an agenda."""

    UNDONE = "undone", pgettext_lazy("agenda", "Decided before, not done yet")
    KEY = "key", pgettext_lazy("agenda", "Key petition: sponsored by a leader")
    OVERDUE = "overdue", pgettext_lazy("agenda", "Overdue at its tier")
    OLD = "old", pgettext_lazy("agenda", "Old petition: open for long")
    RETURNED = "returned", pgettext_lazy("agenda", "Returned twice")
    PROMISE = "promise", pgettext_lazy("agenda", "What was promised")
    DISPUTE = "dispute", pgettext_lazy("agenda", "Who accepts is in dispute (Art 24)")
    CITY = "city", pgettext_lazy("agenda", "Needs a power of the city")
    STUCK = "stuck", pgettext_lazy("agenda", "On a list, without movement")
    LESSONS = "lessons", pgettext_lazy("agenda", "Key petition closed: lessons")
    TOPIC = "topic", pgettext_lazy("agenda", "Topic")


class MeetingState(models.TextChoices):
    """From the call to the signed minutes."""

    CALLED = "called", pgettext_lazy("meeting", "Called")
    HELD = "held", pgettext_lazy("meeting", "Held, minutes wait for a signature")
    ISSUED = "issued", pgettext_lazy("meeting", "Minutes issued")
    CALLED_OFF = "called_off", pgettext_lazy("meeting", "Called off")


class DecisionKind(models.TextChoices):
    """What is decided: a task, who accepts (Art 24; R-24), or a measure of the joint conference (Art 39(3); R-53)."""

    TASK = "task", pgettext_lazy("decision of a meeting", "A task")
    JURISDICTION = "jurisdiction", pgettext_lazy("decision of a meeting", "Who accepts (Art 24)")
    MEASURE = "measure", pgettext_lazy("decision of a meeting", "A measure (Art 39)")
