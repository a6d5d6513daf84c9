"""Receiving visitors and going down with petitions: who comes how, what came of it. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Weekday(models.IntegerChoices):
    """Days of the week as Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")


class Came(models.TextChoices):
    """How a number of the queue was taken (Q35)."""

    HALL = "hall", pgettext_lazy("how a number was taken", "In the hall")
    PHONE = "phone", pgettext_lazy("how a number was taken", "By telephone")
    ONLINE = "online", pgettext_lazy("how a number was taken", "On the public page")


class TicketState(models.TextChoices):
    """From the number taken to the end of the talk."""

    WAITING = "waiting", pgettext_lazy("number of the queue", "Waits")
    CALLED = "called", pgettext_lazy("number of the queue", "Called")
    SEEN = "seen", pgettext_lazy("number of the queue", "Received")
    ABSENT = "absent", pgettext_lazy("number of the queue", "Did not come")
    CANCELLED = "cancelled", pgettext_lazy("number of the queue", "Cancelled")


IN_THE_QUEUE = frozenset({TicketState.WAITING, TicketState.CALLED})


class Outcome(models.TextChoices):
    """What the talk with a visitor came to."""

    REGISTERED = "registered", pgettext_lazy("outcome of a reception", "Registered as a petition")
    IN_HAND = "in_hand", pgettext_lazy("outcome of a reception", "About a petition already in hand")
    ANSWERED = "answered", pgettext_lazy("outcome of a reception", "Answered on the spot")


class InvitationState(models.TextChoices):
    """约访: an offer. Who declines says no reason, and nothing follows from it."""

    OFFERED = "offered", pgettext_lazy("invitation", "Offered")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined: nothing follows from it")
    HELD = "held", pgettext_lazy("invitation", "Held")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Taken back by the office")


INVITED = frozenset({InvitationState.OFFERED, InvitationState.ACCEPTED})


class Told(models.TextChoices):
    """How an invitation reached the petitioner."""

    PHONE = "phone", pgettext_lazy("how an invitation was told", "By telephone")
    LETTER = "letter", pgettext_lazy("how an invitation was told", "By letter")
    IN_PERSON = "in_person", pgettext_lazy("how an invitation was told", "In person")


class Counted(models.TextChoices):
    """What a leader's target counts: days he received in the hall, or journeys with petitions."""

    SITTINGS = "sittings", pgettext_lazy("target of receptions", "Days in the hall (坐班接访)")
    TRIPS = "trips", pgettext_lazy("target of receptions", "Journeys with petitions (带案下访)")


class StationKind(models.TextChoices):
    """信访工作站; a liaison point serves residents who work elsewhere (Q35)."""

    STATION = "station", pgettext_lazy("station", "Petition work station")
    LIAISON = "liaison", pgettext_lazy("station", "Liaison point for residents elsewhere")


class MediatorKind(models.TextChoices):
    """Who mediates."""

    LAWYER = "lawyer", pgettext_lazy("mediator", "Lawyer")
    ELDER = "elder", pgettext_lazy("mediator", "One of the five elders (五老)")
    GRID_WORKER = "grid_worker", pgettext_lazy("mediator", "Grid worker")
    PROFESSIONAL = "professional", pgettext_lazy("mediator", "People's mediator")


class ServiceKind(models.TextChoices):
    """What is counted at stations and at court; numbers alone, nothing about a person."""

    LEGAL_ADVICE = "legal_advice", pgettext_lazy("service of a station", "Legal advice")
    MEDIATION = "mediation", pgettext_lazy("service of a station", "Mediation before litigation (诉前调解)")
