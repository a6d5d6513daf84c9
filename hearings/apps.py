"""Hearings."""

from django.apps import AppConfig


class HearingsConfig(AppConfig):
    """Says what of this room stands on the case page."""

    name = "hearings"
    verbose_name = "听证"

    def ready(self) -> None:
        # Models can be imported only when every app's are loaded.
        from cases import sections
        from hearings.pages import section

        sections.register("hearings", section, hangs=["hearings"])
