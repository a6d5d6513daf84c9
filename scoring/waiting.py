"""What of scores waits for a person: proposals to look at, appeals to decide, entries a unit may contest."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.models import OrganKind
from lib.keyset import capped_count
from scoring import permissions as may
from scoring.models import EntryStep
from scoring.states import CONTESTABLE, EntryState, VetoState


def waits_for(hat: Hat) -> Iterator[tuple[str | Promise, str, int, str]]:
    """Yield what waits for a hat: words, icon, how many (capped), and the page it stands on."""
    if hat.role not in may.READS_SCORES:
        return
    rows = may.entries_for(hat)
    if may.keeps_scores(hat):
        mine = EntryStep.objects.filter(entry=OuterRef("pk"), person=hat.user)
        free = rows.exclude(Exists(mine))
        proposed = free.filter(rule__needs_human=True).at({EntryState.PROPOSED})
        yield _("Score proposals to look at"), "scale", capped_count(proposed), "scoring:ledger"
        appeals = free.exclude(organ=hat.organ).at({EntryState.APPEALED})
        yield _("Score appeals to decide"), "scale", capped_count(appeals), "scoring:ledger"
        if hat.organ.kind == OrganKind.JOINT_CONFERENCE_OFFICE:
            referred = free.at({EntryState.REFERRED})
            yield (
                _("Score entries before the joint conference"),
                "scale",
                capped_count(referred),
                "scoring:ledger",
            )
            yield (
                _("Excellent ratings to decide on"),
                "scale",
                _vetoes(hat, VetoState.HEARD),
                "scoring:vetoes",
            )
    elif not may.reads_all_units(hat):
        yield (
            _("Your excellent rating is in question: be heard"),
            "scale",
            _vetoes(hat, VetoState.PROPOSED),
            "scoring:vetoes",
        )
        told = rows.at(CONTESTABLE)
        yield _("Score entries you may contest"), "scale", capped_count(told), "scoring:ledger"


def _vetoes(hat: Hat, state: VetoState) -> int:
    return capped_count(may.vetoes_for(hat).filter(state=state))
