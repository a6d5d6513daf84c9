"""Reports of pressure on petitioners: told, put before who is outside, looked into (indicators.md §4; Q2, Q39)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import Actor, record
from cases import permissions as at_cases
from cases.models import Handling, Petition
from cases.parts import lock_petition
from cases.rating_states import RatingWay
from cases.ratings import hold_by_code
from cases.workflow import check_open
from leadership import permissions as may
from leadership.models import PressureReport
from leadership.parts import (
    conference_office_of,
    hold_open_lane,
    office_over,
    organs_kept_out,
)
from leadership.pressure_states import PressureFound
from leadership.slips import open_for_fraud
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """What the petitioner tells: what happened, and which organ pressed; none for somebody else."""

    words: str
    about_id: int | None = None


@transaction.atomic(durable=True)
def report_pressure_at_the_door(code_id: int, told: Pressed, *, by: Actor, now: datetime) -> PressureReport:
    """Keep what whoever has a query code tells of pressure, before an organ that has no part in the matter.

    :raises Unknown: if the code holds no longer
    :raises OutOfTurn: if there is no organ outside before which it could be put
    :raises Refused: without what happened, or for an organ that is none
    """
    petition, _code = hold_by_code(code_id)
    report = _put(petition, told, RatingWay.PAGE, by=None, now=now)
    record("pressure.report", report, by=by, at=now)
    return report


@transaction.atomic(durable=True)
def take_down_pressure(
    petition_id: UUID, told: Pressed, *, way: RatingWay, by: Hat, now: datetime
) -> PressureReport:
    """Take down what the petitioner tells of pressure by telephone, on paper or at the window.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is no post of the petition office
    :raises OutOfTurn: if the petition is void, or there is no organ outside before which it could be put
    :raises Refused: without what happened, for an organ that is none, or for the public page
    """
    petition = lock_petition(petition_id, by)
    check_open(petition)
    if not at_cases.takes_down_ratings(by, petition):
        raise NotAllowed(_("The petition office takes this down."))
    if way == RatingWay.PAGE:
        words = _("Say how it came.")
        raise Refused(words, fields={"way": words})
    report = _put(petition, told, way, by=by, now=now)
    record("pressure.take_down", report, by=by.actor, at=now)
    return report


def _put(
    petition: Petition, told: Pressed, way: RatingWay, *, by: Hat | None, now: datetime
) -> PressureReport:
    faults: dict[str, str] = {}
    if not told.words.strip():
        faults["words"] = _("Say in a few words what happened.")
    about = Organ.objects.filter(pk=told.about_id).first() if told.about_id is not None else None
    if told.about_id is not None and about is None:
        faults["about"] = _("Choose from the list.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    addressee = _before_whom(petition, about)
    if addressee is None:
        raise OutOfTurn(
            _(
                "Nobody outside the matter can be told of it here. Please turn to the discipline organ of the district."
            )
        )
    return PressureReport.objects.create(
        petition=petition,
        about=about,
        addressee=addressee,
        words=told.words.strip(),
        way=way,
        noted_by=by.post if by else None,
        told_at=now,
    )


def _before_whom(petition: Petition, about: Organ | None) -> Organ | None:
    """Return the first that has no part: the office over the petition, who stands above it, the conference's office."""
    office = office_over(petition)
    above = office.next_higher if office else None
    parts = set(Handling.objects.filter(petition=petition, ended_at=None).values_list("organ", flat=True))
    parts |= organs_kept_out(petition) | ({about.pk} if about else set())
    for organ in (office, above, conference_office_of(petition)):
        today = organ and (organ.carried_on_by or organ)
        if today and organ and not {organ.pk, today.pk} & parts:
            return today
    return None


@transaction.atomic(durable=True)
def find_on_pressure(
    report_id: UUID, found: PressureFound, *, finding: str, by: Hat, now: datetime
) -> PressureReport:
    """Write what was found. What happened opens a draft of a supervision order with the ground fraud (Art 40(1)).

    The draft is opened where the unit still leads an open petition; on one that is over a recommendation can be
    drawn up from its page.

    :raises Unknown: if there is none before this hat
    :raises NotAllowed: if it is no head there
    :raises OutOfTurn: if it was looked into already
    :raises Refused: without the facts
    """
    known = PressureReport.objects.read_by(by).filter(pk=report_id).values_list("petition", flat=True).first()
    if known is None:
        raise Unknown(_("There is no such report."))
    petition = hold_open_lane(known)
    if not may.finds_on_pressure(by):
        raise NotAllowed(_("A head of the organ it was put before looks into it."))
    rows = PressureReport.objects.select_for_update(of=("self",)).select_related("addressee", "about")
    report = rows.get(pk=report_id)
    if report.found:
        raise OutOfTurn(_("Somebody has looked into it already."))
    if not finding.strip():
        words = _("Say which facts were found.")
        raise Refused(words, fields={"finding": words})
    if found == PressureFound.UPHELD and report.about is not None:
        report.slip = open_for_fraud(petition, report.about, report.addressee, by=by, now=now)
    report.found, report.finding = found, finding.strip()
    report.found_by, report.finder, report.found_at = by.post, by.user, now
    report.save(update_fields=["found", "finding", "found_by", "finder", "found_at", "slip"])
    record("pressure.find", report, by=by.actor, at=now, facts={"pressure_found": found})
    return report
