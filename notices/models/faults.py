"""Why a message did not leave the house."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    """Why it did not go, as a code; what a gateway wrote back may hold anything and is not kept."""

    NO_ANSWER = "no_answer", _("The gateway does not answer.")
    REFUSED = "refused", _("The gateway refused it.")
    NO_ADDRESS = "no_address", _("The person has no e-mail address or telephone in the account.")
    NOBODY = "nobody", _("Nobody holds the post today.")
    CHANNEL_OFF = "channel_off", _("The channel was switched off.")
    NO_GATEWAY = "no_gateway", _("The address of the gateway is not set on this machine.")
