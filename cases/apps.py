"""Petitions: from registration to the end of the remedy chain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from deadlines import owners
from places.following import of_divisions


class CasesConfig(AppConfig):
    """Says what work of petitions hangs on posts, organs and divisions, and what notices about them say."""

    name = "cases"
    verbose_name = "信访事项"

    def ready(self) -> None:
        # Models can be imported only when every app's are loaded.
        from accounts import handover
        from cases.divisions import follow_division
        from cases.handover import DRAFTS, GRANTS, NOTICES, ORGANS_PARTS, PARTS, READING
        from cases.notice_words import matters_of, still_owed
        from cases.of_grids import status_of
        from cases.parts import follow_portfolios
        from grids import petitions
        from notices import matters

        for holder in (PARTS, DRAFTS, GRANTS, READING, NOTICES):
            handover.of_posts.register(holder)
        handover.of_organs.register(ORGANS_PARTS)
        handover.of_portfolios.register("petitions", follow_portfolios)
        of_divisions.register("petitions", follow_division)
        petitions.register(status_of)
        matters.register("cases:petition", matters_of, still_owed=still_owed)
        owners.register(
            "cases.PetitionClock",
            words=_("Periods of petitions"),
            before="cases.locks.lock_owners",
            after="cases.moved_days.take_moved_days",
        )
