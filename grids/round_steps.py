"""What whoever looked over a grid reports of a round, as pieces for deeds here and of the phone's room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from grids import permissions as may
from grids.models import Round, RoundSupplement
from grids.round_parts import call_no_more
from lib.errors import NotAllowed, Refused
from lib.transactions import require_transaction


@dataclass(frozen=True, kw_only=True)
class RoundReport:
    """What was looked at, whether nothing was found, and when that was; `received_at` if it came from a phone."""

    looked_at: Sequence[str]
    zero: bool
    words: str
    done_at: datetime
    received_at: datetime | None = None


def look_over(row: Round, report: RoundReport, *, by: Hat, now: datetime) -> Round:
    """Report a held round that waits as done.

    :raises NotAllowed: if this hat neither stands for the grid nor keeps it
    :raises Refused: if something was left out without a word, or finds and zero report do not agree
    """
    require_transaction("look_over")
    _refuse_who_does_not(by, row)
    found = row.finds.exists()
    faults = _faults(row, report)
    if report.zero and found:
        faults["zero"] = _("Something was found in this round, so it is no zero report.")
    if not report.zero and not found:
        faults["zero"] = _("Report first what was found, or confirm that nothing was.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    row.looked_at = _in_order(row, report)
    row.zero, row.words = report.zero, report.words.strip()
    row.done_at, row.received_at = report.done_at, report.received_at
    row.done_by, row.person = by.post, by.user
    row.save(update_fields=["looked_at", "zero", "words", "done_at", "received_at", "done_by", "person"])
    call_no_more([row.pk], now=now)
    record("round.report", row, by=by.actor, at=now, facts={"zero": report.zero, "code": row.grid.code})
    return row


def look_over_too(row: Round, report: RoundReport, *, by: Hat, now: datetime) -> None:
    """Put a report beside that of a held round which somebody else reported meanwhile.

    :raises NotAllowed: if this hat neither stands for the grid nor keeps it
    :raises Refused: if something was left out without a word
    """
    require_transaction("look_over_too")
    _refuse_who_does_not(by, row)
    faults = _faults(row, report)
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    RoundSupplement.objects.create(
        round=row,
        looked_at=_in_order(row, report),
        zero=report.zero,
        words=report.words.strip(),
        done_at=report.done_at,
        received_at=report.received_at or now,
        done_by=by.post,
        person=by.user,
    )
    record("round.supplement", row, by=by.actor, at=now, facts={"zero": report.zero, "code": row.grid.code})


def _refuse_who_does_not(by: Hat, row: Round) -> None:
    if not may.may_look_over(by, row.grid):
        raise NotAllowed(_("Your post does not look over this grid."))


def _faults(row: Round, report: RoundReport) -> dict[str, str]:
    """Return what is wrong with a report by itself."""
    checklist = row.plan.checklist
    faults: dict[str, str] = {}
    if set(report.looked_at) - set(checklist):
        faults["looked_at"] = _("Choose from the list.")
    if len(set(report.looked_at)) < len(checklist) and not report.words.strip():
        faults["words"] = _("Say why something was not looked at.")
    return faults


def _in_order(row: Round, report: RoundReport) -> list[str]:
    return [line for line in row.plan.checklist if line in report.looked_at]
