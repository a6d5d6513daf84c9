"""Reports of figures to start from: a month in which something came, and what the clock drew up of it."""

from datetime import datetime

from infra.sweep_runs import Tally
from reports.models import Report
from reports.states import ReportKind
from reports.written.sweeps import draw_reports
from tests.given import SHANGHAI, the_petition_office
from tests.indicators.doing import Doer
from tests.indicators.given import done, moment, registering, routing
from tests.indicators.random_world import TOWNSHIPS

# a Monday, and the first working day after January
DRAWN_AT = datetime(2026, 2, 2, 7, tzinfo=SHANGHAI)


def draw(now: datetime = DRAWN_AT) -> int:
    return draw_reports(now=now, tally=Tally())


def a_january(year: int = 2026) -> Doer:
    """Let eight petitions come in January: six at one place of one category, all led by one unit, two elsewhere."""
    deeds = [registering(moment(1, 5, 10, number, year=year), number) for number in range(6)]
    deeds += [routing(moment(1, 6, 10, number, year=year), number) for number in range(6)]
    elsewhere = {"township": TOWNSHIPS[1], "category": 1, "channel": "visit"}
    deeds += [registering(moment(1, 28, 10, number, year=year), number, **elsewhere) for number in (6, 7)]
    return done(*sorted(deeds, key=lambda deed: deed.at))


def drawn(kind: ReportKind = ReportKind.MONTHLY) -> Report:
    """Return the report of a kind that the clock drew up for the district's office on 2 February."""
    a_january()
    draw()
    return Report.objects.get(kind=kind, office=the_petition_office())


def figures_of(report: Report, group: str) -> dict[str, int]:
    return dict(report.figures.filter(group=group).order_by("pk").values_list("key", "count"))
