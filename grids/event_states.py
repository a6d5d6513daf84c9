"""Events of a grid: kinds of ledgers, where an event stands, what is done with it. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Ledger(models.TextChoices):
    """三类台账 (seeds-map 65)."""

    PETITION = "petition", pgettext_lazy("ledger of events", "Petition matters (信访案件)")
    HAZARD = "hazard", pgettext_lazy("ledger of events", "Hazards (安全隐患)")
    ORDER = "order", pgettext_lazy("ledger of events", "Public order (治安案件)")


class Origin(models.TextChoices):
    """How an event came to be known."""

    WORKER = "worker", pgettext_lazy("origin of an event", "Seen by whoever stands for the grid")
    RESIDENT = "resident", pgettext_lazy("origin of an event", "Told by a resident")
    QR = "qr", pgettext_lazy("origin of an event", "Told through the grid's code (码上办)")


class EventState(models.TextChoices):
    """Where an event stands ([L08] Art 10–14; grid.md §3)."""

    DISCOVERED = "discovered", pgettext_lazy("event", "In the grid")
    REPORTED = "reported", pgettext_lazy("event", "Reported, to be accepted")
    ACCEPTED = "accepted", pgettext_lazy("event", "Accepted")
    HANDLING = "handling", pgettext_lazy("event", "With the units")
    FED_BACK = "fed_back", pgettext_lazy("event", "Done, to be verified")
    VERIFIED = "verified", pgettext_lazy("event", "Verified, to be struck off")
    CLOSED = "closed", pgettext_lazy("event", "Struck off (销号)")
    RETURNED = "returned", pgettext_lazy("event", "Returned with reason")
    JOINED = "joined", pgettext_lazy("event", "Joined to an equal one")
    HANDED_OVER = "handed_over", pgettext_lazy("event", "Handed to the petition office")
    CONVERTED = "converted", pgettext_lazy("event", "Registered as a petition")


OVER = frozenset({EventState.CLOSED, EventState.RETURNED, EventState.JOINED, EventState.CONVERTED})
OPEN = frozenset(EventState) - OVER
# what whoever stands for the grid sees no longer: the state alone ([Q3] grid.md §3)
STATE_ALONE = frozenset({EventState.HANDED_OVER, EventState.CONVERTED})


class Step(models.TextChoices):
    """What is done with an event, as its record says it."""

    REPORT = "report", pgettext_lazy("step of an event", "Reported")
    PROGRESS = "progress", pgettext_lazy("step of an event", "Noted how it goes")
    SETTLE = "settle", pgettext_lazy("step of an event", "Settled on the spot")
    SEND_UP = "send_up", pgettext_lazy("step of an event", "Sent up to the community")
    ACCEPT = "accept", pgettext_lazy("step of an event", "Accepted")
    ASK = "ask", pgettext_lazy("step of an event", "Given to a unit")
    FEED_BACK = "feed_back", pgettext_lazy("step of an event", "Fed back")
    DECLINE = "decline", pgettext_lazy("step of an event", "Declined by a unit, with reason")
    SEND_BACK = "send_back", pgettext_lazy("step of an event", "Sent back: not done")
    VERIFY = "verify", pgettext_lazy("step of an event", "Verified")
    CLOSE = "close", pgettext_lazy("step of an event", "Struck off (销号)")
    EVALUATE = "evaluate", pgettext_lazy("step of an event", "Rated by the resident")
    RETURN = "return", pgettext_lazy("step of an event", "Returned with reason")
    LIFT = "lift", pgettext_lazy("step of an event", "Lifted to the next tier")
    REOPEN = "reopen", pgettext_lazy("step of an event", "Opened again")
    JOIN = "join", pgettext_lazy("step of an event", "Joined to an equal one")
    HAND_OVER = "hand_over", pgettext_lazy("step of an event", "Handed to the petition office")
    CONVERT = "convert", pgettext_lazy("step of an event", "Registered as a petition")
    ADD_PHOTO = "add_photo", pgettext_lazy("step of an event", "Photo added")


class Basis(models.TextChoices):
    """Why an organ or post knows of an event."""

    ASKED = "asked", pgettext_lazy("part in an event", "asked to handle it")
    LIFTED = "lifted", pgettext_lazy("part in an event", "it was lifted there")
    PETITION = "petition", pgettext_lazy("part in an event", "to be registered as a petition")


class Phase(models.TextChoices):
    """Of which moment a photo is."""

    BEFORE = "before", pgettext_lazy("photo", "Before")
    AFTER = "after", pgettext_lazy("photo", "After")


class Rating(models.TextChoices):
    """What the resident says of it."""

    SOLVED = "solved", pgettext_lazy("rating of an event", "Solved")
    PARTLY = "partly", pgettext_lazy("rating of an event", "Partly solved")
    NOT = "not", pgettext_lazy("rating of an event", "Not solved")


class ClockCode(models.TextChoices):
    """The office's own periods of events; the law has none (grid.md §3)."""

    SPOT = "GS", _("Settle on the spot or send up")
    COMMUNITY = "GC", _("Community handles it")
    TOWNSHIP = "GT", _("Township or street handles it")
    DANGER = "GD", _("Danger: see to it at once")
