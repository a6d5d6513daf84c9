"""The many petitions of the demo: planned from the figures, worded, and registered together as finished ones.

They are what the office answered in two years. The written-down petitions show every state; these fill the lists,
the search and the figures up to the size of a real district.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import takewhile
from uuid import UUID, uuid5

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import OrganKind
from accounts.roles import Role
from cases.actions.register_many import register_many
from cases.intake import FromAbove, Incoming, Intake, Person, Reply
from cases.models import ContentCategory, Petition
from cases.states import FROM_ABOVE, Channel, PowerLevel, Source
from config.demo.content import PETITION_OFFICE, DemoPetition, DemoWorld
from config.demo.content_of_ways import Until
from config.demo.crowd_content import TOWNSHIP, CrowdContent, Level, Matter
from config.demo.crowd_words import Home, chosen, said, weighed
from config.demo.desks import Desks
from config.demo.figures import MONTHS, Counted, Slot, slots
from config.demo.intakes import SHOWS_A_CARD
from config.demo.pacing import Workdays
from config.demo.particulars import id_number_of, phone_of
from config.demo.registering import DEMO_SUBMISSIONS
from config.demo.timetable import AT_THE_OFFICE, draw, minutes_at_the_desk, moment_on
from lib.days import local_day
from places.models import Place

DISTRICT = "141102"
# Where the numbers of the crowd's people begin, after those who are written down, and how many live in each place.
FIRST_NUMBER, INHABITANTS = 600, 1500
_LETTERS = frozenset({Channel.LETTER, Channel.FAX})
_NAMED_AT_MOST = 4
_SIGNED_TOGETHER = 5
# Answers come after so many days and up to so many more; a late one after both periods (T2, T5).
_SOON, _LATE = (3, 11), (62, 22)
_OFFICE_OPENS, _OFFICE_MINUTES = time(8, 40), 480
# as sent down: dated so many days before, a result wanted within so many
_ON_THE_WAY, _RESULT_WITHIN = 3, 60


@dataclass(frozen=True)
class Planned:
    """A petition of the crowd with its moments, before it is worded."""

    slot: Slot
    channel: Channel
    matter: Matter
    alike: bool
    received_at: datetime
    registered_at: datetime
    replied_at: datetime

    @property
    def submission_id(self) -> UUID:
        return uuid5(DEMO_SUBMISSIONS, self.slot.key)


def counted_of(
    petitions: Iterable[tuple[DemoPetition, datetime]], content: CrowdContent, year: int
) -> list[Counted]:
    """Return the written-down petitions that the figures of a year count, given when each was registered.

    What a township registered for itself is on no petition office's list (data-standard §4.6); what is void or
    sealed is on none (Q2).
    """
    counted = []
    for petition, registered_at in petitions:
        day = timezone.localdate(registered_at)
        if day.year == year and day.month in MONTHS and _is_in_figures(petition):
            place = petition.place[:9] if petition.place[:9] in content.in_time else DISTRICT
            persons = max(petition.persons, len(petition.everyone))
            counted.append(Counted(place, content.group_of(petition.category), day.month, persons))
    return counted


def _is_in_figures(petition: DemoPetition) -> bool:
    is_void = any(way.until is Until.VOID for way in petition.ways)
    return petition.office == PETITION_OFFICE and petition.reported is None and not is_void


def plan(
    content: CrowdContent,
    written_down: Sequence[tuple[DemoPetition, datetime]],
    *,
    today: date,
    latest: datetime,
    workdays: Workdays,
    percent: int = 100,
) -> list[Planned]:
    """Return the crowd in the order of registering. `written_down` are the other petitions, each with its moment.

    Of the current year there is only what lies before `today`: on 10 May nobody has written in June. All of it was
    answered by `latest`.
    """
    planned = []
    for figures in content.years:
        counted = counted_of(written_down, content, today.year - figures.years_back)
        bulk_left = {bulk: bulk.most for bulk in content.bulks if bulk.years_back == figures.years_back}
        for slot in slots(figures, counted, today=today, percent=percent):
            bulk = next(
                (
                    one
                    for one, left in bulk_left.items()
                    if left
                    and (one.month, one.place, one.matter.group) == (slot.month, slot.place, slot.group)
                ),
                None,
            )
            if bulk is not None:
                bulk_left[bulk] -= 1
            matter = bulk.matter if bulk else chosen(slot.key, "matter", content.matters[slot.group])
            channel = Channel.LETTER if bulk else weighed(slot.key, "channel", content.channels)
            moments = _moments(slot, channel, content.in_time[slot.place], today, latest, workdays)
            planned.append(Planned(slot, channel, matter, bulk is not None, *moments))
    return sorted(planned, key=lambda one: (one.registered_at, one.slot.key))


def _moments(
    slot: Slot, channel: Channel, in_time: int, today: date, latest: datetime, workdays: Workdays
) -> tuple[datetime, datetime, datetime]:
    """Return when a petition was received, registered and answered."""
    first = date(slot.year, slot.month, 1)
    length = min(monthrange(slot.year, slot.month)[1], (today - first).days)
    days = [first + timedelta(days=number) for number in range(length)]
    if channel in AT_THE_OFFICE:
        days = [day for day in days if workdays.last_until(day) == day] or days
    received_at = moment_on(chosen(slot.key, "day", days), channel, slot.key)
    registered_at = received_at + timedelta(minutes=minutes_at_the_desk(slot.key))
    is_late = draw(slot.key, "late", 1000) >= in_time
    for least, more in (_LATE, _SOON) if is_late else (_SOON,):
        replied_at = _answered(slot.key, received_at, least + draw(slot.key, "answer", more), workdays)
        if replied_at <= latest:
            return received_at, registered_at, replied_at
    return received_at, registered_at, registered_at + (latest - registered_at) / 2


def _answered(key: str, received_at: datetime, days: int, workdays: Workdays) -> datetime:
    """Return a moment of an office day so many days later, of an earlier one where that is a rest day."""
    received_on = timezone.localdate(received_at)
    day = workdays.last_until(received_on + timedelta(days=days))
    if day <= received_on:
        day = workdays.first_from(received_on + timedelta(days=1))
    minutes = draw(key, "reply", _OFFICE_MINUTES)
    return timezone.make_aware(datetime.combine(day, _OFFICE_OPENS) + timedelta(minutes=minutes))


class Crowd:
    """The crowd on its way onto file; what is there already is left out."""

    def __init__(self, world: DemoWorld, content: CrowdContent, planned: Sequence[Planned]) -> None:
        self._world = world
        self._content = content
        keys = [one.submission_id for one in planned]
        known = set(Petition.objects.filter(submission_id__in=keys).values_list("submission_id", flat=True))
        self._waiting = [one for one in planned if one.submission_id not in known]
        self.registered = 0

    def register_until(self, moment: datetime | None = None) -> None:
        """Register what came before a moment, or all that is left: a month at a time, so that numbers follow the days.

        Each month is put on file when the last of its answers was there.
        """
        while self._waiting and (moment is None or self._waiting[0].registered_at < moment):
            batch = list(takewhile(self._is_of_one_go(moment), self._waiting))
            self._waiting = self._waiting[len(batch) :]
            now = max(one.replied_at for one in batch)
            done = register_many([self._incoming(one) for one in batch], by=self._registrar(now), now=now)
            for refusal in done.refused.values():
                raise refusal
            self.registered += len(done.made)

    def _is_of_one_go(self, moment: datetime | None) -> Callable[[Planned], bool]:
        """Return what tells if a petition came in the month of the next that waits, and before a moment."""
        first = local_day(self._waiting[0].registered_at)
        following = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
        ends = timezone.make_aware(datetime.combine(following, time()))
        until = ends if moment is None else min(ends, moment)
        return lambda one: one.registered_at < until

    def _registrar(self, now: datetime) -> Hat:
        on = timezone.localdate(now)
        return Desks(on).one(PETITION_OFFICE, Role.REGISTRAR, f"{now:%Y-%m}")

    @cached_property
    def _category_ids(self) -> dict[str, int]:
        labels = ContentCategory.objects.values_list("pk", "label")
        return {label.replace(" › ", "/"): pk for pk, label in labels}

    @cached_property
    def _places(self) -> dict[str, Place]:
        """Return the district with everything in it, by code."""
        district = Place.objects.get(code=DISTRICT, valid_to=None)
        inside = Place.objects.filter(path__startswith=district.path, valid_to=None).order_by("code")
        return {place.code: place for place in inside}

    @cached_property
    def _villages(self) -> dict[str, list[Place]]:
        """Return the villages and communities of each place; the district at large has itself."""
        found: dict[str, list[Place]] = {DISTRICT: [self._places[DISTRICT]]}
        for code, place in self._places.items():
            if len(code) > len(DISTRICT) + 3:
                found.setdefault(code[:9], []).append(place)
        return found

    @cached_property
    def _unit_names(self) -> dict[str, str]:
        """Return organs' names by code, those of townships by the code of their place as well."""
        names = {organ.code: organ.name for organ in self._world.organs}
        towns = [organ for organ in self._world.organs if organ.kind is OrganKind.TOWNSHIP]
        return names | {organ.place: organ.name for organ in towns} | {DISTRICT: names[PETITION_OFFICE]}

    def _incoming(self, one: Planned) -> Incoming:
        slot, key = one.slot, one.slot.key
        villages = self._villages[slot.place]
        # One inhabitant in each house; who is drawn twice writes a second time.
        village = draw(key, "village", len(villages))
        houses = INHABITANTS // len(villages)
        house = draw(key, "house", houses)
        home = Home(
            "城区" if slot.place == DISTRICT else villages[village].short_name,
            "区里" if slot.place == DISTRICT else self._places[slot.place].short_name,
            house + 1,
        )
        words = one.matter.wordings[0] if one.alike else said(slot, one.matter, home, self._content.wording)
        unit = chosen(key, "unit", one.matter.units)
        residents = [
            ((house + step) % houses) * len(villages) + village
            for step in range(min(slot.persons, _NAMED_AT_MOST))
        ]
        received_on = timezone.localdate(one.received_at)
        level = weighed(key, "level", {level: level.share for level in self._content.levels})
        source = Source.SELF_RECEIVED if one.alike else chosen(key, "source", level.sources)
        intake = Intake(
            channel=one.channel,
            source=source,
            purpose=one.matter.purpose,
            title=words.title,
            text=words.text,
            received_at=one.received_at,
            petition_date=received_on - timedelta(days=2) if one.channel in _LETTERS else received_on,
            from_above=_from_above(slot, source, level, received_on),
            place_id=villages[village].pk,
            content_category_id=self._category_ids[one.matter.category],
            petitioner_count=slot.persons,
            is_joint_letter=one.channel in _LETTERS and slot.persons >= _SIGNED_TOGETHER,
            power_level=PowerLevel.LOWER if unit == TOWNSHIP else PowerLevel.OWN,
            visit_level_ok=True if one.channel is Channel.VISIT else None,
            people=tuple(self._person(one, home, resident) for resident in residents),
        )
        return Incoming(
            one.submission_id,
            intake,
            registered_at=one.registered_at,
            reply=Reply(
                text=words.reply,
                replied_at=one.replied_at,
                unit=self._unit_names[slot.place if unit == TOWNSHIP else unit],
            ),
        )

    def _person(self, one: Planned, home: Home, resident: int) -> Person:
        place = list(self._content.in_time).index(one.slot.place)
        number = FIRST_NUMBER + place * INHABITANTS + resident
        no_phone = one.channel in _LETTERS and draw(str(number), "phone", 3) == 0
        village_house = resident // len(self._villages[one.slot.place]) + 1
        return Person(
            name=self._name(str(number)),
            id_number=id_number_of(number) if one.channel in SHOWS_A_CARD else "",
            phone="" if no_phone else phone_of(number),
            address=f"{'' if one.slot.place == DISTRICT else home.town}{home.place}{village_house}号",
        )

    def _name(self, key: str) -> str:
        people = self._content.people
        second = "" if draw(key, "short name", 9) == 0 else chosen(key, "second", people["second"])
        return chosen(key, "surname", people["surnames"]) + chosen(key, "first", people["first"]) + second


def _from_above(slot: Slot, source: Source, level: Level, received_on: date) -> FromAbove | None:
    """Return the superior's particulars; its numbers run through the year (Q21)."""
    if source not in FROM_ABOVE:
        return None
    assigned = source is Source.ASSIGNED_FROM_SUPERIOR
    return FromAbove(
        organ=level.organ,
        number=f"{level.mark}{'交' if assigned else '转'}〔{slot.year}〕{slot.month:02d}{slot.serial:03d}号",
        dated=received_on - timedelta(days=_ON_THE_WAY),
        due_on=received_on + timedelta(days=_RESULT_WITHIN) if assigned else None,
    )
