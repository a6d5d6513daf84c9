"""Rows of a petition made from an intake, not yet written. One at a time and a thousand at a time build alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from cases.intake import Intake, Person, Reply, Reported
from cases.models import (
    Claim,
    ContentCategory,
    EarlierReply,
    Petition,
    Petitioner,
    PetitionText,
    ReportedParty,
    Reporter,
    SearchText,
)
from cases.rules import register_level
from cases.searchable import search_text
from cases.secrets import id_number_index, phone_index, phone_tail_index, seal_field, seal_reporter_field
from cases.states import CLASS_OF, ORAL, Channel, IdType, PersonRole, ReportedKind
from lib.crypto import normalise_id_number
from lib.days import local_day
from lib.errors import Refused
from lib.ids import uuid7
from lib.likeness import fingerprint
from lib.new_rows import new_row
from lib.pinyin import name_key
from places.models import Level, Place


@dataclass(frozen=True)
class Resolved:
    """The rows that an intake's ids stand for."""

    office: Organ
    on_behalf_of: Organ | None
    place: Place
    category: ContentCategory


def resolved_of(
    office: Organ, on_behalf_of: Organ | None, place: Place | None, category: ContentCategory | None
) -> Resolved:
    """Return the rows that ids stood for.

    :raises Refused: if there is no such place or category to choose, or the place is another office's
    """
    if place is not None and office.looks_after_a_place and not place.path.startswith(office.place.path):
        # Nobody here would see it: the matter is entered under the district, its exact place in words.
        message = _("This place lies outside. Choose the district, and write the place into “Exact place”.")
        raise Refused(message, fields={"place_text": message})
    if place is None or category is None:
        wrong = {}
        if place is None:
            wrong["place"] = _("Choose the place where the problem lies.")
        if category is None:
            wrong["content_category"] = _("Choose a content category.")
        raise Refused(_("Place or category is missing."), fields=wrong)
    return Resolved(office, on_behalf_of, place, category)


def petition_of(
    submission_id: UUID,
    intake: Intake,
    resolved: Resolved,
    *,
    is_collective: bool,
    is_backdated: bool,
    by: Hat,
    now: datetime,
) -> Petition:
    """Return the petition's facts, without a number: that is taken last. `now` is when it is registered."""
    above = intake.from_above
    return new_row(
        Petition,
        submission_id=submission_id,
        register_organ=resolved.office,
        register_level=register_level(Level(resolved.office.place.level)),
        registered_by=by.post,
        on_behalf_of=resolved.on_behalf_of,
        registered_at=now,
        # a clock of the page a moment ahead of ours does not make a receipt later than its registration
        received_at=min(intake.received_at, now),
        backdating_evidence=intake.backdating_evidence if is_backdated else "",
        petition_date=intake.petition_date or local_day(intake.received_at),
        channel=intake.channel,
        source=intake.source,
        superior_organ=above.organ if above else "",
        superior_number=above.number if above else "",
        superior_date=above.dated if above else None,
        superior_due_on=above.due_on if above else None,
        addressee=intake.addressee,
        external_source_id=intake.external.source_id if intake.external else None,
        external_number=intake.external.number if intake.external else "",
        day_unknown=intake.day_unknown,
        purpose=intake.purpose,
        petition_class=CLASS_OF.get(intake.purpose),
        content_category=resolved.category,
        category_confirmed=intake.category_confirmed,
        place=resolved.place,
        place_path=resolved.place.path,
        place_detail=intake.place_detail,
        petitioner_count=max(intake.petitioner_count, len(intake.people), 1),
        involved_count=intake.involved_count,
        is_collective=is_collective,
        is_joint_letter=intake.is_joint_letter,
        is_anonymous=intake.is_anonymous,
        litigation_related=intake.litigation_related,
        is_urgent=intake.is_urgent,
        power_level=intake.power_level,
        visit_level_ok=intake.visit_level_ok if intake.channel is Channel.VISIT else None,
        public_consent=intake.public_consent,
        # told by mouth: the organ writes it down and names who did (Art 19(1); R-03)
        transcribed_by=by.post if intake.channel in ORAL else None,
        sealed=intake.is_sealed,
        known_at=now,
    )


def text_of(petition: Petition, intake: Intake) -> PetitionText:
    """Return the petition's words, to the character."""
    return new_row(
        PetitionText,
        petition=petition,
        title=intake.title,
        summary=intake.summary,
        text=intake.text,
        text_hash=fingerprint(intake.text),
    )


def reply_of(petition: Petition, reply: Reply) -> EarlierReply:
    """Return the reply it had before it came here, to the character."""
    return new_row(
        EarlierReply,
        petition=petition,
        unit=reply.unit,
        text=reply.text,
        replied_at=reply.replied_at,
        answers=reply.answers,
    )


def search_text_of(petition: Petition, intake: Intake) -> SearchText | None:
    """Return what the search may find of it; nothing of a sealed one (Q1)."""
    if petition.sealed:
        return None
    texts = [intake.title, intake.summary, intake.text, *wordings_of(intake)]
    return search_text(petition, texts, [person.name for person in intake.people])


