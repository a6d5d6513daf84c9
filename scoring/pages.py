"""What the pages of rule sets show: their list, and one version with its rules."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from accounts.hats import Hat
from accounts.page_deeds import Bound, Offer
from lib.keyset import page_of
from scoring import permissions as may
from scoring.deeds import DRAW_RULE_SET, ON_RULE_SET
from scoring.models import RuleSet, ScoreRule
from scoring.states import EARNED

_LISTED = 50


def rule_sets_page(hat: Hat, *, bound: Bound, cursor: str | None) -> dict[str, Any]:
    """Return the rule sets a hat reads, the newest first, a page of them, and the form of a new one."""
    rows = may.rule_sets_for(hat).select_related("organ")
    form: Any = bound.get(("rule_sets", DRAW_RULE_SET.slug)) or DRAW_RULE_SET.form(auto_id="id-draw-%s")
    return {
        "page": page_of(rows, by="drawn_at", cursor=cursor, size=_LISTED, descending=True),
        "keeps": may.keeps_scores(hat),
        "form": form,
    }


def rule_set_page(rule_set: RuleSet, hat: Hat, *, bound: Bound) -> dict[str, Any]:
    """Return one version with its rules, and what this hat may do with it."""
    rules = list(rule_set.rules.order_by("number"))
    keeps = may.keeps_rule_set(hat, rule_set)
    return {
        "rule_set": rule_set,
        "rules": rules,
        "earned": _earned(rules),
        "keeps": keeps,
        "drops": keeps and rule_set.is_draft,
        "offers": list(_offers(rule_set, hat, bound)) if keeps else [],
        "wrong": next((form for (_where, slug), form in bound.items() if slug == "drop-rule"), None),
    }


def _earned(rules: Sequence[ScoreRule]) -> Decimal:
    """Return how much of the base the rules speak of."""
    return sum((rule.weight for rule in rules if rule.kind in EARNED), Decimal(0))


def _offers(rule_set: RuleSet, hat: Hat, bound: Bound) -> Iterator[Offer]:
    slugs = [
        ("enter-rule", rule_set.is_draft),
        ("adopt", rule_set.is_draft and may.adopts(hat, rule_set)),
        ("discard", rule_set.is_draft),
        ("draw-next-version", rule_set.is_adopted),
    ]
    for slug in (slug for slug, is_offered in slugs if is_offered):
        deed = ON_RULE_SET[slug]
        form: Any = bound.get(("rule_set", slug)) or deed.form(auto_id=f"id-{slug}-%s")
        yield Offer(deed, form, "scoring:on_rule_set", rule_set.pk)
