"""The people of a petition: who still takes part, and how a page may show them (design §1.7).

A page covers every value, with an eye where one may look.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.models import Organ
from cases import permissions as may
from cases.models import PersonChange, Petition, Petitioner, Reporter, SealedGrant, Withdrawal
from cases.secrets import open_field, open_reporter_field
from cases.states import PersonRole
from cases.workflow import APPROVES, SIGNS
from documents.models import Document
from lib.masking import mask_address, mask_id_number, mask_name, mask_phone


@dataclass(frozen=True)
class Covered:
    """One person with every value covered."""

    id: UUID
    name: str
    role: PersonRole
    is_main: bool
    id_number: str
    phone: str
    address: str
    under_14: bool = False


def withdrawn_positions(petition: Petition) -> set[int]:
    """Return who has withdrawn, as the office confirmed."""
    standing = petition.withdrawals.all()
    return {one.position for one in standing if one.holds}


def dead_positions(petition: Petition) -> set[int]:
    """Return who has died and is continued by nobody yet."""
    died = (one for one in petition.person_changes.all() if one.is_death_without_successor)
    return {one.position for one in died if one.position is not None}


def has_withdrawn() -> Exists:
    """Ask of each person whether he has withdrawn, as the office confirmed (Q19)."""
    of_this = Withdrawal.objects.filter(petition=OuterRef("petition"), position=OuterRef("position"))
    return Exists(of_this.holding())


def is_dead() -> Exists:
    """Ask of each person whether he has died and is continued by nobody yet (Q19)."""
    of_this = PersonChange.objects.filter(petition=OuterRef("petition"), position=OuterRef("position"))
    return Exists(of_this.deaths_without_successor())


def covered_people(petition: Petition, hat: Hat) -> Sequence[Covered]:
    """Return the people of a petition in their order; a reporter only to who was granted his identity."""
    if petition.sealed:
        granted = SealedGrant.objects.filter(
            petition=petition, post=hat.post, ended_at=None, sees_reporter=True
        )
        if not granted.exists():
            return []
        return [_reporter(row) for row in Reporter.objects.filter(petition=petition).order_by("position")]
    return [_petitioner(row) for row in sorted(petition.people.all(), key=lambda row: row.position)]


def names_on(petition: Petition) -> list[str]:
    """Return every name on a petition, to be covered wherever it stands in its words."""
    if petition.sealed:
        reporters = Reporter.objects.filter(petition=petition)
        return [open_reporter_field(row.pk, "name", row.name_sealed) for row in reporters]
    return [row.name for row in petition.people.all()]


def may_uncover(petition: Petition, hat: Hat) -> bool:
    """Test if this hat sees an eye beside the covered values."""
    if petition.sealed:
        return SealedGrant.objects.filter(
            petition=petition, post=hat.post, ended_at=None, sees_reporter=True
        ).exists()
    return may.may_reveal(hat, petition)


def may_read_papers(petition: Petition, hat: Hat) -> bool:
    """Test if this hat reads papers, which name the petitioners: who works on the case, or may uncover its people."""
    if may_uncover(petition, hat):
        return True
    if petition.sealed:
        return False
    leading = (each.organ for each in petition.handlings.filter(ended_at=None).select_related("organ"))
    reviewing = (each.organ for each in petition.remedies.select_related("organ"))
    return works_for_one_of((petition.register_organ, *leading, *reviewing), hat)


def works_for_one_of(organs: Iterable[Organ], hat: Hat) -> bool:
    """Test if this hat works on petitions in one of some organs, and so reads papers of what they have part in."""
    return hat.role in SIGNS and any(hat.organ.is_or_carries_on(organ) for organ in organs)


def may_read_draft(document: Document, hat: Hat) -> bool:
    """Test if this hat reads a paper that is not out: who works on petitions in the organ whose paper it is."""
    return hat.role in SIGNS | APPROVES and hat.organ.is_or_carries_on(document.organ)


def _petitioner(row: Petitioner) -> Covered:
    return Covered(
        id=row.pk,
        name=mask_name(row.name),
        role=PersonRole(row.role),
        is_main=row.is_main,
        id_number=mask_id_number(open_field("petitioner", row.pk, "id_number", row.id_number_sealed)),
        phone=mask_phone(open_field("petitioner", row.pk, "phone", row.phone_sealed)),
        address=mask_address(row.address),
        under_14=row.under_14,
    )


def _reporter(row: Reporter) -> Covered:
    """A reporter shows not even the shape of a name until it is asked for."""
    return Covered(
        id=row.pk,
        name=str(_("Reporter %(number)d") % {"number": row.position}),
        role=PersonRole(row.role),
        is_main=row.position == 1,
        id_number=mask_id_number(open_reporter_field(row.pk, "id_number", row.id_number_sealed)),
        phone=mask_phone(open_reporter_field(row.pk, "phone", row.phone_sealed)),
        address="***" if row.address_sealed else "",
        under_14=row.under_14,
    )
