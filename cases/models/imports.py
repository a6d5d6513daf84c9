"""Lists of other systems taken in: where they come from, each loading of one, and what became of its rows."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from accounts.roles import Role
from cases.models.categories import ContentCategory
from cases.models.petitions import Petition
from cases.states import Channel, Purpose
from infra.models import StoredFile
from lib.ids import uuid7


class ImportSource(models.Model):
    """Where lists come from, as its office calls it, and how its columns were matched the last time.

    The numbers of one source are its own: the same one twice is the same petition.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="import_sources")
    name = models.CharField(_("source"), max_length=60)
    # heading → field of ours, as a person last confirmed it
    mapping = models.JSONField(default=dict)
    # a place as its lists write it → the code of the division that a person said is meant
    places = models.JSONField(default=dict)
    # what the list itself does not say: channel, purpose
    stated = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "name"], name="import_source_once")]

    def __str__(self) -> str:
        return self.name


class ImportState(models.TextChoices):
    """Where a loading stands. What runs is carried on by the worker, whatever page is open."""

    LOOKING = "looking", pgettext_lazy("import", "Looking for the columns")
    TO_MATCH = "to_match", pgettext_lazy("import", "Columns to be matched")
    CHECKING = "checking", pgettext_lazy("import", "Trial run")
    CHECKED = "checked", pgettext_lazy("import", "Checked, nothing written yet")
    RUNNING = "running", pgettext_lazy("import", "Being imported")
    DONE = "done", pgettext_lazy("import", "Imported")
    # a second person decides (Q18)
    WITHDRAWAL_ASKED = "withdrawal_asked", pgettext_lazy("import", "Withdrawal to be confirmed")
    WITHDRAWING = "withdrawing", pgettext_lazy("import", "Being withdrawn")
    WITHDRAWN = "withdrawn", pgettext_lazy("import", "Withdrawn")
    # nothing of it was written, or nothing more is
    STOPPED = "stopped", pgettext_lazy("import", "Stopped")


# Lists are taken in by those who register and route in an office; its heads decide on a withdrawal (Q18).
TAKES_IN_LISTS = frozenset({Role.REGISTRAR, Role.PETITION_OFFICER, Role.SECTION_HEAD})
READS_IMPORTS = TAKES_IN_LISTS | {Role.OFFICE_DIRECTOR}
CONFIRMS_WITHDRAWAL = frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR})

# In these the worker has something to do.
AT_WORK = frozenset({ImportState.LOOKING, ImportState.CHECKING, ImportState.RUNNING, ImportState.WITHDRAWING})


class Stop(models.TextChoices):
    """Why a loading stopped, or a withdrawal did not happen."""

    DISCARDED = "discarded", _("It was thrown away before anything was written.")
    EXPIRED = "expired", _("Nobody went on with it for a day; its file was removed.")
    NOT_ALLOWED = "not_allowed", _("Whoever asked for it may no longer register.")
    TOO_LARGE = "too_large", _("The file is too large. Save it in parts.")
    TOO_MUCH_INSIDE = "too_much_inside", _("The file holds too much, or things that do not belong in a list.")
    MACROS = "macros", _("The file holds macros. Save it as .xlsx without them.")
    PASSWORD = "password", _("The file has a password. Save it without one.")
    NOT_A_LIST = (
        "not_a_list",
        _("The file cannot be read as a list. Taken are .xlsx, .xls, .csv and .jsonl."),
    )
    ENCODING = "encoding", _("The text of the file cannot be read. Save it in UTF-8 or GB18030.")
    LONG_CELL = "long_cell", _("A cell does not end: a quotation mark is missing or too much.")
    NO_HEADINGS = "no_headings", _("No line of headings was found.")
    BROKEN_LINE = "broken_line", _("A line of the file breaks off.")
    TOUCHED = (
        "touched",
        _("Something has been done on its petitions meanwhile; it can no longer be withdrawn."),
    )


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, hat: Hat) -> ImportBatchQuerySet:
        """Keep the loadings of a hat's own organ and those it carries on, for the roles that load or decide."""
        if hat.role not in READS_IMPORTS:
            return self.none()
        return self.filter(source__organ__in=Organ.objects.of_today(hat.organ))

    def to_withdraw(self, hat: Hat) -> ImportBatchQuerySet:
        """Keep the loadings whose withdrawal this hat decides on: another person asked for it (Q18)."""
        if hat.role not in CONFIRMS_WITHDRAWAL:
            return self.none()
        return (
            self.visible_to(hat).filter(state=ImportState.WITHDRAWAL_ASKED).exclude(withdrawal_asker=hat.user)
        )

    def waiting(self, now: datetime) -> ImportBatchQuerySet:
        """Keep what the worker has to carry on and nobody holds."""
        free = Q(held_until_at=None) | Q(held_until_at__lte=now)
        return self.filter(free, state__in=sorted(AT_WORK)).order_by("worked_at", "pk")


