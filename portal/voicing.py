"""What whoever has the query code can do beside reading: rate, ask for letters, report pressure, read his papers.

Each is of the code: the petition's own rates (Q17), each person reads what was served on himself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organ
from audit.parts import Actor, record
from cases.forms.rating import LetterForms, Rate
from cases.models import Handling, LetterWish, Petition, PetitionDocument, Petitioner, QueryCode
from cases.ratings import hold_by_code, person_of, windows_of
from documents.models import ServiceRecord
from infra.models import StoredFile
from lib.errors import Unknown
from lib.forms import RefusableForm
from portal.forms import ReportPressure
from portal.keys import key_for

# the forms that were sent and refused, by what they are about
Bound = Mapping[str, RefusableForm]


@dataclass(frozen=True)
class ToRate:
    """Somebody who may be rated, until when, and the form with what was said before."""

    organ: Organ
    is_office: bool
    closes_on: date | None
    form: RefusableForm


@dataclass(frozen=True)
class ServedPaper:
    """A paper that was handed over to who reads here."""

    id: UUID
    kind: str
    number: str
    served_on: date


@dataclass(frozen=True)
class Voice:
    """All of it, with the word that the forms send along."""

    key: str
    ratings: Sequence[ToRate]
    papers: Sequence[ServedPaper]
    letters: RefusableForm | None
    pressure: RefusableForm


def voice_of(code_id: int, *, bound: Bound, now: datetime) -> Voice | None:
    """Return what may be done with a query code; nothing for a sealed petition or one that is void."""
    code = QueryCode.objects.select_related("petition__register_organ", "petitioner").get(pk=code_id)
    petition = code.petition
    if petition.sealed or petition.is_void:
        return None
    person = person_of(code)
    return Voice(
        key=key_for(code_id),
        ratings=_to_rate(petition, bound, now) if code.petitioner is None else [],
        papers=_served(petition, person) if person else [],
        letters=_letters(petition, person, bound) if person else None,
        pressure=pressure_form(petition, bound=bound),
    )


def petition_behind(code_id: int) -> Petition:
    """Return the petition of a query code that holds.

    :raises Unknown: if it was issued anew, or the petition is sealed by now
    """
    rows = QueryCode.objects.filter(pk=code_id, replaced_at=None, petition__sealed=False)
    code = rows.select_related("petition__register_organ").first()
    if code is None:
        raise Unknown(_("This page is no longer open. Look the petition up again."))
    return code.petition


def _to_rate(petition: Petition, bound: Bound, now: datetime) -> Sequence[ToRate]:
    today = timezone.localdate(now)
    return [
        ToRate(
            window.organ,
            window.handling is None,
            window.closes_on,
            bound.get(f"rate {window.key}")
            or Rate(initial=_said(window.key, window.said), auto_id=f"id-{window.key}-%s"),
        )
        for window in windows_of(petition, now=now)
        if window.is_open(today)
    ]


def _said(key: str, said: Any) -> dict[str, str]:
    """Return what he said before; nothing is chosen for who said nothing (indicators.md §4)."""
    return {"of": key} | ({"value": said.value, "reason": said.reason} if said else {})


def _served(petition: Petition, person: Petitioner) -> Sequence[ServedPaper]:
    rows = ServiceRecord.objects.standing().filter(petitioner_ref=person.pk)
    served = dict(rows.values_list("document", "served_on"))
    hung = PetitionDocument.objects.filter(petition=petition, document__in=served).exclude(
        document__file=None
    )
    papers = (
        ServedPaper(
            one.document.pk, one.document.get_kind_display(), one.document.number, served[one.document.pk]
        )
        for one in hung.select_related("document")
    )
    return sorted(papers, key=lambda paper: (paper.served_on, paper.number))


def _letters(petition: Petition, person: Petitioner, bound: Bound) -> RefusableForm:
    wished = LetterWish.objects.filter(petition=petition, position=person.position, ended_at=None)
    chosen = list(wished.values_list("form", flat=True))
    return bound.get("letters") or LetterForms(initial={"forms": chosen}, auto_id="id-letters-%s")


def pressure_form(petition: Petition, *, bound: Bound, data: Any = None) -> ReportPressure:
    """Return the form of a report of pressure: the units of the petition, the office, or somebody else."""
    sent = bound.get("pressure")
    if isinstance(sent, ReportPressure):
        return sent
    handlings = Handling.objects.filter(petition=petition, ended_at=None).select_related("organ")
    organs = {one.organ.code: one.organ.short_name for one in handlings}
    organs[petition.register_organ.code] = petition.register_organ.short_name
    form = ReportPressure(data, auto_id="id-pressure-%s")
    form.offer(list(organs.items()))
    return form


@transaction.atomic(durable=True)
def fetch_own_paper(code_id: int, document_id: UUID, *, by: Actor, now: datetime) -> StoredFile:
    """Return the file of a paper that was served on whose code it is; written down.

    :raises Unknown: if the code holds no longer, or no such paper was served on him
    """
    petition, code = hold_by_code(code_id)
    person = person_of(code)
    own = {paper.id for paper in _served(petition, person)} if person else set()
    hung = PetitionDocument.objects.filter(petition=petition, document=document_id)
    found = hung.select_related("document__file").first() if document_id in own else None
    if found is None or found.document.file is None:
        raise Unknown(_("There is no such paper."))
    record("petition.fetch_paper", petition, by=by, at=now, facts={"document": str(document_id)})
    return found.document.file
