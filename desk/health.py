"""Whether the house runs as it should, in words for the system administrator."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Post, User
from accounts.roles import Role
from accounts.sign_in import locked_numbers
from deadlines.models import CalendarYear
from desk.audit import chain_state

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
    return [state_of_the_chain(now), _calendar(now), _disk(), _sealed_lane(now)]


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
