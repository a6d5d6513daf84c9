"""The phones of those who stand for a grid."""

from django.apps import AppConfig


class MobileConfig(AppConfig):
    """Names the room."""

    name = "mobile"
    verbose_name = "网格员手机"
