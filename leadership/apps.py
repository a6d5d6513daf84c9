"""Supervision and lifting."""

from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    """Says what of this room stands on the case page."""

    name = "leadership"
    verbose_name = "督办与层级"

    def ready(self) -> None:
        # Models can be imported only when every app's are loaded.
        from accounts import handover
        from cases import sections, sponsored
        from cases.dossiers import sources
        from leadership.dossier_papers import slips_in_file
        from leadership.handover import SERVING, SITTING, SPONSORED, WAITING
        from leadership.instruction_pages import section as instructions
        from leadership.models import Sponsorship
        from leadership.notice_words import asked_matters, still_owed
        from leadership.pages import section
        from leadership.reception_pages import section as heard
        from leadership.sponsor_pages import section as sponsors
        from leadership.team_handover import PLACES, TASKS
        from leadership.team_pages import section as team
        from notices import matters

        sections.register("sponsors", sponsors, hangs=["sponsorships"])
        sections.register("team", team, hangs=["team", "task_forces", "stations"])
        sections.register("instructions", instructions, hangs=["instructions", "decision_requests"])
        sections.register("receptions", heard, hangs=["receptions", "field_cases", "invitations"])
        sections.register("supervision", section, hangs=["slips", "lifts", "urgent_reports"])
        sources.register("slips", slips_in_file)
        sponsored.register(lambda petition: Sponsorship.objects.filter(petition=petition, ended_at=None))
        handover.of_posts.register(SPONSORED)
        handover.of_posts.register(WAITING)
        handover.of_posts.register(SERVING)
        handover.of_posts.register(PLACES)
        handover.of_posts.register(TASKS)
        handover.of_posts.register(SITTING)
        matters.register("leadership:asked", asked_matters, still_owed=still_owed)
