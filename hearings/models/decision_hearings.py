"""决策听证: a public hearing on a draft, who attended, what was said, and what became of each opinion."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from hearings.decision_states import (
    MATERIAL_DAYS,
    OPINIONS,
    UNDER_WAY,
    DecisionHearingState,
    Side,
    Speech,
    Studied,
)
from hearings.models.decisions import DecisionDraft
from lib.ids import uuid7

_HELD_BY_THE_LAW = """
    IF NEW.list_published_on IS NULL OR NOT EXISTS (
        SELECT 1 FROM hearings_attendee WHERE hearing_id = NEW.id AND side = 'concerned'
    ) THEN
        RAISE EXCEPTION 'the list of attendees is not published, or leaves out those concerned';
    END IF;
    IF EXISTS (
        SELECT 1 FROM hearings_attendee
        WHERE hearing_id = NEW.id AND (
            material_on IS NULL
            OR material_on > (NEW.begins_at AT TIME ZONE 'Asia/Shanghai')::date - {days}
        )
    ) THEN
        RAISE EXCEPTION 'an attendee had no material in time';
    END IF;
    RETURN NEW;
""".replace("{days}", str(MATERIAL_DAYS))
_ON_THE_NEWEST_DRAFT = """
    IF NOT EXISTS (
        SELECT 1 FROM hearings_decisiondraft draft
        JOIN hearings_planneddecision decision ON decision.id = draft.decision_id
        WHERE draft.id = NEW.draft_id AND decision.state = 'prepared' AND draft.number = (
            SELECT max(number) FROM hearings_decisiondraft WHERE decision_id = decision.id
        )
    ) THEN
        RAISE EXCEPTION 'heard is the newest draft of a decision that is being prepared';
    END IF;
    IF EXISTS (
        SELECT 1 FROM hearings_decisiondraft draft
        JOIN accounts_post writer ON writer.id = draft.written_by_id
        JOIN accounts_post chair ON chair.user_id = writer.user_id
        WHERE draft.id = NEW.draft_id AND chair.id = NEW.chair_id
    ) THEN
        RAISE EXCEPTION 'who wrote the draft does not chair its hearing';
    END IF;
    RETURN NEW;
"""
_RECORD_IS_WHOLE = """
    IF EXISTS (
        SELECT 1 FROM hearings_attendee
        WHERE hearing_id = NEW.id AND (came IS NULL OR came AND signed_at IS NULL)
    ) OR NOT EXISTS (
        SELECT 1 FROM hearings_decisionentry WHERE hearing_id = NEW.id AND speech = 'introduced'
    ) OR NOT EXISTS (
        SELECT 1 FROM hearings_decisionentry WHERE hearing_id = NEW.id AND speech = 'stated'
    ) THEN
        RAISE EXCEPTION 'the record of this hearing is not whole';
    END IF;
    RETURN NEW;
"""
_EACH_OPINION_STUDIED = """
    IF EXISTS (
        SELECT 1 FROM hearings_decisionentry
        WHERE hearing_id = NEW.id AND speech IN ('stated', 'debated') AND studied = ''
    ) THEN
        RAISE EXCEPTION 'an opinion of this hearing was not studied';
    END IF;
    RETURN NEW;
"""


_STANDS = """
    IF NOT EXISTS (
        SELECT 1 FROM hearings_decisionhearing
        WHERE id = COALESCE(NEW.hearing_id, OLD.hearing_id) AND {condition}
    ) THEN
        RAISE EXCEPTION 'this hearing does not stand where this could be written';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


