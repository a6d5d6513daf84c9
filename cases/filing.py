"""Putting petitions on file: everything that belongs to one is made first, then written, alone or by the thousand.

Both ways make and write the same rows in the same order. The number is taken last before the first row is written, as
one block for all petitions of an office and year, and is held until the transaction ends (Q16).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record_each
from cases.builders import (
    Resolved,
    claims_of,
    people_of,
    petition_of,
    reply_of,
    search_text_of,
    text_of,
)
from cases.intake import Incoming
from cases.models import (
    Claim,
    EarlierReply,
    Involvement,
    Petition,
    PetitionClock,
    Petitioner,
    PetitionText,
    QueryCode,
    SearchText,
)
from cases.parts import hold_superior_number
from cases.portfolios import begin_parts, enter_gate
from cases.rules import clocks_to_start, in_seats, is_backdated, is_collective, petition_number, series_key
from cases.states import UNLIT_CLOCKS, Basis, Channel, ClockCode, PetitionClass, Routing, Source
from deadlines.arithmetic import Calendar
from deadlines.calendars import calendar_around
from deadlines.parts import Starting
from infra.local_settings import Setting, value_of
from infra.numbers import take_numbers
from lib.codes import code_digest, new_code
from lib.copying import write_rows
from lib.days import local_day
from lib.errors import Refused
from lib.new_rows import new_row
from lib.transactions import require_transaction
from notices.models import Kind
from notices.parts import Told, tell_of_each


@dataclass(frozen=True)
class Folder:
    """A petition with all its rows, none of them written yet."""

    petition: Petition
    office: Organ
    on_behalf_of: Organ | None
    words: PetitionText
    # what the search may find of it; nothing of a sealed one (Q1)
    findable: SearchText | None
    claims: list[Claim]
    people: list[Petitioner]
    clocks: list[PetitionClock]
    query_codes: list[QueryCode]
    # in clear: the petition's own under None, one for each person who wanted his own (Q17)
    codes: dict[UUID | None, str]
    place_code: str
    category_code: str
    reply: EarlierReply | None = None

    @property
    def is_answered(self) -> bool:
        return self.reply is not None and self.reply.answers

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the audit keeps of registering it."""
        petition = self.petition
        facts = {
            "number": petition.number,
            "channel": petition.channel,
            "source": petition.source,
            "purpose": petition.purpose,
            "category": self.category_code,
            "place": self.place_code,
            "petitioners": petition.petitioner_count,
            "received_at": petition.received_at.isoformat(),
            "backdated": bool(petition.backdating_evidence),
            "sealed": petition.sealed,
        }
        return facts | (
            {"external_source": petition.external_source_id} if petition.external_source_id else {}
        )


