"""Whether the parts of a rule go together, as calculation."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadership.states import SlipKind
from scoring.catalogue import MEASURED, Evidence
from scoring.states import LARGE_FROM, MEDIUM_FROM, RuleKind, VolumeClass

_COUNTS_EACH = frozenset({RuleKind.STEP, RuleKind.HELD, RuleKind.DEDUCTION, RuleKind.BONUS})
_HAS_TARGET = frozenset({RuleKind.STEP, RuleKind.HELD})
_MAY_HAVE_TARGET = _HAS_TARGET | {RuleKind.WHOLE}


def volume_class(led: int) -> VolumeClass:
    """Return in which class a unit is that led so many petitions in the year so far."""
    if led >= LARGE_FROM:
        return VolumeClass.LARGE
    return VolumeClass.MEDIUM if led >= MEDIUM_FROM else VolumeClass.SMALL


# below which share of the base which measure is suggested, the gravest first (D)
_MEASURES = (
    (Decimal("0.6"), SlipKind.RECTIFICATION),
    (Decimal("0.7"), SlipKind.LISTED),
    (Decimal("0.8"), SlipKind.INTERVIEW),
    (Decimal("0.9"), SlipKind.CIRCULAR),
)


def suggested(score: Decimal, base: Decimal) -> SlipKind | None:
    """Return which measure of Art 39(3) a score suggests to the joint conference, which decides; mostly none."""
    return next((measure for share, measure in _MEASURES if score < base * share), None)


def faults_of(
    kind: RuleKind, evidence: Evidence, weight: Decimal, points: Decimal | None, target: Decimal | None
) -> Iterator[tuple[str, Promise]]:
    """Yield what is wrong with a rule, by field; the database holds the same."""
    if kind not in MEASURED[evidence].kinds:
        yield "evidence", _("This is not measured in that way: choose another kind of rule.")
    if weight <= 0:
        yield "weight", _("More than nothing.")
    if kind in _COUNTS_EACH:
        if points is None or not 0 < points <= weight:
            yield "points", _("Points for each, no more than the weight.")
    elif points is not None:
        yield "points", _("Rules of this kind have no points for each.")
    if kind in _HAS_TARGET and (target is None or target <= 0):
        yield "target", _("Say the rate, or how many.")
    elif kind not in _MAY_HAVE_TARGET and target is not None:
        yield "target", _("Rules of this kind have no rate or number.")
    elif kind != RuleKind.HELD and target is not None and target > 100:
        yield "target", _("A rate is no more than 100 per cent.")
