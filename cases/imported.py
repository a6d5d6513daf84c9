"""What the list a petition came with says besides: encrypted whole, since any of its columns may hold a person's
number or address (protection §5)."""

import json
from collections.abc import Mapping

from cases.models import ImportedRow, Petition
from cases.secrets import open_field, open_reporter_field, seal_field, seal_reporter_field


def others_sealed(petition: Petition, others: Mapping[str, str]) -> bytes | None:
    """Return cells by their headings under the key of the petition's lane, or nothing where there are none."""
    written = json.dumps(others, ensure_ascii=False) if others else ""
    if petition.sealed:
        return seal_reporter_field(petition.pk, "others", written)
    return seal_field("imported_row", petition.pk, "others", written)


def others_of(petition: Petition) -> dict[str, str]:
    """Return what the list says of a petition of the open lane and no field of ours holds, by heading.

    Nothing of a sealed one: a cell may tell who reported (protection §2.7).
    """
    row = ImportedRow.objects.filter(petition=petition).first()
    if row is None or petition.sealed:
        return {}
    return _read(open_field("imported_row", petition.pk, "others", row.others_sealed))


def change_lane_of_others(petition: Petition) -> None:
    """Put the cells under the key of the lane that a locked petition has just come into (Q1; protection §2.7)."""
    row = ImportedRow.objects.filter(petition=petition).first()
    if row is None or row.others_sealed is None:
        return
    if petition.sealed:
        written = open_field("imported_row", petition.pk, "others", row.others_sealed)
    else:
        written = open_reporter_field(petition.pk, "others", row.others_sealed)
    row.others_sealed = others_sealed(petition, _read(written))
    row.save(update_fields=["others_sealed"])


def _read(written: str) -> dict[str, str]:
    return dict(json.loads(written)) if written else {}
