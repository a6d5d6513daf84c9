"""The ways out of the house that the system administrator has set up."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from lib.ids import uuid7
from notices.models.faults import Fault
from notices.models.notices import Way


class ChannelKind(models.TextChoices):
    """Every kind there is; where a robot listens stands in code, never on a page."""

    MAIL = "mail", _("E-mail")
    SMS = "sms", _("Text-message gateway")
    WECOM = "wecom", _("WeCom robot")
    DINGTALK = "dingtalk", _("DingTalk robot")
    FEISHU = "feishu", _("Feishu robot")


ROBOTS = frozenset({ChannelKind.WECOM, ChannelKind.DINGTALK, ChannelKind.FEISHU})
WAY_OF = {
    ChannelKind.MAIL: Way.MAIL,
    ChannelKind.SMS: Way.SMS,
    **dict.fromkeys(ROBOTS, Way.ROBOT),
}


class MessageChannel(models.Model):
    """One way out: the district's mail, its text messages, or the robot of one organ's group. Secrets are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(_("kind"), max_length=10, choices=ChannelKind)
    name = models.CharField(pgettext_lazy("of a channel", "name"), max_length=60)
    # whose group a robot speaks to; it says numbers of matters, never which
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="channels")
    # of mail alone: the district's own server, always spoken to under TLS
    host = models.CharField(_("mail server"), max_length=100, blank=True)
    sender = models.EmailField(pgettext_lazy("of a letter", "sender"), blank=True)
    # JSON of what the kind asks for: a robot's key, a password
    secret_sealed = models.BinaryField()
    is_on = models.BooleanField(_("in use"), default=True)
    # what was decided before then does not go out by it
    on_since_at = models.DateTimeField()
    # the last test message: when, and why it did not go; nothing if it went
    tested_at = models.DateTimeField(null=True)
    test_fault = models.CharField(max_length=20, choices=Fault, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChannelKind.values), name="channel_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(ROBOTS), organ__isnull=False)
                | Q(kind__in=[ChannelKind.MAIL, ChannelKind.SMS], organ=None),
                name="channel_robot_of_an_organ",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ChannelKind.MAIL) | ~Q(host="") & ~Q(sender=""),
                name="channel_mail_has_a_server",
            ),
            models.CheckConstraint(
                condition=Q(test_fault__in=["", *Fault.values]), name="channel_test_fault_known"
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(is_on=True, kind__in=[ChannelKind.MAIL, ChannelKind.SMS]),
                name="channel_one_mail_and_one_sms",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_robot(self) -> bool:
        return self.kind in ROBOTS

    @property
    def way(self) -> Way:
        return WAY_OF[ChannelKind(self.kind)]
