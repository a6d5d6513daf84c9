"""A reconciliation in words: each difference as one line with its cause, for the page and for the file (Q43)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.hats import Hat
from cases.models import Difference, DifferenceKind, Petition, Reconciliation, RowFault
from cases.models.reconciliations import DifferenceQuerySet
from cases.reconciling.columns import Column
from cases.reconciling.comparing import PERIOD, SOURCE
from cases.reconciling.counts import Counts, counts_of
from cases.states import Routing, Source


@dataclass(frozen=True)
class Line:
    """One difference as it is shown: the superior's number, the cause in words, and what a person says to it."""

    key: int
    line: int | None
    number: str
    kind: str
    petition: Petition | None
    causes: Sequence[str]
    explanation: str
    explainer: str
    explained_at: datetime | None


def shown(reconciliation: Reconciliation, hat: Hat) -> DifferenceQuerySet:
    """Return the differences that a hat sees, annotated with what they look like to it (Q1)."""
    rows = Difference.objects.filter(reconciliation=reconciliation)
    return rows.shown_to(hat, signed=reconciliation.is_signed)


def kinds_shown(reconciliation: Reconciliation, hat: Hat) -> dict[str, int]:
    """Return how many differences of each kind a hat sees."""
    return shown(reconciliation, hat).each_kind()


def figures(reconciliation: Reconciliation, kinds: Mapping[str, int]) -> Counts:
    """Return the counts on both sides, as far as these differences tell of them."""
    return counts_of(
        reconciliation.theirs, [kind for kind, number in kinds.items() for _one in range(number)]
    )


def lines(rows: DifferenceQuerySet, *, most: int | None = None) -> Iterator[Line]:
    """Yield annotated differences in words as they were written: by line of the list, then what is only here."""
    for one in rows.select_related("petition", "explainer").order_by("pk")[:most]:
        yield _line(one)


def _line(one: Difference) -> Line:
    kind = DifferenceKind(one.shown_as)  # type: ignore[attr-defined]  # annotated by `shown_to`
    is_seen = bool(one.is_seen)  # type: ignore[attr-defined]
    return Line(
        key=one.pk,
        line=one.line,
        number=one.number,
        kind=str(kind.label),
        petition=one.petition if is_seen else None,
        causes=list(_causes(one, kind)),
        explanation=one.explanation if is_seen else "",
        explainer=one.explainer.name if one.explainer and is_seen else "",
        explained_at=one.explained_at if is_seen else None,
    )


def _causes(one: Difference, kind: DifferenceKind) -> Iterator[str]:
    if kind is DifferenceKind.DIFFERS:
        for fact in one.facts:
            yield _differs(fact)
    elif kind is DifferenceKind.UNREADABLE:
        for fact in one.facts:
            yield str(RowFault(fact["fault"]).label) % {"column": fact["column"]}
    elif kind is DifferenceKind.TWICE_THERE:
        for fact in one.facts:
            yield _("The number stands in line %(line)d of the list too; that line was compared.") % fact
    else:
        yield _ALWAYS[kind]()


_ALWAYS: Mapping[DifferenceKind, Callable[[], str]] = MappingProxyType(
    {
        DifferenceKind.NOT_HERE: lambda: _(
            "On the list, but not to be found here under this number: it may not have arrived, or it was registered "
            "under another number or as received from elsewhere."
        ),
        DifferenceKind.VOID_HERE: lambda: _(
            "On the list; here it was made void as a double entry or a test."
        ),
        DifferenceKind.NOT_THERE: lambda: _("Registered here for this period, but not on the list."),
        DifferenceKind.TWICE_HERE: lambda: _("Registered here a second time under the same number."),
    }
)


def _differs(fact: Mapping[str, Any]) -> str:
    name = fact["field"]
    words = _("%(field)s: the list says “%(theirs)s”, here it is “%(ours)s”.")
    theirs, ours = _said(name, fact["theirs"]), _said(name, fact["ours"])
    return words % {"field": _field(name), "theirs": theirs, "ours": ours}


def _field(name: str) -> str:
    if name == SOURCE:
        return _("Source")
    return str(Column.SENT_ON.label if name == PERIOD else Column(name).label)


def _said(name: str, value: str) -> str:
    if not value:
        return pgettext("value of a field", "nothing")
    if name == SOURCE:
        return str(Source(value).label)
    if name == PERIOD:
        return value.replace("/", " – ")
    if name == Column.STATE:
        return _state(value)
    return value


def _state(value: str) -> str:
    if value == "open":
        return pgettext("state on a superior's list", "not finished")
    return str(Routing(value).label)
