"""The page of reports of pressure: those put before the hat's organ, and the form of the petition office (Q2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.page_deeds import Bound, Offer
from leadership import permissions as may
from leadership.models import PressureReport, PressureReportQuerySet
from leadership.pressure_deeds import ON_PRESSURE, TAKE_DOWN_PRESSURE
from lib.errors import Unknown
from lib.keyset import page_of

_LISTED = 50


@dataclass(frozen=True)
class Reported:
    """A report with what may be done on it."""

    row: PressureReport
    offers: Sequence[Offer]


def reports_for(hat: Hat) -> PressureReportQuerySet:
    """Return the reports a hat reads."""
    rows = PressureReport.objects.read_by(hat)
    return rows if may.finds_on_pressure(hat) else rows.none()


def report_of(hat: Hat, report_id: UUID) -> PressureReport:
    """Return a report this hat reads.

    :raises Unknown: if there is none
    """
    row = (
        reports_for(hat).select_related("petition", "about", "addressee", "slip").filter(pk=report_id).first()
    )
    if row is None:
        raise Unknown(_("There is no such report."))
    return row


def reports_page(hat: Hat, *, bound: Bound, cursor: str | None) -> dict[str, Any]:
    """Return the reports put before a hat's organ, the newest first, and the form for taking one down."""
    rows = reports_for(hat).select_related("petition", "about", "slip", "found_by__user")
    page = page_of(rows, by="told_at", cursor=cursor, size=_LISTED, descending=True)
    form: Any = bound.get(("reports", TAKE_DOWN_PRESSURE.slug)) or TAKE_DOWN_PRESSURE.form(
        auto_id="id-pressure-%s"
    )
    return {
        "page": page,
        "reports": [Reported(row, _offers(row, bound)) for row in page.rows],
        "form": form if may.of_the_office(hat) else None,
    }


def _offers(row: PressureReport, bound: Bound) -> Sequence[Offer]:
    if row.found:
        return []
    deed = ON_PRESSURE["find"]
    form = bound.get((str(row.pk), deed.slug)) or deed.form(auto_id=f"id-find-{row.pk}-%s")
    return [Offer(deed, form, "leadership:on_pressure", row.pk)]
