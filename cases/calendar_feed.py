"""The days of one's own post as a calendar reads them (RFC 5545): numbers and periods, no names, nothing sealed."""

from datetime import date, datetime, timedelta
from uuid import uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat, hat_of
from accounts.models import CalendarKey, Organ
from accounts.roles import ORGAN_WIDE
from accounts.second_factor import digest_of
from cases.models import Petition, PetitionClock, PetitionQuerySet
from deadlines.words import title_of

# the nearest ones; a calendar of thousands shows nobody anything
_MOST = 500


def reader_of(key: str, *, now: datetime) -> Hat | None:
    """Return the hat whose days a key shows: that of its owner, as long as he has the post."""
    known = CalendarKey.objects.select_related("user").filter(digest=digest_of(key), revoked_at=None).first()
    if known is None:
        return None
    return hat_of(known.user, known.post_id, on=timezone.localdate(now))


def feed_of(hat: Hat | None, *, now: datetime) -> bytes:
    """Return the calendar of a hat in the language of its wearer, empty for nobody.

    It is read anew under the rights of this moment each time; what was sealed or went elsewhere is gone from it.
    """
    # 0.2 s, needed here alone
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Huiyin//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Deadlines of petitions"))
    for clock in own_deadlines(hat) if hat is not None else ():
        event = Event()
        # told apart by petition, period and organ; tells nothing of how many rows lie between two of them
        event.add("uid", f"{uuid5(clock.petition_id, f'{clock.code}:{clock.organ_id}')}@huiyin")
        event.add("dtstamp", now)
        event.add("dtstart", _day(clock))
        event.add("dtend", _day(clock) + timedelta(days=1))
        event.add("summary", f"{clock.petition.number} · {title_of(clock.code)}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def own_deadlines(hat: Hat) -> list[PetitionClock]:
    """Return the periods that run for a hat's own organ on open-lane petitions it sees, the nearest first.

    Of a leader, who has no periods of his own: those of the petitions that he has part in.
    """
    seen: PetitionQuerySet = Petition.objects.visible_to(hat)
    clocks = PetitionClock.objects.open().filter(petition__in=seen.open(), petition__sealed=False)
    clocks = clocks.exclude(last_day=None)
    if hat.role in ORGAN_WIDE:
        own = Organ.objects.of_today(hat.organ)
        clocks = clocks.filter(organ__in=own)
    found: list[PetitionClock] = list(clocks.select_related("petition").order_by("due_at", "pk")[:_MOST])
    return found


def _day(clock: PetitionClock) -> date:
    if clock.last_day is None:
        message = f"clock {clock.pk} has no day"
        raise ValueError(message)
    return clock.last_day
