"""排查: planning rounds over grids, reporting one, also that nothing was found (零报告); what is found is an event."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from grids import permissions as may
from grids.models import Round, RoundGroup, RoundGroupGrid, RoundPlan
from grids.parts import need
from grids.round_parts import call_no_more, grids_under, hold_round, open_due
from grids.round_states import Rhythm
from grids.round_steps import RoundReport, look_over
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

_MOST_LINES = 20
_LONGEST_LINE = 80


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """How grids are looked over: how often, at what, from when to when, and on what occasion."""

    name: str
    rhythm: Rhythm
    checklist: Sequence[str]
    from_on: date
    until_on: date | None = None
    occasion: str = ""


@transaction.atomic(durable=True)
def enter_plan(facts: PlanFacts, *, by: Hat, now: datetime) -> RoundPlan:
    """Enter a plan of rounds over all grids of the hat's place; those that begin today are opened.

    :raises NotAllowed: if this hat keeps no grids
    :raises Refused: if something is missing, the name is taken, or the days cannot be
    """
    if not may.may_keep(by):
        raise NotAllowed(_("Your post does not keep grids."))
    lines = list(dict.fromkeys(line.strip() for line in facts.checklist if line.strip()))
    _refuse_impossible(facts, lines, by, today=timezone.localdate(now))
    row = RoundPlan.objects.create(
        organ=by.organ,
        name=facts.name.strip(),
        occasion=facts.occasion.strip(),
        rhythm=facts.rhythm,
        checklist=lines,
        from_on=facts.from_on,
        until_on=facts.until_on,
        entered_at=now,
        entered_by=by.post,
    )
    record("round_plan.enter", row, by=by.actor, at=now, facts={"rhythm": facts.rhythm})
    open_due(row, now=now)
    return row


def _refuse_impossible(facts: PlanFacts, lines: Sequence[str], by: Hat, *, today: date) -> None:
    faults: dict[str, str] = {}
    if not facts.name.strip() or RoundPlan.objects.standing().filter(organ=by.organ, name=facts.name.strip()):
        faults["name"] = _("Give it a name that no other standing plan of yours has.")
    if not 0 < len(lines) <= _MOST_LINES or max(map(len, lines)) > _LONGEST_LINE:
        faults["checklist"] = _("One line at least and twenty at most, of 80 characters each.")
    if facts.from_on < today:
        faults["from_on"] = _("It begins today at the earliest.")
    if facts.until_on is None and facts.rhythm is Rhythm.ONCE:
        faults["until_on"] = _("Say until when.")
    if facts.until_on is not None and facts.until_on < facts.from_on:
        faults["until_on"] = _("This day lies before the first one.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


@transaction.atomic(durable=True)
def enter_group(
    plan_id: UUID, *, name: str, members: int, codes: Collection[str], by: Hat, now: datetime
) -> RoundGroup:
    """Let a group of so many people look over some of the grids of a plan.

    :raises Unknown: if this hat keeps no such plan
    :raises OutOfTurn: if it was ended
    :raises Refused: if something is missing, or a grid is not of the plan or has a group
    """
    plan = _held(plan_id, by)
    need(name, "name")
    faults: dict[str, str] = {}
    if members < 1:
        faults["members"] = _("One at least.")
    if plan.groups.filter(name=name.strip()).exists():
        faults["name"] = _("A group of this name stands already.")
    wanted = {code.strip().upper() for code in codes if code.strip()}
    taken = RoundGroupGrid.objects.filter(plan=plan).values("grid")
    grids = list(grids_under(plan.organ).filter(code__in=wanted).exclude(pk__in=taken))
    if not wanted or len(grids) != len(wanted):
        faults["codes"] = _("Codes of grids of your place that have no group in this plan yet.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    group = RoundGroup.objects.create(
        plan=plan, name=name.strip(), members=members, entered_at=now, entered_by=by.post
    )
    RoundGroupGrid.objects.bulk_create([RoundGroupGrid(plan=plan, group=group, grid=grid) for grid in grids])
    record("round_plan.enter_group", plan, by=by.actor, at=now, facts={"count": len(grids)})
    return group


@transaction.atomic(durable=True)
def end_plan(plan_id: UUID, *, reason: str, by: Hat, now: datetime) -> RoundPlan:
    """End a plan: no further rounds are opened, and those that wait are asked no longer; what was reported stays.

    :raises Unknown: if this hat keeps no such plan
    :raises OutOfTurn: if it was ended
    :raises Refused: without a reason
    """
    plan = _held(plan_id, by)
    need(reason, "reason")
    plan.ended_at, plan.end_reason = now, reason.strip()
    plan.save(update_fields=["ended_at", "end_reason"])
    call_no_more(plan.rounds.filter(done_at=None).values_list("pk", flat=True), now=now)
    record("round_plan.end", plan, by=by.actor, at=now)
    return plan


@transaction.atomic(durable=True)
def report_round(
    round_id: UUID, *, looked_at: Sequence[str], zero: bool, words: str = "", by: Hat, now: datetime
) -> Round:
    """Report a round as done: what was looked at, and that nothing was found if so. After its days it is done late.

    What was found was reported before, each an event of its own.

    :raises Unknown: if this hat knows of none
    :raises NotAllowed: if it neither stands for the grid nor keeps it
    :raises OutOfTurn: if it was reported, or its plan was ended
    :raises Refused: if something was left out without a word, or finds and zero report do not agree
    """
    report = RoundReport(looked_at=looked_at, zero=zero, words=words, done_at=now)
    return look_over(hold_round(round_id, by), report, by=by, now=now)


def _held(plan_id: UUID, by: Hat) -> RoundPlan:
    rows = RoundPlan.objects.kept_by(by).select_for_update(of=("self",), no_key=True)
    plan = rows.select_related("organ__place").filter(pk=plan_id).first()
    if plan is None:
        raise Unknown(_("There is no such plan of rounds."))
    if plan.ended_at is not None:
        raise OutOfTurn(_("These rounds were ended."))
    return plan
