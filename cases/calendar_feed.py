"""The days of one's own post as a calendar reads them (RFC 5545): numbers and periods, no names, nothing sealed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat, hat_of
from accounts.models import CalendarKey, Organ
from accounts.roles import ORGAN_WIDE
from accounts.second_factor import digest_of
from assignments.models import Assignment
from assignments.states import OWED
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
    for one in days_of(hat) if hat is not None else ():
        event = Event()
        event.add("uid", f"{one.key}@huiyin")
        event.add("dtstamp", now)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.words)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


@dataclass(frozen=True)
class Day:
    """A last day in a calendar: what tells it apart, without saying how many rows lie between two of them."""

    key: UUID
    day: date
    words: str


def days_of(hat: Hat) -> list[Day]:
    """Return the last days of what is asked of a hat, and of the periods it answers for, the nearest first."""
    return sorted([*_asked_of(hat), *_periods_of(hat)], key=lambda one: (one.day, one.words, one.key))[:_MOST]


def _asked_of(hat: Hat) -> Iterator[Day]:
    """Yield what a hat owes an answer to: orders, instructions, decisions of meetings; nothing sealed (Q2)."""
    owed = Assignment.objects.asked_of(hat).filter(state__in=sorted(OWED), clock__last_day__isnull=False)
    nearest = list(owed.select_related("clock").order_by("clock__due_at", "pk")[:_MOST])
    subjects = [one.subject_id for one in nearest]
    petitions = Petition.objects.in_bulk(subjects)
    for one in nearest:
        # a decision of a meeting may concern no petition
        petition, last_day = petitions.get(UUID(one.subject_id)), one.clock.last_day
        if last_day is None or (petition is not None and petition.sealed):
            continue
        words = f"{petition.number} · {one.get_kind_display()}" if petition else one.get_kind_display()
        yield Day(uuid5(one.pk, "asked"), last_day, words)


def _periods_of(hat: Hat) -> Iterator[Day]:
    """Yield the periods that run for a hat's own organ on open-lane petitions it sees.

    Of a leader, who has no periods of his own: those of the petitions that he has part in.
    """
    seen: PetitionQuerySet = Petition.objects.visible_to(hat)
    clocks = PetitionClock.objects.open().filter(petition__in=seen.open(), petition__sealed=False)
    clocks = clocks.exclude(last_day=None)
    if hat.role in ORGAN_WIDE:
        clocks = clocks.filter(organ__in=Organ.objects.of_today(hat.organ))
    for clock in clocks.select_related("petition").order_by("due_at", "pk")[:_MOST]:
        if clock.last_day is not None:
            key = uuid5(clock.petition_id, f"{clock.code}:{clock.organ_id}")
            yield Day(key, clock.last_day, f"{clock.petition.number} · {title_of(clock.code)}")
