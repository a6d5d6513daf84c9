"""The outbox: what is to go out by which channel, how often it was tried, and why it did not go."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Post, User
from lib.ids import uuid7
from notices.models.channels import MessageChannel
from notices.models.faults import Fault


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waits to be sent")
    SENT = "sent", _("Sent")
    # everything in it was read, done or withdrawn before it went
    NOTHING_LEFT = "nothing_left", _("Nothing left to tell")
    DEAD = "dead", _("Given up")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> "DeliveryQuerySet":
        """Keep what is to be tried now, in the order of the outbox's index."""
        return self.filter(state=DeliveryState.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")

    def stuck(self) -> "DeliveryQuerySet":
        """Keep what did not go out: given up, or waiting after a try that failed."""
        return self.filter(Q(state=DeliveryState.DEAD) | Q(state=DeliveryState.WAITING) & ~Q(fault=""))


class Delivery(models.Model):
    """One digest to one post, or to an organ's group, by one channel.

    It holds no text: what was decided between two moments is read when it is sent, under the rights of that moment.
    Its key goes along, so that a gateway that gets it twice can tell (at least once).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    channel = models.ForeignKey(MessageChannel, models.PROTECT, related_name="deliveries")
    # nobody's for a robot, which speaks to its organ's group
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="deliveries")
    day = models.DateField()
    # tells what was decided after the one and up to the other
    since_at = models.DateTimeField()
    until_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # also how long a sender that was killed keeps others from it
    next_try_at = models.DateTimeField()
    fault = models.CharField(max_length=20, choices=Fault, blank=True)
    sent_at = models.DateTimeField(null=True)
    # who had the post when it was sent
    sent_to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "post", "day"], nulls_distinct=False, name="delivery_once_a_day"
            ),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(condition=Q(fault__in=["", *Fault.values]), name="delivery_fault_known"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | ~Q(state=DeliveryState.SENT) & Q(sent_at=None),
                name="delivery_sent_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(until_at__gte=F("since_at")), name="delivery_runs_forward"),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=Q(state=DeliveryState.WAITING),
                name="delivery_by_next_try",
            ),
            models.Index(fields=["day"], condition=Q(state=DeliveryState.DEAD), name="delivery_given_up"),
            models.Index(F("channel"), F("post"), F("until_at").desc(), name="delivery_last_of_a_post"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def reference(self) -> str:
        """What goes along with every try, so that who gets it twice can tell; its random end, not its beginning."""
        return self.id.hex[-12:]
