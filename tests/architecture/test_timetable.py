"""What runs by itself is really there, and what should run by itself does."""

from django.conf import settings

from config.celery import app

# Work that a person asks for; everything else the clock brings.
ASKED_FOR: set[str] = set()


def test_the_timetable_names_real_tasks_and_forgets_none():
    app.loader.import_default_modules()

    ours = {name for name in app.tasks if not name.startswith("celery.")}
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} == ours - ASKED_FOR


def test_the_clocks_lock_outlives_its_rounds_many_times():
    """A beat that finds its lock run out ends itself."""
    assert settings.CELERY_BEAT_MAX_LOOP_INTERVAL * 10 <= settings.CELERY_REDBEAT_LOCK_TIMEOUT
