"""What the district has set for itself, as numbers with a date of effect."""

from collections.abc import Callable
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.models import LocalSetting


class Setting(models.TextChoices):
    """Every local setting there is; the default holds until the district sets its own."""

    COLLECTIVE_THRESHOLD = "collective_threshold", _("Persons on a visit from which it is collective")
    DRAFT_ALARM_WORKING_DAYS = "draft_alarm_working_days", _("Working days after which a parked draft alarms")
    REVEAL_SECONDS = "reveal_seconds", _("Seconds a revealed field stays open")
    LOOSE_FILE_DAYS = "loose_file_days", _("Days after which a file that hangs on nothing is removed")
    KEEP_SAMPLE_SIZE = "keep_sample_size", _("Petitions kept without action that are looked at each month")
    QUIET_FROM_HOUR = "quiet_from_hour", _("Hour from which no message leaves the house")
    QUIET_UNTIL_HOUR = "quiet_until_hour", _("Hour from which messages leave the house again")
    BOOKINGS_A_DAY = "bookings_a_day", _("Numbers of a reception day that can be booked")
    MINUTES_A_TALK = "minutes_a_talk", _("Minutes a booked talk is given")
    LOOKUP_MINUTES = "lookup_minutes", _("Minutes over which attempts of the public page are counted")
    LOOKUPS_PER_SOURCE = (
        "lookups_per_source",
        _("Wrong attempts at one petition number from one network address within these minutes"),
    )
    LOOKUPS_PER_NUMBER = "lookups_per_number", _("Wrong attempts at one petition number within these minutes")
    LOOKUPS_PER_ADDRESS = "lookups_per_address", _("Wrong attempts from one network address within them")
    LOOKUPS_IN_ALL = "lookups_in_all", _("Wrong attempts in all within them")
    BOOKINGS_PER_ADDRESS = "bookings_per_address", _("Bookings from one network address in a day")
    TELLINGS_PER_ADDRESS = (
        "tellings_per_address",
        _("Matters told through codes of grids from one network address in a day"),
    )
    TELLINGS_PER_GRID = "tellings_per_grid", _("Matters told through the code of one grid in a day")
    TELLINGS_IN_ALL = "tellings_in_all", _("Matters told through codes of grids in a day in all")
    EFFECT_QUIET_DAYS = (
        "effect_quiet_days",
        _("Days a matter must be quiet after what a hearing promised is done"),
    )
    RATING_DAYS = "rating_days", _("Days for rating the office or a unit after the reply, or after the end")
    CALL_BACK_SAMPLE_SIZE = (
        "call_back_sample_size",
        _("Finished petitions drawn to be called back each month"),
    )
    UNITS_READ_ALL_SCORES = (
        "units_read_all_scores",
        _("Units read how all units stand by their scores: 1; each only itself: 0"),
    )
    DIARY_DAYS = "diary_days", _("Days that a note of the grids' diary is kept, 184 at most")
    SIGN_IN_LOG_DAYS = "sign_in_log_days", _("Days that attempts to sign in are kept, 184 at least")


# data-standard §5 (collective visit), Q31 (parked drafts), design §1 (reveal), protection §6 (three years of logs)
DEFAULTS = {
    Setting.COLLECTIVE_THRESHOLD: 5,
    Setting.DRAFT_ALARM_WORKING_DAYS: 1,
    Setting.REVEAL_SECONDS: 30,
    Setting.LOOSE_FILE_DAYS: 7,
    Setting.KEEP_SAMPLE_SIZE: 5,
    Setting.QUIET_FROM_HOUR: 20,
    Setting.QUIET_UNTIL_HOUR: 8,
    Setting.BOOKINGS_A_DAY: 10,
    Setting.MINUTES_A_TALK: 15,
    Setting.LOOKUP_MINUTES: 15,
    Setting.LOOKUPS_PER_SOURCE: 5,
    Setting.LOOKUPS_PER_NUMBER: 20,
    Setting.LOOKUPS_PER_ADDRESS: 20,
    Setting.LOOKUPS_IN_ALL: 600,
    Setting.BOOKINGS_PER_ADDRESS: 3,
    # many telephones share one address of their network
    Setting.TELLINGS_PER_ADDRESS: 20,
    Setting.TELLINGS_PER_GRID: 60,
    Setting.TELLINGS_IN_ALL: 1000,
    Setting.EFFECT_QUIET_DAYS: 90,
    # indicators.md §4
    Setting.RATING_DAYS: 30,
    Setting.CALL_BACK_SAMPLE_SIZE: 10,
    Setting.UNITS_READ_ALL_SCORES: 0,
    Setting.DIARY_DAYS: 90,
    Setting.SIGN_IN_LOG_DAYS: 3 * 366,
}


def value_of(setting: Setting, *, on: date) -> int:
    """Return the setting that held on a day."""
    rows = LocalSetting.objects.filter(key=setting, valid_from__lte=on).order_by("-valid_from")
    return rows.values_list("value", flat=True).first() or DEFAULTS[setting]


def values_of(setting: Setting) -> Callable[[date], int]:
    """Return what says which value of a setting held on a day, for many days at once."""
    held = list(
        LocalSetting.objects.filter(key=setting).order_by("-valid_from").values_list("valid_from", "value")
    )

    def value_on(day: date) -> int:
        return next((value for since, value in held if since <= day), DEFAULTS[setting])

    return value_on
