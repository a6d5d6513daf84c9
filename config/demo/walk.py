"""A demo petition on its way, and the rows its deeds need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.hats import Hat
from accounts.roles import Role
from cases.models import Handling, Petition
from config.demo.content import DemoPetition
from config.demo.content_of_ways import DemoWay
from config.demo.desks import Desks
from config.demo.pacing import Task
from documents.layout import render
from documents.paper import Paper
from infra.files import Checked

_PDF = "application/pdf"


@dataclass(frozen=True)
class Walk:
    """A demo petition with its row, the deeds that are still to be done on it, and the rows they need."""

    demo: DemoPetition
    petition_id: UUID
    phrases: Mapping[str, Any]
    desks: Desks

    def way(self, task: Task) -> DemoWay:
        return self.demo.ways[task.way]

    def petition(self) -> Petition:
        return Petition.objects.select_related("words").get(pk=self.petition_id)

    def handling(self, way: DemoWay) -> Handling:
        return self._standing(way).select_related("petition", "organ").get()

    def handling_id(self, way: DemoWay) -> UUID:
        return self._standing(way).values_list("pk", flat=True).get()

    def _standing(self, way: DemoWay) -> QuerySet[Handling]:
        organ = self.desks.organ_ids[way.unit]
        return Handling.objects.filter(petition=self.petition_id, organ=organ, ended_at=None)

    def clerk(self, way: DemoWay) -> Hat:
        return self.desks.one(way.unit, Role.CASE_OFFICER)

    def head(self, way: DemoWay) -> Hat:
        return self.desks.one(way.unit, Role.UNIT_HEAD)

    def office(self, purpose: str = "") -> Hat:
        """Return who works on it in the organ that registered it."""
        if self.demo.office in self.desks.offices:
            return self.desks.one(self.demo.office, Role.PETITION_OFFICER, f"{self.demo.title}{purpose}")
        return self.desks.one(self.demo.office, Role.CASE_OFFICER)


def pdf_of(name: str, title: str, organ: str, paragraphs: Sequence[str], on: date) -> Checked:
    paper = Paper(title=title, organ=organ, addressee="", paragraphs=tuple(paragraphs), dated_on=on)
    return Checked(name, _PDF, render(paper))
