"""对账: a superior's list for a period held against what stands here, difference by difference (Q43)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from accounts.roles import Role
from cases.models.imports import READS_IMPORTS, Stop
from cases.models.petitions import Petition
from cases.states import FROM_ABOVE, Routing, Source
from infra.models import StoredFile
from lib.ids import uuid7

LONGEST_NUMBER, LONGEST_UNIT, LONGEST_EXPLANATION = 60, 120, 300

# Those who answer for what a superior sent; registrars, who take in lists, read along.
RECONCILES = frozenset({Role.PETITION_OFFICER, Role.SECTION_HEAD, Role.OFFICE_DIRECTOR})
READS_RECONCILIATIONS = READS_IMPORTS


class ReconciliationState(models.TextChoices):
    """Where a reconciliation stands. A signed one is never changed."""

    READING = "reading", pgettext_lazy("reconciliation", "Being read and compared")
    COMPARED = "compared", pgettext_lazy("reconciliation", "Compared")
    SIGNED = "signed", pgettext_lazy("reconciliation", "Signed")
    # nothing was compared, or it was thrown away
    STOPPED = "stopped", pgettext_lazy("reconciliation", "Stopped")


class ReconciliationStop(models.TextChoices):
    """Why nothing was compared: what the reader of lists says of a file, and what this list in particular lacks."""

    TOO_LARGE = "too_large", Stop.TOO_LARGE.label
    TOO_MUCH_INSIDE = "too_much_inside", Stop.TOO_MUCH_INSIDE.label
    MACROS = "macros", Stop.MACROS.label
    PASSWORD = "password", Stop.PASSWORD.label
    NOT_A_LIST = "not_a_list", Stop.NOT_A_LIST.label
    ENCODING = "encoding", Stop.ENCODING.label
    LONG_CELL = "long_cell", Stop.LONG_CELL.label
    NO_HEADINGS = "no_headings", Stop.NO_HEADINGS.label
    BROKEN_LINE = "broken_line", Stop.BROKEN_LINE.label
    NO_NUMBERS = (
        "no_numbers",
        _("No column is headed as the superior's number. Head it “Number” and upload the list again."),
    )
    TOO_MANY_ROWS = "too_many_rows", _("The list has too many rows. Take a shorter period.")
    NOT_ALLOWED = "may_no_longer", _("Whoever uploaded it may no longer reconcile.")
    DISCARDED = "thrown_away", _("It was thrown away before it was signed.")


class ReconciliationQuerySet(models.QuerySet["Reconciliation"]):
    def visible_to(self, hat: Hat) -> ReconciliationQuerySet:
        """Keep those of a hat's own organ and of the organs it carries on, for the roles that take in lists."""
        if hat.role not in READS_RECONCILIATIONS:
            return self.none()
        return self.filter(organ__in=Organ.objects.of_today(hat.organ))

    def to_read(self) -> ReconciliationQuerySet:
        """Keep what waits for the worker, the longest first."""
        return self.filter(state=ReconciliationState.READING).order_by("uploaded_at", "pk")


