"""Reports of figures: what was counted when they were drawn up, what a person writes beside it, the paper."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from cases.models import ContentCategory
from documents.models import Document
from lib.ids import uuid7
from places.models import Place
from reports.states import Group, ReportKind, ReportState

_LONGEST = 4000


class Report(models.Model):
    """One report of one petition office: figures of some days, as they were known at the end of `as_of`.

    Its numbers are rows of their own and never change; its words do until it is handed in. What is issued is the paper.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    office = models.ForeignKey(Organ, models.PROTECT, related_name="reports")
    kind = models.CharField(pgettext_lazy("of a report", "kind"), max_length=10, choices=ReportKind)
    state = models.CharField(
        pgettext_lazy("of a report", "state"),
        max_length=10,
        choices=ReportState,
        default=ReportState.WRITING,
    )
    version = models.PositiveIntegerField(default=1)
    # half-open, as every period of figures
    since = models.DateField()
    until = models.DateField()
    as_of = models.DateField()
    universe = models.CharField(max_length=4)
    # of an analysis alone: what it is about, and to which part of the trees it is narrowed
    subject = models.CharField(pgettext_lazy("of a report", "subject"), max_length=60, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    category = models.ForeignKey(ContentCategory, models.PROTECT, null=True, related_name="+")

    causes = models.CharField(_("causes"), max_length=_LONGEST, blank=True)
    recommendations = models.CharField(_("recommendations"), max_length=_LONGEST, blank=True)
    other = models.CharField(_("other matters"), max_length=_LONGEST, blank=True)
    # none: the clock
    drawn_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField()
    edited_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    editor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # the draft that was handed in last, and in the end the paper
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="report")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="report_has_days"),
            models.UniqueConstraint(
                fields=["office", "kind", "since"],
                condition=~Q(kind=ReportKind.TOPIC),
                name="report_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReportKind.TOPIC) & ~Q(subject="")
                | ~Q(kind=ReportKind.TOPIC) & Q(subject="", place=None, category=None),
                name="report_of_a_topic_has_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.WRITING) | Q(document__isnull=False),
                name="report_handed_in_on_paper",
            ),
            models.CheckConstraint(
                condition=Q(edited_by=None, editor=None) | Q(edited_by__isnull=False, editor__isnull=False),
                name="report_edited_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="report_issued_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=ReportState.ISSUED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.since}"


class ReportFigure(models.Model):
    """One number of a report, and the same of the year before where there is one to compare."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="figures")
    group = models.CharField(max_length=10, choices=Group)
    key = models.CharField(max_length=120, blank=True)
    count = models.PositiveIntegerField()
    before = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(group__in=Group.values), name="report_figure_group_known"),
            models.UniqueConstraint(fields=["report", "group", "key"], name="report_figure_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="report_figure_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.group} {self.key}"
