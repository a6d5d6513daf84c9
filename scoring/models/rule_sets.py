"""考核办法: by which rules an office assesses a year, version by version (Art 39; R-52)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from lib.days import days_from_to
from lib.ids import uuid7
from lib.trees import paths_above
from scoring.catalogue import COUNTED_ONCE, MEASURED, Evidence
from scoring.states import ORGANS_OF, Attribution, Period, RuleKind, Scope, SetState

# a case cannot cost more than five points, all bonuses together no more than a tenth of the base (scoring.md §5)
MOST_OF_A_CASE = 5
BONUS_SHARE = 10

_WHILE_DRAFT = """
    IF NOT EXISTS (
        SELECT 1 FROM scoring_ruleset WHERE id = COALESCE(NEW.rule_set_id, OLD.rule_set_id) AND state = 'draft'
    ) THEN
        RAISE EXCEPTION 'this version is no longer a draft';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    def adopted(self) -> RuleSetQuerySet:
        """Keep the versions that were adopted, whether they still hold or not."""
        return self.filter(state=SetState.ADOPTED)

    def in_force(self, organ: Organ, *, on: date) -> RuleSet | None:
        """Return by which version an organ is assessed on a day: of its kind, by the nearest office that has one."""
        scopes = [scope for scope, kinds in ORGANS_OF.items() if organ.kind in kinds]
        held = self.adopted().filter(scope__in=scopes, valid_from__lte=on, valid_to__gte=on)
        return held.reaching(organ).order_by("-organ__place__path").first()

    def reaching(self, organ: Organ) -> RuleSetQuerySet:
        """Keep the sets of offices whose place an organ lies in."""
        return self.filter(organ__place__path__in=paths_above(organ.place.path))


