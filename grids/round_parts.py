"""Pieces that the deeds and sweeps of rounds share; none runs outside a transaction. Locked: plan, round."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from grids.models import Grid, GridStaff, Round, RoundPlan
from grids.models.grids import KEEPING_ROLES
from grids.rhythms import stretches
from grids.round_states import Rhythm
from lib.errors import OutOfTurn, Unknown
from lib.transactions import require_transaction
from notices.models import Kind
from notices.parts import Told, settle_each, tell_of_each


def grids_under(organ: Organ) -> QuerySet[Grid]:
    """Return the grids that an organ's rounds go over: those of its place that no standing grid lies below."""
    below = Grid.objects.standing().filter(parent=OuterRef("pk"))
    return Grid.objects.standing().filter(~Exists(below), place_path__startswith=organ.place.path)


def open_due(plan: RoundPlan, *, now: datetime) -> int:
    """Open the rounds of a locked plan that have begun and are not there yet; who stands for the grids is told.

    What was missed while nothing ran is made up, each stretch of days for itself. Return how many.
    """
    require_transaction("open_due")
    today = timezone.localdate(now)
    known = set(plan.rounds.values_list("grid", "first_on"))
    due = stretches(
        Rhythm(plan.rhythm),
        # the running one once more: a grid may have been opened since
        first=max((first_on for _grid, first_on in known), default=plan.from_on),
        until=plan.until_on,
        today=today,
    )
    grids = list(grids_under(plan.organ))
    rows = [
        Round(plan=plan, grid=grid, first_on=stretch.first, last_on=stretch.last, opened_at=now)
        for stretch in due
        for grid in grids
        if (grid.pk, stretch.first) not in known
    ]
    Round.objects.bulk_create(rows)
    _tell_ground(rows, now=now)
    return len(rows)


def _tell_ground(rows: Sequence[Round], *, now: datetime) -> None:
    staff = GridStaff.objects.standing().filter(grid__in={row.grid_id for row in rows}, post__isnull=False)
    posts: defaultdict[UUID, list[int]] = defaultdict(list)
    for grid_id, post_id in staff.values_list("grid", "post"):
        if post_id is not None:
            posts[grid_id].append(post_id)
    told = [
        Told(str(row.pk), f"round:{row.pk}:waits", post_id) for row in rows for post_id in posts[row.grid_id]
    ]
    tell_of_each(told, Kind.ROUND_WAITS, now=now)


def call_tiers(row: Round, *, now: datetime) -> None:
    """Tell who keeps the grid, and who planned the rounds, that one was missed."""
    require_transaction("call_tiers")
    organs = {row.grid.organ_id, row.plan.organ_id}
    held = Post.objects.held_on(timezone.localdate(now)).filter(
        organ__in=organs, role__in=sorted(KEEPING_ROLES)
    )
    told = [Told(str(row.pk), f"round:{row.pk}:missed", post) for post in held.values_list("pk", flat=True)]
    tell_of_each(told, Kind.ROUND_MISSED, now=now)


def call_no_more(rounds: Iterable[UUID], *, now: datetime) -> None:
    """Take back what was told of rounds that are reported or ended."""
    require_transaction("call_no_more")
    settle_each({f"round:{pk}": str(pk) for pk in rounds}, now=now)


def hold_round(round_id: UUID, by: Hat) -> Round:
    """Return a round that waits, held, to a hat that reads it.

    :raises Unknown: if this hat knows of none
    :raises OutOfTurn: if it was reported, or its plan was ended
    """
    row = lock_round(round_id, by)
    if row.plan.ended_at is not None:
        raise OutOfTurn(_("These rounds were ended."))
    if row.done_at is not None:
        raise OutOfTurn(_("This round was reported already."))
    return row


def lock_round(round_id: UUID, by: Hat) -> Round:
    """Return a round as it stands, held, to a hat that reads it.

    :raises Unknown: if this hat knows of none
    """
    require_transaction("lock_round")
    if not Round.objects.visible_to(by).filter(pk=round_id).exists():
        raise Unknown(_("There is no such round."))
    rows = Round.objects.select_for_update(of=("self",), no_key=True).select_related("plan", "grid__organ")
    return rows.get(pk=round_id)
