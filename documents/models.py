"""Papers of an organ and how they reached people. What a paper is about is known to the room that has it drawn up.

An issued paper is never changed, removed or printed anew: what is wrong with it is put right by another one that
supersedes it (documents.md §1; Q18). Records of service and posting are only ever added.
"""

from datetime import timedelta

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from documents.paper import Paper
from documents.states import (
    ANNOUNCEMENT_DAYS,
    GOES_TO_PETITIONERS,
    NOT_YET_OUT,
    ONE_HAND,
    TITLES,
    DocumentKind,
    Method,
    State,
    View,
)
from infra.models import StoredFile
from lib.ids import uuid7

_NOT_APPROVED = Q(approved_by=None, approver=None, approved_at=None)
_APPROVED = Q(approved_by__isnull=False, approver__isnull=False, approved_at__isnull=False)
_NOT_ISSUED = Q(number="", dated_on=None, file=None, issued_by=None, issuer=None, issued_at=None)
_ISSUED = ~Q(number="") & Q(
    dated_on__isnull=False,
    file__isnull=False,
    issued_by__isnull=False,
    issuer__isnull=False,
    issued_at__isnull=False,
)
_NOT_RETURNED = Q(returned_by=None, returner=None, returned_at=None, remark="")
_RETURNED = Q(returned_by__isnull=False, returner__isnull=False, returned_at__isnull=False) & ~Q(remark="")