def wordings_of(intake: Intake) -> tuple[str, ...]:
    """Return the claims in words; a petition without any has one, its title (Q10)."""
    return intake.claims or (intake.title,)


def claims_of(petition: Petition, intake: Intake) -> list[Claim]:
    """Return the numbered claims."""
    return [
        new_row(
            Claim,
            petition=petition,
            number=number,
            wording=wording,
            petition_class=petition.petition_class,
            known_at=petition.known_at,
        )
        for number, wording in enumerate(wordings_of(intake), 1)
    ]


def petitioner_of(petition: Petition, person: Person, position: int) -> Petitioner:
    """Return one person's row, without a seat among the representatives and standing for nobody yet."""
    row_id = uuid7()
    return new_row(
        Petitioner,
        id=row_id,
        petition=petition,
        position=position,
        role=person.role,
        under_14=person.under_14,
        name=person.name,
        name_key=name_key(person.name),
        id_type=person.id_type if person.id_number else "",
        id_number_sealed=seal_field("petitioner", row_id, "id_number", _kept_number(person)),
        id_number_index=id_number_index(person.id_number) if _is_resident_card(person) else None,
        phone_sealed=seal_field("petitioner", row_id, "phone", person.phone),
        phone_index=phone_index(person.phone),
        phone_tail_index=phone_tail_index(person.phone),
        address=person.address,
    )


def people_of(petition: Petition, people: Sequence[Person]) -> list[Petitioner]:
    """Return the petitioners in their order; the first representative is the main petitioner (主访人).

    :raises Refused: if somebody stands for a person who is not on the list (R-09)
    """
    rows: list[Petitioner] = []
    representatives = 0
    for position, person in enumerate(people, 1):
        represents = person.role is PersonRole.REPRESENTATIVE
        representatives += represents
        row = petitioner_of(petition, person, position)
        row.is_main = represents and representatives == 1
        row.representative_no = representatives if represents else None
        rows.append(row)
    for index, (row, person) in enumerate(zip(rows, people, strict=True)):
        if person.acts_for is not None:
            if not 1 <= person.acts_for <= len(rows):
                nobody = _("An agent or guardian stands for another person of the list.")
                raise Refused(nobody, fields={f"people-{index}-acts_for": nobody})
            row.acts_for = rows[person.acts_for - 1]
    return rows


def _kept_number(person: Person) -> str:
    """Return the identity number as cards print it, those of other papers as they were typed."""
    return normalise_id_number(person.id_number) if _is_resident_card(person) else person.id_number


def _is_resident_card(person: Person) -> bool:
    return bool(person.id_number) and person.id_type is IdType.RESIDENT


def reporters_of(petition: Petition, people: Sequence[Person]) -> list[Reporter]:
    """Return the people of a sealed petition, everything under the reporters' key (protection §2.7)."""
    rows = []
    for position, person in enumerate(people, 1):
        row_id = uuid7()
        rows.append(
            Reporter(
                id=row_id,
                petition=petition,
                position=position,
                role=person.role,
                under_14=person.under_14,
                acts_for_position=person.acts_for,
                id_type=person.id_type if person.id_number else "",
                name_sealed=seal_reporter_field(row_id, "name", person.name) or b"",
                id_number_sealed=seal_reporter_field(row_id, "id_number", _kept_number(person)),
                phone_sealed=seal_reporter_field(row_id, "phone", person.phone),
                address_sealed=seal_reporter_field(row_id, "address", person.address),
            )
        )
    return rows


def reported_of(petition: Petition, named: Sequence[Reported]) -> list[ReportedParty]:
    """Return who is reported, with a row for each unit and user that may be meant, so that every one is kept out."""
    return [
        _reported(petition, reported, organ_id, user)
        for reported in named
        for organ_id in _organs_meant(reported)
        for user in _users_meant(reported)
    ]


def _reported(
    petition: Petition, reported: Reported, organ_id: int | None, user: User | None
) -> ReportedParty:
    row_id = uuid7()
    return ReportedParty(
        id=row_id,
        petition=petition,
        kind=reported.kind,
        organ_id=organ_id,
        user=user,
        name_sealed=seal_reporter_field(row_id, "reported_name", reported.name),
        post_title=reported.post_title,
        grade=reported.grade,
        area=reported.area,
    )


def _organs_meant(reported: Reported) -> list[int | None]:
    """Return the unit chosen, or those whose name was typed; nothing known otherwise."""
    name = reported.name.strip()
    if reported.organ_id or reported.kind is not ReportedKind.UNIT or not name:
        return [reported.organ_id]
    named = Organ.objects.filter(Q(name__icontains=name) | Q(short_name__icontains=name) | Q(name=name))
    return list(named.values_list("pk", flat=True)) or [None]


def _users_meant(reported: Reported) -> list[User | None]:
    """Return the users of that name: those who have had a post in the unit chosen, or else wherever they are."""
    name = reported.name.strip()
    if reported.kind is not ReportedKind.PERSON or not name:
        return [None]
    everywhere = Post.objects.filter(user__name=name)
    there = everywhere.filter(organ_id=reported.organ_id) if reported.organ_id else everywhere
    meant = there if there.exists() else everywhere
    return list(User.objects.filter(pk__in=meant.values("user"))) or [None]
