"""What is asked of whom."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from deadlines import owners


class AssignmentsConfig(AppConfig):
    """Says that work is asked of posts and organs, and that its clocks move with the calendar."""

    name = "assignments"
    verbose_name = "交办事项"

    def ready(self) -> None:
        # Models can be imported only when every app's are loaded.
        from accounts import handover
        from assignments.handover import OF_ORGANS, OF_POSTS

        handover.of_posts.register(OF_POSTS)
        handover.of_organs.register(OF_ORGANS)
        owners.register(
            "assignments.AssignmentClock",
            words=_("What is asked of units and leaders"),
            before="assignments.parts.hold_assignments",
            after="assignments.parts.tell_of_moved_days",
        )
