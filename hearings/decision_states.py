"""Where planned decisions and their risk assessments stand, and what is written of them. Codes are stored."""

from django.db import models
from django.utils.translation import pgettext_lazy


class DecisionState(models.TextChoices):
    """Where a planned decision stands."""

    PREPARED = "prepared", pgettext_lazy("planned decision", "Being prepared")
    MADE = "made", pgettext_lazy("planned decision", "Made")
    GIVEN_UP = "given_up", pgettext_lazy("planned decision", "Given up")


class ConsultationWay(models.TextChoices):
    """How people were asked about a planned decision ([L27] Art 14, 15, 23; Q42)."""

    MEETING = "meeting", pgettext_lazy("way of consulting", "Meeting with those concerned")
    VISIT = "visit", pgettext_lazy("way of consulting", "Visits on the spot")
    WRITTEN = "written", pgettext_lazy("way of consulting", "In writing")
    PUBLIC = "public", pgettext_lazy("way of consulting", "Draft published for opinions")
    SURVEY = "survey", pgettext_lazy("way of consulting", "Survey")
    EXPERTS = "experts", pgettext_lazy("way of consulting", "Experts")


class AssessmentState(models.TextChoices):
    """Where a risk assessment stands."""

    DRAWN = "drawn", pgettext_lazy("risk assessment", "Being drawn up")
    SUBMITTED = "submitted", pgettext_lazy("risk assessment", "To be decided on")
    DECIDED = "decided", pgettext_lazy("risk assessment", "Decided on")


class AssessmentResult(models.TextChoices):
    """What was decided on an assessment; only the first lets the decision be made ([L27] Art 24)."""

    GO = "go", pgettext_lazy("result of an assessment", "Go ahead")
    ADJUST = "adjust", pgettext_lazy("result of an assessment", "Adjust, then assess anew")
    POSTPONE = "postpone", pgettext_lazy("result of an assessment", "Postpone")
    STOP = "stop", pgettext_lazy("result of an assessment", "Stop")


class Likelihood(models.TextChoices):
    """How likely a risk point is to come about."""

    UNLIKELY = "unlikely", pgettext_lazy("risk point", "Unlikely")
    POSSIBLE = "possible", pgettext_lazy("risk point", "Possible")
    LIKELY = "likely", pgettext_lazy("risk point", "Likely")


class Gravity(models.TextChoices):
    """How grave it would be if a risk point came about."""

    SLIGHT = "slight", pgettext_lazy("risk point", "Slight")
    SERIOUS = "serious", pgettext_lazy("risk point", "Serious")
    GRAVE = "grave", pgettext_lazy("risk point", "Grave")
