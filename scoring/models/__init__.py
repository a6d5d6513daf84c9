"""Everything this room keeps, by what it is about."""

from scoring.models.closes import CloseEntry, CloseLine, MonthClose
from scoring.models.entries import EntryFact, EntryQuerySet, EntryStep, ScoreEntry
from scoring.models.exclusions import CaseExclusion, ExclusionQuerySet
from scoring.models.readings import RateReading
from scoring.models.rule_sets import RuleSet, RuleSetQuerySet, ScoreRule
from scoring.models.vetoes import Veto, VetoQuerySet

__all__ = [
    "CaseExclusion",
    "CloseEntry",
    "CloseLine",
    "EntryFact",
    "EntryQuerySet",
    "EntryStep",
    "ExclusionQuerySet",
    "MonthClose",
    "RateReading",
    "RuleSet",
    "RuleSetQuerySet",
    "ScoreEntry",
    "ScoreRule",
    "Veto",
    "VetoQuerySet",
]
