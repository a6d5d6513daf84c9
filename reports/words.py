"""What the facts are called in which a petition differs from what was known of it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

_FACTS: Mapping[str, Promise] = {
    "routing": pgettext_lazy("fact that changed", "state"),
    "place_path": pgettext_lazy("fact that changed", "place of the problem"),
    "content_category_id": pgettext_lazy("fact that changed", "content category"),
    "channel": pgettext_lazy("fact that changed", "channel"),
    "register_level": pgettext_lazy("fact that changed", "level of the registering organ"),
    "by_office": pgettext_lazy("fact that changed", "registering organ"),
    "petitioner_count": pgettext_lazy("fact that changed", "number of petitioners"),
    "is_collective": pgettext_lazy("fact that changed", "collective visit"),
    "litigation_related": pgettext_lazy("fact that changed", "litigation-related"),
    "registered_at": pgettext_lazy("fact that changed", "registered"),
    "is_repeat": pgettext_lazy("fact that changed", "first or repeat"),
    "office_done_at": pgettext_lazy("fact that changed", "way given by the petition office"),
    "office_due_at": pgettext_lazy("fact that changed", "T1"),
    "to_unit": pgettext_lazy("fact that changed", "led by a unit"),
    "unit_done_at": pgettext_lazy("fact that changed", "decision of the units"),
    "unit_told_at": pgettext_lazy("fact that changed", "written notice of the units"),
    "unit_due_at": pgettext_lazy("fact that changed", "T3"),
    "reply_due_at": pgettext_lazy("fact that changed", "last day for the reply"),
    "replied_at": pgettext_lazy("fact that changed", "reply"),
    "finished_at": pgettext_lazy("fact that changed", "finished"),
    "again_at": pgettext_lazy("fact that changed", "registered again"),
    "contacted_at": pgettext_lazy("fact that changed", "contact with the petitioner"),
    "next_due_at": pgettext_lazy("fact that changed", "nearest period"),
    "rate_by_at": pgettext_lazy("fact that changed", "days for rating"),
    "rating": pgettext_lazy("fact that changed", "rating"),
}


def fact_words(name: str) -> Promise:
    """Return what a column of facts is called."""
    return _FACTS[name]
