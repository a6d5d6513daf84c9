"""A demo petition as the intake a registrar would hand over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from cases.intake import FromAbove, Intake, Person, Reported
from cases.states import Channel, PersonRole
from config.demo.content import DemoPetition
from config.demo.particulars import id_number_of, phone_of
from config.demo.timetable import Arrival, draw
from places.models import Place

# The online channels know people by their real names; at the window the card is read (data-standard §3).
SHOWS_A_CARD = frozenset({Channel.WEB, Channel.MOBILE_APP, Channel.WECHAT, Channel.VISIT})
_LETTERS = frozenset({Channel.LETTER, Channel.FAX})
_DAYS_IN_THE_POST = 2
_DAYS_ON_THE_WAY_DOWN = 3


@dataclass(frozen=True)
class Directory:
    """The rows that the files' codes stand for, and each invented person's place in the list of names."""

    places: Mapping[str, Place]
    category_ids: Mapping[str, int]
    organ_ids: Mapping[str, int]
    numbers_of_people: Mapping[str, int]


def people_in_order(petitions: Sequence[DemoPetition]) -> dict[str, int]:
    """Return a number for each name, the same for the same name, from which telephone and card follow."""
    names = sorted({name for petition in petitions for name in petition.everyone})
    return {name: number for number, name in enumerate(names)}


def intake_of(arrival: Arrival, directory: Directory) -> Intake:
    """Return what the registrar types for a petition."""
    petition = arrival.petition
    received_on = timezone.localdate(arrival.received_at)
    reported = petition.reported
    return Intake(
        channel=petition.channel,
        source=petition.source,
        purpose=petition.purpose,
        title=petition.title,
        text=petition.text,
        summary=petition.summary,
        claims=petition.claims,
        received_at=arrival.received_at,
        petition_date=_written_on(petition, received_on),
        from_above=_from_above(petition, received_on),
        place_id=directory.places[petition.place].pk,
        place_detail=petition.address,
        content_category_id=directory.category_ids[petition.category],
        petitioner_count=petition.persons,
        is_joint_letter=petition.joint_letter,
        is_anonymous=petition.anonymous,
        litigation_related=petition.litigation_related,
        is_urgent=petition.urgent,
        power_level=petition.power,
        visit_level_ok=True if petition.channel is Channel.VISIT else None,
        people=_people(petition, directory),
        reported=(
            ()
            if reported is None
            else (
                Reported(
                    kind=reported.kind,
                    organ_id=directory.organ_ids[reported.organ],
                    name=reported.name,
                    post_title=reported.post,
                    area=reported.area,
                ),
            )
        ),
    )


def _written_on(petition: DemoPetition, received_on: date) -> date:
    return received_on - timedelta(days=_DAYS_IN_THE_POST) if petition.channel in _LETTERS else received_on


def _from_above(petition: DemoPetition, received_on: date) -> FromAbove | None:
    above = petition.superior
    if above is None:
        return None
    return FromAbove(
        organ=above.organ,
        number=above.number.format(year=received_on.year),
        dated=received_on - timedelta(days=_DAYS_ON_THE_WAY_DOWN),
        due_on=received_on + timedelta(days=above.due_in_days) if above.due_in_days else None,
    )


def _people(petition: DemoPetition, directory: Directory) -> tuple[Person, ...]:
    """Return the people as typed; whom an agent or a guardian stands for is the first of them."""
    represented = [
        _person(
            name,
            petition,
            directory,
            has_card=petition.channel in SHOWS_A_CARD and not petition.under_14,
            # some letters name no telephone
            has_phone=not petition.under_14
            and not (petition.channel in _LETTERS and draw(name, "phone", 3) == 0),
        )
        for name in petition.people
    ]
    standing_for = [
        _person(name, petition, directory, role=role, has_card=True, has_phone=True)
        for name, role in ((petition.agent, PersonRole.AGENT), (petition.guardian, PersonRole.GUARDIAN))
        if name
    ]
    return tuple(represented + standing_for)


def _person(
    name: str,
    petition: DemoPetition,
    directory: Directory,
    *,
    role: PersonRole = PersonRole.REPRESENTATIVE,
    has_card: bool,
    has_phone: bool,
) -> Person:
    number = directory.numbers_of_people[name]
    represents = role is PersonRole.REPRESENTATIVE
    return Person(
        name=name,
        role=role,
        id_number=id_number_of(number) if has_card else "",
        phone=phone_of(number) if has_phone else "",
        address=_address(directory.places[petition.place], petition.address),
        under_14=petition.under_14 and represents,
        acts_for=None if represents else 1,
    )


def _address(place: Place, detail: str) -> str:
    """Return where the person lives: township, village and detail, no name said twice."""
    township = place.parent.short_name if place.parent else ""
    village = "" if place.short_name in detail else place.short_name
    return f"{township}{village}{detail}"
