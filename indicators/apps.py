"""Indicators."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Lets the ledger open what a figure counts."""

    name = "indicators"
    verbose_name = "指标"

    def ready(self) -> None:
        # Models can be imported only when every app's are loaded.
        from cases import counted
        from indicators.drill import counted as read

        counted.register(read)
