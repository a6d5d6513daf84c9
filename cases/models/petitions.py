"""The petition: its facts, its words, its numbered claims, and who may know of it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.roles import ORGAN_WIDE, OWN_ONLY
from assignments.models import Assignment
from cases.intake import MADE_OF_ITS_WORDS
from cases.models.categories import ContentCategory
from cases.models.people import Petitioner
from cases.remedy_states import GOING_ON
from cases.sponsored import is_sponsored
from cases.states import (
    OPEN,
    Channel,
    ClaimDecision,
    EndKind,
    Outcome,
    PetitionClass,
    PowerLevel,
    Purpose,
    Receipt,
    RegisterLevel,
    Routing,
    Source,
    StatutoryRoute,
)
from lib.ids import uuid7
from places.models import Place

# What history keeps: codes, dates and keys, never words or people (architecture, History and as-of).
TRACKED = [
    "id", "number", "routing", "ended_as", "channel", "source", "purpose", "petition_class", "content_category",
    "place", "place_path", "register_organ", "register_level", "received_at", "registered_at",
    "petitioner_count", "is_collective", "litigation_related", "is_urgent", "sealed", "next_due_at", "known_at",
]  # fmt: skip


class PetitionQuerySet(models.QuerySet["Petition"]):
    def visible_to(self, hat: Hat) -> PetitionQuerySet:
        """Keep the open-lane petitions a hat may know of; sealed ones are in `sealed_to` alone.

        One test for each kind of hat: a place for those who look after one, involvement for the rest. That the
        petition itself is open is asked besides: a part that was forgotten at the sealing opens nothing.

        Rows found by a part know its copy of the state (`part_routing`), by which `open` walks its index.
        """
        if hat.sees_its_place:
            return self.filter(sealed=False, place_path__startswith=hat.organ.place.path)
        parts = {"sealed": False, "involvements__ended_at": None, "involvements__sealed": False}
        if hat.role in ORGAN_WIDE:
            found = self.filter(**parts, involvements__organ_id=hat.organ.pk)
        elif hat.role in OWN_ONLY:
            found = self.filter(**parts, involvements__post_id=hat.post.pk)
        else:
            return self.none()
        return found.alias(part_routing=F("involvements__routing"))

    def sealed_to(self, hat: Hat) -> PetitionQuerySet:
        """Keep the sealed petitions this post has been granted by name (protection §2.5; Q1).

        The leave is for the person: a deputy does not inherit it, and nobody reads what names himself.
        """
        if hat.acts_for is not None:
            return self.none()
        granted = self.filter(sealed=True, grants__post_id=hat.post.pk, grants__ended_at=None)
        return granted.exclude(reported_parties__user=hat.user)

    def open(self) -> PetitionQuerySet:
        """Keep the petitions that are still being dealt with."""
        parts = {"part_routing__in": sorted(OPEN)} if "part_routing" in self.query.annotations else {}
        return self.filter(routing__in=sorted(OPEN), **parts)

    def standing(self) -> PetitionQuerySet:
        """Leave out what is void: it keeps its number and record and is in no list and no statistic (Q18)."""
        return self.exclude(routing=Routing.VOID)

    def waits_in_the_lane(self) -> PetitionQuerySet:
        """Keep the sealed petitions on which something is still owed here: a period runs, or nobody handed them over.

        With the handing over the report is the discipline organ's, by its own rules (Art 22(2), 23(4); R-13). The
        written word of an organ that got it directly is owed until T2 is met.
        """
        return self.exclude(models.Exists(self._handed_over()), next_due_at=None)

    def _handed_over(self) -> PetitionQuerySet:
        """Ask of a petition whether it was handed over under the sealing that holds (R-13)."""
        of_this = {"pk": models.OuterRef("pk"), "sealed": True}
        standing = {"sealed_handovers__isnull": False, "sealed_handovers__ended_at": None}
        return PetitionQuerySet(self.model).filter(**of_this, **standing)

    def under_the_same_superior_number(self, petition: Petition) -> PetitionQuerySet:
        """Keep the open lane's other petitions that stand under a petition's number of its superior (Q21)."""
        same = self.filter(
            sealed=False,
            register_organ=petition.register_organ,
            source=petition.source,
            superior_number=petition.superior_number,
        )
        return same.standing().exclude(superior_number="").exclude(pk=petition.pk)

    def with_state(self) -> PetitionQuerySet:
        """Find with each whether an organ has to sign for it (`to_sign_for`, Q22), or it was `handed_over` (R-13).

        And whether it is `supervised` (Art 39(3), 40) and `sponsored` (包案), and `in_remedy`: the stage that goes on.
        """
        contested = PetitionQuerySet(self.model).filter(
            pk=models.OuterRef("pk"), remedies__state__in=sorted(GOING_ON)
        )
        delivered = PetitionQuerySet(self.model).filter(
            pk=models.OuterRef("pk"), handlings__receipt=Receipt.DELIVERED, handlings__ended_at=None
        )
        return self.annotate(
            to_sign_for=models.Exists(delivered),
            handed_over=models.Exists(self._handed_over()),
            supervised=models.Exists(Assignment.objects.supervising(models.OuterRef("pk"))),
            sponsored=is_sponsored(models.OuterRef("pk")),
            in_remedy=models.Subquery(contested.values("remedies__stage")[:1]),
        )

    def for_list(self) -> PetitionQuerySet:
        """Load what one row of a list shows of the petition itself; for the rest `cases.rows` asks."""
        return self.select_related("words", "place__parent", "register_organ")

    def with_representatives(self) -> PetitionQuerySet:
        """Load with each petition the persons who represent it, in their order, as its `people`."""
        people = Petitioner.objects.exclude(representative_no=None).order_by("representative_no")
        return self.prefetch_related(models.Prefetch("people", queryset=people))


@pghistory.track(fields=TRACKED, append_only=True, model_name="PetitionVersion", level=pghistory.Statement)
class Petition(models.Model):
    """One registered petition (信访件), counted once whatever its claims and persons (data-standard §5).

    The key is made by the application, so that no gap between two tells of a third (protection §2.5).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    # the draft or the caller's own key: registering it twice gives the same petition
    submission_id = models.UUIDField(unique=True)
    number = models.CharField(_("petition number"), max_length=20, unique=True)
    routing = models.CharField(_("state"), max_length=20, choices=Routing, default=Routing.REGISTERED)
    # which other end it was (Q19), so that no figure takes it for 办结
    ended_as = models.CharField(_("other end"), max_length=20, choices=EndKind, blank=True)
    version = models.PositiveIntegerField(default=1)

    register_organ = models.ForeignKey(
        Organ, models.PROTECT, related_name="registered", verbose_name=_("registering organ")
    )
    register_level = models.CharField(_("level"), max_length=4, choices=RegisterLevel)
    registered_by = models.ForeignKey(Post, models.PROTECT, related_name="registered")
    # a community or station takes it in for the office (Q30)
    on_behalf_of = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="registered_for")
    registered_at = models.DateTimeField(_("registered"))
    received_at = models.DateTimeField(_("received"))
    # a received day typed more than one working day late stands on the inspector's list (Q25)
    backdating_evidence = models.CharField(_("evidence of the date"), max_length=200, blank=True)
    petition_date = models.DateField(_("petition date"))

    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    source = models.CharField(_("source"), max_length=30, choices=Source)
    superior_organ = models.CharField(_("superior organ"), max_length=80, blank=True)
    superior_number = models.CharField(_("superior's number"), max_length=60, blank=True)
    superior_date = models.DateField(_("superior's date"), null=True)
    superior_due_on = models.DateField(_("superior's due day"), null=True)
    addressee = models.CharField(_("addressee"), max_length=80, blank=True)
    # the number under which a list of another system was taken in; freed when the petition becomes void
    external_source = models.ForeignKey(
        "cases.ImportSource", models.PROTECT, null=True, related_name="petitions", db_index=False
    )
    external_number = models.CharField(_("number in its source"), max_length=200, blank=True)
    # the list had no date: the day was stated when it was taken in, and no period runs from it
    day_unknown = models.BooleanField(_("day of receipt unknown"), default=False)

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    petition_class = models.CharField(_("class"), max_length=20, choices=PetitionClass, null=True)
    content_category = models.ForeignKey(
        ContentCategory, models.PROTECT, related_name="petitions", verbose_name=_("content category")
    )
    # by a person; not where a list that was taken in named none, until somebody chooses one
    category_confirmed = models.BooleanField(default=True, db_default=True)
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="petitions", verbose_name=_("place of the problem")
    )
    place_path = models.CharField(max_length=80)
    place_detail = models.CharField(_("exact place"), max_length=120, blank=True)

    petitioner_count = models.PositiveIntegerField(_("petitioners"))
    involved_count = models.PositiveIntegerField(_("people affected"), null=True)
    is_collective = models.BooleanField(_("collective visit"), default=False)
    is_joint_letter = models.BooleanField(_("joint letter"), default=False)
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    litigation_related = models.BooleanField(_("litigation-related"), default=False)
    is_urgent = models.BooleanField(_("grave or urgent"), default=False)
    power_level = models.CharField(
        _("whose power"), max_length=10, choices=PowerLevel, default=PowerLevel.UNCLEAR
    )
    # visits only: was it the competent level or one above it (Art 20(1); R-05); never a condition of registering
    visit_level_ok = models.BooleanField(_("at the lawful level"), null=True)
    public_consent = models.BooleanField(_("agrees to publication"), null=True)
    transcribed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="transcribed")

    sealed = models.BooleanField(default=False)
    # the nearest statutory due moment, and when its lamp turns amber; written with the clocks
    next_due_at = models.DateTimeField(null=True)
    next_amber_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField()

    objects = PetitionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(routing__in=Routing.values), name="petition_routing_known"),
            models.CheckConstraint(
                condition=Q(routing=Routing.ENDED, ended_as__in=EndKind.values)
                | ~Q(routing=Routing.ENDED) & Q(ended_as=""),
                name="petition_other_end_has_its_kind",
            ),
            # a report of wrongdoing is ended by nobody's withdrawal or death (Q19)
            models.CheckConstraint(
                condition=~Q(routing=Routing.ENDED)
                | (Q(petition_class=None) | ~Q(petition_class=PetitionClass.REPORT_ACCUSATION))
                & ~Q(purpose=Purpose.REPORT_ACCUSATION),
                name="petition_reports_end_lawfully",
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="petition_channel_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="petition_source_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="petition_purpose_known"),
            models.CheckConstraint(
                condition=Q(register_level__in=RegisterLevel.values), name="petition_level_known"
            ),
            models.CheckConstraint(
                condition=Q(petition_class=None) | Q(petition_class__in=PetitionClass.values),
                name="petition_class_known",
            ),
            models.CheckConstraint(
                condition=Q(power_level__in=PowerLevel.values), name="petition_power_known"
            ),
            models.CheckConstraint(condition=Q(petitioner_count__gte=1), name="petition_has_a_petitioner"),
            models.CheckConstraint(
                condition=Q(registered_at__gte=F("received_at")), name="petition_received_before_registered"
            ),
            models.CheckConstraint(
                condition=~Q(purpose=Purpose.REPORT_ACCUSATION) | Q(sealed=True),
                name="petition_reports_are_sealed",
            ),
            # a superior's matter is registered once under its number (Q21); in the sealed lane a number that is
            # taken would tell of what is there (Q1)
            models.UniqueConstraint(
                fields=["register_organ", "source", "superior_number"],
                condition=~Q(superior_number="") & ~Q(routing=Routing.VOID) & Q(sealed=False),
                name="petition_superior_number_once",
            ),
            # a second loading of the same list adds nothing; in both lanes, for what was sealed since is not
            # to come back open
            models.UniqueConstraint(
                fields=["external_source", "external_number"],
                condition=~Q(external_number="") & ~Q(routing=Routing.VOID),
                name="petition_external_number_once",
            ),
            models.CheckConstraint(
                condition=Q(external_number="", external_source=None)
                | ~Q(external_number="") & Q(external_source__isnull=False),
                name="petition_external_number_has_a_source",
            ),
        ]
        indexes = [
            # the ledger of a hat that looks after a place, by nearest deadline and by date
            models.Index(
                OpClass("place_path", name="text_pattern_ops"),
                "next_due_at",
                "id",
                name="petition_by_place_due",
            ),
            models.Index(
                "next_due_at",
                "id",
                condition=Q(sealed=False, routing__in=sorted(OPEN)),
                name="petition_open_by_due",
            ),
            # everything there ever was, where the place is nearly all of it
            models.Index("next_due_at", "id", condition=Q(sealed=False), name="petition_by_due"),
            # whether those that somebody has part in are open and of which state, from the index alone
            models.Index(fields=["id"], include=["sealed", "routing"], name="petition_lane_and_state"),
            # what was registered today
            models.Index(fields=["registered_at"], condition=Q(sealed=False), name="petition_by_registered"),
            # the counts above the ledger and on the desk, from the index alone
            models.Index(
                OpClass("place_path", name="text_pattern_ops"),
                include=["id", "routing", "next_due_at", "next_amber_at", "is_collective", "source"],
                condition=Q(sealed=False, routing__in=sorted(OPEN)),
                name="petition_open_by_place",
            ),
            # what has no way yet of a place
            models.Index(
                OpClass("place_path", name="text_pattern_ops"),
                include=["id", "register_organ"],
                condition=Q(sealed=False, routing=Routing.REGISTERED),
                name="petition_registered_by_place",
            ),
            # who led such matters before, from the index alone
            models.Index(
                F("content_category"),
                F("received_at").desc(),
                include=["id", "place_path"],
                condition=Q(sealed=False, routing=Routing.FINISHED),
                name="petition_finished_by_category",
            ),
            models.Index(
                fields=["external_source"],
                condition=Q(external_source__isnull=False),
                name="petition_by_external_source",
            ),
            models.Index(
                F("received_at").desc(),
                F("id").desc(),
                condition=Q(sealed=False),
                name="petition_by_received",
            ),
            # the sweep that gives to the lane: what is sealed and open costs, not what there ever was
            models.Index(
                fields=["id"],
                condition=Q(sealed=True, routing__in=sorted(OPEN)),
                name="petition_open_and_sealed",
            ),
            # what may be the same matter: of one category, the newest first, each tested for its place in the index
            # itself, so that the walk ends with those that are compared (data-standard §6)
            models.Index(
                F("content_category"),
                F("received_at").desc(),
                OpClass("place_path", name="text_pattern_ops"),
                condition=Q(sealed=False),
                name="petition_same_matter",
            ),
        ]
        triggers = [
            # of each statement, for a list of a thousand rows is one
            pgtrigger.Trigger(
                name="petition_parts_follow",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="old_values", new="new_values"),  # type: ignore[no-untyped-call]
                func="""
                    UPDATE cases_involvement AS part
                    SET routing = moved.routing, sealed = part.sealed OR moved.sealed
                    FROM new_values AS moved JOIN old_values AS before USING (id)
                    WHERE part.petition_id = moved.id
                      AND (moved.routing <> before.routing OR moved.sealed AND NOT before.sealed);
                    UPDATE cases_petitiondocument AS paper
                    SET routing = moved.routing
                    FROM new_values AS moved JOIN old_values AS before USING (id)
                    WHERE paper.petition_id = moved.id AND moved.routing <> before.routing;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Test if it is still being dealt with."""
        return self.routing in OPEN

    @property
    def is_untouched(self) -> bool:
        """Test if nothing has been done on it since it was registered, so that it may still be void (Q18)."""
        return self.routing == Routing.REGISTERED and not self.routes.exists()

    @property
    def number_in_source(self) -> str:
        """The number that the list it was taken in from gave it; empty where the list gave none."""
        return "" if self.external_number.startswith(MADE_OF_ITS_WORDS) else self.external_number

    @property
    def is_void(self) -> bool:
        return self.routing == Routing.VOID


class PetitionText(models.Model):
    """The words of a petition, apart from its facts so that no history keeps them."""

    petition = models.OneToOneField(Petition, models.CASCADE, primary_key=True, related_name="words")
    title = models.CharField(pgettext_lazy("of a petition", "title"), max_length=120)
    # a neutral abstract by the registrar, shown where the petitioner's own words are not needed
    summary = models.TextField(_("summary"), blank=True)
    # as written or said, to the character
    text = models.TextField(_("petitioner's own words"))
    # the same for letters that are the same to the character, so that those sent in bulk are found by an index
    text_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["text_hash"], condition=~Q(text_hash=""), name="petition_text_same"),
        ]

    def __str__(self) -> str:
        return str(self.petition_id)


