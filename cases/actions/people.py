"""What is done with the people of a petition: one field shown, a query code issued again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases import permissions as may
from cases.models import Petition, Petitioner, Reporter, SealedGrant
from cases.parts import issue_code, lock_either
from cases.secrets import open_field, open_reporter_field
from lib.errors import NotAllowed, Unknown


class PersonField(StrEnum):
    """The fields that are masked until somebody asks for one of them."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True)
class Revealed:
    """One value in clear, for the one screen that asked."""

    field: PersonField
    value: str


@transaction.atomic(durable=True)
def reveal(petition_id: UUID, person_id: UUID, *, field: PersonField, by: Hat, now: datetime) -> Revealed:
    """Return one masked field of one person and write down who saw it (design §1.7; protection §2.10).

    :raises Unknown: if this hat does not see the petition, or the person is not on it
    :raises NotAllowed: if this hat may not open fields of it
    """
    petition = lock_either(petition_id, by)
    if petition.sealed:
        value = _reporters_value(petition, person_id, field, by)
    else:
        value = _petitioners_value(petition, person_id, field, by)
    record("petition.reveal", petition, by=by.actor, at=now, facts={"person": str(person_id), "field": field})
    return Revealed(field, value)


def _petitioners_value(petition: Petition, person_id: UUID, field: PersonField, by: Hat) -> str:
    if not may.may_reveal(by, petition):
        raise NotAllowed(_("Only the staff who deal with this petition may see this."))
    person = Petitioner.objects.filter(petition=petition, pk=person_id).first()
    if person is None:
        raise Unknown(_("There is no such person on this petition."))
    if field is PersonField.NAME:
        return person.name
    if field is PersonField.ADDRESS:
        return person.address
    if field is PersonField.PHONE:
        return open_field("petitioner", person.pk, field, person.phone_sealed)
    return open_field("petitioner", person.pk, field, person.id_number_sealed)


def _reporters_value(petition: Petition, person_id: UUID, field: PersonField, by: Hat) -> str:
    """Return a reporter's field to a post that was granted it for this one case (protection §2.7)."""
    granted = SealedGrant.objects.filter(petition=petition, post=by.post, ended_at=None, sees_reporter=True)
    if not granted.exists():
        raise NotAllowed(_("The reporter's identity was not opened to you."))
    reporter = Reporter.objects.filter(petition=petition, pk=person_id).first()
    if reporter is None:
        raise Unknown(_("There is no such person on this petition."))
    sealed = {
        PersonField.NAME: reporter.name_sealed,
        PersonField.ID_NUMBER: reporter.id_number_sealed,
        PersonField.PHONE: reporter.phone_sealed,
        PersonField.ADDRESS: reporter.address_sealed,
    }
    return open_reporter_field(reporter.pk, field, sealed[field])


@transaction.atomic(durable=True)
def reissue_code(
    petition_id: UUID, *, person_id: UUID | None = None, by: Hat, now: datetime
) -> tuple[Petition, str]:
    """Issue the query code anew, for the petition or for one person on it; the old one stops working at once.

    :raises Unknown: if this hat does not see the petition, or the person is not on it
    :raises NotAllowed: if this hat does not deal with petitioners
    """
    petition = lock_either(petition_id, by)
    if not may.may_issue_code(by, petition):
        raise NotAllowed(_("Your post does not issue query codes."))
    if person_id is not None and not Petitioner.objects.filter(petition=petition, pk=person_id).exists():
        raise Unknown(_("There is no such person on this petition."))
    code = issue_code(petition, now=now, petitioner_id=person_id)
    facts = {"person": str(person_id) if person_id else None}
    record("petition.reissue_code", petition, by=by.actor, at=now, facts=facts)
    return petition, code
