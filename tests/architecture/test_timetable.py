"""What runs by itself is really there, and what should run by itself does."""

from django.conf import settings

from config.celery import TIMETABLE, app
from tests.architecture.source import ROOT

# Work that a person asks for; everything else the clock brings.
ASKED_FOR: set[str] = set()


def test_the_timetable_names_real_tasks_and_forgets_none():
    app.loader.import_default_modules()

    ours = {name for name in app.tasks if not name.startswith("celery.")}
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} == ours - ASKED_FOR


def test_the_clocks_lock_outlives_its_rounds_many_times():
    """A beat that finds its lock run out ends itself."""
    assert settings.CELERY_BEAT_MAX_LOOP_INTERVAL * 10 <= settings.CELERY_REDBEAT_LOCK_TIMEOUT


def test_every_task_leaves_a_record_of_its_run():
    """A task that is not on record would be missed although it runs."""
    app.loader.import_default_modules()

    unrecorded = [
        name
        for name, task in app.tasks.items()
        if not name.startswith("celery.") and task.run.__code__.co_name != "recorded"
    ]
    assert unrecorded == []


def test_whoever_runs_the_house_reads_of_every_sweep_what_it_does():
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

    assert [name for name in TIMETABLE if f"| `{name}` |" not in told] == []
