"""When each deed on a demo petition was done: the deeds of its way in order, each at a moment of an office day.

Pure but for the calendar that is handed in. Every deed is one action, at a moment of its own, so that the audit tells
how far a petition has been walked.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from cases.states import Channel
from config.demo.content import DemoPetition
from config.demo.content_of_ways import DemoWay, Until
from config.demo.timetable import draw
from documents.states import Method

_OPENS = time(8, 40)
_OFFICE_MINUTES = 480
_LONGEST_PAUSE = 17
_MOST_ADDRESSEES = 5
# 视为签收 is written by the clock, a little after midnight
_SWEEP = time(0, 10)
_BY_PAPER = frozenset({Channel.LETTER, Channel.FAX})
_IN_PERSON = frozenset({Channel.VISIT, Channel.PHONE})


class Deed(StrEnum):
    """What can be done on a way, in the order in which it is done on one day; the value is its audit verb."""

    ATTACH = "petition.attach"
    PROPOSE_VOID = "petition.propose_void"
    CONFIRM_VOID = "petition.void"
    ROUTE = "petition.route"
    JOIN = "petition.join_pending"
    COUNTERSIGN = "petition.countersign_keep"
    SIGN = "petition.sign_for"
    DEEM = "petition.deem_received"
    OBJECT = "petition.object"
    DECIDE_RETURN = "petition.decide_return"
    OPEN_DISPUTE = "petition.open_dispute"
    ACCEPT = "petition.accept"
    DECLINE = "petition.decline"
    CONVERT = "petition.convert"
    ISSUE = "petition.issue_paper"
    SERVE = "petition.serve_paper"
    ASK_HELP = "petition.ask_co_handling"
    FEED_BACK = "petition.feed_back"
    ASK_EXTENSION = "petition.ask_extension"
    DECIDE_EXTENSION = "petition.decide_extension"
    NOTE = "petition.note_progress"
    FIND = "petition.find"
    DRAFT_OPINION = "petition.draft_opinion"
    POST = "petition.post_paper"
    EXECUTE = "petition.execute"
    NOTE_WITHDRAWAL = "petition.note_withdrawal"
    CONFIRM_WITHDRAWAL = "petition.confirm_withdrawal"
    NOTE_DEATH = "petition.note_death"
    END_AFTER_DEATH = "petition.end_after_death"
    REPORT = "petition.report_upward"
    FINISH = "petition.finish"
    PROPOSE_RESOLVED = "petition.propose_resolved"
    CONFIRM_RESOLVED = "petition.confirm_resolved"


@dataclass(frozen=True)
class Task:
    """One deed on a day: of which way, and on which claim, person, note or request of it, each counted from 0."""

    day: int
    rank: int
    deed: Deed
    way: int = 0
    index: int = 0
    # of the opinion rather than of a notice
    opinion: bool = False


@dataclass(frozen=True)
class Timed:
    """A deed at its moment."""

    moment: datetime
    task: Task


@dataclass(frozen=True)
class Workdays:
    """The first working day from a day on, and the last one up to a day."""

    first_from: Callable[[date], date]
    last_until: Callable[[date], date]


def timed_tasks(
    petition: DemoPetition, *, registered_at: datetime, today: date, latest: datetime, workdays: Workdays
) -> list[Timed]:
    """Return what was done on a petition after it was registered, in order, nothing of it after `latest`."""
    tasks = sorted(_tasks(petition), key=lambda task: (-task.day, task.rank))
    moments: list[datetime] = []
    earliest = registered_at
    for number, task in enumerate(tasks):
        moment = _moment(petition, task, number, moments, today, workdays)
        if moment <= earliest:
            moment = earliest + timedelta(minutes=3 + draw(petition.title, f"pause {number}", _LONGEST_PAUSE))
        moments.append(moment)
        earliest = moment
    squeezed = _squeezed(moments, latest)
    if squeezed and squeezed[0] <= registered_at:
        return []
    return [Timed(moment, task) for moment, task in zip(squeezed, tasks, strict=True)]


def _moment(
    petition: DemoPetition,
    task: Task,
    number: int,
    before: list[datetime],
    today: date,
    workdays: Workdays,
) -> datetime:
    if task.deed is Deed.DEEM:
        sent_on = timezone.localdate(before[-1])
        next_day = workdays.first_from(sent_on + timedelta(days=1))
        return timezone.make_aware(datetime.combine(next_day + timedelta(days=1), _SWEEP))
    day = min(workdays.first_from(today - timedelta(days=task.day)), workdays.last_until(today))
    minute = draw(petition.title, f"{task.deed} {number}", _OFFICE_MINUTES)
    return timezone.make_aware(datetime.combine(day, _OPENS)) + timedelta(minutes=minute)


def _squeezed(moments: list[datetime], latest: datetime) -> list[datetime]:
    """Return the moments in the same order, none after `latest`: a demo begun in the morning has had no afternoon."""
    squeezed: list[datetime] = []
    for moment in reversed(moments):
        squeezed.append(min(moment, latest))
        latest = squeezed[-1] - timedelta(minutes=2)
    return squeezed[::-1]


def service_of(petition: DemoPetition, way: DemoWay) -> Method:
    """Return how papers are served: as the way says, else as the petition came in."""
    if way.service is not None:
        return way.service
    if petition.channel in _BY_PAPER:
        return Method.POST
    return Method.IN_PERSON if petition.channel in _IN_PERSON else Method.ELECTRONIC


def days_of(petition: DemoPetition, way: DemoWay) -> Mapping[str, int]:
    """Return how many days ago each stage of a way was, those it names as named and the others at a usual pace."""
    days: dict[str, int] = {}
    previous = petition.days_ago
    for stage, at_least, more in (
        ("routed", 1, 2),
        ("signed", 0, 2),
        ("accepted", 2, 5),
        ("told", 0, 2),
        ("handed", 1, 3),
        ("opinion", 20, 8),
        ("served", 1, 4),
        ("executed", 12, 8),
        ("finished", 1, 4),
    ):
        pace = at_least + draw(petition.title, f"pace of {stage} {way.unit}", more)
        usual = max(0, previous - pace)
        days[stage] = min(previous, way.day.get(stage, usual))
        skipped = stage == "executed" and way.until is not Until.EXECUTED
        previous = previous if skipped else days[stage]
    return days


_RANKS = {deed: rank * 100 for rank, deed in enumerate(Deed)}
# An opinion goes out once it was drawn up, notices went out before.
_RANKS_OF_OPINIONS = {
    deed: _RANKS[Deed.DRAFT_OPINION] + rank * 10
    for rank, deed in enumerate((Deed.ISSUE, Deed.POST, Deed.SERVE), 1)
}


def _tasks(petition: DemoPetition) -> Iterator[Task]:
    if petition.scan:
        yield Task(petition.days_ago, _RANKS[Deed.ATTACH], Deed.ATTACH)
    for number, way in enumerate(petition.ways):
        for day, deed, index, opinion in _deeds(petition, way, days_of(petition, way)):
            rank = _RANKS_OF_OPINIONS.get(deed, _RANKS[deed]) if opinion else _RANKS[deed]
            yield Task(day, rank + index, deed, number, index, opinion)


def _deeds(
    petition: DemoPetition, way: DemoWay, days: Mapping[str, int]
) -> Iterator[tuple[int, Deed, int, bool]]:
    """Return the deeds of one way as day, deed, index and whether it is about the opinion."""
    if way.until is Until.VOID:
        yield days["routed"], Deed.PROPOSE_VOID, 0, False
        yield days["routed"], Deed.CONFIRM_VOID, 0, False
        return
    if way.until is Until.JOINED:
        yield days["routed"], Deed.JOIN, 0, False
        return
    yield days["routed"], Deed.ROUTE, 0, False
    if way.until is Until.KEPT:
        yield days["routed"], Deed.COUNTERSIGN, 0, False
    if way.unit and way.until is not Until.DELIVERED:
        yield from _deeds_of_a_unit(petition, way, days)
    if way.reported_number:
        yield days["finished"], Deed.REPORT, 0, False
    if way.finished or way.until in {Until.KEPT, Until.GUIDED}:
        yield days["finished"], Deed.FINISH, 0, False
    yield from _deeds_of_other_ends(way)
    if way.resolved is not None:
        yield way.resolved.day, Deed.PROPOSE_RESOLVED, 0, False
        yield max(0, way.resolved.day - 3), Deed.CONFIRM_RESOLVED, 0, False


def _deeds_of_other_ends(way: DemoWay) -> Iterator[tuple[int, Deed, int, bool]]:
    if way.withdrawn is not None:
        yield way.withdrawn.day, Deed.NOTE_WITHDRAWAL, 0, False
        yield way.withdrawn.confirmed, Deed.CONFIRM_WITHDRAWAL, 0, False
    if way.died is not None:
        yield way.died.day, Deed.NOTE_DEATH, 0, False
        yield way.died.ended, Deed.END_AFTER_DEATH, 0, False


def _deeds_of_a_unit(
    petition: DemoPetition, way: DemoWay, days: Mapping[str, int]
) -> Iterator[tuple[int, Deed, int, bool]]:
    if way.unit != petition.office:
        yield days["signed"], Deed.DEEM if way.deemed else Deed.SIGN, 0, False
    if way.objection:
        yield days["accepted"], Deed.OBJECT, 0, False
    if way.until in {Until.RETURNED, Until.RETURN_REFUSED}:
        yield days["told"], Deed.DECIDE_RETURN, 0, False
    if way.dispute is not None:
        yield way.dispute.day, Deed.OPEN_DISPUTE, 0, False
    decided = way.is_accepted or way.until in {Until.NOT_ACCEPTED, Until.LED}
    if decided:
        yield from _deeds_of_deciding(petition, way, days)
    if way.is_accepted:
        yield from _deeds_of_handling(way)
    if way.has_come_to(Until.DRAFTED):
        yield from _deeds_of_the_opinion(petition, way, days)


def _addressees(petition: DemoPetition) -> range:
    return range(0 if petition.anonymous else min(_MOST_ADDRESSEES, len(petition.people)))


def _deeds_of_deciding(
    petition: DemoPetition, way: DemoWay, days: Mapping[str, int]
) -> Iterator[tuple[int, Deed, int, bool]]:
    claims = way.claims_of(len(petition.claims))
    deed = Deed.DECLINE if way.until is Until.NOT_ACCEPTED else Deed.ACCEPT
    for index in range(len(claims)):
        yield days["accepted"], deed, index, False
    if way.day.get("told") is None and way.until is Until.INVESTIGATING and days["accepted"] <= 1:
        # decided just now: the notice still waits for its approval
        return
    # one notice tells of all that was accepted; what is declined or led away has one for each claim
    people = _addressees(petition)
    for number in range(1 if way.is_accepted else len(claims)):
        if not people:
            break
        yield days["told"], Deed.ISSUE, number, False
        for person in people:
            yield days["handed"], Deed.SERVE, number * _MOST_ADDRESSEES + person, False


def _deeds_of_handling(way: DemoWay) -> Iterator[tuple[int, Deed, int, bool]]:
    if way.converted:
        yield way.day["converted"], Deed.CONVERT, 0, False
    for index, note in enumerate(way.notes):
        yield note.day, Deed.NOTE, index, False
    for index, asked in enumerate(way.help):
        yield asked.day, Deed.ASK_HELP, index, False
        if asked.answer_day is not None:
            yield asked.answer_day, Deed.FEED_BACK, index, False
    if way.extension is not None:
        yield way.extension.day, Deed.ASK_EXTENSION, 0, False
        if way.extension.decided is not None:
            yield way.extension.decided, Deed.DECIDE_EXTENSION, 0, False


def _deeds_of_the_opinion(
    petition: DemoPetition, way: DemoWay, days: Mapping[str, int]
) -> Iterator[tuple[int, Deed, int, bool]]:
    for index in range(len(way.findings)):
        yield days["opinion"], Deed.FIND, index, True
    yield days["opinion"], Deed.DRAFT_OPINION, 0, True
    if way.has_come_to(Until.ISSUED):
        yield max(0, days["opinion"] - 1), Deed.ISSUE, 0, True
    if way.posted:
        for person in _addressees(petition):
            yield max(0, days["opinion"] - 1), Deed.POST, person, True
    if way.has_come_to(Until.SERVED):
        for person in _addressees(petition):
            yield days["served"], Deed.SERVE, person, True
    if way.until is Until.EXECUTED:
        for index, found in enumerate(way.findings):
            if found.outcome == "support":
                yield days["executed"], Deed.EXECUTE, index, True
