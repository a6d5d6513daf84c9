"""Who stands for a grid, what he can do, and who helps. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Band(models.TextChoices):
    """How many people live in a grid, roughly; never a list of them."""

    UP_TO_500 = "up_to_500", _("Up to 500 people")
    UP_TO_1000 = "up_to_1000", _("500 to 1,000 people")
    UP_TO_2000 = "up_to_2000", _("1,000 to 2,000 people")
    UP_TO_3000 = "up_to_3000", _("2,000 to 3,000 people")
    ABOVE_3000 = "above_3000", _("More than 3,000 people")


class Part(models.TextChoices):
    """What somebody is in a grid."""

    LEADER = "leader", pgettext_lazy("in a grid", "Grid leader (网格长)")
    WORKER = "worker", pgettext_lazy("in a grid", "Grid worker (网格员)")


class StaffKind(models.TextChoices):
    """From where somebody comes who stands for a grid."""

    CADRE = "cadre", pgettext_lazy("in a grid", "Community cadre")
    HIRED = "hired", pgettext_lazy("in a grid", "Hired")
    PARTY_MEMBER = "party_member", pgettext_lazy("in a grid", "Party member")
    VOLUNTEER = "volunteer", pgettext_lazy("in a grid", "Volunteer")


class Skill(models.TextChoices):
    """The nine roles of a grid worker (seeds-map 111)."""

    POLICY = "policy", pgettext_lazy("role of a grid worker", "Explains policy")
    OPINION = "opinion", pgettext_lazy("role of a grid worker", "Answers rumours")
    LIVELIHOOD = "livelihood", pgettext_lazy("role of a grid worker", "Helps with daily life")
    COUNSEL = "counsel", pgettext_lazy("role of a grid worker", "Listens and counsels")
    SERVICE = "service", pgettext_lazy("role of a grid worker", "Runs public errands")
    MEDIATION = "mediation", pgettext_lazy("role of a grid worker", "Mediates disputes")
    CUSTOMS = "customs", pgettext_lazy("role of a grid worker", "Promotes good customs")
    CIVILITY = "civility", pgettext_lazy("role of a grid worker", "Promotes civility")
    HAZARD = "hazard", pgettext_lazy("role of a grid worker", "Looks for hazards")


class TeamKind(models.TextChoices):
    """What a service team does (seeds-map 75)."""

    MEDIATION = "mediation", pgettext_lazy("service team", "Mediation")
    COUNSELLING = "counselling", pgettext_lazy("service team", "Counselling")
    SAFETY = "safety", pgettext_lazy("service team", "Public safety")
    HAZARD = "hazard", pgettext_lazy("service team", "Hazards")
    LAW = "law", pgettext_lazy("service team", "Law")


class LiaisonKind(models.TextChoices):
    """包联: a cadre looks after a grid, a party member after households without smartphones (seeds-map 108)."""

    GRID = "grid", pgettext_lazy("liaison", "A cadre for a grid")
    HOUSEHOLDS = "households", pgettext_lazy("liaison", "A member for households without smartphones")