class Filing:
    """One post putting petitions on file at one moment. What all of them ask for is asked once."""

    def __init__(self, *, by: Hat, now: datetime) -> None:
        self.by = by
        self.now = now
        self._clocks = Starting(PetitionClock)
        self._calendars: dict[int, Calendar] = {}
        self._thresholds: dict[date, int] = {}

    @cached_property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def working_day_before(self, day: date) -> date:
        """Return the last working day before a day; by weekday alone where a year is not loaded (Q26)."""
        if day.year not in self._calendars:
            self._calendars[day.year] = calendar_around(day, years_ahead=0).by_weekday()
        return self._calendars[day.year].before(day)

    def folder(self, incoming: Incoming, resolved: Resolved) -> Folder:
        """Return a petition with everything that belongs to it; its number is still missing.

        Its rows are known from when it was registered, here or elsewhere. The rows of persons are left out where it
        is sealed: they lie in the lane's own tables.
        """
        intake = incoming.intake
        since = incoming.registered_at or self.now
        received_on = local_day(intake.received_at)
        petition = petition_of(
            incoming.submission_id,
            intake,
            resolved,
            is_collective=self._is_collective(
                intake.channel, intake.petitioner_count, len(intake.people), received_on
            ),
            is_backdated=is_backdated(received_on, self.working_day_before(local_day(since))),
            by=self.by,
            now=since,
        )
        people = in_seats(intake.people)
        rows = [] if petition.sealed else people_of(petition, people)
        wanting = [row.pk for row, person in zip(rows, people, strict=False) if person.wants_code]
        codes: dict[UUID | None, str] = {key: new_code() for key in [None, *wanting]}
        clocks = self._clocks_of(petition, incoming, resolved.office, since)
        _copy_due(petition, clocks)
        return Folder(
            petition=petition,
            office=resolved.office,
            on_behalf_of=resolved.on_behalf_of,
            words=text_of(petition, intake),
            findable=search_text_of(petition, intake),
            claims=claims_of(petition, intake),
            people=rows,
            clocks=clocks,
            query_codes=[
                _query_code(petition, person_id, code, self.now) for person_id, code in codes.items()
            ],
            codes=codes,
            place_code=resolved.place.code,
            category_code=resolved.category.code,
            reply=reply_of(petition, incoming.reply) if incoming.reply else None,
        )

    def _is_collective(self, channel: Channel, count: int, named: int, received_on: date) -> bool:
        if channel is not Channel.VISIT:
            return False
        if received_on not in self._thresholds:
            self._thresholds[received_on] = value_of(Setting.COLLECTIVE_THRESHOLD, on=received_on)
        return is_collective(channel, max(count, named), self._thresholds[received_on])

    def _clocks_of(
        self, petition: Petition, incoming: Incoming, office: Organ, since: datetime
    ) -> list[PetitionClock]:
        """Return the clocks that run from receipt: none where the day is not known.

        What was answered before it came here was answered by the organ itself: it owed a word within 15 days (T2) and
        an opinion within 60, and nobody knows from when that ran, so it is presumed from receipt (T5; Q23).
        """
        if petition.day_unknown:
            return []
        above = incoming.intake.from_above
        codes: Sequence[ClockCode]
        if incoming.reply is not None and incoming.reply.answers:
            appeal = petition.petition_class == PetitionClass.APPEAL_REQUEST
            codes = [ClockCode.T2, ClockCode.T5] if appeal else [ClockCode.T2]
        else:
            codes = clocks_to_start(
                Source(petition.source),
                by_petition_office=office.looks_after_a_place,
                has_superior_due_day=bool(above and above.due_on),
            )
        return [
            self._clocks.clock(
                code,
                started_at=petition.received_at,
                event="received",
                now=since,
                set_day=above.due_on if above and code is ClockCode.T6 else None,
                presumed=code is ClockCode.T5,
                petition=petition,
                organ=office,
            )
            for code in codes
        ]

    def write(self, folders: Sequence[Folder]) -> None:
        """Number and write petitions of the open lane, tell whoever looks after them, and finish what was answered.

        :raises Refused: if one stands here under its superior's number already (Q21)
        :raises RuntimeError: outside a transaction
        """
        require_transaction("Filing.write")
        enter_gate()
        _number(folders)
        petitions = [folder.petition for folder in folders]
        _refuse_known_superior_numbers(petitions)
        write_rows(petitions)
        write_rows([folder.words for folder in folders])
        write_rows([folder.findable for folder in folders if folder.findable is not None])
        write_rows([row for folder in folders for row in folder.claims])
        write_rows([row for folder in folders for row in folder.people])
        write_rows([row for folder in folders for row in folder.clocks])
        write_rows([row for folder in folders for row in folder.query_codes])
        write_rows([folder.reply for folder in folders if folder.reply is not None])
        write_rows([row for folder in folders for row in self._parts_of(folder)])
        facts = {folder.petition.pk: folder.facts for folder in folders}
        record_each("petition.register", Petition, facts.items(), by=self.by.actor, at=self.now)
        self._finish([folder for folder in folders if folder.is_answered])
        begun = begin_parts(petitions=[one.pk for one in petitions], today=self.today, now=self.now)
        told = [Told(str(pk), f"petition:{pk}:registered", post_id) for pk, post_id in begun]
        tell_of_each(told, Kind.REGISTERED_FOR_YOU, now=self.now)

    def _parts_of(self, folder: Folder) -> Iterable[Involvement]:
        petition = folder.petition
        parts = {folder.office.pk: [Basis.REGISTERED]}
        if folder.on_behalf_of is not None:
            parts.setdefault(folder.on_behalf_of.pk, []).append(Basis.ON_BEHALF)
        for organ_id, bases in parts.items():
            yield new_row(
                Involvement,
                petition=petition,
                organ_id=organ_id,
                bases=bases,
                since=self.now,
                sealed=False,
                routing=petition.routing,
                place_path=petition.place_path,
                next_due_at=petition.next_due_at,
                received_at=petition.received_at,
            )

    def _finish(self, folders: Sequence[Folder]) -> None:
        """Let petitions that were answered elsewhere arrive as finished, on the day of their reply.

        Each is written open and then finished, so that history knows both: on a day in between it was pending.
        """
        if not folders:
            return
        ids = [folder.petition.pk for folder in folders]
        with connection.cursor() as cursor:
            for statement in (_MEET, _FINISH, _NOTHING_DUE):
                cursor.execute(statement, {"ids": ids, "finished": Routing.FINISHED.value})
        facts = {
            "before": Routing.REGISTERED.value,
            "after": Routing.FINISHED.value,
            "answered_elsewhere": True,
        }
        each = [(key, facts) for key in ids]
        record_each("petition.finish", Petition, each, by=self.by.actor, at=self.now)
        for folder in folders:
            folder.petition.routing = Routing.FINISHED
            folder.petition.version += 1
            folder.petition.next_due_at = folder.petition.next_amber_at = None