class Document(models.Model):
    """One paper (文书) of one organ, from draft to issue, or to where it was sent back.

    Who drafted, approved, issued and returned it stands here as post and as person, since a deputy acts in his own
    name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(pgettext_lazy("of a document", "kind"), max_length=10, choices=DocumentKind)
    organ = models.ForeignKey(
        Organ, models.PROTECT, related_name="documents", verbose_name=_("issuing organ")
    )
    # belongs to the sealed lane, whose papers are numbered apart (Q1)
    sealed = models.BooleanField(default=False)
    number = models.CharField(_("document number"), max_length=40, blank=True)
    state = models.CharField(
        pgettext_lazy("of a document", "state"), max_length=10, choices=State, default=State.DRAFT
    )
    # counts the drafts, so that nobody approves a text he has not seen (Q32)
    version = models.PositiveIntegerField(default=1)
    # what the layout prints (`Paper.as_parts`); empty for a paper made elsewhere
    parts = models.JSONField(default=dict)
    # made elsewhere and taken in with its kind, number and day (Q24)
    uploaded = models.BooleanField(default=False)
    dated_on = models.DateField(_("date of the document"), null=True)
    # taken in more than a working day after its day (Q25)
    backdated = models.BooleanField(default=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="documents")
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")

    drafted_by = models.ForeignKey(Post, models.PROTECT, related_name="drafted_documents")
    drafter = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="approved_documents")
    approver = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="issued_documents")
    issuer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="returned_documents")
    returner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    # what is to be written otherwise, for whoever drew it up
    remark = models.CharField(pgettext_lazy("of a document", "remark"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="document_state_known"),
            models.CheckConstraint(
                condition=~Q(state=State.DRAFT) | (_NOT_APPROVED & _NOT_ISSUED), name="document_draft_is_open"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED) | (_APPROVED & _NOT_ISSUED),
                name="document_approved_has_approver",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ISSUED) | (_ISSUED & (_APPROVED | Q(uploaded=True))),
                name="document_issued_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(uploaded=False) | (Q(state=State.ISSUED) & _NOT_APPROVED),
                name="document_uploaded_is_issued",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.RETURNED) & _RETURNED & _NOT_APPROVED & _NOT_ISSUED)
                | (~Q(state=State.RETURNED) & _NOT_RETURNED),
                name="document_returned_is_whole",
            ),
            # two persons, whatever posts they hold
            models.CheckConstraint(
                condition=Q(returner=None) | ~Q(returner=F("drafter")), name="document_returned_by_another"
            ),
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("drafter")) | Q(kind__in=sorted(ONE_HAND)),
                name="document_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")), name="document_supersedes_another"
            ),
            models.UniqueConstraint(
                # lane by lane: a number that is refused must not tell of a sealed paper (Q1)
                fields=["organ", "number", "sealed"],
                condition=~Q(number=""),
                name="document_number_once",
            ),
        ]
        indexes = [
            # what somebody has to approve or issue, and what somebody may have to serve, of all an organ ever drew up
            models.Index(
                fields=["organ"], condition=Q(state__in=sorted(NOT_YET_OUT)), name="document_not_yet_out"
            ),
            models.Index(
                fields=["organ"],
                condition=Q(state=State.ISSUED, kind__in=sorted(GOES_TO_PETITIONERS)),
                name="document_to_petitioners",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="document_issued_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=State.ISSUED),
            ),
            # what was sent back is never issued: another draft takes its place
            pgtrigger.Protect(
                name="document_returned_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=State.RETURNED),
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)

    @property
    def is_issued(self) -> bool:
        return self.state == State.ISSUED

    @property
    def title(self) -> str:
        """What the paper is called in print, always in Chinese."""
        return TITLES[DocumentKind(self.kind)]

    @property
    def paper(self) -> Paper:
        """The paper as drafted, with number and day once it has them.

        :raises KeyError: if it was made elsewhere; only its file says what is in it
        """
        return Paper.from_parts(self.parts, number=self.number, dated_on=self.dated_on)


class Delivery(models.Model):
    """What a posting and a service have in common: which paper, for whom, and who says so."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    document = models.ForeignKey(Document, models.PROTECT)
    # The person's own key in the room that knows persons; each representative is served for himself (Q17).
    petitioner_ref = models.UUIDField()
    # entered more than a working day later, with the evidence that takes (Q25)
    backdated = models.BooleanField(default=False)
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    evidence_note = models.CharField(pgettext_lazy("of a service", "evidence"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(Post, models.PROTECT)
    recorder = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(backdated=False) | Q(evidence__isnull=False) | ~Q(evidence_note=""),
                name="%(class)s_backdated_has_evidence",
            )
        ]
        triggers = [pgtrigger.Protect(name="delivery_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.document_id}→{self.petitioner_ref}"


class PostingQuerySet(models.QuerySet["Posting"]):
    def standing(self) -> "PostingQuerySet":
        """Keep the postings that no confirmed correction has replaced or taken back (Q18)."""
        return self.exclude(corrections__confirmed=True)


class Posting(Delivery):
    """A paper given to the post for one person: what T2, T3 and T5 ask for, before he has received it (Q24)."""

    posted_on = models.DateField(_("posted on"))
    mail_number = models.CharField(_("number of the mail"), max_length=40, blank=True)
    # the mistaken record before it, which stays (Q18)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    objects = PostingQuerySet.as_manager()

    class Meta(Delivery.Meta):
        default_related_name = "postings"


class ServiceQuerySet(models.QuerySet["ServiceRecord"]):
    def standing(self) -> "ServiceQuerySet":
        """Keep the records that no confirmed correction has replaced or taken back (Q18)."""
        return self.exclude(corrections__confirmed=True)


class ServiceRecord(Delivery):
    """送达: how and when one person received a paper; his time for 复查 runs from that day (Art 35; Q17)."""

    method = models.CharField(_("method of service"), max_length=20, choices=Method)
    # the day of receipt; left before a witness, the day it was left; by announcement, the day its period ended
    served_on = models.DateField(pgettext_lazy("of a service", "received on"))
    # 送达人, where it was not who records it
    served_by = models.CharField(_("served by"), max_length=60, blank=True)
    received_by = models.CharField(pgettext_lazy("of a service", "received by"), max_length=60, blank=True)
    relation = models.CharField(_("relation to the addressee"), max_length=40, blank=True)
    refused = models.BooleanField(pgettext_lazy("of a service", "refused"), default=False)
    refusal_reason = models.CharField(_("reason for refusing"), max_length=200, blank=True)
    witnesses = ArrayField(
        models.CharField(max_length=100),
        verbose_name=pgettext_lazy("of a service", "witnesses"),
        default=list,
    )
    # where the consent to electronic service is found
    consent_ref = models.CharField(pgettext_lazy("of a service", "consent"), max_length=100, blank=True)
    announced_on = models.DateField(_("announced on"), null=True)
    view = models.CharField(_("the petitioner's view"), max_length=10, choices=View, blank=True)
    # the mistaken record before it, which stays (Q18)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    objects = ServiceQuerySet.as_manager()

    class Meta(Delivery.Meta):
        default_related_name = "services"
        constraints = [
            *Delivery.Meta.constraints,
            # a chain of records for each person, of which the last may stand
            models.UniqueConstraint(
                fields=["document", "petitioner_ref"],
                condition=Q(corrects=None),
                name="service_once_for_each",
            ),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="service_method_known"),
            models.CheckConstraint(condition=Q(view__in=["", *View.values]), name="service_view_known"),
            models.CheckConstraint(
                condition=Q(method=Method.LEFT_WITH_WITNESS, refused=True)
                | (~Q(method=Method.LEFT_WITH_WITNESS) & Q(refused=False)),
                name="service_left_only_when_refused",
            ),
            models.CheckConstraint(
                condition=Q(refused=False)
                | (~Q(refusal_reason="") & (~Q(witnesses=[]) | Q(evidence__isnull=False))),
                name="service_refusal_is_witnessed",
            ),
            models.CheckConstraint(
                condition=~Q(method=Method.ADULT_FAMILY) | (~Q(received_by="") & ~Q(relation="")),
                name="service_family_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(method=Method.ELECTRONIC) | ~Q(consent_ref=""),
                name="service_electronic_by_consent",
            ),
            models.CheckConstraint(
                condition=(~Q(method=Method.ANNOUNCEMENT) & Q(announced_on=None))
                | Q(
                    method=Method.ANNOUNCEMENT,
                    announced_on__isnull=False,
                    served_on=ExpressionWrapper(
                        F("announced_on") + timedelta(days=ANNOUNCEMENT_DAYS), output_field=models.DateField()
                    ),
                ),
                name="service_announced_for_its_days",
            ),
        ]


class ServiceCorrection(models.Model):
    """A mistyped record of service or posting put right: proposed by one person, confirmed by another (Q18).

    The record stays as it was written; what stands instead is a record of its own, or nothing if nobody was served or
    nothing was posted. It is about one of the two.
    """

    record = models.ForeignKey(ServiceRecord, models.PROTECT, null=True, related_name="corrections")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="corrections")
    reason = models.CharField(_("reason"), max_length=300)
    # what is to stand instead (`Service.as_facts`, `Sent.as_facts`); none: it was not served, or not posted
    facts = models.JSONField(null=True)
    proposed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    proposer = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decider = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="service_correction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_by=None, decider=None, decided_at=None, confirmed=None)
                | Q(
                    decided_by__isnull=False,
                    decider__isnull=False,
                    decided_at__isnull=False,
                    confirmed__isnull=False,
                ),
                name="service_correction_decided_whole",
            ),
            # two persons, whatever posts they hold
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("proposer")),
                name="service_correction_by_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(record=None, posting__isnull=False) | Q(record__isnull=False, posting=None),
                name="service_correction_of_one_record",
            ),
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(confirmed=None) | Q(confirmed=True),
                name="service_correction_one_standing",
            ),
            models.UniqueConstraint(
                fields=["posting"],
                condition=Q(confirmed=None) | Q(confirmed=True),
                name="posting_correction_one_standing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def mistaken(self) -> ServiceRecord | Posting:
        """The record it is about."""
        mistaken = self.record or self.posting
        if mistaken is None:
            message = f"correction {self.pk} is about nothing"
            raise RuntimeError(message)
        return mistaken
