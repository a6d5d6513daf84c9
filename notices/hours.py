"""When anything may leave the house: on working days, outside of the quiet hours; the digest at half past eight."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from deadlines.calendars import calendar_around
from infra.local_settings import Setting, value_of

DIGEST_AT = time(8, 30)


def digest_moment(now: datetime) -> datetime:
    """Return half past eight of the day `now` falls on."""
    return timezone.make_aware(datetime.combine(timezone.localdate(now), DIGEST_AT))


def may_send(now: datetime) -> bool:
    """Test if it is a working day and none of the district's quiet hours.

    A year whose calendar is missing is taken Monday to Friday (Q26): a reminder is no legal day.
    """
    day = timezone.localdate(now)
    quiet_until = value_of(Setting.QUIET_UNTIL_HOUR, on=day)
    quiet_from = value_of(Setting.QUIET_FROM_HOUR, on=day)
    if not quiet_until <= timezone.localtime(now).hour < quiet_from:
        return False
    return calendar_around(day).by_weekday().is_workday(day)


# A try that failed is followed by another after so long; after the last one it is given up.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=12),
    timedelta(days=1),
)
