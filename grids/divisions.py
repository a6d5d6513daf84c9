"""Grids go with the division they lie in when another one carries it on (Q29)."""

from datetime import date, datetime

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from grids.models import Grid, GridEvent
from lib.transactions import require_transaction
from places.models import Place


def follow_division(old: Place, new: Place, _since: date, _now: datetime) -> int:
    """Let every grid and event in a division lie where the one that carries it on lies. Return how many."""
    require_transaction("follow_division")
    if new.path == old.path:
        return 0
    path = Concat(Value(new.path), Substr(F("place_path"), len(old.path) + 1))
    GridEvent.objects.filter(place_path__startswith=old.path).update(place_path=path)
    return Grid.objects.filter(place_path__startswith=old.path).update(place_path=path)
