"""Whether the house runs as it should, in words for the system administrator."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Post, User
from accounts.roles import Role
from accounts.sign_in import locked_numbers
from deadlines.models import CalendarYear
from desk.audit import chain_state
from desk.sweep_words import sweep_words
from infra.models import Sweep, SweepRun
from infra.sweep_runs import Missing, missing
from infra.timetable import periods
from lib.keyset import capped_count
from notices.models import Delivery

# the sweep that closes blocks comes each minute; twice its period without one is an alarm
_CHAIN_LATE = timedelta(minutes=2)
_LITTLE_DISK = 0.1
# Q26: from 1 November the next year's notice is asked for
_ASK_FOR_CALENDAR_FROM = 11


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    label: str | Promise
    good: bool
    words: str


def state_of_the_house(now: datetime) -> list[Check]:
    """Return each check with what was found; nothing here names a petition."""
    return [
        state_of_the_chain(now),
        _sweeps(missing(now)),
        _outbox(),
        _calendar(now),
        _disk(),
        _sealed_lane(now),
    ]


def _sweeps(absent: list[Missing]) -> Check:
    """Return whether everything that runs by itself has run within twice its period."""
    if not absent:
        words = _("Everything that runs by itself has run.")
    elif len(absent) == len(periods()):
        words = _("Nothing that runs by itself runs: look at the logs of the worker and of its clock.")
    else:
        names = _(", ").join(sweep_words(one.name) for one in absent)
        words = _("Has not run for twice its time: %(names)s.") % {"names": names}
    return Check(gettext_lazy("What runs by itself"), not absent, words)


def _outbox() -> Check:
    """Return whether every digest went out; which did not is on the outbox's page."""
    stuck = capped_count(Delivery.objects.stuck())
    words = (
        ngettext("%(count)d digest did not go out.", "%(count)d digests did not go out.", stuck)
        % {"count": stuck}
        if stuck
        else _("No message is stuck.")
    )
    return Check(gettext_lazy("Messages outside"), not stuck, words)


@dataclass(frozen=True)
class SweepLine:
    """One sweep: how often it comes, when it last came to its end, and what it came upon then."""

    name: str
    words: str
    every: timedelta
    finished_at: datetime | None
    last: SweepRun | None
    is_missing: bool

    @property
    def every_words(self) -> str:
        minutes = self.every // timedelta(minutes=1)
        if minutes % (24 * 60) == 0:
            days = minutes // (24 * 60)
            return ngettext("every %(count)d day", "every %(count)d days", days) % {"count": days}
        if minutes % 60 == 0:
            hours = minutes // 60
            return ngettext("every %(count)d hour", "every %(count)d hours", hours) % {"count": hours}
        return ngettext("every %(count)d minute", "every %(count)d minutes", minutes) % {"count": minutes}


def sweep_lines(now: datetime) -> list[SweepLine]:
    """Return every sweep of the timetable with its last run, those that are missing first."""
    absent = {one.name for one in missing(now)}
    newest = SweepRun.objects.filter(sweep=OuterRef("pk")).order_by("-started_at", "-pk").values("pk")[:1]
    known = {sweep.pk: sweep for sweep in Sweep.objects.annotate(last_run=Subquery(newest))}
    runs = SweepRun.objects.in_bulk([sweep.last_run for sweep in known.values() if sweep.last_run])
    lines = []
    for name, every in periods().items():
        sweep = known.get(name)
        last = runs.get(sweep.last_run) if sweep and sweep.last_run else None
        finished_at = sweep.finished_at if sweep else None
        lines.append(SweepLine(name, sweep_words(name), every, finished_at, last, name in absent))
    return sorted(lines, key=lambda line: (not line.is_missing, line.every, line.name))


def state_of_the_chain(now: datetime) -> Check:
    """Return whether the chain of the audit is closed up to now."""
    chain = chain_state()
    late = chain.waiting > 0 and (chain.closed_at is None or now - chain.closed_at > _CHAIN_LATE)
    words = _("%(blocks)d blocks closed, %(waiting)d entries wait.") % {
        "blocks": chain.blocks,
        "waiting": chain.waiting,
    }
    if late:
        advice = _("The worker or its clock stands still: look at its log.")
        words = f"{words} {advice}"
    return Check(gettext_lazy("Chain of the audit"), not late, words)


def _calendar(now: datetime) -> Check:
    today = timezone.localdate(now)
    wanted = today.year + (today.month >= _ASK_FOR_CALENDAR_FROM)
    loaded = CalendarYear.objects.filter(year=wanted).exists()
    words = (
        _("%(year)d is entered.") % {"year": wanted}
        if loaded
        else _("%(year)d is missing: enter the State Council's notice under “Working calendar”.")
        % {"year": wanted}
    )
    return Check(gettext_lazy("Working calendar"), loaded, words)


def _disk() -> Check:
    usage = shutil.disk_usage(settings.FILES_ROOT if settings.FILES_ROOT.exists() else settings.BASE_DIR)
    free = usage.free / usage.total
    return Check(
        gettext_lazy("Disk"), free > _LITTLE_DISK, _("%(percent)d %% free") % {"percent": round(free * 100)}
    )


def _sealed_lane(now: datetime) -> Check:
    """Test that the lane has an officer; whether anything waits in it is not told here (Q2)."""
    today = timezone.localdate(now)
    staffed = Post.objects.held_on(today).filter(role=Role.SEALED_LANE_OFFICER, user__is_active=True).exists()
    words = (
        _("The sealed lane has an officer.")
        if staffed
        else _("The sealed lane needs an officer: give somebody the post.")
    )
    return Check(gettext_lazy("Sealed lane"), staffed, words)


def state_of_the_accounts(now: datetime) -> list[Check]:
    """Return whether accounts of people at work are locked and wait for the security administrator."""
    at_work = User.objects.filter(
        is_active=True, posts__in=Post.objects.held_on(timezone.localdate(now))
    ).distinct()
    locked = [user.name for user in at_work.filter(username__in=locked_numbers(now))]
    words = (
        _("Locked after failed sign-ins: %(names)s. Unlock them under “Staff and posts”.")
        % {"names": _(", ").join(locked)}
        if locked
        else _("No account is locked.")
    )
    return [Check(gettext_lazy("Locked accounts"), not locked, words)]
