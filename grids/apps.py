"""Grids and what is settled in them."""

from django.apps import AppConfig


class GridsConfig(AppConfig):
    """Says what of grids hangs on posts, organs and divisions."""

    name = "grids"
    verbose_name = "网格"

    def ready(self) -> None:
        # Models can be imported only when every app's are loaded.
        from accounts import handover
        from grids.divisions import follow_division
        from grids.handover import OF_ORGANS, OF_POSTS
        from places.following import of_divisions

        handover.of_posts.register(OF_POSTS)
        handover.of_organs.register(OF_ORGANS)
        of_divisions.register("grids", follow_division)
