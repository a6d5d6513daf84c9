"""The demo world: invented people in a real district's organs, with petitions in every state to look at."""

from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo.content import read_world
from config.demo.crowd_content import read_crowd
from config.demo.making import Made, make_world
from lib.collecting import rarely_collected

_CLOSING = time(18, 0)


class Command(BaseCommand):
    help = "Make the demo world. May be repeated: what stands stays; a half-made world is completed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="the day the demo shows, as 2026-06-17; every date is counted back from it",
        )
        parser.add_argument(
            "--percent",
            type=int,
            default=100,
            help="how much of the district's figures to fill; 0 leaves the petitions that show every state",
        )

    def handle(self, *args: Any, today: date | None, percent: int, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            message = "The demo world needs DEMO=true: everybody knows the password of its accounts."
            raise CommandError(message)
        today, latest = _day_and_moment(today, timezone.now())
        crowd = read_crowd() if percent else None
        with rarely_collected():
            made = make_world(read_world(), crowd, today=today, latest=latest, percent=percent)
        if made == Made(0, 0, 0):
            self.stdout.write("The demo world is there; nothing was changed.")
            return
        self.stdout.write(
            f"The demo world is made: {made.accounts} accounts, {made.petitions} petitions,"
            f" {made.deeds} deeds on them, {made.crowd} petitions around them."
        )


def _day_and_moment(today: date | None, now: datetime) -> tuple[date, datetime]:
    """Return the demo's today, and the moment in it after which nothing has happened yet.

    :raises CommandError: if the day lies in the future
    """
    real_today = timezone.localdate(now)
    if today is None or today == real_today:
        return real_today, now
    if today > real_today:
        message = "--today lies in the future; a petition cannot be registered before it is received."
        raise CommandError(message)
    return today, timezone.make_aware(datetime.combine(today, _CLOSING))
