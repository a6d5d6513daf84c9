"""Supervision and lifting."""

from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    name = "leadership"
