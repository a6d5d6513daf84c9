"""What came from phones: once each, with how it was answered; what waits for a human; the key of a phone's store."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Post, User
from grids.event_states import EventState
from grids.models import GridEvent, Round
from grids.models.grids import ON_THE_GROUND
from grids.permissions import may_keep
from infra.models import StoredFile
from mobile.states import PHASE_OF, STEP_OF, Answer, Choice, Kind


class Receipt(models.Model):
    """One submission of a phone, under the key the phone gave it: there is never a second one.

    What names a cadre has none: nothing here may say who sent it (Q3).
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(pgettext_lazy("of a submission", "kind"), max_length=10, choices=Kind)
    answer = models.CharField(pgettext_lazy("of a submission", "answer"), max_length=8, choices=Answer)
    # what it was about; of a note of the diary nothing, for the note goes on its day
    event = models.ForeignKey(GridEvent, models.PROTECT, null=True, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="+")
    # who wrote it, and under which post
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    # the version of the event that a step saw; of what is new none
    seen_version = models.PositiveIntegerField(null=True)
    # by the phone's clock, when it came here, and by how many seconds that clock was behind ours
    observed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    clock_behind = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="receipt_kind_known"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="receipt_answer_known"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(STEP_OF), seen_version__isnull=False)
                | ~Q(kind__in=sorted(STEP_OF)) & Q(seen_version=None),
                name="receipt_of_a_step_saw_a_version",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(PHASE_OF), event__isnull=False, round=None)
                | Q(kind=Kind.ROUND, event=None, round__isnull=False)
                | Q(kind=Kind.DIARY, event=None, round=None),
                name="receipt_is_about_one_thing",
            ),
        ]
        triggers = [pgtrigger.Protect(name="receipt_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.pk)


class ReceiptPhoto(models.Model):
    """The nth picture of a submission, drawn anew; it came once."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="photos")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    # false while what it belongs to waits for a human
    is_hung = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "number"], name="receipt_photo_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=6), name="receipt_photo_at_most_six"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="receipt_photo_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="receipt_photo_facts_stay", exclude=["is_hung"]),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.number}"


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def visible_to(self, hat: Hat) -> "ConflictQuerySet":
        """Keep what a hat may decide: what its post wrote, and for whoever keeps the grids, what is of theirs.

        A neighbour on the ground knows of none, nor does a unit that was asked about the event, or the petition office.
        """
        rows = self.filter(receipt__event__in=GridEvent.objects.visible_to(hat).values("pk"))
        if hat.role in ON_THE_GROUND:
            return rows.filter(receipt__post=hat.post)
        return rows if may_keep(hat) else self.none()

    def open(self) -> "ConflictQuerySet":
        """Keep what nobody has decided."""
        return self.filter(settled_at=None)


class Conflict(models.Model):
    """What a phone wrote of an event that somebody else moved meanwhile; kept until a human decides, and after."""

    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="conflict")
    words = models.TextField(max_length=2000)
    # where the event stood when it came
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=EventState)
    choice = models.CharField(max_length=6, choices=Choice, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="conflict_state_known"),
            models.CheckConstraint(
                condition=Q(choice="", settled_at=None, settled_by=None)
                | Q(choice__in=Choice.values, settled_at__isnull=False, settled_by__isnull=False),
                name="conflict_settled_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="conflict_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="conflict_words_stay", fields=["receipt", "words", "version", "state"]),
        ]

    def __str__(self) -> str:
        return str(self.receipt_id)

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    @property
    def event(self) -> GridEvent:
        """The event that was moved meanwhile: nothing but a step on one waits for a human."""
        if self.receipt.event is None:
            raise GridEvent.DoesNotExist(self.pk)
        return self.receipt.event


class PhoneKey(models.Model):
    """The key under which a phone keeps what a person wrote, so that whoever else holds it reads nothing."""

    user = models.OneToOneField(User, models.PROTECT, related_name="phone_key")
    key_sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="phone_key_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.user_id)
