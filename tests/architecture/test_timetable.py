"""What runs by itself is really there, and what should run by itself does."""

from config.celery import app

# Work that a person asks for; everything else the clock brings.
ASKED_FOR: set[str] = set()


def test_the_timetable_names_real_tasks_and_forgets_none():
    app.loader.import_default_modules()

    ours = {name for name in app.tasks if not name.startswith("celery.")}
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} == ours - ASKED_FOR
