"""Scores, for programs: the deeds of the pages' tables, each at an address of its own."""

from django.db.models import QuerySet
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers

from accounts.api import hat_worn
from accounts.api_refusals import READING
from accounts.deed_doors import Alone, Newest, Thing, alone_patterns_of, patterns_of
from cases.models import Petition
from scoring import finding, months_api, vetoes_api
from scoring import permissions as may
from scoring.deeds import DRAW_RULE_SET, ON_RULE_SET
from scoring.entry_deeds import ON_ENTRY, ON_EXCLUSION, PROPOSE_ENTRY, PROPOSE_EXCLUSION
from scoring.models import CaseExclusion, EntryFact, EntryStep, RateReading, RuleSet, ScoreEntry, ScoreRule
from scoring.states import EntryState


class ScoreRuleOut(serializers.ModelSerializer[ScoreRule]):
    """One rule: how it gives or takes points, and by what it is measured."""

    class Meta:
        model = ScoreRule
        fields = [
            *("id", "number", "title", "kind", "evidence", "weight", "points", "target", "period"),
            *("attribution", "basis", "needs_human"),
        ]


class RuleSetLine(serializers.ModelSerializer[RuleSet]):
    """A version of a rule set as their list shows it."""

    organ = serializers.CharField(source="organ.code")

    class Meta:
        model = RuleSet
        fields = ["id", "organ", "scope", "year", "version", "name", "state", "valid_from", "valid_to"]


class RuleSetOut(RuleSetLine):
    """A version of a rule set with its rules."""

    rules = ScoreRuleOut(many=True)

    class Meta(RuleSetLine.Meta):
        fields = [
            *RuleSetLine.Meta.fields,
            *("basis", "base", "floor", "case_cap", "bonus_cap", "end_words", "rules"),
        ]


@extend_schema(responses={200: RuleSetLine(many=True), **READING})
class RuleSetList(generics.ListAPIView[RuleSet]):
    """The rule sets this post reads."""

    serializer_class = RuleSetLine
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[RuleSet]:
        return may.rule_sets_for(hat_worn(self.request)).select_related("organ")


class FactOut(serializers.ModelSerializer[EntryFact]):
    """One fact of the reasoning; no petition of it is named here."""

    class Meta:
        model = EntryFact
        fields = ["number", "kind", "happened_on", "clock_code"]


class StepOut(serializers.ModelSerializer[EntryStep]):
    """What was done with an entry; nobody: the clock."""

    class Meta:
        model = EntryStep
        fields = ["number", "state", "verdict", "points", "until", "words", "by", "at"]


class EntryLine(serializers.ModelSerializer[ScoreEntry]):
    """An entry of the ledger as its list shows it."""

    organ = serializers.CharField(source="organ.code")
    state = serializers.ChoiceField(choices=EntryState.choices)
    stands = serializers.DecimalField(max_digits=6, decimal_places=2)
    excluded = serializers.BooleanField()

    class Meta:
        model = ScoreEntry
        fields = ["id", "organ", "rule", "happened_on", "points", "state", "stands", "excluded"]


class ReadingOut(serializers.ModelSerializer[RateReading]):
    """The rate behind an entry: how many of how many over which days (half-open), as known on which day."""

    class Meta:
        model = RateReading
        fields = ["since", "until", "number", "as_of", "counted", "of", "points"]


class EntryOut(EntryLine):
    """An entry with its reasoning and its steps; the case's number where this post sees the case (Q6)."""

    facts = FactOut(many=True)
    steps = StepOut(many=True)
    petition = serializers.SerializerMethodField()
    reading = ReadingOut(allow_null=True)

    class Meta(EntryLine.Meta):
        fields = [*EntryLine.Meta.fields, "words", "reverses", "petition", "reading", "facts", "steps"]

    def get_petition(self, entry: ScoreEntry) -> str | None:
        """Return the number of the case, if there is one and this post sees it."""
        seen = Petition.objects.visible_to(self.context["hat"]).filter(score_entries=entry)
        return seen.values_list("number", flat=True).first()


@extend_schema(responses={200: EntryLine(many=True), **READING})
class EntryList(generics.ListAPIView[ScoreEntry]):
    """The entries of the ledger this post reads."""

    serializer_class = EntryLine
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[ScoreEntry]:
        return may.entries_for(hat_worn(self.request)).standing().marked().select_related("organ")


class ExclusionOut(serializers.ModelSerializer[CaseExclusion]):
    """A case that is left out of scores, as it was proposed, approved and ended."""

    petition = serializers.CharField(source="petition.number")

    class Meta:
        model = CaseExclusion
        fields = ["id", "petition", "ground", "words", "proposed_at", "approved_at", "ended_at", "end_words"]


@extend_schema(responses={200: ExclusionOut(many=True), **READING})
class ExclusionList(generics.ListAPIView[CaseExclusion]):
    """The cases left out of scores that this post sees."""

    serializer_class = ExclusionOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[CaseExclusion]:
        return may.exclusions_for(hat_worn(self.request)).select_related("petition")


ENTRY = Thing("score-entries/<uuid:pk>/", ON_ENTRY, finding.entry_of, EntryOut)
EXCLUSION = Thing("score-exclusions/<uuid:pk>/", ON_EXCLUSION, finding.exclusion_of, ExclusionOut)
RULE_SET = Thing("score-rule-sets/<uuid:pk>/", ON_RULE_SET, finding.rule_set_of, RuleSetOut)

urlpatterns: list[URLPattern] = [
    path("score-rule-sets/", RuleSetList.as_view(), name="score-rule-set-list"),
    path("score-entries/", EntryList.as_view(), name="score-entry-list"),
    path("score-exclusions/", ExclusionList.as_view(), name="score-exclusion-list"),
    *alone_patterns_of(
        (
            Alone("score-rule-sets/draw/", DRAW_RULE_SET, RULE_SET),
            Alone("score-entries/propose/", PROPOSE_ENTRY, ENTRY),
            Alone("score-exclusions/propose/", PROPOSE_EXCLUSION, EXCLUSION),
        )
    ),
    *patterns_of((RULE_SET, ENTRY, EXCLUSION)),
    *months_api.urlpatterns,
    *vetoes_api.urlpatterns,
]
