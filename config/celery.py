"""The worker's settings and the timetable: what the clock brings, and how often."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("huiyin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Asked to stop, a worker finishes what takes so many seconds and gives the rest back to the broker.
app.conf.worker_soft_shutdown_timeout = 2.0
app.conf.beat_schedule = {
    "close-audit-block": {"task": "audit.tasks.close_block", "schedule": crontab(minute="*")},
    "give-waiting-to-the-lane": {
        "task": "cases.tasks.give_waiting_to_the_lane",
        "schedule": crontab(minute="*/10"),
    },
}
