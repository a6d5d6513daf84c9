"""What the page of the ways between steps shows: what followed what, after how long, on how many cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts.hats import Hat
from indicators import figures
from indicators.figures import Asked
from indicators.measures import Code, Part
from indicators.models import Fact
from indicators.periods import Period
from places.models import Level
from reports.flow.events import steps_between, ways_of
from reports.flow.forms import Flow
from reports.numbers import opens
from reports.states import SMALLEST, Activity

_MOST_WAYS = 15


@dataclass(frozen=True)
class StepRow:
    before: str
    before_tier: str
    after: str
    after_tier: str
    cases: int
    median: str
    ninetieth: str


@dataclass(frozen=True)
class WayRow:
    activities: Sequence[str]
    cases: int
    median: str


def flow_page(form: Flow, hat: Hat) -> dict[str, Any]:
    """Return the ways of the petitions that a filled-in form names, as far as a hat sees them."""
    read = form.cleaned_data
    asked = Asked(
        Period(read["since"], read["until"] + timedelta(days=1)),
        category_path=read["category"].path if read["category"] else "",
    )
    cohort = figures.cohort(Code.REGISTERED, asked, Fact.objects.visible_to(hat))
    scope = cohort.values_list("petition", flat=True)
    return {
        "cases": cohort.count(),
        "cases_url": opens(Code.REGISTERED, Part.ALL, asked),
        "smallest": SMALLEST,
        "steps": [
            StepRow(
                _activity(step.activity),
                _tier(step.tier),
                _activity(step.to_activity),
                _tier(step.to_tier),
                step.cases,
                in_days(step.median),
                in_days(step.ninetieth),
            )
            for step in steps_between(scope)
        ],
        "ways": [
            WayRow([_activity(one) for one in way.activities], way.cases, in_days(way.median))
            for way in ways_of(scope, most=_MOST_WAYS)
        ],
    }


def in_days(waited: timedelta) -> str:
    """Return a wait in days as people read it, with one decimal."""
    return f"{waited / timedelta(days=1):.1f}"


def _activity(code: str) -> str:
    return str(Activity(code).label)


def _tier(code: str) -> str:
    return str(Level(code).label)
