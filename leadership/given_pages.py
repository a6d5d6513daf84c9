"""What a leader instructed and what came of it, on one page; his secretary's page of the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.hats import Hat
from assignments.states import OWED, State
from cases.models import Petition
from deadlines.lamps import Lamp
from leadership.home_pages import titles_of_seen, whose_day
from leadership.models import Instruction, InstructionTask
from leadership.states import IN_FORCE, InstructionState
from lib.keyset import page_of

_A_PAGE = 30


@dataclass(frozen=True)
class Asked:
    """What an instruction asks of one unit: by when, when it answered, and when the answer was checked."""

    task: InstructionTask
    lamp: Lamp | None

    @property
    def answered_on(self) -> date | None:
        asked = self.task.assignment
        return timezone.localdate(asked.replied_at) if asked and asked.replied_at else None

    @property
    def checked_on(self) -> date | None:
        asked = self.task.assignment
        if asked is None or asked.state != State.VERIFIED or asked.ended_at is None:
            return None
        return timezone.localdate(asked.ended_at)


@dataclass(frozen=True)
class Line:
    """One instruction with the petition it is on."""

    row: Instruction
    number: str
    title: str
    asked: Sequence[Asked]

    @property
    def waits_for_the_office(self) -> bool:
        """Whether every unit has answered and was checked, and only the office's closing is missing."""
        return self.row.state == InstructionState.GIVEN and all(one.checked_on for one in self.asked)


def given_of(hat: Hat, *, now: datetime) -> QuerySet[Instruction]:
    """Return the instructions in force of a leader, or of the leaders a secretary works for, on what the hat sees."""
    return Instruction.objects.filter(
        leader__in=whose_day(hat, now),
        state__in=sorted(IN_FORCE),
        petition__in=Petition.objects.visible_to(hat),
    )


def instructions_page(hat: Hat, *, closed: bool, cursor: str | None, now: datetime) -> dict[str, Any]:
    """Return a page of instructions, the latest first: those that are not closed yet, or those that are."""
    state = InstructionState.COMPLETED if closed else InstructionState.GIVEN
    given = given_of(hat, now=now)
    rows = given.filter(state=state).select_related("leader__user", "author")
    page = page_of(rows, by="entered_at", cursor=cursor, size=_A_PAGE, descending=True)
    titles = titles_of_seen(Petition.objects.visible_to(hat), {row.petition_id for row in page.rows})
    asked = _asked(page.rows, now)
    at = f"{reverse('leadership:instructions')}?{'closed=1&' if closed else ''}at="
    return {
        "lines": [Line(row, *titles[row.petition_id], asked[row.pk]) for row in page.rows],
        "closed": closed,
        "open_ones": given.filter(state=InstructionState.GIVEN).count(),
        "newer_url": f"{at}{page.before}" if page.before else "",
        "older_url": f"{at}{page.after}" if page.after else "",
    }


def _asked(rows: Sequence[Instruction], now: datetime) -> Mapping[UUID, list[Asked]]:
    found: dict[UUID, list[Asked]] = {row.pk: [] for row in rows}
    tasks = InstructionTask.objects.filter(instruction__in=found).select_related("organ", "assignment__clock")
    for task in tasks.order_by("pk"):
        asked = task.assignment
        lamp = asked.lamp(now) if asked is not None and asked.state in OWED else None
        found[task.instruction_id].append(Asked(task, lamp))
    return found
