"""Whether an urgent report reached those it names within the hours that the rule gives (T16; Art 25; R-26)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from deadlines.models import Rule
from leadership.models import UrgentNotice, UrgentReport
from leadership.states import AT_ONCE
from lib.forms import RefusableForm

# discovery to report, in hours of the clock
TIMER = "T16"


@dataclass(frozen=True)
class ShownReport:
    """An urgent report with who was told when, and by when everyone had to be told."""

    report: UrgentReport
    due_at: datetime
    hours: int
    # each with whether it came after the hours were over
    told: list[tuple[UrgentNotice, bool]]
    # the next level or the State bureau was told too late, or not yet and the hours are over
    is_late: bool
    note_form: RefusableForm | None

    @property
    def is_noting(self) -> bool:
        """Test if a note was refused and stands there to be corrected."""
        return self.note_form is not None and bool(self.note_form.errors)


def shown(report: UrgentReport, note_form: RefusableForm | None, *, now: datetime) -> ShownReport:
    """Return a report, read with its notices, as its page shows it."""
    known_on = timezone.localdate(report.discovered_at)
    hours = Rule.objects.in_force(known_on).values_list("length", flat=True).get(code=TIMER)
    due_at = report.discovered_at + timedelta(hours=hours)
    told = list(report.notices.all())
    told_at = {notice.recipient: notice.sent_at for notice in told}
    is_late = any(told_at.get(recipient, now) > due_at for recipient in AT_ONCE)
    return ShownReport(
        report, due_at, hours, [(one, one.sent_at > due_at) for one in told], is_late, note_form
    )