@pghistory.track(
    fields=[
        "id", "petition", "number", "petition_class", "statutory_route", "route", "handling", "decision",
        "outcome", "execution_organ", "execution_due_on", "executed_at", "known_at",
    ],
    append_only=True,
    model_name="ClaimVersion",
    level=pghistory.Statement,
)  # fmt: skip
class Claim(models.Model):
    """One numbered claim (诉求); organs lead claims, not petitions (Q10).

    Its words stay as registered. What is decided on it, its outcome and its execution are its own.
    """

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="claims")
    number = models.PositiveSmallIntegerField()
    wording = models.CharField(_("claim"), max_length=500)
    petition_class = models.CharField(_("class"), max_length=20, choices=PetitionClass, null=True)
    # where it goes: none until it is routed, and again after an agreed return
    route = models.ForeignKey("cases.Route", models.PROTECT, null=True, related_name="claims")
    handling = models.ForeignKey("cases.Handling", models.PROTECT, null=True, related_name="claims")
    statutory_route = models.CharField(_("statutory route"), max_length=3, choices=StatutoryRoute, blank=True)
    decision = models.CharField(_("decision"), max_length=20, choices=ClaimDecision, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    execution_organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="executes", verbose_name=_("carried out by")
    )
    execution_due_on = models.DateField(_("carried out until"), null=True)
    executed_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="claim_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="claim_number_from_one"),
            models.CheckConstraint(
                condition=Q(petition_class=None) | Q(petition_class__in=PetitionClass.values),
                name="claim_class_known",
            ),
            models.CheckConstraint(
                condition=Q(statutory_route__in=["", *StatutoryRoute.values]), name="claim_route_known"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", *ClaimDecision.values]), name="claim_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="claim_outcome_known"
            ),
            # invariant 1 of law.md §3: no acceptance without a statutory route; a suggestion has none (Q20)
            models.CheckConstraint(
                condition=~Q(decision=ClaimDecision.ACCEPTED)
                | Q(petition_class=PetitionClass.SUGGESTION, statutory_route="")
                | Q(petition_class=PetitionClass.APPEAL_REQUEST, statutory_route=StatutoryRoute.RT6),
                name="claim_accepted_on_its_route",
            ),
            models.CheckConstraint(
                condition=~Q(decision=ClaimDecision.LED)
                | Q(statutory_route__in=sorted(set(StatutoryRoute.values) - {StatutoryRoute.RT6})),
                name="claim_led_into_another_procedure",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(handling__isnull=False), name="claim_decided_by_an_organ"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(decision=ClaimDecision.ACCEPTED),
                name="claim_outcome_of_an_accepted",
            ),
            # a supporting opinion names who carries it out and until when (Art 32; R-34)
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.SUPPORT)
                | Q(execution_organ__isnull=False, execution_due_on__isnull=False),
                name="claim_support_is_carried_out",
            ),
        ]
        indexes = [
            models.Index(fields=["petition"], condition=Q(route=None), name="claim_without_a_way"),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}/{self.number}"

    @property
    def route_words(self) -> str:
        """The statutory route in words that stand by themselves, apart from the list it was chosen from (Art 31)."""
        if self.statutory_route == StatutoryRoute.RT6:
            return pgettext("statutory route", "Petition procedure, with a handling opinion")
        return str(StatutoryRoute(self.statutory_route).label) if self.statutory_route else ""
