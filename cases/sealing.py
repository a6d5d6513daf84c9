"""Moving people between the open lane's table and the sealed lane's, each under its own key."""

from collections.abc import Sequence

from cases.models import Petition, Petitioner, Reporter
from cases.secrets import (
    id_number_index,
    open_field,
    open_reporter_field,
    phone_index,
    phone_tail_index,
    seal_field,
    seal_reporter_field,
)
from cases.states import IdType, PersonRole
from lib.ids import uuid7
from lib.pinyin import name_key


def reporters_from(petition: Petition, people: Sequence[Petitioner]) -> list[Reporter]:
    """Return the reporters that petitioners become when a petition is sealed."""
    rows = []
    for person in people:
        row_id = uuid7()
        id_number = open_field("petitioner", person.pk, "id_number", person.id_number_sealed)
        phone = open_field("petitioner", person.pk, "phone", person.phone_sealed)
        rows.append(
            Reporter(
                id=row_id,
                petition=petition,
                position=person.position,
                role=person.role,
                under_14=person.under_14,
                acts_for_position=person.acts_for.position if person.acts_for else None,
                id_type=person.id_type,
                name_sealed=seal_reporter_field(row_id, "name", person.name) or b"",
                id_number_sealed=seal_reporter_field(row_id, "id_number", id_number),
                phone_sealed=seal_reporter_field(row_id, "phone", phone),
                address_sealed=seal_reporter_field(row_id, "address", person.address),
            )
        )
    return rows


def petitioners_from(petition: Petition, reporters: Sequence[Reporter]) -> list[Petitioner]:
    """Return the petitioners that reporters become again when a petition is unsealed."""
    rows = []
    representatives = 0
    for reporter in reporters:
        represents = reporter.role == PersonRole.REPRESENTATIVE
        representatives += represents
        row_id = uuid7()
        name = open_reporter_field(reporter.pk, "name", reporter.name_sealed)
        id_number = open_reporter_field(reporter.pk, "id_number", reporter.id_number_sealed)
        phone = open_reporter_field(reporter.pk, "phone", reporter.phone_sealed)
        rows.append(
            Petitioner(
                id=row_id,
                petition=petition,
                position=reporter.position,
                role=reporter.role,
                is_main=represents and representatives == 1,
                representative_no=representatives if represents else None,
                name=name,
                name_key=name_key(name),
                under_14=reporter.under_14,
                id_type=reporter.id_type,
                id_number_sealed=seal_field("petitioner", row_id, "id_number", id_number),
                id_number_index=id_number_index(id_number) if reporter.id_type == IdType.RESIDENT else None,
                phone_sealed=seal_field("petitioner", row_id, "phone", phone),
                phone_index=phone_index(phone),
                phone_tail_index=phone_tail_index(phone),
                address=open_reporter_field(reporter.pk, "address", reporter.address_sealed),
            )
        )
    at_position = {row.position: row for row in rows}
    for row, reporter in zip(rows, reporters, strict=True):
        if reporter.acts_for_position is not None:
            row.acts_for = at_position[reporter.acts_for_position]
    return rows
