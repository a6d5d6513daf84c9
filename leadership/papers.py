"""What slips, recommendations and urgent reports say on paper, from their rows."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from cases.papers import contact_of
from cases.states import ClockCode
from deadlines.models import Rule
from documents import wording
from documents.paper import Paper, day_in_print
from leadership.models import Bulletin, BulletinLine, Slip, UrgentReport
from leadership.months import Month
from leadership.states import (
    ADOPTED_IN_PRINT,
    GROUND_IN_PRINT,
    PAPER_OF,
    PART_IN_PRINT,
    PERIOD_IN_PRINT,
    RECIPIENT_IN_PRINT,
    Adopted,
    Ground,
    Part,
    Recipient,
    SlipKind,
)


def paper_of(slip: Slip, *, by: Hat, on: date) -> Paper:
    """Return the paper of a slip or recommendation."""
    kind = SlipKind(slip.kind)
    head: dict[str, Any] = {
        "organ": slip.issuer.name,
        "addressee": slip.addressee.name,
        "petition_number": slip.petition.number,
        "contact": contact_of(by),
    }
    if slip.is_recommendation:
        return wording.recommendation(
            wording.Recommended(
                **head,
                kind=PAPER_OF[kind],
                problem=slip.facts,
                evidence=slip.evidence,
                proposal=slip.act,
                due_on=slip.due_on,
                days=days_to_answer(on=on),
            )
        )
    assert slip.due_on is not None  # noqa: S101  only recommendations go without a day
    return wording.slip_letter(
        wording.Supervised(
            **head,
            kind=PAPER_OF[kind],
            ground=GROUND_IN_PRINT[Ground(slip.ground)] if slip.ground else "",
            facts=slip.facts,
            act=slip.act,
            due_on=slip.due_on,
            recommendation=slip.advice,
            meeting=_meeting_of(slip),
            interview=_interview_of(slip),
        )
    )


def _meeting_of(slip: Slip) -> str:
    if slip.decided_on is None:
        return ""
    minutes = f"（{slip.decision_number}）" if slip.decision_number else ""
    return f"{day_in_print(slip.decided_on)}信访工作联席会议{minutes}"


def _interview_of(slip: Slip) -> wording.Interview | None:
    if slip.held_at is None:
        return None
    held = timezone.localtime(slip.held_at)
    when = f"{day_in_print(held.date())}{held:%H:%M}"
    return wording.Interview(when=when, where=slip.held_where, called=slip.called)


def paper_of_report(report: UrgentReport, recipients: Sequence[Recipient], *, by: Hat) -> Paper:
    """Return the report of a grave and urgent matter (D28)."""
    discovered = timezone.localtime(report.discovered_at)
    return wording.urgent_report(
        wording.UrgentMatter(
            organ=report.organ.name,
            petition_number=report.petition.number,
            happened=report.happened,
            where=report.where,
            scale=report.scale,
            measures=report.measures,
            discovered=f"{discovered.year}年{discovered.month}月{discovered.day}日{discovered:%H:%M}",
            recipients=[RECIPIENT_IN_PRINT[recipient] for recipient in recipients],
            contact=contact_of(by),
        )
    )


# The period in which a recommendation is answered (Art 40(4); thirty days by default).
ANSWER = "T14"


def days_to_answer(*, on: date) -> int:
    """Return in how many days a recommendation is answered, by the rule in force that day (R-51)."""
    return Rule.objects.in_force(on).values_list("length", flat=True).get(code=ANSWER)


def paper_of_bulletin(bulletin: Bulletin, lines: Sequence[BulletinLine], *, words: str, by: Hat) -> Paper:
    """Return the bulletin of a month from its lines, which stand in the order they are printed."""
    month = Month(bulletin.month)
    units = [
        wording.UnitsPart(
            organ=organ.name,
            parts=[
                (PART_IN_PRINT[Part(part)], [_said_of(line, month) for line in of_part])
                for part, of_part in groupby(of_unit, key=lambda line: line.part)
            ],
        )
        for organ, of_unit in groupby(lines, key=lambda line: line.organ)
    ]
    return wording.monthly_bulletin(
        wording.Bulletin(
            organ=by.organ.name,
            first=month.first,
            last=month.last,
            words=words,
            units=units,
            contact=contact_of(by),
        )
    )


def _said_of(line: BulletinLine, month: Month) -> str:
    """Return one matter in one sentence: number, what was owed by when, and what became of it."""
    if line.clock is not None:
        what = PERIOD_IN_PRINT[ClockCode(line.clock.code)] + ("（推定）" if line.clock.presumed else "")
    else:
        assert line.slip is not None and line.slip.document is not None  # noqa: S101  one of the two, issued
        what = f"{line.slip.document.title}（{line.slip.document.number}）"
    said = [f"编号{line.petition.number}", what]
    if line.due_on is not None:
        said.append(f"应于{day_in_print(line.due_on)}前（含当日）完成")
    if line.done_on is not None:
        said.append(f"{day_in_print(line.done_on)}完成")
    if line.part == Part.RECOMMENDED and line.slip is not None:
        said.append(ADOPTED_IN_PRINT[Adopted(line.slip.adopted)])
    elif line.due_on is not None:
        said.append(f"逾期{((line.done_on or month.last) - line.due_on).days}天")
    return "，".join(said) + "。"
