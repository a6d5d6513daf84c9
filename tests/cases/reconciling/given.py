"""A superior's list for February 2026, and petitions from above to hold it against."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import File

from accounts.hats import Hat
from cases.actions.reconciling import begin_reconciliation
from cases.intake import FromAbove
from cases.models import Difference, Reconciliation
from cases.reconciling import page
from cases.reconciling.work import read_lists
from cases.states import Source
from tests.cases.handling import given
from tests.cases.handling.given import Case, Unit
from tests.cases.imports.given import an_xlsx
from tests.given import MONDAY

LATER = MONDAY + timedelta(hours=3)
SENT = date(2026, 2, 26)
DUE = date(2026, 4, 20)
CITY = "吕梁市信访局"


def from_above(number: str = "LL-1", **facts: Any) -> dict[str, Any]:
    """Return what a petition that the city forwarded brings with it."""
    above = {"organ": CITY, "dated": SENT, "due_on": DUE, **facts}
    return {"source": Source.TRANSFERRED_FROM_SUPERIOR, "from_above": FromAbove(number=number, **above)}


def sent_down(
    number: str = "LL-1", *, office: Unit | None = None, unit: Unit | None = None, **facts: Any
) -> Case:
    """Register a petition that the city forwarded at the end of February."""
    return given.registered(office=office, unit=unit, petition_date=SENT, **from_above(number, **facts))


def a_listed(number: object = "LL-1", **cells: Any) -> dict[str, Any]:
    """Make a row as the city keeps it; it says of the petition what `sent_down` says."""
    return {
        "信访件编号": number,
        "信访人姓名": "张大强",
        "转送日期": "2026-02-26",
        "办理期限": "2026-04-20",
        "概况": "永宁花园购房多年未办证",
        **cells,
    }


def uploaded(
    *rows: dict[str, Any], by: Hat, file: "File[bytes] | None" = None, **facts: Any
) -> Reconciliation:
    """Upload the city's list for February."""
    asked = {
        "source": Source.TRANSFERRED_FROM_SUPERIOR.value,
        "superior_organ": "",
        "from_on": date(2026, 2, 1),
        "to_on": date(2026, 2, 28),
        **facts,
    }
    return begin_reconciliation(file or an_xlsx(*rows), **asked, by=by, now=LATER)


def worked(now: datetime = LATER) -> None:
    """Let the worker read what waits."""
    read_lists(clock=lambda: now)


def reconciled(*rows: dict[str, Any], by: Hat, **facts: Any) -> Reconciliation:
    """Upload a list and have it compared."""
    made = uploaded(*rows, by=by, **facts)
    worked()
    made.refresh_from_db()
    return made


def found(reconciliation: Reconciliation) -> list[tuple[str, str]]:
    """Return the kind and number of each difference as it is written."""
    rows = Difference.objects.filter(reconciliation=reconciliation).order_by("pk")
    return list(rows.values_list("kind", "number"))


def seen(reconciliation: Reconciliation, hat: Hat) -> list[page.Line]:
    """Return the differences as a hat is shown them."""
    return list(page.lines(page.shown(reconciliation, hat)))