class ImportBatch(models.Model):
    """One loading of one file by one post, from the upload to the result."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    source = models.ForeignKey(ImportSource, models.PROTECT, related_name="batches")
    # the post that asked, and the person who wore its hat: both are asked again before anything is written
    post = models.ForeignKey(Post, models.PROTECT, related_name="imports")
    asker = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=ImportState, default=ImportState.LOOKING)
    stopped_by = models.CharField(max_length=20, choices=Stop, blank=True)
    # the line of the file that the stop is about
    stopped_at_line = models.PositiveIntegerField(null=True)
    # removed a day after the loading ended
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="import_batches")
    file_name = models.CharField(_("file"), max_length=200)
    sheet = models.CharField(max_length=60, blank=True)
    columns = models.JSONField(default=list)
    heading_line = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(default=dict)

    channel = models.CharField(_("channel"), max_length=20, choices=Channel, default=Channel.WEB)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose, default=Purpose.REQUEST)
    category = models.ForeignKey(ContentCategory, models.PROTECT, null=True, related_name="+")
    # the day of receipt of rows that have none
    received_on = models.DateField(null=True)

    uploaded_at = models.DateTimeField()
    # the last time anything happened, for the sweep that removes files
    worked_at = models.DateTimeField()
    # while one worker carries it on; another takes over what was held and is not any more
    held_until_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # the last line of the file whose row is done with, in this trial or this run
    last_line = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    # of those created: answered already, so that they arrive as finished
    finished = models.PositiveIntegerField(default=0)
    linked = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    # of those that are petitions, or would be: the list names a place that is not known here
    unplaced = models.PositiveIntegerField(default=0)
    # the commonest of these names, each with its rows, until a person said which division is meant; gone with the run
    unknown_places = models.JSONField(default=dict)
    # a few values of each column, covered, beside the choice of its field; gone with the file
    examples = models.JSONField(default=dict)
    # the first rows as they would be registered, for the eye; gone with the trial
    sample = models.JSONField(default=list)
    rejects = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="import_rejects")

    withdraw_reason = models.CharField(_("reason"), max_length=200, blank=True)
    withdrawal_asked_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    withdrawal_asker = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawal_asked_at = models.DateTimeField(null=True)
    withdrawal_decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    withdrawal_decider = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(condition=Q(stopped_by__in=["", *Stop.values]), name="import_stop_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="import_channel_known"),
            # what reports a wrongdoer is not taken in from lists (Q1)
            models.CheckConstraint(
                condition=Q(purpose__in=sorted(set(Purpose.values) - {Purpose.REPORT_ACCUSATION})),
                name="import_purpose_is_open",
            ),
            models.CheckConstraint(
                condition=Q(withdrawal_decider=None) | ~Q(withdrawal_decider=F("withdrawal_asker")),
                name="import_withdrawn_by_two_persons",
            ),
        ]
        indexes = [
            models.Index(
                fields=["worked_at"],
                condition=Q(state__in=sorted(AT_WORK)),
                name="import_batch_at_work",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK


class Verdict(models.TextChoices):
    """What a row comes to where it is no new petition."""

    LINKED = "linked", pgettext_lazy("row of an import", "Here already")
    REJECTED = "rejected", pgettext_lazy("row of an import", "Rejected")


class ImportFinding(models.Model):
    """A row that became no petition, and why. Every other row of the file did, or will."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="findings")
    line = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    # codes of `cases.imports.faults`, each with the column it speaks of; never a value of the row
    faults = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="import_finding_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="import_verdict_known"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.line}"


class ImportedRow(models.Model):
    """Which row of which loading a petition was, and what the row says that no field of ours holds."""

    petition = models.OneToOneField(Petition, models.CASCADE, primary_key=True, related_name="imported_row")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="imported_rows")
    line = models.PositiveIntegerField()
    # heading → text, to the character, encrypted whole by `cases.imported`
    others_sealed = models.BinaryField(null=True)
    # the petition's version as it arrived: another one tells that something has been done on it
    arrived_version = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="imported_row_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.line}"


class EarlierReply(models.Model):
    """The reply a petition had before it came here, as the other system keeps it."""

    petition = models.OneToOneField(Petition, models.CASCADE, primary_key=True, related_name="earlier_reply")
    # who replied, in the words of the list
    unit = models.CharField(_("replied by"), max_length=120, blank=True)
    text = models.TextField(_("reply"))
    replied_at = models.DateTimeField(_("replied"))
    # a word that it was received or passed on is no answer: the petition stays open
    answers = models.BooleanField()

    def __str__(self) -> str:
        return str(self.petition_id)
