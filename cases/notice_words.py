"""What a notice says of a petition, worked out when it is read; the row itself holds nothing but the key."""

from collections.abc import Collection, Mapping
from datetime import datetime

from accounts.hats import Hat
from accounts.roles import Role
from cases.models import Petition
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
