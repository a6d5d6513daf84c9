"""What named a cadre, as the petition office takes it in: what waits, what it says, and that it was registered (Q3)."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post
from accounts.roles import MAY_REGISTER
from grids.models import DirectPhoto, DirectReport
from grids.secrets import open_report
from lib.errors import OutOfTurn, Unknown
from lib.transactions import require_transaction
from lib.trees import paths_above
from notices.models import Kind
from notices.parts import settle, tell
from places.models import Level

# a street's own office may be led by the cadre who is named
_ABOVE_THE_STREET = (Level.COUNTY, Level.CITY, Level.PROVINCE)


def direct_office_for(place_path: str) -> Organ | None:
    """Return the petition office that takes in what names a cadre: the nearest one above the street (Q2, Q3)."""
    offices = Organ.objects.current().filter(
        kind=OrganKind.PETITION_OFFICE,
        place__path__in=paths_above(place_path),
        place__level__in=_ABOVE_THE_STREET,
    )
    return offices.order_by("-place__path", "pk").first()


def waiting_for(hat: Hat) -> "QuerySet[DirectReport]":
    """Return the reports that wait to be registered in this hat's office, the oldest first; of others none."""
    if hat.role not in MAY_REGISTER:
        return DirectReport.objects.none()
    rows = DirectReport.objects.filter(office__in=Organ.objects.of_today(hat.organ), registered_at=None)
    return rows.order_by("received_at", "pk")


def hold_waiting(report_id: UUID, by: Hat) -> DirectReport:
    """Return a report that waits in this hat's office, held.

    :raises Unknown: if there is none
    :raises OutOfTurn: if it was registered meanwhile
    """
    require_transaction("direct.hold_waiting")
    if not waiting_for(by).filter(pk=report_id).exists():
        raise Unknown(_("No such report waits here."))
    report = DirectReport.objects.select_for_update().get(pk=report_id)
    if report.registered_at is not None:
        raise OutOfTurn(_("It is registered already."))
    return report


def said_in(report: DirectReport) -> Mapping[str, str]:
    """Return what a waiting report says, by the names that `grids.actions.reporting` gave its parts."""
    words: dict[str, str] = json.loads(open_report(report.pk, report.content_sealed or b""))
    return words


def call_office(report: DirectReport, *, now: datetime) -> None:
    """Tell whoever registers in the report's office that one waits, inside the house and without a word of it (Q3)."""
    require_transaction("direct.call_office")
    held = Post.objects.held_on(timezone.localdate(now)).filter(
        organ=report.office, role__in=sorted(MAY_REGISTER)
    )
    posts = held.values_list("pk", flat=True)
    tell(posts, Kind.DIRECT_WAITS, key=_call(report.pk), subject_id=str(report.pk), now=now)


def _call(report_id: UUID) -> str:
    return f"direct:{report_id}"


def let_go(report_id: UUID, *, now: datetime) -> None:
    """Empty the report that was registered under this key; of any other key nothing."""
    require_transaction("direct.let_go")
    waiting = DirectReport.objects.filter(pk=report_id, registered_at=None)
    if waiting.update(content_sealed=None, registered_at=now):
        DirectPhoto.objects.filter(report=report_id).delete()
        settle(str(report_id), _call(report_id), now=now)