class Reconciliation(models.Model):
    """One list of a superior for one period, compared with the open lane (Q43).

    Of the list only numbers, days, whether finished, and units are kept; its file goes once it is read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="reconciliations")
    # forwarded or assigned; empty for a list of both
    source = models.CharField(_("source"), max_length=30, choices=Source, blank=True)
    # as petitions name it; empty for whatever came from above
    superior_organ = models.CharField(_("superior organ"), max_length=80, blank=True)
    # the days between which the superior sent what is on the list, both included
    from_on = models.DateField(pgettext_lazy("of a period", "from"))
    to_on = models.DateField(pgettext_lazy("of a period", "until"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="reconciliations")
    uploader = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="reconciliations")
    # of the file as the superior gave it, so that both sides can tell which list was meant
    list_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=ReconciliationState, default=ReconciliationState.READING)
    stopped_by = models.CharField(max_length=20, choices=ReconciliationStop, blank=True)
    stopped_at_line = models.PositiveIntegerField(null=True)
    # which heading was read as what: a field of `cases.reconciling.columns` → heading
    columns = models.JSONField(default=dict)
    # how many rows the list has
    theirs = models.PositiveIntegerField(default=0)
    compared_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    # theirs, ours, alike, different as they stood at the signing
    signed_counts = models.JSONField(null=True)

    objects = ReconciliationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReconciliationState.values), name="reconciliation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(stopped_by__in=["", *ReconciliationStop.values]), name="reconciliation_stop_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["", *sorted(FROM_ABOVE)]), name="reconciliation_from_above"
            ),
            models.CheckConstraint(condition=Q(from_on__lte=F("to_on")), name="reconciliation_period_runs"),
            models.CheckConstraint(
                condition=Q(
                    state=ReconciliationState.SIGNED,
                    signed_by__isnull=False,
                    signer__isnull=False,
                    signed_at__isnull=False,
                    signed_counts__isnull=False,
                    file=None,
                )
                | ~Q(state=ReconciliationState.SIGNED)
                & Q(signed_by=None, signer=None, signed_at=None, signed_counts=None),
                name="reconciliation_signed_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                condition=Q(state=ReconciliationState.READING),
                name="reconciliation_to_read",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="reconciliation_signed_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=ReconciliationState.SIGNED),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_being_read(self) -> bool:
        return self.state == ReconciliationState.READING

    @property
    def is_signed(self) -> bool:
        return self.state == ReconciliationState.SIGNED


def _stays_once_signed(name: str) -> pgtrigger.Trigger:
    """Return what keeps the rows of a signed reconciliation as they are, and lets none be added."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF EXISTS (
                SELECT 1 FROM cases_reconciliation
                WHERE id IN (OLD.reconciliation_id, NEW.reconciliation_id) AND state = 'signed'
            ) THEN
                RAISE EXCEPTION 'a signed reconciliation stays as it is';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class RowFault(models.TextChoices):
    """Why a row of a superior's list cannot be compared. `%(column)s` is the column's heading."""

    NO_NUMBER = "no_number", _("“%(column)s” is empty: the row has no number.")
    LONG_NUMBER = "long_number", _("“%(column)s” is longer than a number can be.")
    WRONG_DATE = "wrong_date", _("“%(column)s” holds no date that can be read, such as 2026-03-02 09:30.")
    WRONG_STATE = "wrong_state", _("“%(column)s” does not say in known words whether it is finished.")
    LONG_UNIT = "long_unit", _("“%(column)s” is longer than the name of a unit can be.")


class ReconciledRow(models.Model):
    """A row of a superior's list, as far as it is compared: no person, no text (protection §2)."""

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    number = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    sent_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    # not said, said to be finished, or said not to be
    is_finished = models.BooleanField(null=True)
    finished_on = models.DateField(null=True)
    unit = models.CharField(max_length=LONGEST_UNIT, blank=True)
    fault = models.CharField(max_length=20, choices=RowFault, blank=True)
    # the heading that the fault speaks of
    fault_column = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reconciliation", "line"], name="reconciled_row_once"),
            models.CheckConstraint(
                condition=Q(fault__in=["", *RowFault.values]), name="reconciled_row_fault_known"
            ),
        ]
        triggers = [_stays_once_signed("reconciled_row_signed_stays")]

    def __str__(self) -> str:
        return f"{self.reconciliation_id}/{self.line}"


class DifferenceKind(models.TextChoices):
    """What is different about one case (Q43)."""

    NOT_HERE = "not_here", pgettext_lazy("reconciliation", "Not here")
    VOID_HERE = "void_here", pgettext_lazy("reconciliation", "Void here")
    NOT_THERE = "not_there", pgettext_lazy("reconciliation", "Not on the list")
    DIFFERS = "differs", pgettext_lazy("reconciliation", "Recorded differently")
    TWICE_THERE = "twice_there", pgettext_lazy("reconciliation", "Twice on the list")
    TWICE_HERE = "twice_here", pgettext_lazy("reconciliation", "Twice here")
    UNREADABLE = "unreadable", pgettext_lazy("reconciliation", "Row cannot be read")


