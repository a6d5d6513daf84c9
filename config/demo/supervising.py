"""What the demo's office supervises: drafts of the clock, an order, an urging, and a matter of several sectors."""

from datetime import datetime

from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import User
from accounts.roles import Role
from assignments.states import LiftState, Span
from cases.actions.urging import urge
from config.demo.content import PETITION_OFFICE
from config.demo.logins import LOGINS
from deadlines.calendars import working_days_after
from infra.sweep_runs import Tally
from leadership import sweeps
from leadership.actions.lifting import set_span
from leadership.actions.slips import issue_slip, revise_slip
from leadership.models import PetitionLift, Slip
from leadership.slips import Says
from leadership.states import Grade, Ground, SlipKind, SlipState

_LEFT_OPEN = 1


def supervise(*, latest: datetime) -> int:
    """Open and lift what has passed by `latest`, issue an order, urge a unit, put a matter before two leaders; once.

    One draft is left as the clock opened it. Return how much was done.
    """
    if Slip.objects.exists():
        return 0
    done = sweeps.open_supervision(now=latest) + sweeps.escalate(now=latest)
    sweeps.draw_bulletins(now=latest, tally=Tally())
    officer, director = _hat(Role.PETITION_OFFICER, latest), _hat(Role.OFFICE_DIRECTOR, latest)
    ours = Slip.objects.filter(state=SlipState.OPENED, issuer__code=PETITION_OFFICE)
    two = list(ours.order_by("opened_at", "pk")[_LEFT_OPEN : _LEFT_OPEN + 2])
    for slip in two[:1]:
        _issue(slip, officer, director, latest)
    for slip in two[1:]:
        urge(slip.petition_id, reason="答复期限已过，至今未见处理意见书。", by=officer, now=latest)
    proposed = PetitionLift.objects.filter(
        state=LiftState.PROPOSED, petition__register_organ__code=PETITION_OFFICE
    )
    for lift in proposed.order_by("-pk")[:1]:
        set_span(
            lift.petition_id, Span.CROSS_SECTOR, reason="涉及多个部门，需共同协调。", by=officer, now=latest
        )
        done += 1
    return done + len(two)


def _issue(slip: Slip, officer: Hat, director: Hat, now: datetime) -> None:
    says = Says(
        kind=SlipKind.SUPERVISION,
        addressee_id=slip.addressee_id,
        facts="出具处理意见的期限已经届满，至今未出具。",
        act="五个工作日内出具处理意见书，送达信访人，并书面反馈。",
        due_on=working_days_after(timezone.localdate(now), 5),
        ground=Ground(slip.ground),
        grade=Grade.YELLOW,
        advice="建立期限届满前三日提醒制度，明确专人负责。",
    )
    drawn_up = revise_slip(slip.pk, says, version=slip.version, by=officer, now=now)
    issue_slip(slip.pk, version=drawn_up.version, by=director, now=now)


def _hat(role: Role, now: datetime) -> Hat:
    user = User.objects.get(username=dict(LOGINS)[role])
    return next(hat for hat in hats_of(user, on=timezone.localdate(now)) if hat.role == role)
