"""One submission of a phone as the deeds take it: an event that is never changed, under a key of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from grids.event_parts import MOST_AHEAD
from lib.errors import Refused
from mobile.states import Kind


class OtherSender(Refused):
    """Somebody else wrote it, or under another post: it stays on the phone until that one is signed in."""

    http_status = 409
    code = "other_sender"


class TooEarly(Refused):
    """What it follows has not come yet: it is to be sent again after that."""

    http_status = 409
    code = "too_early"


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Who wrote what of which event, round or grid, having seen which version, when by the phone's clock.

    `clock_behind` says by how much that clock was behind ours when it was sent. `follows` is the key of the
    submission that has to come first: the report of an event the phone itself reported, or found in the round.
    """

    client_id: UUID
    kind: Kind
    user_id: int
    post_id: int
    observed_at: datetime
    clock_behind: timedelta
    # the event or the round; of a note its own key
    subject_id: UUID
    seen_version: int = 0
    follows: UUID | None = None
    words: str = ""

    @property
    def clock_is_off(self) -> bool:
        """Whether the phone's clock was found wrong; what it says is kept, but no period counts from it."""
        return abs(self.clock_behind) > MOST_AHEAD

    def happened_at(self, now: datetime, *, earliest: datetime) -> datetime:
        """Return when it was done by the phone's clock, or when it came if that clock cannot be believed."""
        believed = not self.clock_is_off and earliest <= self.observed_at <= now
        return self.observed_at if believed else now


def refuse_other_sender(user_id: int, post_id: int, by: Hat) -> None:
    """Refuse what was written by somebody else, or under another post, than who sends it.

    :raises OtherSender: if it was
    """
    if (user_id, post_id) != (by.user.pk, by.post.pk):
        raise OtherSender(
            _("Somebody else wrote this, or you did under another post. It waits on the phone.")
        )