# Which speak of a petition here that no row of the list is about.
ONLY_HERE = frozenset({DifferenceKind.NOT_THERE, DifferenceKind.TWICE_HERE})


class DifferenceQuerySet(models.QuerySet["Difference"]):
    def shown_to(self, hat: Hat, *, signed: bool) -> DifferenceQuerySet:
        """Annotate `shown_as`, the kind a hat sees, and leave out what it sees nothing of.

        A petition that was sealed since is gone (Q1): what was only here leaves no line, and a number of the list
        looks like any that was never here. In a signed reconciliation, where such a line would lack its
        explanation, it counts among those that were alike.
        """
        visible = Petition.objects.visible_to(hat)
        rows = self.annotate(
            is_seen=Case(
                When(petition=None, then=Value(True)), default=Exists(visible.filter(pk=OuterRef("petition")))
            )
        )
        others = visible.filter(
            superior_number=OuterRef("petition__superior_number"),
            source__in=sorted(FROM_ABOVE),
            register_organ__in=Organ.objects.of_today(hat.organ),
        ).exclude(routing=Routing.VOID)
        alone = Q(kind=DifferenceKind.TWICE_HERE) & ~Exists(others.exclude(pk=OuterRef("petition")))
        rows = rows.exclude(alone)
        if signed:
            rows = rows.filter(is_seen=True)
        return rows.exclude(is_seen=False, kind__in=sorted(ONLY_HERE)).annotate(
            shown_as=Case(
                When(is_seen=False, then=Value(DifferenceKind.NOT_HERE.value)),
                default=F("kind"),
                output_field=models.CharField(),
            )
        )

    def seen(self) -> DifferenceQuerySet:
        """Keep those that are shown as what they are, of rows annotated by `shown_to`."""
        return self.filter(Q(is_seen=True))

    def of_kind(self, kind: str) -> DifferenceQuerySet:
        """Keep those that are shown as one kind, of rows annotated by `shown_to`."""
        return self.filter(Q(shown_as=kind))

    def each_kind(self) -> dict[str, int]:
        """Return how many are shown as each kind, of rows annotated by `shown_to`."""
        counted = self.order_by().values(kind_shown=F("shown_as")).annotate(number=Count("pk"))
        return {row["kind_shown"]: row["number"] for row in counted}

    def unexplained(self) -> DifferenceQuerySet:
        """Keep what nobody has explained yet, of rows annotated by `shown_to`."""
        return self.filter(Q(explained_at=None) | Q(is_seen=False))


class Difference(models.Model):
    """One case that is not alike on both sides, with its cause and what a person says to it (Q43)."""

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, related_name="differences")
    kind = models.CharField(max_length=20, choices=DifferenceKind)
    # of the list; none for what is only here
    line = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="differences")
    # codes and days of both sides as `cases.reconciling.comparing` writes them
    facts = models.JSONField(default=list)
    explanation = models.CharField(_("explanation"), max_length=LONGEST_EXPLANATION, blank=True)
    explained_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    explainer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    explained_at = models.DateTimeField(null=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DifferenceKind.values), name="difference_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(ONLY_HERE), line=None, petition__isnull=False)
                | ~Q(kind__in=sorted(ONLY_HERE)) & Q(line__isnull=False),
                name="difference_stands_on_a_side",
            ),
            models.CheckConstraint(
                condition=Q(explanation="", explained_by=None, explainer=None, explained_at=None)
                | ~Q(explanation="")
                & Q(explained_by__isnull=False, explainer__isnull=False, explained_at__isnull=False),
                name="difference_explained_whole",
            ),
        ]
        triggers = [_stays_once_signed("difference_signed_stays")]

    def __str__(self) -> str:
        return f"{self.reconciliation_id} {self.kind} {self.number}"
