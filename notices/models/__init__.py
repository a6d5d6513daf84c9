"""What posts are told: notices in the house, and how they go out of it."""

from notices.models.channels import ROBOTS, WAY_OF, ChannelKind, MessageChannel
from notices.models.deliveries import Delivery, DeliveryState
from notices.models.faults import Fault
from notices.models.notices import OF_NO_MATTER, Kind, Notice, NoticeQuerySet, Way, ways_of
from notices.models.reminders import Audience, Band, Reminder

__all__ = [
    "OF_NO_MATTER",
    "ROBOTS",
    "WAY_OF",
    "Audience",
    "Band",
    "ChannelKind",
    "Delivery",
    "DeliveryState",
    "Fault",
    "Kind",
    "MessageChannel",
    "Notice",
    "NoticeQuerySet",
    "Reminder",
    "Way",
    "ways_of",
]
