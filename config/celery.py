"""The worker's settings and the timetable: what the clock brings, and how often."""

import os
from datetime import timedelta
from itertools import pairwise, product
from typing import TypedDict

from celery import Celery
from celery.schedules import crontab

from infra.timetable import expect

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("huiyin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Asked to stop, a worker finishes what takes so many seconds and gives the rest back to the broker.
app.conf.worker_soft_shutdown_timeout = 1.0


class Line(TypedDict):
    """One line of the timetable: a sweep's task, and when it comes."""

    task: str
    schedule: crontab


TIMETABLE: dict[str, Line] = {
    "close-audit-block": {"task": "infra.tasks.close_audit_block", "schedule": crontab(minute="*")},
    "know-all-sweeps": {"task": "infra.tasks.know_all_sweeps", "schedule": crontab(minute="*/10")},
    "give-waiting-to-the-lane": {
        "task": "cases.tasks.give_waiting_to_the_lane",
        "schedule": crontab(minute="*/10"),
    },
    "tell-of-waiting-drafts": {
        "task": "cases.tasks.tell_of_waiting_drafts",
        "schedule": crontab(minute="*/10"),
    },
    "deem-received": {"task": "cases.tasks.deem_received", "schedule": crontab(minute="*/10")},
    "presume-handling": {"task": "cases.tasks.presume_handling", "schedule": crontab(minute="*/10")},
    "lapse-objections": {"task": "cases.tasks.lapse_objections", "schedule": crontab(minute="*/10")},
    "put-objections-before-heads": {
        "task": "cases.tasks.put_objections_before_heads",
        "schedule": crontab(minute="15"),
    },
    "remind-of-periods": {"task": "cases.tasks.remind_of_periods", "schedule": crontab(minute="*/10")},
    "follow-history": {"task": "indicators.tasks.follow_history", "schedule": crontab(minute="*")},
    # from half past eight on; the later rounds make up for one that was missed
    "write-digests": {"task": "notices.tasks.write_digests", "schedule": crontab(minute="*/10")},
    "send-deliveries": {"task": "notices.tasks.send_deliveries", "schedule": crontab(minute="*")},
    "tell-of-missing-sweeps": {
        "task": "notices.tasks.tell_of_missing_sweeps",
        "schedule": crontab(minute="*/10"),
    },
    "tell-of-missing-year": {
        "task": "notices.tasks.tell_of_missing_year",
        "schedule": crontab(hour="7", minute="30"),
    },
    # also asked for at once by the page of a loading; this takes up what was killed
    "carry-on-imports": {"task": "cases.tasks.carry_on_imports", "schedule": crontab(minute="*")},
    # also asked for at once by the upload; this takes up what was killed
    "read-superiors-lists": {"task": "cases.tasks.read_superiors_lists", "schedule": crontab(minute="*")},
    "remove-import-files": {"task": "cases.tasks.remove_import_files", "schedule": crontab(minute="35")},
    # also asked for at once by the page of an export
    "carry-on-exports": {"task": "cases.tasks.carry_on_exports", "schedule": crontab(minute="*")},
    # also asked for at once by the page of an event log
    "carry-on-event-logs": {"task": "reports.tasks.carry_on_logs", "schedule": crontab(minute="*")},
    "remove-event-log-files": {"task": "reports.tasks.remove_log_files", "schedule": crontab(minute="48")},
    "remove-export-files": {"task": "cases.tasks.remove_export_files", "schedule": crontab(minute="45")},
    # also asked for at once by the page of a case file
    "bind-dossiers": {"task": "cases.tasks.bind_dossiers", "schedule": crontab(minute="*")},
    "remove-dossiers": {"task": "cases.tasks.remove_dossiers", "schedule": crontab(minute="50")},
    # daily, so that a month whose first morning was missed is made up for
    "sample-keeps": {"task": "cases.tasks.sample_keeps", "schedule": crontab(hour="4", minute="10")},
    # what has passed opens a draft to be signed; what a rule names goes to the next tier
    "open-supervision": {"task": "leadership.tasks.open_supervision", "schedule": crontab(minute="25")},
    # daily from the first working day of a month on, so that a morning that was missed is made up for
    "open-call-backs": {
        "task": "leadership.tasks.open_call_backs",
        "schedule": crontab(hour="4", minute="25"),
    },
    "draw-bulletins": {"task": "leadership.tasks.draw_bulletins", "schedule": crontab(hour="6", minute="30")},
    "draw-reports": {"task": "reports.tasks.draw_reports", "schedule": crontab(hour="6", minute="50")},
    "remind-of-asked": {"task": "leadership.tasks.remind_of_asked", "schedule": crontab(minute="*/10")},
    "escalate": {"task": "leadership.tasks.escalate", "schedule": crontab(minute="40")},
    "tell-of-slips-to-lift": {
        "task": "leadership.tasks.tell_of_slips_to_lift",
        "schedule": crontab(minute="55"),
    },
    # the joint conference meets at least once in each half month (seeds-map 19)
    "watch-meetings": {"task": "leadership.tasks.watch_meetings", "schedule": crontab(hour="7", minute="20")},
    # from eight on; the later rounds make up for one that was missed
    "tell-of-briefs": {"task": "leadership.tasks.tell_of_briefs", "schedule": crontab(minute="*/10")},
    "press-items": {"task": "leadership.tasks.press_items", "schedule": crontab(hour="7", minute="40")},
    "close-lifts": {"task": "leadership.tasks.close_lifts", "schedule": crontab(minute="50")},
    # also asked for by the page ten seconds after a signature; this takes up what was missed
    "give-instructions": {"task": "leadership.tasks.give_instructions", "schedule": crontab(minute="*")},
    "remind-of-oral": {"task": "leadership.tasks.remind_of_oral", "schedule": crontab(minute="*/10")},
    "close-sponsorships": {"task": "leadership.tasks.close_sponsorships", "schedule": crontab(minute="55")},
    "call-off-hearings": {"task": "hearings.tasks.call_off_hearings", "schedule": crontab(minute="58")},
    # what was found is proposed in the night; units are told at the hours at which messages leave the house
    "propose-scores": {"task": "scoring.tasks.propose_scores", "schedule": crontab(hour="2", minute="50")},
    # daily, so that a night on which figures lagged behind is made up for
    "read-rates-of-scores": {"task": "scoring.tasks.read_rates", "schedule": crontab(hour="3", minute="20")},
    "tell-units-of-scores": {"task": "scoring.tasks.tell_units", "schedule": crontab(hour="8", minute="5")},
    # daily, so that a morning that was missed is made up for
    "close-score-appeals": {
        "task": "scoring.tasks.close_appeals",
        "schedule": crontab(hour="0", minute="20"),
    },
    # danger has hours, so its period is looked at every few minutes
    "ring-events": {"task": "grids.tasks.ring_periods", "schedule": crontab(minute="*/5")},
    "remind-of-events": {"task": "grids.tasks.remind_units", "schedule": crontab(minute="*/10")},
    "lift-events": {"task": "grids.tasks.lift_overdue", "schedule": crontab(minute="45")},
    # from the first hour of a day on; the later runs make up for one that was missed
    "open-rounds": {"task": "grids.tasks.open_rounds", "schedule": crontab(minute="5")},
    "tell-of-missed-rounds": {"task": "grids.tasks.tell_of_missed_rounds", "schedule": crontab(minute="10")},
    "enter-gatherings": {"task": "grids.tasks.enter_gatherings", "schedule": crontab(minute="12")},
    "remove-expired-notes": {"task": "grids.tasks.remove_expired_notes", "schedule": crontab(minute="15")},
    # what was added to sums since, each time for few rows
    "merge-sums": {"task": "indicators.tasks.merge_sums", "schedule": crontab(minute="18")},
    # figures against the tables of deeds, before the day begins
    "recount-figures": {
        "task": "indicators.tasks.recount_figures",
        "schedule": crontab(hour="1", minute="20"),
    },
    "remove-ended-sessions": {"task": "infra.tasks.remove_ended_sessions", "schedule": crontab(minute="20")},
    "remove-loose-files": {
        "task": "infra.tasks.remove_loose_files",
        "schedule": crontab(hour="2", minute="10"),
    },
    "remove-nameless-files": {
        "task": "infra.tasks.remove_nameless_files",
        "schedule": crontab(hour="2", minute="40"),
    },
    "remove-old-sign-ins": {
        "task": "infra.tasks.remove_old_sign_ins",
        "schedule": crontab(hour="3", minute="10"),
    },
    "remove-old-attempts": {
        "task": "portal.tasks.remove_old_attempts",
        "schedule": crontab(hour="3", minute="25"),
    },
    "remove-old-sweep-runs": {
        "task": "infra.tasks.remove_old_sweep_runs",
        "schedule": crontab(hour="3", minute="40"),
    },
}


def longest_wait(schedule: crontab) -> timedelta:
    """Return how long it is at most from one time of a daily schedule to the next."""
    # worked out by the library from what it was made of; its stubs know only the latter
    times = product(vars(schedule)["hour"], vars(schedule)["minute"])
    minutes = sorted(60 * hour + minute for hour, minute in times)
    waits = [after - before for before, after in pairwise([*minutes, minutes[0] + 24 * 60])]
    return timedelta(minutes=max(waits))


app.conf.beat_schedule = TIMETABLE
for line in TIMETABLE.values():
    expect(line["task"], every=longest_wait(line["schedule"]))
