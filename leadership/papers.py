"""What slips, recommendations and urgent reports say on paper, from their rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from cases.papers import contact_of
from deadlines.models import Rule
from documents import wording
from documents.paper import Paper
from leadership.models import Slip, UrgentReport
from leadership.states import GROUND_IN_PRINT, PAPER_OF, RECIPIENT_IN_PRINT, Ground, Recipient, SlipKind


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
        )
    )


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
