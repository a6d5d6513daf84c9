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
from documents.states import ANNOUNCEMENT_DAYS, ONE_HAND, TITLES, DocumentKind, Method, State, View
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


class Document(models.Model):
    """One paper (文书) of one organ, from draft to issue.

    Who drafted, approved and issued it stands here as post and as person, since a deputy acts in his own name.
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
            # two persons, whatever posts they hold
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("drafter")) | Q(kind__in=sorted(ONE_HAND)),
                name="document_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")), name="document_supersedes_another"
            ),
            models.UniqueConstraint(
                fields=["organ", "number"], condition=~Q(number=""), name="document_number_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="document_issued_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=State.ISSUED),
            )
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


class Posting(Delivery):
    """A paper given to the post for one person: what T2, T3 and T5 ask for, before he has received it (Q24)."""

    posted_on = models.DateField(_("posted on"))
    mail_number = models.CharField(_("number of the mail"), max_length=40, blank=True)

    class Meta(Delivery.Meta):
        default_related_name = "postings"


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

    class Meta(Delivery.Meta):
        default_related_name = "services"
        constraints = [
            *Delivery.Meta.constraints,
            models.UniqueConstraint(fields=["document", "petitioner_ref"], name="service_once_for_each"),
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
