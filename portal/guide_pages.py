"""What the pages of service guides show: to the public those that hold today, to their keepers all that stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from lib.errors import Unknown
from portal import permissions as may
from portal.models import ServiceGuide


@dataclass(frozen=True)
class Told:
    """A guide in the reader's language where it was written in it, each text with its language."""

    row: ServiceGuide
    lang: str

    @property
    def title(self) -> str:
        return self.row.title_en if self.lang == "en" else self.row.title

    @property
    def steps(self) -> list[str]:
        return (self.row.steps_en if self.lang == "en" else self.row.steps).splitlines()

    @property
    def papers(self) -> list[str]:
        return (self.row.papers_en if self.lang == "en" else self.row.papers).splitlines()


def posted(office: Organ | None, *, on: date) -> list[Told]:
    """Return the guides that hold on a day in the place of an office, by organ and title."""
    if office is None:
        return []
    rows = _of_place(office, on).order_by("organ__code", "title")
    return [_told(row) for row in rows]


def posted_guide(office: Organ | None, guide_id: UUID, *, on: date) -> Told:
    """Return a guide that holds on a day in the place of an office.

    :raises Unknown: if there is none
    """
    row = _of_place(office, on).filter(pk=guide_id).first() if office is not None else None
    if row is None:
        raise Unknown(_("There is no such page."))
    return _told(row)


def kept_by(hat: Hat) -> Sequence[ServiceGuide]:
    """Return the standing guides a hat keeps, also those whose days are over or to come."""
    rows = ServiceGuide.objects.standing().select_related("organ__place").order_by("organ__code", "title")
    if may.may_publish(hat):
        return list(rows.filter(organ__place__path__startswith=hat.organ.place.path))
    return list(rows.filter(organ__in=Organ.objects.of_today(hat.organ)))


def _of_place(office: Organ, on: date) -> QuerySet[ServiceGuide]:
    rows = ServiceGuide.objects.valid_on(on).filter(organ__place__path__startswith=office.place.path)
    return rows.select_related("organ")


def _told(row: ServiceGuide) -> Told:
    # half a guide in another language would be worse than the whole in Chinese
    whole = row.title_en and row.steps_en and row.papers_en
    return Told(row, "en" if get_language() == "en" and whole else "zh-CN")
