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


class DecisionHearingState(models.TextChoices):
    """Where a hearing on a planned decision stands ([L27] Art 16–18)."""

    ANNOUNCED = "announced", pgettext_lazy("hearing on a decision", "Announced")
    OPEN = "open", pgettext_lazy("hearing on a decision", "Being held")
    RECORDED = "recorded", pgettext_lazy("hearing on a decision", "Held; opinions to be studied")
    STUDIED = "studied", pgettext_lazy("hearing on a decision", "Opinions studied")
    CALLED_OFF = "called_off", pgettext_lazy("hearing on a decision", "Called off")


# What keeps a decision from being made and its draft from being adjusted.
UNDER_WAY = frozenset(
    {DecisionHearingState.ANNOUNCED, DecisionHearingState.OPEN, DecisionHearingState.RECORDED}
)


class Side(models.TextChoices):
    """On whose side somebody attends: those concerned are never missing ([L27] Art 16)."""

    CONCERNED = "concerned", pgettext_lazy("side at a hearing", "Whose interests it touches")
    UNITS = "units", pgettext_lazy("side at a hearing", "Units it touches")
    DEPUTIES = "deputies", pgettext_lazy("side at a hearing", "Deputies and CPPCC members")
    EXPERTS = "experts", pgettext_lazy("side at a hearing", "Experts and lawyers")
    PUBLIC = "public", pgettext_lazy("side at a hearing", "The public")


class Speech(models.TextChoices):
    """What a line of the record is; the order of the law ([L27] Art 17)."""

    INTRODUCED = "introduced", pgettext_lazy("at a hearing", "The organ introduces draft and basis")
    STATED = "stated", pgettext_lazy("at a hearing", "An attendee states an opinion")
    DEBATED = "debated", pgettext_lazy("at a hearing", "An attendee asks, objects or debates")
    EXPLAINED = "explained", pgettext_lazy("at a hearing", "The organ or an expert explains")


# What the organ sorts and studies afterwards ([L27] Art 18).
OPINIONS = frozenset({Speech.STATED, Speech.DEBATED})


class Studied(models.TextChoices):
    """What became of an opinion; one that is not taken up has its reason too ([L27] Art 18)."""

    ADOPTED = "adopted", pgettext_lazy("an opinion", "Adopted")
    PARTLY = "partly", pgettext_lazy("an opinion", "Adopted in part")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("an opinion", "Not adopted")


# 会前材料送达: so many days before the day of the hearing at the latest ([L27] Art 16)
MATERIAL_DAYS = 7
