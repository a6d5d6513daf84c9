"""Who reads, writes, approves and issues reports of figures; pages and actions ask the same."""

from django.db.models import Q, QuerySet

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post, PostQuerySet
from accounts.roles import Role
from cases.permissions import READS_ALONG
from reports.models import Report
from reports.states import ReportKind, ReportState

OFFICE = frozenset({Role.PETITION_OFFICER, Role.SECTION_HEAD, Role.OFFICE_DIRECTOR})
HEADS = frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR})
_CONFERENCE = HEADS | {Role.JOINT_CONFERENCE_OFFICER}
READS_REPORTS = sorted(OFFICE | _CONFERENCE | READS_ALONG | {Role.UNIT_HEAD})


def works_on_reports(hat: Hat) -> bool:
    """Draw reports up, write in them, hand them in: whoever works in a petition office."""
    return hat.organ.kind == OrganKind.PETITION_OFFICE and hat.role in OFFICE


def reports_for(hat: Hat) -> QuerySet[Report]:
    """Return which reports a hat reads: its office's, and what was issued to it."""
    rows = Report.objects.all()
    if works_on_reports(hat):
        return rows.filter(office__in=Organ.objects.of_today(hat.organ))
    issued = rows.filter(state=ReportState.ISSUED)
    if hat.role in READS_ALONG:
        return issued.filter(office__place__path__startswith=hat.organ.place.path)
    if hat.organ.kind == OrganKind.JOINT_CONFERENCE_OFFICE and hat.role in _CONFERENCE:
        return issued.filter(office__place=hat.organ.place_id)
    if hat.role == Role.UNIT_HEAD:
        above = _and_above(hat.organ.place.path)
        return issued.filter(kind=ReportKind.MONTHLY, office__place__path__in=above)
    return rows.none()


def recipients_of(report: Report) -> PostQuerySet:
    """Return whom an issued report goes to: the leaders of the place and the joint conference's office there.

    A month's goes to the heads of the place's units as well. The numbers of units stand in the annual report alone,
    which therefore goes no further (Q40).
    """
    place = report.office.place
    officers = Q(organ__kind=OrganKind.JOINT_CONFERENCE_OFFICE, role__in=sorted(_CONFERENCE))
    those = Q(organ__place=place.pk) & (Q(role__in=sorted(READS_ALONG)) | officers)
    if report.kind == ReportKind.MONTHLY:
        those |= Q(organ__place__path__startswith=place.path, role=Role.UNIT_HEAD)
    return Post.objects.filter(those)


def may_write(hat: Hat, report: Report) -> bool:
    """Write in a report and hand it in."""
    return _of_its_office(hat, report) and report.state == ReportState.WRITING


def may_approve(hat: Hat, report: Report) -> bool:
    """Approve a report or send it back: a head of its office, of a year the director (documents.md §1)."""
    heads = {Role.OFFICE_DIRECTOR} if report.kind == ReportKind.YEARLY else HEADS
    return _of_its_office(hat, report) and hat.role in heads and report.state == ReportState.HANDED_IN


def may_issue(hat: Hat, report: Report) -> bool:
    """Issue what was approved."""
    return _of_its_office(hat, report) and report.state == ReportState.APPROVED


def _of_its_office(hat: Hat, report: Report) -> bool:
    return works_on_reports(hat) and hat.organ.is_or_carries_on(report.office)


def _and_above(path: str) -> list[str]:
    """Return the paths of a place and of all around it."""
    codes = path.rstrip("/").split("/")
    return ["/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]


def may_take_log_out(hat: Hat) -> bool:
    """Take the events of cases out, and read the ways between steps: whoever sees the whole of a place."""
    return hat.sees_its_place
