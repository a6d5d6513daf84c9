"""What a browser's session knows: the hat worn, when it was last used, how the second factor was shown."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.sessions.backends.base import SessionBase

from accounts.hats import Hat
from accounts.models import Policy

HAT, SEEN, FACTOR = "hat", "seen", "factor"
# The session is written at most this often for being used (a write a minute, not one a page).
TOUCH_EVERY = timedelta(minutes=1)


class Shown(StrEnum):
    """How the second factor was shown when the session began."""

    NOT = ""
    BY_ITSELF = "factor"
    BY_DEVICE = "device"


def wear(session: SessionBase, hat: Hat) -> None:
    """Put on a hat. The session gets a new key, so that one caught under the old hat opens nothing."""
    session[HAT] = hat.post.pk
    session.cycle_key()


def worn(session: SessionBase, hats: list[Hat]) -> Hat | None:
    """Return the hat put on last, or the first if that one is no longer held."""
    chosen = session.get(HAT)
    return next((hat for hat in hats if hat.post.pk == chosen), hats[0] if hats else None)


def is_idle(session: SessionBase, policy: Policy, *, now: datetime) -> bool:
    """Test if the session was not used for longer than its role may idle (Q34; 8.1.4.1 b)."""
    seen: int = session.get(SEEN, 0)
    return now.timestamp() - seen > policy.idle_minutes * 60


def touch(session: SessionBase, *, now: datetime) -> None:
    """Note that the session is used."""
    if now.timestamp() - session.get(SEEN, 0) >= TOUCH_EVERY.total_seconds():
        session[SEEN] = int(now.timestamp())


def shown(session: SessionBase) -> Shown:
    """Return how the second factor was shown in this session."""
    return Shown(session.get(FACTOR, Shown.NOT))


def begin(session: SessionBase, how: Shown, *, now: datetime) -> None:
    """Note how and when the session began."""
    session[FACTOR] = how.value
    session[SEEN] = int(now.timestamp())
