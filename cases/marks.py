"""The marks of a row (急 督 包 复 集 联 上 密): what is particular about a matter, never a person (design §1.4)."""

from collections.abc import Mapping, Sequence

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Petition


class Mark(models.TextChoices):
    """What a mark says in full; a row shows its sign alone, and the list explains them."""

    URGENT = "urgent", _("Grave or urgent")
    # an order or a measure that still stands (Art 39(3), 40); an urging is none
    SUPERVISED = "supervised", _("Under supervision")
    # a leader answers for it until it is resolved
    SPONSORED = "sponsored", _("Sponsored by a leader")
    # decided by a person (Q14); shown to who may open the earlier one
    REPEAT = "repeat", _("Repeat of an earlier petition")
    COLLECTIVE = "collective", _("Collective visit")
    JOINT = "joint", _("Joint letter")
    FROM_ABOVE = "from_above", _("From a superior")
    SEALED = "sealed", _("Sealed lane")

    @property
    def sign(self) -> str | Promise:
        """The one sign that stands in a row."""
        return _SIGNS[self]

    @property
    def css(self) -> str:
        return "tg tg-a" if self in {Mark.URGENT, Mark.SUPERVISED} else "tg"


_SIGNS: Mapping[Mark, Promise] = {
    Mark.URGENT: pgettext_lazy("sign of a mark", "Urgent"),
    Mark.SUPERVISED: pgettext_lazy("sign of a mark", "Supervised"),
    Mark.SPONSORED: pgettext_lazy("sign of a mark", "Sponsored"),
    Mark.REPEAT: pgettext_lazy("sign of a mark", "Repeat"),
    Mark.COLLECTIVE: pgettext_lazy("sign of a mark", "Group"),
    Mark.JOINT: pgettext_lazy("sign of a mark", "Joint"),
    Mark.FROM_ABOVE: pgettext_lazy("sign of a mark", "Above"),
    Mark.SEALED: pgettext_lazy("sign of a mark", "Sealed"),
}


def marks_of(
    petition: Petition, *, is_repeat: bool, is_supervised: bool, is_sponsored: bool
) -> Sequence[Mark]:
    """Return the marks of a petition in their order."""
    there = {
        Mark.URGENT: petition.is_urgent,
        Mark.SUPERVISED: is_supervised,
        Mark.SPONSORED: is_sponsored,
        Mark.REPEAT: is_repeat,
        Mark.COLLECTIVE: petition.is_collective,
        Mark.JOINT: petition.is_joint_letter,
        Mark.FROM_ABOVE: bool(petition.superior_number),
        Mark.SEALED: petition.sealed,
    }
    return tuple(mark for mark in Mark if there[mark])
