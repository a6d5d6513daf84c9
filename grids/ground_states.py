"""What is written down on the ground: diary (民情日记), household cards (一户一档). Codes are stored, words shown."""

from django.db import models
from django.utils.translation import pgettext_lazy


class About(models.TextChoices):
    """What a note of the diary is about; never a person."""

    PLACE = "place", pgettext_lazy("about what", "A place")
    SERVICE = "service", pgettext_lazy("about what", "A service")


class Help(models.TextChoices):
    """For which service a household gave something (seeds-map 69, 90, 108)."""

    MEALS = "meals", pgettext_lazy("service to a household", "Meals (助餐)")
    CARE = "care", pgettext_lazy("service to a household", "Day care (日间照料)")
    MEDICINE = "medicine", pgettext_lazy("service to a household", "Bringing medicine (送药)")
    ERRANDS = "errands", pgettext_lazy("service to a household", "Running errands (代办)")
    REPAIR = "repair", pgettext_lazy("service to a household", "Repairs (维修)")
    NO_SMARTPHONE = "no_smartphone", pgettext_lazy("service to a household", "Help without a smartphone")
    LEGAL_AID = "legal_aid", pgettext_lazy("service to a household", "Legal aid (法律援助)")
    OTHER = "other", pgettext_lazy("service to a household", "Another service")
