"""The papers that hang on a petition; what they say and who signed them is in `documents`."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Organ
from cases.models.handling import Handling, Route
from cases.models.petitions import Petition
from cases.models.remedies import Remedy
from cases.states import OPEN, Routing
from documents.models import Document
from documents.states import GOES_TO_PETITIONERS


class PetitionDocumentQuerySet(models.QuerySet["PetitionDocument"]):
    def hang(
        self,
        document: Document,
        petition: Petition,
        *,
        handling: Handling | None = None,
        route: Route | None = None,
        remedy: Remedy | None = None,
        claims: Iterable[int] = (),
    ) -> PetitionDocument:
        """Hang a paper on a locked petition: on a handling of it, on the way it tells of, on a remedy, or on none."""
        return self.create(
            petition=petition,
            handling=handling,
            route=route,
            remedy=remedy,
            document=document,
            organ=document.organ,
            to_petitioners=document.kind in GOES_TO_PETITIONERS,
            routing=petition.routing,
            claims=sorted(claims),
        )


class PetitionDocument(models.Model):
    """A paper of a case: which handling it belongs to and which claims it answers.

    Whose it is and whether it goes to petitioners are copied from the paper, and the state from the petition (by a
    trigger of the petition's), so that what an organ may still have to serve is one walk along one index, and not
    every paper it ever issued.
    """

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="documents")
    handling = models.ForeignKey(Handling, models.CASCADE, null=True, related_name="documents")
    # the way it tells of, where the organ that registered wrote it to the petitioner (Art 23(1)(2); D04)
    route = models.ForeignKey(Route, models.PROTECT, null=True, related_name="documents")
    # the remedy it was written in by the reviewing organ (Art 35, 36; D17 … D20)
    remedy = models.ForeignKey(Remedy, models.PROTECT, null=True, related_name="documents")
    document = models.OneToOneField(Document, models.PROTECT, related_name="case")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    to_petitioners = models.BooleanField()
    routing = models.CharField(max_length=20, choices=Routing)
    claims = ArrayField(models.PositiveSmallIntegerField(), default=list)

    objects = PetitionDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(route=None, remedy=None)
                | Q(handling=None, remedy=None)
                | Q(handling=None, route=None),
                name="petition_document_of_one_side",
            ),
            models.CheckConstraint(
                condition=Q(routing__in=Routing.values), name="petition_document_routing_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organ"],
                include=["petition", "document"],
                condition=Q(to_petitioners=True, routing__in=sorted(OPEN)),
                name="petition_document_to_serve",
            )
        ]

    def __str__(self) -> str:
        return str(self.document_id)
