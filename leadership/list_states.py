"""Lists to strike off: where their items come from. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ListSource(models.TextChoices):
    """By whom the items of a list were put to the district (seeds-map 8, 118)."""

    CENTRAL = "central", pgettext_lazy("list", "Repeats assigned by the centre (中央交办重复信访)")
    HIGHER = "higher", pgettext_lazy("list", "Assigned by a higher level")
    INSPECTION = "inspection", pgettext_lazy("list", "Found by an inspection")
    SELF = "self", pgettext_lazy("list", "Found by ourselves")


class ItemState(models.TextChoices):
    """Where an item stands; told by what was asked and struck, stored nowhere."""

    OPEN = "open", pgettext_lazy("item of a list", "Open")
    REPLIED = "replied", pgettext_lazy("item of a list", "Replied, to be verified")
    STRUCK = "struck", pgettext_lazy("item of a list", "Struck off (销号)")
