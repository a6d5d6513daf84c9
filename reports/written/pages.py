"""What the pages of reports of figures show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.hats import Hat
from accounts.page_deeds import Bound, Deed, Offer
from cases.states import RouteKind
from documents.models import Document
from documents.paper import Paper
from indicators.catalogue import CATALOGUE, part_words
from indicators.figures import Asked
from indicators.measures import Code, Part
from indicators.periods import Period
from indicators.universe import Universe
from leadership.states import Adopted, SlipKind
from lib.errors import Unknown
from lib.forms import RefusableForm
from reports import permissions as may
from reports.models import Report, ReportFigure
from reports.numbers import opens
from reports.states import Group, ReportState
from reports.written.cells import shown
from reports.written.deeds import BEGIN_ANALYSIS, ON_REPORT
from reports.written.forms import BeginAnalysis, WriteReport
from reports.written.wording import Numbers, numbers_of, paper_of

_LISTED = 100
_WORK: Mapping[str, object] = {kind: kind.label for kind in (*RouteKind, *SlipKind)}
_ADVICE: Mapping[str, object] = {kind: kind.label for kind in (*SlipKind, *Adopted)}
BEGIN = ("reports", BEGIN_ANALYSIS.slug)


@dataclass(frozen=True)
class Row:
    """One number of a report, and the list of the ledger that it counts, if the reader may open one."""

    name: str
    count: str
    before: str
    url: str


def report_of(hat: Hat, report_id: UUID) -> Report:
    """Return a report that this hat reads.

    :raises Unknown: if there is none
    """
    rows = may.reports_for(hat).select_related(
        "office__place", "place", "category", "document", "drawn_by__user", "edited_by__user"
    )
    found = rows.filter(pk=report_id).first()
    if found is None:
        raise Unknown(_("There is no such report."))
    return found


def reports_page(hat: Hat, *, bound: Bound) -> dict[str, Any]:
    """Return the list of reports a hat reads, the latest first, and what may be begun."""
    rows = may.reports_for(hat).select_related("office", "document").order_by("-until", "kind", "-drawn_at")
    begun = bound.get(BEGIN) or BeginAnalysis(inside=hat.organ.place)
    return {
        "reports": list(rows[:_LISTED]),
        "begin": begun if may.works_on_reports(hat) else None,
        "begin_deed": BEGIN_ANALYSIS,
        "reads_ways": may.may_take_log_out(hat),
    }


def report_page(report: Report, hat: Hat, *, bound: Bound) -> dict[str, Any]:
    """Return the page of one report: the numbers with their lists, the paper as it would be, what may be done."""
    numbers = numbers_of(report)
    document = report.document
    return {
        "report": report,
        "last": report.until - timedelta(days=1),
        "groups": [(group.label, rows) for group in Group if (rows := _rows(numbers, group, hat))],
        "remark": document.remark if document is not None and report.state == ReportState.WRITING else "",
        "paper": paper_of(report, by=hat) if report.state == ReportState.WRITING else _paper(document),
        "is_issued": report.state == ReportState.ISSUED,
        "offers": list(_offers(report, hat, bound)),
    }


def _paper(document: Document | None) -> Paper:
    assert document is not None  # noqa: S101  the database holds one for whatever was handed in
    return document.paper


def _offers(report: Report, hat: Hat, bound: Bound) -> Iterator[Offer]:
    for slug in _slugs(report, hat):
        deed = ON_REPORT[slug]
        form = bound.get(("report", slug)) or _form(deed, report)
        yield Offer(deed, form, "reports:on_report", report.pk)


def _form(deed: Deed, report: Report) -> RefusableForm:
    words = {"causes": report.causes, "recommendations": report.recommendations, "other": report.other}
    initial = {"version": report.version, **(words if deed.form is WriteReport else {})}
    return deed.form(initial=initial)


def _slugs(report: Report, hat: Hat) -> Sequence[str]:
    if may.may_write(hat, report):
        return ["write", "hand-in"]
    if may.may_issue(hat, report):
        return ["issue"]
    if may.may_approve(hat, report):
        of_own = report.document is not None and report.document.drafter_id == hat.user.pk
        return [] if of_own else ["approve", "return"]
    return []


def _rows(numbers: Numbers, group: Group, hat: Hat) -> list[Row]:
    """Return the numbers of a group; whoever sees the whole place opens what they count."""
    report = numbers.report
    opens_lists = hat.sees_its_place and hat.organ.place_id == report.office.place_id
    return [
        Row(
            _name(numbers, row),
            shown(row.count),
            "—" if row.before is None else shown(row.before),
            _url(report, row) if opens_lists else "",
        )
        for row in numbers.of(group)
    ]


def _name(numbers: Numbers, row: ReportFigure) -> str:
    group, key = Group(row.group), row.key
    if group in {Group.CATEGORY, Group.PLACE} and not key:
        return pgettext("of figures", "all the smaller ones together")
    if group == Group.INDICATOR:
        code, part = key.split(".")
        return f"{CATALOGUE[Code(code)].name} · {part_words(Part(part))}"
    if group == Group.VOLUME:
        return _("batches") if key == "batches" else _("person-times")
    if group == Group.WORK:
        return str(_WORK[key])
    if group == Group.ADVICE:
        return " · ".join(str(_ADVICE[part]) for part in key.split("."))
    names = {**numbers.places, **numbers.categories, **numbers.organs}
    return " · ".join(names.get(part, part) for part in key.split("|"))


def _url(report: Report, row: ReportFigure) -> str:
    """Return the list of the ledger that a number counts, as it was known then; none where it is no one list."""
    if row.group == Group.INDICATOR:
        code, part = row.key.split(".")
        return opens(Code(code), Part(part), _asked(report))
    if row.group == Group.VOLUME and row.key == "batches":
        return opens(Code.REGISTERED, Part.ALL, _asked(report))
    if row.group == Group.PLACE and row.key:
        return opens(Code.REGISTERED, Part.ALL, _asked(report, place=row.key))
    if row.group == Group.CATEGORY and row.key:
        return opens(Code.REGISTERED, Part.ALL, _asked(report, category=row.key))
    if row.group == Group.HOT:
        place, category = row.key.split("|")
        return opens(Code.REGISTERED, Part.ALL, _asked(report, place=place, category=category))
    return ""


def _asked(report: Report, *, place: str = "", category: str = "") -> Asked:
    return Asked(
        Period(report.since, report.until),
        Universe(report.universe),
        place or (report.place.path if report.place else ""),
        category or (report.category.path if report.category else ""),
        report.as_of,
    )
