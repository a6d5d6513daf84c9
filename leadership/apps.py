"""Supervision and lifting."""

from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    """Says what of this room stands on the case page."""

    name = "leadership"
    verbose_name = "督办与层级"

    def ready(self) -> None:
        # Models can be imported only when every app's are loaded.
        from cases import sections
        from leadership.notice_words import asked_matters, still_owed
        from leadership.pages import section
        from notices import matters

        sections.register("supervision", section)
        matters.register("leadership:asked", asked_matters, still_owed=still_owed)
