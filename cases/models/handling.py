"""From routing to a served reply: what was decided for each claim, who leads it, and what came of it (law.md §3)."""

from __future__ import annotations

from functools import reduce
from operator import and_

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from cases.models.petitions import Claim, Petition
from cases.models.same_again import NOT_THE_SAME_AGAIN
from cases.states import (
    OPINION_IS_OUT,
    HandlingState,
    KeepGround,
    NonAcceptReason,
    Receipt,
    RegisterLevel,
    RouteKind,
    SimpleGround,
)
from documents.models import Document
from infra.models import StoredFile
from lib.ids import uuid7


class Route(models.Model):
    """去向: one decision for some claims, exactly one of five kinds (Art 22(1), 23(1); R-11).

    A decision to keep holds nothing until a section head has countersigned it (Q13).
    """

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="routes")
    kind = models.CharField(_("route"), max_length=20, choices=RouteKind)
    reason = models.CharField(pgettext_lazy("of a route", "why it goes there"), max_length=300, blank=True)
    guided_to = models.CharField(_("guided to"), max_length=200, blank=True)
    keep_ground = models.CharField(_("ground for keeping"), max_length=30, choices=KeepGround, blank=True)
    # how whoever can be reached was told that it is kept or guided (Q13; D04)
    told = models.CharField(_("how the petitioner was told"), max_length=200, blank=True)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    # the person, since a deputy acts in his own name: a second person is another person, not another post
    maker = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    countersigned_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    countersigner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    countersigned_at = models.DateTimeField(null=True)
    # 退回 agreed, or a keeping refused: the claims wait for another decision
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # the sweep that draws samples of what was kept (Q13)
            models.Index(
                fields=["countersigned_at"],
                condition=Q(kind=RouteKind.KEEP, ended_at=None),
                name="route_kept",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RouteKind.values), name="route_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=RouteKind.KEEP, keep_ground__in=KeepGround.values)
                | ~Q(kind=RouteKind.KEEP) & Q(keep_ground=""),
                name="route_kept_on_a_ground",
            ),
            models.CheckConstraint(
                condition=~Q(kind=RouteKind.GUIDE) | ~Q(guided_to=""), name="route_guided_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by=None, countersigned_at=None)
                | Q(countersigned_by__isnull=False, countersigned_at__isnull=False)
                & ~Q(countersigned_by=F("made_by")),
                name="route_countersigned_by_another",
            ),
            models.CheckConstraint(
                condition=Q(countersigner=None)
                | Q(countersigned_at__isnull=False) & ~Q(countersigner=F("maker")),
                name="route_countersigner_is_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.kind}"

    @property
    def holds(self) -> bool:
        """Test if the decision stands: not ended, and if it keeps, countersigned."""
        kept = self.kind == RouteKind.KEEP
        return self.ended_at is None and (not kept or self.countersigned_at is not None)


@pghistory.track(
    fields=[
        "id",
        "petition",
        "organ",
        "receipt",
        "state",
        "simple_track",
        "received_at",
        "accepted_on",
        "known_at",
    ],
    append_only=True,
    model_name="HandlingVersion",
    level=pghistory.Statement,
)
class Handling(models.Model):
    """承办: what one organ leads of a petition, with its own receipt and its own clocks (Q10)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="handlings")
    route = models.OneToOneField(Route, models.CASCADE, related_name="handling")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="handlings", verbose_name=_("leading unit"))
    sender = models.ForeignKey(Organ, models.PROTECT, related_name="sent", verbose_name=_("sender"))
    sent_at = models.DateTimeField()
    # T6: the day by which an assigned matter is reported back
    report_due_on = models.DateField(_("report due"), null=True)
    letter = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    receipt = models.CharField(_("receipt"), max_length=20, choices=Receipt, default=Receipt.DELIVERED)
    read_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(_("received"), null=True)
    received_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    # 视为签收: nobody signed by the end of the first working day after delivery (Q22)
    deemed_received = models.BooleanField(default=False)
    state = models.CharField(
        _("handling"), max_length=20, choices=HandlingState, default=HandlingState.UNDER_REVIEW
    )
    simple_track = models.BooleanField(_("simple track"), default=False)
    simple_ground = models.CharField(_("why it is simple"), max_length=30, choices=SimpleGround, blank=True)
    accepted_on = models.DateField(_("accepted"), null=True)
    opinion = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    # since when nothing was noted of it: the day of acceptance, then each note; what the sweep asks for
    quiet_since_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(receipt__in=Receipt.values), name="handling_receipt_known"),
            models.CheckConstraint(condition=Q(state__in=HandlingState.values), name="handling_state_known"),
            models.CheckConstraint(
                condition=Q(simple_track=False) | Q(simple_ground__in=SimpleGround.values),
                name="handling_simple_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(receipt=Receipt.DELIVERED, received_at=None)
                | ~Q(receipt=Receipt.DELIVERED) & Q(received_at__isnull=False),
                name="handling_received_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[HandlingState.UNDER_REVIEW, HandlingState.NOT_ACCEPTED])
                | Q(accepted_on__isnull=False),
                name="handling_investigated_once_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state=HandlingState.INVESTIGATING) | Q(quiet_since_at__isnull=False),
                name="handling_quiet_since_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(OPINION_IS_OUT)) | Q(opinion__isnull=False),
                name="handling_opinion_is_a_paper",
            ),
            models.UniqueConstraint(
                fields=["petition", "organ"], condition=Q(ended_at=None), name="handling_one_open_an_organ"
            ),
        ]
        indexes = [
            # a unit's inbox, and the sweep that deems received
            models.Index(
                fields=["organ", "sent_at"],
                condition=Q(receipt=Receipt.DELIVERED),
                name="handling_to_sign_for",
            ),
            # what the sender has to decide
            models.Index(
                fields=["sender"],
                condition=Q(receipt=Receipt.OBJECTION_PENDING, ended_at=None),
                name="handling_objected",
            ),
            # the sweeps: what waits costs, not what there ever was
            models.Index(
                fields=["id"],
                condition=Q(receipt=Receipt.DELIVERED, ended_at=None),
                name="handling_to_deem_received",
            ),
            models.Index(
                fields=["id"],
                condition=Q(state=HandlingState.UNDER_REVIEW, ended_at=None),
                name="handling_under_review",
            ),
            # what is lifted because nobody signed, or because nothing was done
            models.Index(
                fields=["sent_at"],
                condition=Q(state=HandlingState.UNDER_REVIEW, deemed_received=True, ended_at=None),
                name="handling_nobody_signed",
            ),
            models.Index(
                fields=["quiet_since_at"],
                condition=Q(state=HandlingState.INVESTIGATING, ended_at=None),
                name="handling_quiet_since",
            ),
        ]
        triggers = [NOT_THE_SAME_AGAIN]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.organ_id}"


class ReturnRequest(models.Model):
    """异议退回: outside the organ's power, with reasons, within five working days of receipt (Art 23(3); R-22)."""

    handling = models.ForeignKey(Handling, models.CASCADE, related_name="return_requests")
    reason = models.CharField(pgettext_lazy("of an objection", "reasons"), max_length=1000)
    proper_organ = models.CharField(_("organ it belongs to"), max_length=120, blank=True)
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    finding = models.CharField(_("what the sender found"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handling"], condition=Q(decided_at=None), name="return_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, agreed=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, agreed__isnull=False),
                name="return_request_decided_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["decided_at"], condition=Q(agreed=True), name="return_request_agreed"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


# The five points of the acceptance checklist: power, pending, concluded by 复核, litigation, another route (Q12).
CHECKLIST = ("power_fact", "pending_fact", "concluded_fact", "litigation_fact", "route_fact")


class Acceptance(models.Model):
    """The acceptance checklist of a claim, each point with its fact, and the decision (Art 23, 31; Q12)."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="acceptances")
    handling = models.ForeignKey(Handling, models.CASCADE, related_name="acceptances")
    decided_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    decided_on = models.DateField()
    power_fact = models.CharField(max_length=300)
    pending_fact = models.CharField(max_length=300)
    concluded_fact = models.CharField(max_length=300)
    litigation_fact = models.CharField(max_length=300)
    route_fact = models.CharField(max_length=300)
    reason = models.CharField(max_length=30, choices=NonAcceptReason, blank=True)
    where_to_go = models.CharField(max_length=200, blank=True)
    # the 复核 opinion that concluded the matter, where it is no longer accepted (Art 36(3); D08; invariant 7)
    reexamination_number = models.CharField(max_length=60, blank=True)
    reexamined_by = models.CharField(max_length=80, blank=True)
    reexamined_on = models.DateField(null=True)
    # the same matter pending at a lower level: where, under which number (Art 19(3); R-25; Q11)
    pending_number = models.CharField(max_length=60, blank=True)
    pending_level = models.CharField(max_length=4, choices=RegisterLevel, blank=True)
    # the day lies more than one working day back, and what shows it (Q25)
    backdated = models.BooleanField(default=False)
    evidence_note = models.CharField(pgettext_lazy("of a day", "evidence"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "handling"], name="acceptance_once"),
            models.CheckConstraint(
                condition=Q(reason="") | Q(reason__in=NonAcceptReason.values), name="acceptance_reason_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason=NonAcceptReason.CONCLUDED)
                | ~Q(reexamination_number="") & Q(reexamined_on__isnull=False),
                name="acceptance_concluded_by_an_opinion",
            ),
            models.CheckConstraint(
                condition=Q(backdated=False) | ~Q(evidence_note=""), name="acceptance_backdated_has_evidence"
            ),
            models.CheckConstraint(
                condition=Q(pending_level__in=["", *RegisterLevel.values]), name="acceptance_level_known"
            ),
            models.CheckConstraint(
                condition=reduce(and_, (~Q(**{point: ""}) for point in CHECKLIST)),
                name="acceptance_every_point_answered",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="acceptance_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.claim_id)


class Finding(models.Model):
    """What was found on a claim and the handling opinion with its legal basis (Art 32; R-34); words, so untracked.

    The four 到位 of Art 27 are answered one by one (R-30).
    """

    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="finding")
    facts = models.TextField(_("facts and reasons found"))
    opinion = models.TextField(_("handling opinion"))
    legal_basis = models.CharField(_("legal basis"), max_length=500)
    solved = models.CharField(_("reasonable claims: how they are solved"), max_length=300)
    explained = models.CharField(_("unreasonable ones: how they were explained"), max_length=300)
    helped = models.CharField(_("hardship: what help there is"), max_length=300)
    lawful = models.CharField(_("unlawful acts: how they are dealt with"), max_length=300)
    written_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.claim_id)


class CoHandling(models.Model):
    """协办: another organ feeds back to the leading one by an internal day; no clock of the law (Q10)."""

    handling = models.ForeignKey(Handling, models.CASCADE, related_name="co_handlings")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="co_handlings")
    wanted = models.CharField(_("what is wanted"), max_length=300)
    due_on = models.DateField(_("feedback by"))
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    feedback = models.CharField(_("feedback"), max_length=1000, blank=True)
    fed_back_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    fed_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handling", "organ"], condition=Q(fed_back_at=None), name="co_handling_once_open"
            ),
            models.CheckConstraint(
                condition=Q(fed_back_at=None, feedback="") | Q(fed_back_at__isnull=False) & ~Q(feedback=""),
                name="co_handling_fed_back_with_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Extension(models.Model):
    """延期: once, at most thirty days, by the head of the handling organ, the petitioner told why (Art 34; R-36).

    That the approver belongs to the handling organ is held by the row itself: it carries both organs.
    """

    handling = models.ForeignKey(Handling, models.CASCADE, related_name="extensions")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField(_("days"))
    reason = models.CharField(pgettext_lazy("of an extension", "why it is complex"), max_length=500)
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asker = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    deciding_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    # D11, which tells the petitioner
    notice = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=30), name="extension_thirty_days_at_most"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_at=None, approved=None, decided_by=None)
                | Q(decided_at__isnull=False, approved__isnull=False, deciding_organ=F("organ")),
                name="extension_decided_in_the_handling_organ",
            ),
            models.CheckConstraint(
                condition=~Q(approved=True) | Q(notice__isnull=False), name="extension_is_told"
            ),
            models.UniqueConstraint(fields=["handling"], condition=~Q(approved=False), name="extension_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Recusal(models.Model):
    """回避: staff with a direct interest withdraw (Art 28(3); R-33). It is about the case, and stays on it.

    Declared by the person himself, it holds at once; asked for by the petitioner, it is noted by whoever heard it and
    decided by the head of the organ, and a head's own by the head of the next-higher organ.
    """

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="recusals")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    # the post of whom the petitioner asks to withdraw, and the organ whose head decides
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    judge = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="judges")
    reason = models.CharField(pgettext_lazy("of a recusal", "relation"), max_length=200)
    declared_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decider = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    withdrawn = models.BooleanField(null=True)
    answer = models.CharField(_("answer to the petitioner"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "user"], condition=Q(judge=None), name="recusal_declared_once"
            ),
            # a request that was refused may be made again on other grounds
            models.UniqueConstraint(
                fields=["petition", "user"], condition=Q(withdrawn=None), name="recusal_one_request_waits"
            ),
            models.CheckConstraint(
                condition=Q(judge=None, post=None, withdrawn=True, decided_by=None)
                | Q(judge__isnull=False, post__isnull=False, decided_at=None, decided_by=None)
                & Q(decider=None, withdrawn=None)
                | Q(judge__isnull=False, post__isnull=False, decided_at__isnull=False)
                & Q(decided_by__isnull=False, decider__isnull=False, withdrawn__isnull=False)
                & ~Q(answer=""),
                name="recusal_declared_or_decided_with_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("user")), name="recusal_decided_by_another"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ResolutionEvidence(models.TextChoices):
    """What shows that a dispute is settled (data-standard §7 a–c); a promise never to petition again is none."""

    EXECUTED = "executed", _("Supported and carried out")
    AGREEMENT = "agreement", _("Mediation or settlement agreement performed")
    CONFIRMED = "confirmed", _("The petitioner's own written confirmation, freely given and witnessed")


class Resolution(models.Model):
    """化解, apart from 办结: proposed by whoever handled it, confirmed by the office after quiet days, or relapsed."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="resolutions")
    evidence = models.CharField(_("evidence"), max_length=20, choices=ResolutionEvidence)
    words = models.CharField(_("what shows it"), max_length=500)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="resolutions")
    proposed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    proposer = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(evidence__in=ResolutionEvidence.values), name="resolution_evidence_known"
            ),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(ended_at=None), name="resolution_one_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
