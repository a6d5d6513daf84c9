"""What a notice says of a petition, worked out when it is read; the row itself holds nothing but the key."""

from collections.abc import Collection, Mapping
from datetime import datetime

from accounts.hats import Hat
from accounts.roles import Role
from cases.models import Petition, PetitionClock
from cases.rows import rows_of
from notices.matters import Matter


def matters_of(petition_ids: Collection[str], hat: Hat, now: datetime) -> Mapping[str, Matter]:
    """Return number, covered title and lamp of the petitions that this hat sees now; nothing of any other (Q1, Q6)."""
    if hat.role == Role.SEALED_LANE_OFFICER:
        seen = Petition.objects.sealed_to(hat)
    else:
        seen = Petition.objects.visible_to(hat)
    rows = rows_of(list(seen.filter(pk__in=petition_ids).for_list()), now=now)
    return {str(row.petition.pk): Matter(row.petition.number, row.title, row.lamp) for row in rows}


def still_owed(keys: Collection[str]) -> Collection[str]:
    """Return the keys of notices that speak of something still to be done: of a period, while it runs (Q2)."""
    clock_ids = {key: int(parts[3]) for key in keys if (parts := key.split(":"))[2:3] == ["period"]}
    running = set(
        PetitionClock.objects.open()
        .filter(pk__in=set(clock_ids.values()), petition__sealed=False)
        .values_list("pk", flat=True)
    )
    return [key for key in keys if key not in clock_ids or clock_ids[key] in running]
