"""What the office publishes (R-02), and what is counted of attempts. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Topic(models.TextChoices):
    """What Art 18(1) and 17 of the Regulations have the office publish, in the order of the page."""

    ADDRESS = "address", _("Where to come")
    HOURS = "hours", _("When the hall is open")
    PHONE = "phone", pgettext_lazy("way to the office", "By telephone")
    POST = "post", pgettext_lazy("way to the office", "By letter")
    ONLINE = "online", _("On the net")
    QUERY = "query", _("How to ask about progress and result")
    PROCEDURE = "procedure", _("How a petition is handled")
    RULES = "rules", _("The rules that hold")
    RIGHTS = "rights", _("Your rights")
    PRIVACY = "privacy", _("Who can see what you told us")


# short enough to stand on the first page; the others have a page of their own
ON_THE_FIRST_PAGE = (Topic.ADDRESS, Topic.HOURS, Topic.PHONE, Topic.POST, Topic.ONLINE)


class Scope(models.TextChoices):
    """Of what attempts are counted."""

    SOURCE = "source", pgettext_lazy("what attempts are counted of", "One number from one network address")
    NUMBER = "number", pgettext_lazy("what attempts are counted of", "One petition number")
    ADDRESS = "address", pgettext_lazy("what attempts are counted of", "One network address")
    ALL = "all", pgettext_lazy("what attempts are counted of", "All together")
    BOOKING = "booking", pgettext_lazy("what attempts are counted of", "Bookings of one network address")
    TELLING = (
        "telling",
        pgettext_lazy("what attempts are counted of", "Matters told from one network address"),
    )
    GRID = "grid", pgettext_lazy("what attempts are counted of", "Matters told through the code of one grid")
    TOLD = "told", pgettext_lazy("what attempts are counted of", "Matters told through codes in all")


class Wish(models.TextChoices):
    """What a resident wants done with what he tells; never stored."""

    HERE = "here", pgettext_lazy("a resident's wish", "The grid or the community should see to it")
    PETITION = "petition", pgettext_lazy("a resident's wish", "The petition office should register it (信访)")
