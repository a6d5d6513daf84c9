"""How many petitions of the open lane a hat has in each ready-made view and under each lamp.

Every page of the ledger and of the day's work asks it, so it is prepared for each kind of hat (`lib.prepared`).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Value

from accounts.hats import Hat
from accounts.models import Organ
from accounts.roles import Role
from cases.ledger import SOON, View, conditions_of_open, in_lasting_view, lamps
from cases.models import Involvement, Petition, PetitionQuerySet
from cases.open_lane import hat_of_kind, keys_of, visible_to_kind
from lib.keyset import COUNTED_EXACTLY, capped_count
from lib.prepared import Given, Prepared, prepared

# Whose words differ within a kind of hat: it asks first who heads the organ.
_NOT_OF_A_KIND = View.RECUSALS


class HowMany(Subquery):
    """How many rows a list has, as one value of a statement that counts many lists."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def counts_of_views(views: Iterable[View], *, hat: Hat, now: datetime) -> Mapping[View, int]:
    """Return how many petitions each view has, at most one more than are counted exactly.

    What is open is counted in one walk along one index; what needs more is counted each for itself, in one statement.
    """
    asked = list(views)
    of_open = tuple(view for view in asked if view in _OF_OPEN)
    counted: dict[str, int | None] = dict(counts_of_open(hat, now=now, names=of_open)) if of_open else {}
    others = tuple(view for view in asked if view not in of_open and view is not _NOT_OF_A_KIND)
    if others:
        keys = keys_of(hat) | {"user": hat.user.pk}
        counted.update(zip(others, _others(hat.role, hat.organ.kind, others)(**keys)[0], strict=True))
    if _NOT_OF_A_KIND in asked:
        visible = Petition.objects.visible_to(hat)
        counted[_NOT_OF_A_KIND] = capped_count(in_lasting_view(visible, _NOT_OF_A_KIND, hat=hat))
    # a list that can have no row is none to the database
    return {view: counted[view] or 0 for view in asked}


def counts_of_open(hat: Hat, *, now: datetime, names: tuple[str, ...] = ()) -> Mapping[str, int]:
    """Return how many open petitions each lamp has, and each view that asks nothing but the petition itself.

    By their values, or those of `names` alone; at most one more than are counted exactly, in one query.
    """
    names = names or _OF_OPEN
    asked = _open_ones(hat.role, hat.organ.kind, names)
    return _named(names, asked(now=now, soon=now + SOON, **keys_of(hat)))


def counts_among(rows: PetitionQuerySet, *, now: datetime) -> Mapping[str, int]:
    """Return the same for petitions that were looked for already, as those of the sealed lane are."""
    return _named(_OF_OPEN, list(_counted(_OF_OPEN, rows, now, now + SOON)))


def _named(names: tuple[str, ...], counts: list[tuple[int, ...]]) -> Mapping[str, int]:
    """Name the counts of the one row there is, of none where no row could be."""
    row = counts[0] if counts else (0,) * len(names)
    return {name: min(number, COUNTED_EXACTLY + 1) for name, number in zip(names, row, strict=True)}


def _counted(
    names: tuple[str, ...], rows: PetitionQuerySet, now: datetime | Given, soon: datetime | Given
) -> QuerySet[Any, Any]:
    conditions = {str(name): condition for name, condition in _conditions(now, soon)}
    one = rows.open().order_by().annotate(one=Value(1)).values("one")
    return one.annotate(**{name: Count("pk", filter=conditions[name]) for name in names}).values_list(*names)


def _conditions(now: datetime | Given, soon: datetime | Given) -> Iterator[tuple[str, Q]]:
    yield from lamps(now).items()
    yield from conditions_of_open(now, soon).items()


_OF_OPEN = tuple(str(name) for name, _condition in _conditions(Given("now"), Given("soon")))


@cache
def _open_ones(role: Role, kind: str, names: tuple[str, ...]) -> Prepared[tuple[int, ...]]:
    @prepared
    def open_ones(post: Given, organ: Given, path: Given, now: Given, soon: Given) -> QuerySet[Any, Any]:
        return _counted(names, visible_to_kind(role, kind, post, organ, path), now, soon)

    return open_ones


@cache
def _others(role: Role, kind: str, views: tuple[View, ...]) -> Prepared[tuple[int | None, ...]]:
    @prepared
    def others(post: Given, organ: Given, path: Given, user: Given) -> QuerySet[Any, Any]:
        hat = hat_of_kind(role, kind, post, organ, path, user)
        visible = Petition.objects.visible_to(hat)
        listed: dict[View, QuerySet[Any]] = {view: in_lasting_view(visible, view, hat=hat) for view in views}
        if View.ALL in listed and not hat.sees_its_place:
            listed[View.ALL] = Involvement.objects.counted_by(hat)
        counts = {
            str(view): HowMany(rows.order_by().values("pk")[: COUNTED_EXACTLY + 1])
            for view, rows in listed.items()
        }
        # any one row to hang the counts on
        return Organ.objects.filter(pk=organ).annotate(**counts).values_list(*counts)

    return others