def _while_it_stands(name: str, operation: pgtrigger.Operation, condition: str) -> pgtrigger.Trigger:
    """Return the trigger that lets rows be written only while their hearing stands as a condition says."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=_STANDS.replace("{condition}", condition),
    )


class DecisionHearingQuerySet(models.QuerySet["DecisionHearing"]):
    def under_way(self) -> DecisionHearingQuerySet:
        """Keep what is announced or held, and where opinions are still to be studied."""
        return self.filter(state__in=UNDER_WAY)


class DecisionHearing(models.Model):
    """A public hearing on one draft of a planned decision ([L27] Art 16–18): of a plan, never of a petition.

    Draft, time, place and how attendees are selected are published before, then who attends; its record is frozen with
    its hash once everybody who came confirmed it or refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    draft = models.ForeignKey(DecisionDraft, models.PROTECT, related_name="hearings")
    state = models.CharField(
        pgettext_lazy("of a hearing on a decision", "state"),
        max_length=12,
        choices=DecisionHearingState,
        default=DecisionHearingState.ANNOUNCED,
    )
    begins_at = models.DateTimeField(_("begins"))
    place = models.CharField(pgettext_lazy("of a hearing", "place"), max_length=200)
    selection = models.CharField(_("how attendees are selected"), max_length=1000)
    published_on = models.DateField(_("published on"))
    published_where = models.CharField(_("published where"), max_length=200)
    list_published_on = models.DateField(_("list of attendees published on"), null=True)
    chair = models.ForeignKey(Post, models.PROTECT, related_name="+")
    clerk = models.ForeignKey(Post, models.PROTECT, related_name="+")
    announced_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(null=True)
    # the record as one JSON document, and its SHA-256
    frozen = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    studied_at = models.DateTimeField(null=True)
    called_off_why = models.CharField(
        pgettext_lazy("a hearing", "why it is called off"), max_length=500, blank=True
    )

    objects = DecisionHearingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DecisionHearingState.values), name="decision_hearing_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(selection="") & ~Q(published_where=""),
                name="decision_hearing_announced_whole",
            ),
            models.CheckConstraint(condition=~Q(chair=F("clerk")), name="decision_hearing_chair_and_clerk"),
            models.CheckConstraint(
                condition=Q(
                    state=DecisionHearingState.ANNOUNCED, opened_at=None, recorded_at=None, studied_at=None
                )
                | Q(
                    state=DecisionHearingState.OPEN,
                    opened_at__isnull=False,
                    recorded_at=None,
                    studied_at=None,
                )
                | Q(state=DecisionHearingState.RECORDED, recorded_at__isnull=False, studied_at=None)
                | Q(state=DecisionHearingState.STUDIED, recorded_at__isnull=False, studied_at__isnull=False)
                | Q(state=DecisionHearingState.CALLED_OFF, recorded_at=None, studied_at=None),
                name="decision_hearing_moments_of_its_state",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at=None, frozen="", digest="")
                | Q(recorded_at__isnull=False, frozen__gt="", digest__gt=""),
                name="decision_hearing_record_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionHearingState.CALLED_OFF, called_off_why__gt="")
                | ~Q(state=DecisionHearingState.CALLED_OFF) & Q(called_off_why=""),
                name="decision_hearing_called_off_with_why",
            ),
            models.UniqueConstraint(
                fields=["draft"],
                condition=~Q(state=DecisionHearingState.CALLED_OFF),
                name="decision_hearing_once_a_draft",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="decision_hearing_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="decision_hearing_announced_stays",
                fields=[
                    *("draft", "begins_at", "place", "selection", "published_on", "published_where"),
                    *("chair", "clerk", "announced_by", "announced_at"),
                ],
            ),
            pgtrigger.Trigger(
                name="decision_hearing_frozen_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__frozen="")
                & (
                    pgtrigger.Q(old__frozen__df=pgtrigger.F("new__frozen"))
                    | pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest"))
                ),
                func="RAISE EXCEPTION 'the record of this hearing is frozen';",
            ),
            pgtrigger.Trigger(
                name="decision_hearing_over_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__state__in=[DecisionHearingState.STUDIED, DecisionHearingState.CALLED_OFF]
                ),
                func="RAISE EXCEPTION 'a hearing that is over stays as it is';",
            ),
            pgtrigger.Trigger(
                name="decision_hearing_on_the_newest_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_ON_THE_NEWEST_DRAFT,
            ),
            pgtrigger.Trigger(
                name="decision_hearing_opens_by_the_law",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state=DecisionHearingState.OPEN),
                func=_HELD_BY_THE_LAW,
            ),
            pgtrigger.Trigger(
                name="decision_hearing_recorded_whole",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state=DecisionHearingState.RECORDED),
                func=_RECORD_IS_WHOLE,
            ),
            pgtrigger.Trigger(
                name="decision_hearing_each_opinion_studied",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state=DecisionHearingState.STUDIED),
                func=_EACH_OPINION_STUDIED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Whether it keeps the decision from being made and the draft from being adjusted."""
        return self.state in UNDER_WAY

    @property
    def is_called_off(self) -> bool:
        return self.state == DecisionHearingState.CALLED_OFF

    @property
    def is_announced(self) -> bool:
        return self.state == DecisionHearingState.ANNOUNCED

    @property
    def is_open(self) -> bool:
        return self.state == DecisionHearingState.OPEN

    @property
    def is_recorded(self) -> bool:
        """Whether its record is frozen and opinions wait to be studied."""
        return self.state == DecisionHearingState.RECORDED


class Attendee(models.Model):
    """听证参加人: for whom somebody attends. The name is there because the list is published ([L27] Art 16)."""

    hearing = models.ForeignKey(DecisionHearing, models.PROTECT, related_name="attendees")
    name = models.CharField(pgettext_lazy("of an attendee", "name"), max_length=60)
    side = models.CharField(pgettext_lazy("of an attendee", "side"), max_length=12, choices=Side)
    stands_for = models.CharField(_("which group or unit he stands for"), max_length=120)
    # when he had draft and explanation
    material_on = models.DateField(_("material delivered on"), null=True)
    came = models.BooleanField(pgettext_lazy("of an attendee", "came"), null=True)
    signed_at = models.DateTimeField(null=True)
    refused_why = models.CharField(_("why the signature was refused"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hearing", "name", "stands_for"], name="attendee_once"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="attendee_side_known"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(stands_for=""), name="attendee_is_named"),
            models.CheckConstraint(
                condition=Q(signed_at=None, refused_why="") | Q(signed_at__isnull=False, came=True),
                name="attendee_signs_who_came",
            ),
        ]
        triggers = [
            _while_it_stands(
                "attendee_before_the_list",
                pgtrigger.Insert | pgtrigger.Delete,
                "state = 'announced' AND list_published_on IS NULL",
            ),
            _while_it_stands("attendee_until_the_record", pgtrigger.Update, "state IN ('announced', 'open')"),
            pgtrigger.ReadOnly(name="attendee_named_stays", fields=["hearing", "name", "side", "stands_for"]),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.side}"


class DecisionEntry(models.Model):
    """One line of the record, and what became of it if it was an opinion ([L27] Art 17, 18)."""

    hearing = models.ForeignKey(DecisionHearing, models.PROTECT, related_name="entries")
    speech = models.CharField(pgettext_lazy("of a record", "what it is"), max_length=12, choices=Speech)
    # nobody: the organ itself
    attendee = models.ForeignKey(Attendee, models.PROTECT, null=True, related_name="entries")
    words = models.CharField(pgettext_lazy("of a record", "words"), max_length=4000)
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    studied = models.CharField(
        pgettext_lazy("of an opinion", "what became of it"), max_length=12, choices=Studied, blank=True
    )
    studied_why = models.CharField(pgettext_lazy("of an opinion", "how or why"), max_length=1000, blank=True)
    studied_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(speech__in=Speech.values), name="decision_entry_speech_known"),
            models.CheckConstraint(condition=~Q(words=""), name="decision_entry_has_words"),
            models.CheckConstraint(
                condition=Q(speech=Speech.INTRODUCED, attendee=None)
                | Q(speech=Speech.EXPLAINED)
                | Q(speech__in=sorted(OPINIONS), attendee__isnull=False),
                name="decision_entry_opinion_of_an_attendee",
            ),
            models.CheckConstraint(
                condition=Q(studied="", studied_why="", studied_by=None)
                | Q(studied__in=Studied.values, studied_why__gt="", studied_by__isnull=False)
                & Q(speech__in=sorted(OPINIONS)),
                name="decision_entry_studied_with_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="decision_entry_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="decision_entry_words_stay",
                fields=["hearing", "speech", "attendee", "words", "noted_by", "noted_at"],
            ),
            _while_it_stands("decision_entry_while_held", pgtrigger.Insert, "state = 'open'"),
            _while_it_stands("decision_entry_studied_after", pgtrigger.Update, "state = 'recorded'"),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.speech}"
