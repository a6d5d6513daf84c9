"""The audit in words, of figures that are given out."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = str | Promise

GROUPS: Mapping[Words, Mapping[str, Words]] = {
    pgettext_lazy("group of deeds", "Figures"): {
        "figures.freeze": pgettext_lazy("deed", "Froze the figures of a period"),
    },
}
KINDS: Mapping[str, Words] = {
    "indicators.frozenperiod": pgettext_lazy("of the audit", "Frozen period"),
}
LABELS: Mapping[str, Words] = {
    "universe": pgettext_lazy("fact", "Universe"),
}
