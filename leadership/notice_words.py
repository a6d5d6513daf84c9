"""What a notice says of what is asked, worked out when it is read."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from django.db.models import Q

from accounts.hats import Hat
from assignments.models import Assignment
from assignments.states import STANDING
from leadership.models import ListItem, MeetingDecision
from leadership.states import SlipState
from notices.matters import Matter, matters_behind


def asked_matters(assignment_ids: Collection[str], hat: Hat, now: datetime) -> Mapping[str, Matter]:
    """Return number and covered title of the petitions behind assignments, as far as this hat sees them (Q1, Q6)."""
    rows = Assignment.objects.filter(pk__in=list(assignment_ids)).select_related("clock")
    asked = list(rows)
    known = matters_behind("cases:petition", {one.subject_id for one in asked}, hat, now=now)
    matters = {
        str(one.pk): Matter(known[one.subject_id].number, known[one.subject_id].title, one.lamp(now))
        for one in asked
        if one.subject_id in known
    }
    # of what is about no petition only its kind is told: nobody's right to open one is needed
    apart = _of_no_petition([one for one in asked if str(one.pk) not in matters], hat)
    return matters | {str(one.pk): Matter(number, "", one.lamp(now)) for one, number in apart}


def _of_no_petition(asked: Collection[Assignment], hat: Hat) -> Iterator[tuple[Assignment, str]]:
    """Yield what is about no petition and is asked of or by this hat, with the number of the paper that asks it."""
    rows = Assignment.objects.filter(pk__in=[one.pk for one in asked])
    mine = {one.pk: one for one in (rows.asked_of(hat) | rows.asked_by(hat)).distinct()}
    decisions = MeetingDecision.objects.filter(assignment__in=list(mine), petition=None)
    numbers = dict(decisions.values_list("assignment", "meeting__number"))
    items = ListItem.objects.filter(assignment__in=list(mine), petition=None)
    numbers |= dict(items.values_list("assignment", "list__name"))
    for one in asked:
        if one.pk in numbers:
            yield one, numbers[one.pk]


def still_owed(keys: Collection[str]) -> Collection[str]:
    """Return the keys of notices about something asked that is owed still, waits to be verified or to be lifted."""
    asked = {key: key.split(":")[1] for key in keys if key.startswith("assignment:")}
    standing = Assignment.objects.filter(pk__in=set(asked.values())).filter(
        Q(state__in=sorted(STANDING)) | Q(slip__state=SlipState.ISSUED)
    )
    known = {str(pk) for pk in standing.values_list("pk", flat=True)}
    return [key for key, assignment in asked.items() if assignment in known]
