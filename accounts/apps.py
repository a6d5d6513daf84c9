"""Who works where: people, organs, posts."""

from django.apps import AppConfig

from places.following import of_divisions


class AccountsConfig(AppConfig):
    """Says what of organs and leaders lies in a division."""

    name = "accounts"

    def ready(self) -> None:
        # Models can be imported only when every app's are loaded.
        from accounts.portfolios import follow_division

        of_divisions.register("organs", follow_division)
