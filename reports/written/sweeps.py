"""What the clock brings to reports: each office's, of each period that is over, once. Safe to run twice."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organ, OrganKind
from cases.ledger import midnight_after
from deadlines.calendars import working_days_after
from indicators.figures import Asked
from indicators.periods import Period
from indicators.sweeps import complete_until
from infra.sweep_runs import Tally
from reports.models import Report
from reports.states import BY_THE_CLOCK, ReportKind
from reports.written.parts import About, draw_up
from reports.written.periods import last_over


def draw_reports(*, now: datetime, tally: Tally) -> int:
    """Draw up last week's, last month's and last year's report of every petition office. Return how many.

    From the first working day after the period on; a morning that was missed is made up for by the next. While deeds
    of yesterday wait to be counted nothing is drawn up.
    """
    as_of = timezone.localdate(now) - timedelta(days=1)
    if complete_until(now) < midnight_after(as_of):
        tally.skip("deeds_wait")
        return 0
    drawn = 0
    for kind in BY_THE_CLOCK:
        period = last_over(kind, timezone.localdate(now))
        if timezone.localdate(now) < working_days_after(period.until - timedelta(days=1), 1):
            continue
        offices = Organ.objects.current().filter(kind=OrganKind.PETITION_OFFICE)
        lacking = offices.exclude(reports__kind=kind, reports__since=period.since).order_by("pk")
        for office_id in lacking.values_list("pk", flat=True):
            if _draw_one(office_id, kind, period, now=now):
                drawn += 1
            else:
                tally.skip("seen_to_meanwhile")
    return drawn


@transaction.atomic(durable=True)
def _draw_one(office_id: int, kind: ReportKind, period: Period, *, now: datetime) -> bool:
    """Draw up one report while its office is held, unless somebody was first."""
    rows = Organ.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    office = rows.get(pk=office_id)
    if Report.objects.filter(office=office, kind=kind, since=period.since).exists():
        return False
    as_of = timezone.localdate(now) - timedelta(days=1)
    draw_up(kind, Asked(period), About(), office=office, by=None, as_of=as_of, now=now)
    return True
