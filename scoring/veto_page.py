"""What the page of 一票否优 shows: each with its ground, what the unit said, who decided, what may be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.hats import Hat
from accounts.page_deeds import Bound, Offer
from lib.keyset import page_of
from scoring import permissions as may
from scoring.models import Veto
from scoring.states import VetoState
from scoring.veto_deeds import ON_VETO, PROPOSE_VETO

_LISTED = 50


@dataclass(frozen=True)
class VetoShown:
    """One of them, with what this hat may do."""

    row: Veto
    offers: Sequence[Offer]


def vetoes_page(hat: Hat, *, bound: Bound, cursor: str | None) -> dict[str, Any]:
    """Return what a hat reads of them, the newest first, and the form of a new one."""
    rows = may.vetoes_for(hat).select_related(
        "organ__place", "proposed_by__user", "heard_by__user", "decided_by__user", "ended_by__user"
    )
    page = page_of(rows, by="proposed_at", cursor=cursor, size=_LISTED, descending=True)
    return {
        "page": page,
        "rows": [VetoShown(row, list(_offers(row, hat, bound))) for row in page.rows],
        "keeps": may.keeps_scores(hat),
        "form": bound.get(("vetoes", PROPOSE_VETO.slug)) or PROPOSE_VETO.form(auto_id="id-veto-%s"),
    }


def _offers(row: Veto, hat: Hat, bound: Bound) -> Iterator[Offer]:
    keeps = may.keeps_veto(hat, row)
    slugs = [
        ("hear-unit", row.state == VetoState.PROPOSED and keeps),
        ("decide-veto", row.state == VetoState.HEARD and may.decides_veto(hat, row)),
        ("drop-veto", row.state in {VetoState.PROPOSED, VetoState.HEARD} and keeps),
        ("lift-veto", row.state == VetoState.DECIDED and may.lifts_veto(hat, row)),
    ]
    for slug in (slug for slug, is_offered in slugs if is_offered):
        deed = ON_VETO[slug]
        form: Any = bound.get((f"veto {row.pk}", slug)) or deed.form(auto_id=f"id-{slug}-{row.pk}-%s")
        yield Offer(deed, form, "scoring:on_veto", row.pk)
