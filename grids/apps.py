"""Grids and what is settled in them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from deadlines import owners


class GridsConfig(AppConfig):
    """Says what of grids hangs on posts, organs and divisions, and what notices about events say."""

    name = "grids"
    verbose_name = "网格"

    def ready(self) -> None:
        # Models can be imported only when every app's are loaded.
        from accounts import handover
        from grids.divisions import follow_division
        from grids.handover import OF_ORGANS, OF_POSTS
        from grids.notice_words import events_of, rounds_of, rounds_still_owed, still_owed
        from notices import matters
        from places.following import of_divisions

        handover.of_posts.register(OF_POSTS)
        handover.of_organs.register(OF_ORGANS)
        of_divisions.register("grids", follow_division)
        matters.register("grids:event", events_of, still_owed=still_owed)
        matters.register("grids:round", rounds_of, still_owed=rounds_still_owed)
        owners.register(
            "grids.EventClock",
            words=_("Periods of events of grids"),
            before="grids.event_parts.hold_events",
            after="grids.event_parts.take_moved_days",
        )
