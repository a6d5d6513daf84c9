"""Rows of a list of petitions, as words: lamp, what, where, how (design §5, Tables and lists)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from accounts.models import Organ
from cases.marks import Mark, marks_of
from cases.models import Petition
from cases.states import OPEN, Channel, EndKind, Routing
from deadlines.lamps import Band, Colour, Lamp, lamp_of
from lib.masking import mask_name, mask_text


@dataclass(frozen=True)
class LedgerRow:
    """One petition as a list shows it; every name covered."""

    petition: Petition
    lamp: Lamp
    title: str
    name: str
    others: int
    township: str
    place: str
    # the last day of the nearest statutory period, where one runs
    last_day: date | None
    marks: Sequence[Mark]
    # who leads it; `None` where the list does not ask
    units: Sequence[Organ] | None = None

    @property
    def channel(self) -> str:
        return str(Channel(self.petition.channel).label)

    @property
    def state(self) -> str:
        return str(Routing(self.petition.routing).label)


def rows_of(
    petitions: Sequence[Petition],
    *,
    now: datetime,
    leading: Mapping[UUID, Sequence[Organ]] | None = None,
    repeats: Collection[UUID] = (),
) -> list[LedgerRow]:
    """Return the rows of petitions loaded by `for_list`, without a further query.

    `leading` says who leads each, `repeats` which of them are repeats, where the list shows it.
    """
    today = timezone.localdate(now)
    return [
        row_of(
            petition,
            lamp=lamp_of_petition(petition, now),
            title=petition.words.title,
            names=[person.name for person in petition.people.all()],
            marks=marks_of(petition, is_repeat=petition.pk in repeats),
            units=None if leading is None else leading.get(petition.pk, ()),
            today=today,
        )
        for petition in petitions
    ]


def lamp_of_petition(petition: Petition, now: datetime, *, over_on: date | None = None) -> Lamp:
    """Return the lamp of a petition; of one that is over what became of it, with the day where it is known."""
    if petition.routing in OPEN or petition.next_due_at is not None:
        return lamp_of(petition.next_due_at, petition.next_amber_at, now)
    finished = petition.routing == Routing.FINISHED
    over = EndKind(petition.ended_as).label if petition.ended_as else Routing(petition.routing).label
    said = f"{over} {over_on:%Y-%m-%d}" if over_on else str(over)
    return Lamp(Colour.DONE if finished else Colour.NOT_RUNNING, Band.MET, said=said)


def row_of(
    petition: Petition,
    *,
    lamp: Lamp,
    title: str,
    names: Sequence[str],
    marks: Sequence[Mark],
    units: Sequence[Organ] | None,
    today: date,
) -> LedgerRow:
    """Return one row from its parts; of the petition its own columns are read, and its place."""
    place = petition.place
    is_village = place.level == "village"
    return LedgerRow(
        petition=petition,
        lamp=lamp,
        title=mask_text(title, names=names),
        name=mask_name(names[0]) if names else "",
        others=petition.petitioner_count,
        township=place.parent.short_name if is_village and place.parent else place.short_name,
        place=place.short_name if is_village else "",
        last_day=None if lamp.days_left is None else today + timedelta(days=lamp.days_left),
        marks=marks,
        units=units,
    )
