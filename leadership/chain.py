"""The responsibility chain of a petition: five secretaries, and the heads of the units that lead it (Q35; R-56)."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Post
from accounts.roles import Role
from cases.models import Handling, Petition
from leadership.models import PlaceSecretary
from lib.trees import paths_above
from places.models import Place


@dataclass(frozen=True)
class Link:
    """One link: where, who with title, and since when he holds the office. Nobody where none is entered."""

    where: str
    level: str
    who: str = ""
    since: date | None = None
    # the division's code, for a secretary that may be entered
    code: str = ""


def chain_of(petition: Petition, *, on: date) -> list[Link]:
    """Return the chain from the province down to the place, then the heads of the units that lead the petition."""
    places = Place.objects.current().filter(path__in=paths_above(petition.place_path)).order_by("path")
    holding = {row.place_id: row for row in PlaceSecretary.objects.in_office(on).filter(place__in=places)}
    links = []
    for place in places:
        row = holding.get(place.pk)
        links.append(
            Link(
                place.name,
                str(place.get_level_display()),
                f"{row.name} {row.title}" if row else "",
                row.since if row else None,
                place.code,
            )
        )
    return [*links, *_heads(petition, on)]


def _heads(petition: Petition, on: date) -> list[Link]:
    led = Handling.objects.filter(petition=petition, ended_at=None).values("organ")
    heads = (
        Post.objects.held_on(on)
        .filter(organ__in=led, role__in=[Role.UNIT_HEAD, Role.OFFICE_DIRECTOR])
        .select_related("user", "organ")
        .order_by("organ__path", "held_from")
    )
    return [
        Link(
            head.organ.short_name,
            str(Role(head.role).label),
            f"{head.user.name} {head.title}",
            head.held_from,
        )
        for head in heads
    ]
