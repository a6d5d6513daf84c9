"""What a notice says of what is asked, worked out when it is read."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from django.db.models import Q

from accounts.hats import Hat
from assignments.models import Assignment
from assignments.states import STANDING, State
from cases.models import Petition
from leadership.models import ListItem, MeetingDecision
from leadership.states import SlipState
from notices.matters import Matter, matters_behind


def asked_matters(assignment_ids: Collection[str], hat: Hat, now: datetime) -> Mapping[str, Matter]:
    """Return what assignments ask, by kind and paper, with the petitions behind them as far as this hat sees them.

    Whoever is asked without seeing the petition, as a unit a recommendation goes to, has its kind and paper alone
    (Q6); nothing is told of what was sealed since (Q2).
    """
    rows = Assignment.objects.filter(pk__in=list(assignment_ids)).select_related(
        "clock", "slip__document", "asking_organ"
    )
    asked = list(rows)
    subjects = {one.subject_id for one in asked}
    known = {
        **matters_behind("cases:petition", subjects, hat, now=now),
        **matters_behind("grids:event", subjects, hat, now=now),
    }
    unseen = [one for one in asked if one.subject_id not in known]
    own = (
        set(rows.asked_of(hat).filter(pk__in=[one.pk for one in unseen]).values_list("pk", flat=True))
        if unseen
        else set()
    )
    open_lane = {
        str(key)
        for key in Petition.objects.filter(pk__in=subjects, sealed=False).values_list("pk", flat=True)
    }
    told: dict[str, Matter] = {}
    for one in asked:
        behind = known.get(one.subject_id)
        if behind is not None:
            told[str(one.pk)] = Matter(f"{_what(one)} · {behind.number}", behind.title, one.lamp(now))
        elif one.pk in own and one.subject_id in open_lane and one.state != State.CANCELLED:
            told[str(one.pk)] = Matter(_what(one), one.asking_organ.short_name, one.lamp(now))
    for one, paper in _of_no_petition(unseen, hat):
        told[str(one.pk)] = Matter(f"{_what(one)} {paper}", one.asking_organ.short_name, one.lamp(now))
    return told


def _what(asked: Assignment) -> str:
    """Return the kind of what is asked, and the number of its paper if it has one."""
    slip = getattr(asked, "slip", None)
    number = slip.document.number if slip is not None and slip.document is not None else ""
    return f"{asked.get_kind_display()} {number}".strip()


def _of_no_petition(asked: Collection[Assignment], hat: Hat) -> Iterator[tuple[Assignment, str]]:
    """Yield what is about no petition and is asked of or by this hat, with the number of the paper that asks it."""
    rows = Assignment.objects.filter(pk__in=[one.pk for one in asked])
    mine = {one.pk: one for one in (rows.asked_of(hat) | rows.asked_by(hat)).distinct()}
    decisions = MeetingDecision.objects.filter(assignment__in=list(mine), petition=None)
    numbers = dict(decisions.values_list("assignment", "meeting__number"))
    items = ListItem.objects.filter(assignment__in=list(mine), petition=None)
    numbers |= dict(items.values_list("assignment", "list__name"))
    for one in asked:
        if one.pk in numbers and one.state != State.CANCELLED:
            yield one, numbers[one.pk]


def still_owed(keys: Collection[str]) -> Collection[str]:
    """Return the keys of notices about something asked that is owed still, waits for verifying, or was lifted."""
    asked = {key: key.split(":")[1] for key in keys if key.startswith("assignment:")}
    standing = Assignment.objects.filter(pk__in=set(asked.values())).filter(
        Q(state__in=sorted(STANDING)) | Q(slip__state__in=[SlipState.ISSUED, SlipState.LIFTED])
    )
    known = {str(pk) for pk in standing.values_list("pk", flat=True)}
    return [key for key, assignment in asked.items() if assignment in known]
