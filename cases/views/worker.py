"""Calling the worker from a page, so that nobody waits for the timetable."""

from celery import current_app
from kombu.exceptions import OperationalError


def wake(task: str) -> None:
    """Have the worker begin at once. Without a broker the timetable comes round to the task within a minute."""
    try:
        current_app.send_task(f"cases.tasks.{task}", retry=False)
    except OperationalError:
        return
