"""One line per sweep."""

from celery import shared_task

from infra.sweep_runs import Clock, Tally, on_record
from leadership import sweeps


@shared_task
@on_record
def open_supervision(clock: Clock, tally: Tally) -> int:
    return sweeps.open_supervision(now=clock(), tally=tally)


@shared_task
@on_record
def remind_of_asked(clock: Clock, tally: Tally) -> int:
    return sweeps.remind_of_asked(now=clock(), tally=tally)


@shared_task
@on_record
def draw_bulletins(clock: Clock, tally: Tally) -> int:
    return sweeps.draw_bulletins(now=clock(), tally=tally)


@shared_task
@on_record
def escalate(clock: Clock, tally: Tally) -> int:
    return sweeps.escalate(now=clock(), tally=tally)


@shared_task
@on_record
def tell_of_slips_to_lift(clock: Clock, tally: Tally) -> int:
    return sweeps.tell_of_slips_to_lift(now=clock(), tally=tally)


@shared_task
@on_record
def close_lifts(clock: Clock, tally: Tally) -> int:
    return sweeps.close_lifts(now=clock(), tally=tally)


@shared_task
@on_record
def close_sponsorships(clock: Clock, _tally: Tally) -> int:
    return sweeps.close_sponsorships(now=clock())


@shared_task
@on_record
def give_instructions(clock: Clock, _tally: Tally) -> int:
    return sweeps.give_instructions(now=clock())


@shared_task
@on_record
def remind_of_oral(clock: Clock, _tally: Tally) -> int:
    return sweeps.remind_of_oral(now=clock())


@shared_task
@on_record
def tell_of_briefs(clock: Clock, _tally: Tally) -> int:
    return sweeps.tell_of_briefs(now=clock())


@shared_task
@on_record
def press_items(clock: Clock, tally: Tally) -> int:
    return sweeps.press_items(now=clock(), tally=tally)


@shared_task
@on_record
def watch_meetings(clock: Clock, tally: Tally) -> int:
    return sweeps.watch_meetings(now=clock(), tally=tally)


@shared_task
@on_record
def open_call_backs(clock: Clock, _tally: Tally) -> int:
    return sweeps.open_call_backs(now=clock())
