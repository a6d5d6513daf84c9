"""What posts are told: notices in the house, and how they go out of it."""

from notices.models.channels import ROBOTS, WAY_OF, Channel, ChannelKind
from notices.models.deliveries import Delivery, DeliveryState, Fault
from notices.models.notices import Kind, Notice, NoticeQuerySet, Way, ways_of
from notices.models.reminders import Audience, Band, Reminder

__all__ = [
    "ROBOTS",
    "WAY_OF",
    "Audience",
    "Band",
    "Channel",
    "ChannelKind",
    "Delivery",
    "DeliveryState",
    "Fault",
    "Kind",
    "Notice",
    "NoticeQuerySet",
    "Reminder",
    "Way",
    "ways_of",
]
