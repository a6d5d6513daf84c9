"""What reports of figures there are, where each stands, and which numbers it holds. Codes are stored, words shown."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import pgettext_lazy

from cases.remedy_states import Stage
from cases.states import RouteKind
from documents.states import DocumentKind

# fewer petitions than this are not printed by themselves: they could be told apart
SMALLEST = 5


class ReportKind(models.TextChoices):
    """The reports of an office's figures; no petition is named in any (data-standard §5; Art 41)."""

    WEEKLY = "weekly", pgettext_lazy("report of figures", "Weekly brief")
    MONTHLY = "monthly", pgettext_lazy("report of figures", "Monthly report of figures")
    YEARLY = "yearly", pgettext_lazy("report of figures", "Annual report")
    TOPIC = "topic", pgettext_lazy("report of figures", "Analysis of a topic")


# the clock draws them up, once for each office and period
BY_THE_CLOCK = (ReportKind.WEEKLY, ReportKind.MONTHLY, ReportKind.YEARLY)
PAPER_OF: Mapping[ReportKind, DocumentKind] = {
    ReportKind.WEEKLY: DocumentKind.FIGURES_WEEK,
    ReportKind.MONTHLY: DocumentKind.FIGURES_MONTH,
    ReportKind.YEARLY: DocumentKind.D29,
    ReportKind.TOPIC: DocumentKind.FIGURES_TOPIC,
}


class ReportState(models.TextChoices):
    """Approval by another comes before issue; what is issued stays as it is (documents.md §1)."""

    WRITING = "writing", pgettext_lazy("report of figures", "Being written")
    HANDED_IN = "handed_in", pgettext_lazy("report of figures", "Waits for approval")
    APPROVED = "approved", pgettext_lazy("report of figures", "Approved, to be issued")
    ISSUED = "issued", pgettext_lazy("report of figures", "Issued")


class Group(models.TextChoices):
    """What a number of a report belongs to; its key says which one it is."""

    # batches and persons
    VOLUME = "volume", pgettext_lazy("group of figures", "Petitions registered")
    # an indicator's code and part, with a dot between
    INDICATOR = "indicator", pgettext_lazy("group of figures", "Indicators")
    # the path of a category or place; none for all those together that are too small
    CATEGORY = "category", pgettext_lazy("group of figures", "Categories")
    PLACE = "place", pgettext_lazy("group of figures", "Places")
    # the paths of a place and a category, with a bar between
    HOT = "hot", pgettext_lazy("group of figures", "Places and categories")
    # the code of an organ; with a category's path behind a bar, what is raised with it
    ORGAN = "organ", pgettext_lazy("group of figures", "Units")
    CAUSE = "cause", pgettext_lazy("group of figures", "What is raised with units")
    # forwarded, assigned, supervised
    WORK = "work", pgettext_lazy("group of figures", "Forwarding, assigning, supervising")
    # a kind of recommendation; with a dot behind it, how it was answered
    ADVICE = "advice", pgettext_lazy("group of figures", "Recommendations")


class Activity(models.TextChoices):
    """What is done on a petition, as the event log names it; in the order in which it is mostly done."""

    REGISTER = "register", pgettext_lazy("activity", "Registered")
    FORWARD = RouteKind.FORWARD.value, pgettext_lazy("activity", "Forwarded")
    ASSIGN = RouteKind.ASSIGN.value, pgettext_lazy("activity", "Assigned")
    SELF_HANDLE = RouteKind.SELF_HANDLE.value, pgettext_lazy("activity", "Taken to handle directly")
    GUIDE = RouteKind.GUIDE.value, pgettext_lazy("activity", "Guided elsewhere")
    KEEP = RouteKind.KEEP.value, pgettext_lazy("activity", "Kept without action")
    JOIN = RouteKind.JOIN.value, pgettext_lazy("activity", "Joined to what is pending")
    SIGN_FOR = "sign_for", pgettext_lazy("activity", "Signed for")
    # the written word whether it is accepted (T3)
    TELL = "tell", pgettext_lazy("activity", "Petitioner told of acceptance")
    SUPERVISE = "supervise", pgettext_lazy("activity", "Supervised")
    LIFT = "lift", pgettext_lazy("activity", "Lifted to the next tier")
    REPLY = "reply", pgettext_lazy("activity", "Replied to the petitioner")
    REVIEW = Stage.REVIEW.value, pgettext_lazy("activity", "Review decided")
    REEXAMINATION = Stage.REEXAMINATION.value, pgettext_lazy("activity", "Re-examination decided")
    FINISH = "finish", pgettext_lazy("activity", "Finished")


class LogForm(models.TextChoices):
    """How an event log is written: a table, or the standard of process mining (IEEE 1849)."""

    CSV = "csv", "CSV"
    XES = "xes", "XES"


class LogState(models.TextChoices):
    """Where an event log stands. What waits or runs is carried on by the worker, whatever page is open."""

    WAITING = "waiting", pgettext_lazy("event log", "Waiting for its turn")
    RUNNING = "running", pgettext_lazy("event log", "Being written")
    DONE = "done", pgettext_lazy("event log", "Ready")
    REMOVED = "removed", pgettext_lazy("event log", "File removed")
    STOPPED = (
        "stopped",
        pgettext_lazy("event log", "Stopped: the post may not take it out, or there is too much"),
    )


AT_WORK = frozenset({LogState.WAITING, LogState.RUNNING})
