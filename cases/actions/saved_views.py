"""Views of the ledger saved and removed, and the columns a person chose."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.roles import Role
from audit.parts import record
from cases import permissions as may
from cases.columns import columns_in
from cases.models import LedgerColumns, SavedView
from lib.errors import NotAllowed, Refused, Unknown
from lib.masking import holds_a_number

MOST_OWN = MOST_SHARED = 10
# Whoever answers for an organ tidies up what its people share.
_TIDIES_UP = frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR, Role.UNIT_HEAD})


@transaction.atomic(durable=True)
def save_view(
    name: str,
    facts: Mapping[str, str],
    *,
    by_date: bool,
    columns: Sequence[str],
    shared: bool,
    by: Hat,
    now: datetime,
) -> SavedView:
    """Keep a filter of the ledger under a name, for oneself or for one's organ.

    What the number box holds is not kept: a view is for a kind of petitions, never for one of them or a person (Q5).

    :raises NotAllowed: if this hat has no ledger
    :raises Refused: without a name, for a name that holds a number of a person or is there already, or if there are
        ten already
    """
    if not may.may_read_ledger(by):
        raise NotAllowed(_("Your post has no ledger."))
    words = " ".join(name.split())
    faults = _faults_of_name(words, by)
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    _refuse_too_many(shared, by)
    view = SavedView.objects.create(
        organ=by.organ,
        owner=by.user,
        name=words,
        shared=shared,
        facts={part: code for part, code in facts.items() if part != "q"},
        by_date=by_date,
        columns=[column.value for column in columns_in(columns)],
        made_at=now,
    )
    record("ledger.save_view", view, by=by.actor, at=now, facts={**view.facts, "shared": shared})
    return view


def _faults_of_name(words: str, by: Hat) -> dict[str, str]:
    if not words:
        return {"name": _("Give the view a name.")}
    if holds_a_number(words):
        return {"name": _("A view's name holds no number of a person.")}
    if SavedView.objects.filter(organ=by.organ, owner=by.user, name=words).exists():
        return {"name": _("You have a view of this name. Remove it first, or choose another name.")}
    return {}


def _refuse_too_many(shared: bool, by: Hat) -> None:
    views = SavedView.objects.filter(organ=by.organ, shared=shared)
    if not shared:
        views = views.filter(owner=by.user)
    if views.count() >= (MOST_SHARED if shared else MOST_OWN):
        raise Refused(_("There are ten views already. Remove one that nobody needs."))


@transaction.atomic(durable=True)
def remove_view(view_id: UUID, *, by: Hat, now: datetime) -> None:
    """Remove a view: one's own, or as a head one that is shared in the organ.

    :raises Unknown: if there is none that this hat sees
    :raises NotAllowed: if it is another person's
    """
    view = SavedView.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=view_id).first()
    if view is None:
        raise Unknown(_("There is no such view."))
    if view.owner_id != by.user.pk and by.role not in _TIDIES_UP:
        raise NotAllowed(_("Whoever saved a view removes it, or a head of the unit."))
    record("ledger.remove_view", view, by=by.actor, at=now, facts={**view.facts, "shared": view.shared})
    view.delete()


@transaction.atomic(durable=True)
def choose_columns(columns: Sequence[str], *, by: Hat, now: datetime) -> LedgerColumns:
    """Remember which columns a person wants in the ledger."""
    chosen = [column.value for column in columns_in(columns)]
    remembered, _made = LedgerColumns.objects.update_or_create(user=by.user, defaults={"columns": chosen})
    record("ledger.choose_columns", remembered, by=by.actor, at=now, facts={"columns": chosen})
    return remembered