# As `deadlines.parts.meet` writes it, for a thousand clocks at once.
_MEET = """
UPDATE cases_petitionclock AS clock
SET met_at = reply.replied_at, known_at = reply.replied_at, next_alarm_at = NULL,
    breached_at = CASE WHEN reply.replied_at >= clock.due_at THEN clock.due_at ELSE clock.breached_at END
FROM cases_earlierreply AS reply
WHERE reply.petition_id = clock.petition_id AND clock.petition_id = ANY(%(ids)s)
"""
_FINISH = """
UPDATE cases_petition AS petition
SET routing = %(finished)s, version = petition.version + 1, known_at = reply.replied_at,
    next_due_at = NULL, next_amber_at = NULL
FROM cases_earlierreply AS reply
WHERE reply.petition_id = petition.id AND petition.id = ANY(%(ids)s)
"""
_NOTHING_DUE = """
UPDATE cases_involvement SET next_due_at = NULL WHERE petition_id = ANY(%(ids)s) AND ended_at IS NULL
"""


def _query_code(petition: Petition, person_id: UUID | None, code: str, now: datetime) -> QueryCode:
    return new_row(
        QueryCode,
        petition=petition,
        petitioner_id=person_id,
        digest=code_digest(code, keys=settings.QUERY_CODE_KEYS),
        issued_at=now,
    )


def _copy_due(petition: Petition, clocks: Iterable[PetitionClock]) -> None:
    """Write the nearest statutory due moment onto an unwritten petition, for the lists."""
    lit = [clock for clock in clocks if clock.code not in UNLIT_CLOCKS]
    petition.next_due_at = min((clock.due_at for clock in lit if clock.due_at), default=None)
    petition.next_amber_at = min((clock.amber_at for clock in lit), default=None)


def _number(folders: Sequence[Folder]) -> None:
    """Give each its number, in the order they are in: one block for each office and year (Q16)."""
    series: dict[tuple[str, int], list[Petition]] = defaultdict(list)
    for folder in folders:
        prefix = folder.office.number_prefix
        if prefix is None:
            message = f"organ {folder.office.pk} has no number series"
            raise RuntimeError(message)
        series[prefix, local_day(folder.petition.registered_at).year].append(folder.petition)
    # In one order everywhere, so that two who need the same series do not wait for each other.
    for (prefix, year), petitions in sorted(series.items(), key=lambda one: one[0]):
        first = take_numbers(series_key(prefix, year, sealed=False), len(petitions))
        for serial, petition in enumerate(petitions, first):
            petition.number = petition_number(prefix, year, serial, sealed=False)


def _refuse_known_superior_numbers(petitions: Sequence[Petition]) -> None:
    """Refuse a superior's matter that is registered here under its number already (Q21).

    Asked while the superior's number is held, so that neither two registrations at once nor one and an unsealing can
    both pass. Of the open lane alone: what stands in the sealed one is no reason anybody could be given (Q1).
    """
    for petition in sorted(petitions, key=lambda one: one.superior_number):
        hold_superior_number(petition)
        if petition.superior_number and Petition.objects.under_the_same_superior_number(petition).exists():
            message = _("The superior's number is registered here already. Look for it in the ledger.")
            raise Refused(message, fields={"superior_number": message})