class RuleSet(models.Model):
    """One version of the rules for units of one kind: a draft is worked on, an adopted one is never changed.

    It begins on a day after it was adopted, so that what is scored was known before it happened; another version ends
    it the day before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="score_rule_sets")
    scope = models.CharField(_("for whom"), max_length=20, choices=Scope)
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(pgettext_lazy("of a rule set", "name"), max_length=120)
    basis = models.CharField(_("legal basis"), max_length=300)
    base = models.DecimalField(_("base"), max_digits=6, decimal_places=2)
    floor = models.DecimalField(_("floor"), max_digits=6, decimal_places=2)
    case_cap = models.DecimalField(_("most a case can cost"), max_digits=6, decimal_places=2)
    bonus_cap = models.DecimalField(_("most of all bonuses"), max_digits=6, decimal_places=2)
    state = models.CharField(
        pgettext_lazy("of a rule set", "state"), max_length=10, choices=SetState, default=SetState.DRAFT
    )
    valid_from = models.DateField(_("valid from"), null=True)
    valid_to = models.DateField(_("valid to"), null=True)
    drawn_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    drawer = models.ForeignKey(User, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    # by which paper or meeting it was adopted, or why it was discarded
    end_words = models.CharField(_("by which paper, or why not"), max_length=300, blank=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    ender = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="rule_set_scope_known"),
            models.CheckConstraint(condition=Q(state__in=SetState.values), name="rule_set_state_known"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(basis=""), name="rule_set_has_words"),
            models.CheckConstraint(
                condition=Q(base__gt=0, floor__gte=0, floor__lt=F("base")), name="rule_set_floor_below_base"
            ),
            models.CheckConstraint(
                condition=Q(case_cap__gt=0, case_cap__lte=MOST_OF_A_CASE), name="rule_set_caps_a_case"
            ),
            models.CheckConstraint(
                condition=Q(bonus_cap__gte=0, bonus_cap__lte=F("base") / Decimal(BONUS_SHARE)),
                name="rule_set_caps_bonuses",
            ),
            models.CheckConstraint(
                condition=Q(state=SetState.DRAFT, valid_from=None, valid_to=None, end_words="")
                & Q(ended_by=None, ender=None, ended_at=None)
                | Q(state=SetState.ADOPTED, valid_from__isnull=False, valid_to__gte=F("valid_from"))
                & Q(valid_from__year=F("year"), valid_to__year=F("year"), end_words__gt="")
                & Q(ended_by__isnull=False, ender__isnull=False, ended_at__isnull=False)
                & ~Q(ender=F("drawer"))
                | Q(state=SetState.DISCARDED, valid_from=None, valid_to=None, end_words__gt="")
                & Q(ended_by__isnull=False, ender__isnull=False, ended_at__isnull=False),
                name="rule_set_adopted_by_another_within_its_year",
            ),
            models.UniqueConstraint(
                fields=["organ", "scope", "year", "version"], name="rule_set_version_once"
            ),
            ExclusionConstraint(
                name="rule_set_one_version_a_day",
                expressions=[
                    ("organ", RangeOperators.EQUAL),
                    ("scope", RangeOperators.EQUAL),
                    (days_from_to("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state=SetState.ADOPTED),
            ),
        ]
        indexes = [models.Index(fields=["organ", "-drawn_at"], name="rule_set_by_organ")]
        triggers = [
            pgtrigger.Protect(name="rule_set_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="rule_set_adopted_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state=SetState.DRAFT),
                func="""
                    IF to_jsonb(NEW) - 'valid_to' <> to_jsonb(OLD) - 'valid_to' OR NEW.valid_to > OLD.valid_to THEN
                        RAISE EXCEPTION 'an adopted version is followed by another, never changed';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}.{self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == SetState.DRAFT

    @property
    def is_adopted(self) -> bool:
        return self.state == SetState.ADOPTED


class ScoreRule(models.Model):
    """考核细则: one rule of a set, of a kind found in real rules, measured by one piece of evidence.

    Which evidence goes with which kind, and that no other evidence exists, the database holds too (Q36).
    """

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="rules")
    number = models.PositiveSmallIntegerField(pgettext_lazy("of a rule", "number"))
    title = models.CharField(pgettext_lazy("of a rule", "title"), max_length=200)
    kind = models.CharField(pgettext_lazy("of a rule", "kind"), max_length=10, choices=RuleKind)
    evidence = models.CharField(_("measured by"), max_length=20, choices=Evidence)
    # the most the rule gives, or takes, in each of its periods
    weight = models.DecimalField(
        _("weight"), max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    # for each event, each that is missing, or each percentage point below the rate
    points = models.DecimalField(_("points each"), max_digits=6, decimal_places=2, null=True)
    # the rate in per cent from which it is full, or how many are to be held
    target = models.DecimalField(
        _("rate or number"),
        max_digits=6,
        decimal_places=2,
        null=True,
        validators=[MinValueValidator(0), MaxValueValidator(1000)],
    )
    period = models.CharField(pgettext_lazy("of a rule", "period"), max_length=10, choices=Period)
    attribution = models.CharField(_("counted to"), max_length=10, choices=Attribution)
    basis = models.CharField(_("legal basis"), max_length=300)
    # 须经人工认定: nothing is told to the unit before a person has looked at it
    needs_human = models.BooleanField(_("a person decides first"))
    writer = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RuleKind.values), name="score_rule_kind_known"),
            models.CheckConstraint(
                condition=Q(evidence__in=Evidence.values), name="score_rule_evidence_known"
            ),
            models.CheckConstraint(condition=Q(period__in=Period.values), name="score_rule_period_known"),
            models.CheckConstraint(
                condition=Q(attribution__in=Attribution.values), name="score_rule_attribution_known"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(basis=""), name="score_rule_has_words"),
            *(
                models.CheckConstraint(
                    condition=~Q(kind=kind)
                    | Q(evidence__in=sorted(one for one in Evidence if kind in MEASURED[one].kinds)),
                    name=f"score_rule_{kind}_by_its_evidence",
                )
                for kind in RuleKind
            ),
            models.CheckConstraint(
                condition=Q(needs_human=True)
                | ~Q(evidence__in=sorted(one for one in Evidence if MEASURED[one].by_person)),
                name="score_rule_a_person_decides",
            ),
            models.CheckConstraint(
                condition=Q(kind=RuleKind.RATE, points=None, target=None)
                | Q(kind=RuleKind.WHOLE, points=None)
                | Q(kind__in=[RuleKind.STEP, RuleKind.HELD], points__gt=0, target__gt=0)
                | Q(kind__in=[RuleKind.DEDUCTION, RuleKind.BONUS], points__gt=0, target=None),
                name="score_rule_says_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0) & (Q(points=None) | Q(points__lte=F("weight"))),
                name="score_rule_weight_holds_points",
            ),
            models.CheckConstraint(
                condition=Q(target=None) | Q(kind=RuleKind.HELD) | Q(target__lte=100),
                name="score_rule_rate_is_per_cent",
            ),
            models.UniqueConstraint(fields=["rule_set", "number"], name="score_rule_number_once"),
            models.UniqueConstraint(
                fields=["rule_set", "evidence"],
                condition=Q(evidence__in=sorted(COUNTED_ONCE)),
                name="score_rule_case_costs_once",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="score_rule_while_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_WHILE_DRAFT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
