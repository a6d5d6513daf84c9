"""化解效果: what came of what was promised at a hearing, as facts (hearing.md §8)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from assignments.states import State
from cases.models import RepeatDecision, Resolution, ResolutionEvidence
from hearings.models import Hearing
from infra.local_settings import Setting, value_of
from leadership.models import PressureReport
from leadership.pressure_states import PressureFound


@dataclass(frozen=True)
class Effect:
    """How much of what was promised is verified, what the petitioner confirmed, and until when it must be quiet."""

    promised: int
    verified: int
    confirmed: bool
    # the same matter was raised again by the same person since the hearing closed
    raised_again: bool
    quiet_until: date | None
    is_quiet: bool
    # pressure that the petitioner reported since and that was found to have happened
    pressed: bool = False

    @property
    def is_carried_out(self) -> bool:
        return self.promised == self.verified

    @property
    def is_good(self) -> bool:
        """Whether all was carried out without pressure, and he confirmed it or was quiet for the days set."""
        return (
            not self.pressed
            and self.is_carried_out
            and (self.confirmed or (self.is_quiet and not self.raised_again))
        )


def effect_of(hearing: Hearing, *, now: datetime) -> Effect | None:
    """Return what came of a closed hearing by now; nothing before it is closed.

    A petitioner's silence counts only once all is carried out, and a confirmation is one that the office confirmed.
    """
    if hearing.closed_at is None:
        return None
    asked = [row.assignment for row in hearing.commitments.select_related("assignment") if row.assignment]
    verified = [one for one in asked if one.state == State.VERIFIED]
    confirmed = Resolution.objects.filter(
        petition=hearing.petition_id,
        evidence=ResolutionEvidence.CONFIRMED,
        confirmed_at__isnull=False,
        ended_at=None,
    )
    again = RepeatDecision.objects.repeats().filter(
        earlier=hearing.petition_id, petition__received_at__gt=hearing.closed_at
    )
    pressed = PressureReport.objects.filter(
        petition=hearing.petition_id, told_at__gt=hearing.closed_at, found=PressureFound.UPHELD
    )
    until = None
    if len(verified) == len(asked):
        last = max([hearing.closed_at, *(one.ended_at for one in verified if one.ended_at)])
        closed_on = timezone.localdate(hearing.closed_at)
        days = value_of(Setting.EFFECT_QUIET_DAYS, on=closed_on)
        until = timezone.localdate(last) + timedelta(days=days)
    return Effect(
        promised=len(asked),
        verified=len(verified),
        confirmed=confirmed.exists(),
        raised_again=again.exists(),
        quiet_until=until,
        is_quiet=until is not None and timezone.localdate(now) > until,
        pressed=pressed.exists(),
    )
