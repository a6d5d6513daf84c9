"""A row of a list as a petition to be registered, or why it is none: calculation, without a database."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from cases.imports.faults import Fault, Found
from cases.imports.fields import Field, as_compared, channels, is_ignored, meant_by, purposes
from cases.imports.values import count_of, is_receipt, is_yes, moment_of
from cases.intake import MADE_OF_ITS_WORDS, External, Incoming, Intake, Person, Reply
from cases.intake_checks import OLDEST
from cases.rules import is_identity_number, is_telephone
from cases.states import Channel, Purpose
from lib.days import local_day
from lib.masking import mask_text
from lib.tables.cells import Cell, is_blank, text_of, tidy
from lib.tables.reading import Row

LONGEST_TITLE, LONGEST_NAME, LONGEST_NUMBER = 120, 60, 200
LONGEST_ADDRESS, LONGEST_PLACE, LONGEST_ADDRESSEE, LONGEST_UNIT = 200, 120, 80, 120
_TITLE_OF_TEXT = 40
# 城乡建设_住房保障, 城乡建设 › 住房保障
_BETWEEN_LEVELS = re.compile(r"\s*[_/>›|]\s*")
_LEVELS = (Field.CATEGORY, Field.CATEGORY_2, Field.CATEGORY_3)
# What people wrote is theirs; a word in it makes no report of a petition before somebody has read it.
_OWN_WORDS = frozenset(
    {Field.TEXT, Field.TITLE, Field.SUMMARY, Field.REPLY_TEXT, Field.NAME, Field.ADDRESS, Field.ADDRESSEE}
)
_REPORT = re.compile("检举|控告|揭发|举报")
_LONGEST_CODE = 12


@dataclass(frozen=True)
class Plan:
    """How a list is read: which column is what, what it does not say itself, and what its words stand for here."""

    batch_id: UUID
    source_id: int
    source_name: str
    # heading → field
    mapping: Mapping[str, str]
    channel: Channel
    purpose: Purpose
    # where a row names no category or place that is known here
    category_id: int
    place_id: int
    # the day stated for rows without one
    received_on: date | None
    now: datetime
    # words as they are compared → keys
    categories: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ready:
    """A row that can be registered, and what of it no field of ours holds, by heading."""

    line: int
    incoming: Incoming
    others: dict[str, str]
    # tells whether two rows under one number say the same
    fingerprint: int
    # the place as the list names it, where no division of that name is known
    unknown_place: str = ""

    @property
    def number(self) -> str:
        external = self.incoming.intake.external
        return external.number if external else ""

    def as_shown(self) -> dict[str, Any]:
        """Return what a person looks at before the run: the row as it would be registered."""
        intake, reply = self.incoming.intake, self.incoming.reply
        return {
            "line": self.line,
            "title": mask_text(intake.title, names=[person.name for person in intake.people]),
            "received_at": intake.received_at.isoformat(),
            "day_unknown": intake.day_unknown,
            "channel": intake.channel.value,
            "purpose": intake.purpose.value,
            "category": intake.content_category_id,
            "place": intake.place_id,
            "place_detail": intake.place_detail,
            "place_unknown": bool(self.unknown_place),
            "answered": bool(reply and reply.answers),
        }


@dataclass(frozen=True)
class Rejected:
    """A row that cannot, with every reason at once."""

    line: int
    faults: tuple[Found, ...]


def read_row(row: Row, plan: Plan) -> Ready | Rejected:
    """Return a row as a petition to be registered, or everything that is wrong with it."""
    reading = _Reading(row, plan)
    ready = reading.ready()
    return Rejected(row.line, tuple(reading.faults)) if reading.faults else ready


class _Reading:
    """One row while it is read; faults gather, so that a person puts them right in one go."""

    def __init__(self, row: Row, plan: Plan) -> None:
        self.faults: list[Found] = []
        self._row = row
        self._plan = plan
        self._columns = {name: column for column, name in plan.mapping.items()}
        # columns of which something is not in a field of ours
        self._kept = {column for column in row.cells if column not in plan.mapping and not is_ignored(column)}

    def ready(self) -> Ready:
        row, plan = self._row, self._plan
        text = self._text()
        received_at, day_unknown = self._received()
        registered_at = self._moment(Field.REGISTERED_AT)
        if registered_at and registered_at < received_at:
            self._fault(Fault.REGISTERED_EARLY, Field.REGISTERED_AT)
        reply = self._reply(received_at)
        title = self._title(text)
        people = self._people()
        category_id = self._category_id()
        intake = Intake(
            channel=self._channel(),
            purpose=self._purpose(),
            title=title,
            text=text,
            summary=text_of(self._cell(Field.SUMMARY)),
            received_at=received_at,
            day_unknown=day_unknown,
            place_id=self._place_id(),
            place_detail=self._short(Field.PLACE, LONGEST_PLACE),
            # the stated one stands in until a person chooses
            content_category_id=category_id or plan.category_id,
            category_confirmed=category_id is not None,
            addressee=self._short(Field.ADDRESSEE, LONGEST_ADDRESSEE),
            backdating_evidence=plan.source_name,
            petitioner_count=self._count(),
            people=people,
            is_anonymous=not people,
            external=External(plan.source_id, self._number(text, title, received_at, people)),
        )
        # What was answered elsewhere was registered there, at the latest when it was received.
        answered = reply is not None and reply.answers
        since = registered_at or (received_at if answered else None)
        others = {column: text_of(cell) for column, cell in row.cells.items() if column in self._kept}
        incoming = Incoming(uuid5(plan.batch_id, str(row.line)), intake, since, reply)
        return Ready(row.line, incoming, others, _fingerprint(row), self._unknown_place())

    def _fault(self, fault: Fault, of: Field) -> None:
        self.faults.append(Found(fault, self._columns.get(of, "")))

    def _cell(self, of: Field) -> Cell:
        return self._row.cells.get(self._columns.get(of, ""), "")

    def _keep(self, of: Field) -> None:
        """Keep a cell as it was, because not all of it is in the field."""
        if (column := self._columns.get(of)) in self._row.cells:
            self._kept.add(str(column))

    def _short(self, of: Field, most: int) -> str:
        words = tidy(self._cell(of))
        if len(words) > most:
            self._keep(of)
        return words[:most]

    def _text(self) -> str:
        cell = self._cell(Field.TEXT)
        if is_blank(cell):
            only_one = len(self._row.cells) == 1
            self.faults.append(Found(Fault.ONLY_MESSAGE if only_one else Fault.NO_TEXT))
        return text_of(cell)

    def _title(self, text: str) -> str:
        title = self._short(Field.TITLE, LONGEST_TITLE)
        return title or tidy(text)[:_TITLE_OF_TEXT]

    def _moment(self, of: Field) -> datetime | None:
        """Return the moment of a cell that is filled; a fault for what is none, or lies where it cannot."""
        cell = self._cell(of)
        if is_blank(cell):
            return None
        moment = moment_of(cell)
        if moment is None:
            self._fault(Fault.WRONG_DATE, of)
        elif moment > self._plan.now:
            self._fault(Fault.FUTURE, of)
        elif local_day(moment) < OLDEST:
            self._fault(Fault.TOO_OLD, of)
        return moment

    def _received(self) -> tuple[datetime, bool]:
        """Return when it was received, and whether that was only stated for the whole list."""
        before = len(self.faults)
        moment = self._moment(Field.RECEIVED_AT)
        if moment is not None:
            return moment, False
        stated = self._plan.received_on
        if stated is None:
            if Field.RECEIVED_AT not in self._columns:
                self.faults.append(Found(Fault.NO_DATE_COLUMN))
            elif len(self.faults) == before:
                self._fault(Fault.NO_DATE, Field.RECEIVED_AT)
            return self._plan.now, True
        return timezone.make_aware(datetime.combine(stated, time())), True

    def _reply(self, received_at: datetime) -> Reply | None:
        cell = self._cell(Field.REPLY_TEXT)
        if is_blank(cell):
            # a day alone may be a day of anything: nothing is finished by it, and nothing is lost
            self._keep(Field.REPLIED_AT)
            self._keep(Field.REPLY_UNIT)
            return None
        replied_at = self._moment(Field.REPLIED_AT)
        if replied_at is None:
            if is_blank(self._cell(Field.REPLIED_AT)):
                self._fault(Fault.REPLY_UNDATED, Field.REPLY_TEXT)
            return None
        if replied_at < received_at:
            self._fault(Fault.REPLY_EARLY, Field.REPLIED_AT)
        text = text_of(cell)
        return Reply(
            text, replied_at, self._short(Field.REPLY_UNIT, LONGEST_UNIT), answers=not is_receipt(text)
        )

    def _channel(self) -> Channel:
        words = tidy(self._cell(Field.CHANNEL))
        known = channels().get(as_compared(words)) if words else self._plan.channel
        if known is None:
            self._fault(Fault.WRONG_CHANNEL, Field.CHANNEL)
        return known or self._plan.channel

    def _purpose(self) -> Purpose:
        words = tidy(self._cell(Field.PURPOSE))
        known = purposes().get(as_compared(words)) if words else self._plan.purpose
        report = self._column_of_report()
        if report is not None:
            self.faults.append(Found(Fault.REPORT, report))
        elif known is None:
            self._fault(Fault.WRONG_PURPOSE, Field.PURPOSE)
        return known or self._plan.purpose

    def _column_of_report(self) -> str | None:
        """Return the column that says the row is a report, whether or not it was matched to a field of ours (Q1)."""
        for column, cell in self._row.cells.items():
            if (self._plan.mapping.get(column) or meant_by(column)) in _OWN_WORDS:
                continue
            words = as_compared(tidy(cell))
            if len(words) <= _LONGEST_CODE and _REPORT.search(words):
                return column
            if _REPORT.search(column) and is_yes(cell):
                return column
        return None

    def _category_id(self) -> int | None:
        """Return the category that the levels name, the deepest that is known; what names none keeps its words."""
        cells = [tidy(self._cell(level)) for level in _LEVELS]
        named = [as_compared(name) for cell in cells for name in _BETWEEN_LEVELS.split(cell) if name]
        for depth in range(len(named), 0, -1):
            found = self._plan.categories.get("/".join(named[:depth]))
            if found is not None:
                break
        else:
            found = None
        if found is None or depth < len(named):
            for level in _LEVELS:
                self._keep(level)
        return found

    def _place_id(self) -> int:
        """Return the place whose name it is, or the office's own; a name with a slip of the pen stays in words."""
        return self._plan.places.get(tidy(self._cell(Field.PLACE)), self._plan.place_id)

    def _unknown_place(self) -> str:
        """Return the place as it is written, where no division is called so and nobody said which one is meant."""
        words = tidy(self._cell(Field.PLACE))
        return "" if words in self._plan.places else words

    def _count(self) -> int:
        cell = self._cell(Field.PETITIONER_COUNT)
        if is_blank(cell):
            return 1
        count = count_of(cell)
        if not count:
            self._fault(Fault.WRONG_COUNT, Field.PETITIONER_COUNT)
        return count or 1

    def _people(self) -> tuple[Person, ...]:
        name = tidy(self._cell(Field.NAME))
        if not name:
            for of in (Field.PHONE, Field.ID_NUMBER, Field.ADDRESS):
                self._keep(of)
            return ()
        if len(name) > LONGEST_NAME:
            self._fault(Fault.LONG_NAME, Field.NAME)
        id_number, phone = tidy(self._cell(Field.ID_NUMBER)), tidy(self._cell(Field.PHONE))
        if id_number and not is_identity_number(id_number):
            self._fault(Fault.WRONG_DIGIT, Field.ID_NUMBER)
        if phone and not is_telephone(phone):
            self._fault(Fault.WRONG_TELEPHONE, Field.PHONE)
        address = self._short(Field.ADDRESS, LONGEST_ADDRESS)
        return (Person(name=name, id_number=id_number, phone=phone, address=address),)

    def _number(self, text: str, title: str, received_at: datetime, people: tuple[Person, ...]) -> str:
        """Return the number it has in its source, or one made of what it says, so that it is the same every time."""
        number = tidy(self._cell(Field.EXTERNAL_NUMBER))
        if len(number) > LONGEST_NUMBER:
            self._fault(Fault.LONG_NUMBER, Field.EXTERNAL_NUMBER)
        if number:
            return number
        said = [text, title, *(person.name for person in people)]
        if not is_blank(self._cell(Field.RECEIVED_AT)):
            said.append(received_at.isoformat())
        return MADE_OF_ITS_WORDS + hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:40]


def _fingerprint(row: Row) -> int:
    said = "\x1f".join(
        f"{column}\x1e{text_of(cell)}" for column, cell in sorted(row.cells.items()) if not is_ignored(column)
    )
    return int.from_bytes(hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest())


class Seen:
    """The numbers of a list that were met, so that the same one again is noticed."""

    def __init__(self) -> None:
        # eight bytes stand for a number, so that a hundred thousand of them are a few megabytes
        self._met: dict[int, tuple[int, int]] = {}

    def again(self, ready: Ready) -> Found | None:
        """Return that a row's number was met before, and whether the two rows say the same; nothing the first time."""
        key = int.from_bytes(hashlib.blake2b(ready.number.encode(), digest_size=8).digest())
        first = self._met.setdefault(key, (ready.line, ready.fingerprint))
        if first[0] == ready.line:
            return None
        return Found(Fault.SAME_ROW if first[1] == ready.fingerprint else Fault.SAME_NUMBER, line=first[0])
