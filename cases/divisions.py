"""Petitions go with the division they lie in when another one carries it on (Q29)."""

from datetime import date, datetime

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from accounts.models import Portfolio
from cases.locks import lock_several
from cases.models import Involvement, Petition
from cases.parts import follow_portfolios
from cases.portfolios import shut_gate
from lib.transactions import require_transaction
from places.models import Place


def follow_division(old: Place, new: Place, _since: date, now: datetime) -> int:
    """Let every petition in a division lie where the one that carries it on lies. Return how many.

    Only where it is looked for changes, and so who sees it: `place` stays the row it was registered with, so that
    old papers and figures keep the old name. The statements are the same for one petition and for all.
    """
    require_transaction("follow_division")
    # The turn of those who hold several petitions comes before the gate, as everywhere.
    lock_several(())
    shut_gate()
    inside = {"place_path__startswith": old.path}
    moved = 0
    if new.path != old.path:
        lock_several(Petition.objects.filter(**inside).values_list("pk", flat=True))
        path = Concat(Value(new.path), Substr(F("place_path"), len(old.path) + 1))
        moved = Petition.objects.filter(**inside).update(place_path=path, known_at=now)
        Involvement.objects.filter(**inside).update(place_path=path)
    leaders = Portfolio.objects.filter(until=None, place__isnull=False).values_list("post", flat=True)
    follow_portfolios(set(leaders), now)
    return moved
