"""The audit in words, of figures that are given out."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = str | Promise

GROUPS: Mapping[Words, Mapping[str, Words]] = {
    pgettext_lazy("group of deeds", "Figures"): {
        "figures.freeze": pgettext_lazy("deed", "Froze the figures of a period"),
        "figures.draw_up": pgettext_lazy("deed", "Drew up a report of figures"),
        "figures.write": pgettext_lazy("deed", "Wrote in a report of figures"),
        "figures.hand_in": pgettext_lazy("deed", "Handed a report of figures in"),
        "figures.return": pgettext_lazy("deed", "Sent a report of figures back"),
        "figures.approve": pgettext_lazy("deed", "Approved a report of figures"),
        "figures.issue": pgettext_lazy("deed", "Issued a report of figures"),
        "figures.take": pgettext_lazy("deed", "Took figures out as a workbook"),
        "figures.fetch": pgettext_lazy("deed", "Took the paper of a report of figures"),
        "event_log.ask": pgettext_lazy("deed", "Asked for an event log"),
        "event_log.write": pgettext_lazy("deed", "An event log was written"),
        "event_log.stop": pgettext_lazy("deed", "An event log came to nothing"),
        "event_log.fetch": pgettext_lazy("deed", "Took an event log"),
    },
}
KINDS: Mapping[str, Words] = {
    "indicators.frozenperiod": pgettext_lazy("of the audit", "Frozen period"),
    "reports.report": pgettext_lazy("of the audit", "Report of figures"),
    "reports.eventlog": pgettext_lazy("of the audit", "Event log"),
}
LABELS: Mapping[str, Words] = {
    "universe": pgettext_lazy("fact", "Universe"),
    "figure": pgettext_lazy("fact", "Figures asked for"),
    "form": pgettext_lazy("fact", "Form of the file"),
    "cases": pgettext_lazy("fact", "Cases"),
    "posts_told": pgettext_lazy("fact", "Posts told"),
}
