"""What the pages of hearings show: their list, one hearing and its room, and the piece on the case page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from accounts.page_deeds import Bound, Offer
from cases.hanging import Hanging
from cases.models import Petition
from cases.people import may_read_papers
from cases.sections import Section
from deadlines.lamps import Lamp
from documents.models import Document
from hearings import permissions as may
from hearings.deeds import ON_HEARING, ON_PETITION
from hearings.effects import effect_of
from hearings.forms.arranging import EnterPanelist, EnterRoom
from hearings.models import (
    Commitment,
    Hearing,
    HearingNotice,
    HearingRoom,
    Panelist,
    ProcedureSet,
    RecordEntry,
    Seat,
)
from hearings.offers import of_hearing
from hearings.parts import day_after, missing_to_open
from hearings.records import name_of, names_of
from hearings.states import (
    HEARD,
    NOTIFIED,
    STANDING,
    STEPS_OF_STAGE,
    DayUnit,
    HearingState,
    SeatRole,
    Stage,
    Step,
    Vote,
)
from leadership.titles import Titled, titles_of
from lib.ids import uuid7
from lib.masking import mask_name, mask_text

_LISTED = 100


def section(on: Hanging, hat: Hat, _now: datetime) -> Section | None:
    """Return the piece on the case page; where there is no hearing only those see it who may note one is asked for."""
    petition = on.petition
    rows = on.rows("hearings", Hearing.objects.order_by("-applied_on", "-pk"))
    asks = (petition.is_open or "remedies" in on.there) and may.may_ask(hat, petition)
    if not rows and not asks:
        return None
    asks = asks and not any(row.state in STANDING for row in rows)
    return Section("hearings/_section.html", {"petition": petition, "hearings": rows, "asks": asks})


@dataclass(frozen=True)
class Row:
    """A hearing as the list shows it."""

    row: Hearing
    petition: Titled


def hearings_page(hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return the hearings a hat reads, the procedures, and for the office rooms and registry."""
    rows = may.hearings_for(hat).select_related("organ", "room", "procedure")
    standing = list(rows.standing().order_by("begins_at", "applied_on", "pk")[:_LISTED])
    over = list(rows.exclude(state__in=sorted(STANDING)).order_by("-applied_on", "-pk")[:_LISTED])
    titles = titles_of({row.petition_id for row in (*standing, *over)})
    today = timezone.localdate(now)
    keeps = may.keeps_registry(hat)
    procedures = ProcedureSet.objects.order_by("valid_to", "valid_from", "code")
    return {
        "standing": [Row(row, titles[row.petition_id]) for row in standing],
        "over": [Row(row, titles[row.petition_id]) for row in over],
        "procedures": [(one, one.has_lapsed(on=today)) for one in procedures],
        "keeps": keeps,
        "rooms": HearingRoom.objects.filter(organ=hat.organ, ended_at=None).order_by("name") if keeps else [],
        "members": Panelist.objects.filter(organ=hat.organ, ended_at=None).order_by("kind", "name")
        if keeps
        else [],
        "room_form": bound.get(("rooms", "enter")) or EnterRoom(auto_id="id-room-%s"),
        "member_form": bound.get(("panelists", "enter")) or EnterPanelist(auto_id="id-panelist-%s"),
    }


def asking_page(petition: Petition, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return the page on which somebody notes that a hearing on a petition is asked for."""
    deed = ON_PETITION["ask-hearing"]
    today = timezone.localdate(now)
    form: Any = bound.get(("petition", deed.slug)) or deed.form(initial={"applied_on": today})
    in_force = ProcedureSet.objects.in_force(hat.organ.place, on=today).order_by("code")
    form.offer([(row.pk, row.name) for row in in_force])
    titled = titles_of([petition.pk])[petition.pk]
    return {
        "petition": petition,
        "titled": titled,
        "offer": Offer(deed, form, "hearings:on_petition", petition.pk),
    }


@dataclass(frozen=True)
class Shown:
    """A seat as the page shows it, petitioners with their names covered."""

    seat: Seat
    name: str
    from_where: str
    told: HearingNotice | None

    @property
    def is_told(self) -> bool:
        """Whether somebody of this role is to be told of the day."""
        return self.seat.role in NOTIFIED


@dataclass(frozen=True)
class StageShown:
    """One of the five stages with the time it took so far."""

    stage: Stage
    began_at: datetime | None
    ended_at: datetime | None
    minutes: int | None
    is_now: bool

    @property
    def label(self) -> str:
        return str(self.stage.label)

    @property
    def is_done(self) -> bool:
        return self.ended_at is not None and not self.is_now


@dataclass(frozen=True)
class Said:
    """An entry of the record with who spoke."""

    row: RecordEntry
    who: Shown | None
    step: str
    changed: int


@dataclass(frozen=True)
class Promised:
    """A promise with where it stands."""

    row: Commitment
    lamp: Lamp | None


def hearing_page(hearing: Hearing, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return one hearing: how it stands, who takes part, its record and promises, and what this hat may do."""
    petition = hearing.petition
    names = names_of(petition)
    seats = _seats(hearing, names)
    here = [one for one in seats if one.seat.left_at is None]
    by_key = {one.seat.pk: one for one in seats}
    runs = {run.step: run for run in hearing.runs.all()}
    titled = titles_of([petition.pk])[petition.pk]
    mine = may.arranges(hat, hearing)
    panel = [one for one in here if one.seat.role == SeatRole.PANEL]
    writes = hearing.state in HEARD and may.writes_record(hat, hearing)
    effect = effect_of(hearing, now=now)
    decide_days = hearing.procedure.decide_days
    decide_unit = DayUnit(hearing.procedure.decide_unit)
    return {
        "hearing": hearing,
        "reason": mask_text(hearing.reason, names=list(names.values())),
        "petition": petition,
        "titled": titled,
        "papers": _papers(hearing, hat),
        "opens": Petition.objects.visible_to(hat).filter(pk=petition.pk).exists(),
        "decide_by": day_after(hearing.applied_on, decide_days, decide_unit) if decide_days else None,
        "groups": _grouped(here),
        "left": [one for one in seats if one.seat.left_at is not None],
        "came": sum(bool(one.seat.came) for one in here),
        "all": len(here),
        "panel": panel,
        "votes": [(Vote(vote), sum(one.seat.vote == vote for one in panel)) for vote in Vote],
        "votes_now": mine and hearing.state == HearingState.OPEN and hearing.step == Step.DELIBERATION,
        "vote_choices": Vote.choices,
        "stages": _stages(hearing, runs, now=now),
        "entries": _entries(hearing, by_key),
        "exhibits": [(row, by_key[row.seat_id].name) for row in hearing.exhibits.order_by("pk")],
        "pauses": hearing.pauses.order_by("pk"),
        "promises": _promises(hearing, now),
        "arranges": mine,
        "notes_presence": mine and hearing.state in HEARD | {HearingState.CALLED},
        "lets_leave": mine and (hearing.is_arranged or hearing.is_heard),
        "drops": mine and hearing.state in {HearingState.OPEN, HearingState.CONCLUDED},
        "signs": mine and hearing.state == HearingState.CONCLUDED,
        "writes": writes,
        "entry_form": _entry_form(here, bound) if writes else None,
        "missing": missing_to_open(hearing, now=now) if mine and hearing.state == HearingState.CALLED else [],
        "offers": list(of_hearing(hearing, hat, bound, [one.seat for one in here], names, now=now)),
        "wrong": next((form for (_where, slug), form in bound.items() if slug in _INLINE), None),
        "effect": effect,
    }


# the deeds that stand at the line they are done to
_INLINE = frozenset({"note-presence", "let-leave", "note-vote", "drop-promise", "sign-record", "write-entry"})


def _seats(hearing: Hearing, names: Mapping[int, str]) -> list[Shown]:
    rows = hearing.seats.select_related("post__user", "post__organ", "panelist").order_by("pk")
    notices = HearingNotice.objects.filter(seat__hearing=hearing, begins_at=hearing.opens_at)
    told = {notice.seat_id: notice for notice in notices} if hearing.begins_at else {}
    return [_shown(seat, dict(names), told.get(seat.pk)) for seat in rows]


def _shown(seat: Seat, names: dict[int, str], told: HearingNotice | None) -> Shown:
    name = name_of(seat, names)
    if seat.role in {SeatRole.PETITIONER, SeatRole.AGENT, SeatRole.WITNESS, SeatRole.THIRD_PARTY}:
        name = mask_name(name)
    if seat.post is not None:
        where = seat.post.organ.short_name
    else:
        where = f"{seat.panelist.get_kind_display()} {seat.panelist.from_where}" if seat.panelist else ""
    return Shown(seat, name, where.strip(), told)


def _papers(hearing: Hearing, hat: Hat) -> Sequence[Document]:
    """Return the papers of a hearing for whoever reads those of its petition."""
    if not may_read_papers(hearing.petition, hat):
        return []
    return [one.document for one in hearing.papers.select_related("document").order_by("pk")]


def _grouped(seats: Sequence[Shown]) -> list[tuple[str, list[Shown]]]:
    found = [(str(role.label), [one for one in seats if one.seat.role == role]) for role in SeatRole]
    return [(label, rows) for label, rows in found if rows]


def _stages(hearing: Hearing, runs: Mapping[int, Any], *, now: datetime) -> list[StageShown]:
    if not runs:
        return []
    found = []
    for stage, steps in STEPS_OF_STAGE.items():
        of_it = [runs[step] for step in steps if step in runs]
        ends = [run.ended_at for run in of_it if run.ended_at]
        is_now = hearing.step in steps and not hearing.is_closed
        began = min((run.began_at for run in of_it), default=None)
        ended = None if is_now else max(ends, default=None)
        minutes = int(((ended or now) - began).total_seconds() // 60) if began else None
        found.append(StageShown(stage, began, ended, minutes, is_now))
    return found


def _entries(hearing: Hearing, seats: Mapping[int, Shown]) -> list[Said]:
    rows = hearing.entries.prefetch_related("changes").order_by("begun_at", "pk")
    return [
        Said(
            row,
            seats.get(row.seat_id) if row.seat_id else None,
            str(Step(row.step).label),
            len(row.changes.all()),
        )
        for row in rows
    ]


def _entry_form(here: Sequence[Shown], bound: Bound) -> Any:
    form: Any = bound.get(("hearing", "write-entry"))
    if form is None:
        form = _blank_entry()
    form.offer([(one.seat.pk, f"{one.name} {one.seat.get_role_display()}") for one in here if one.seat.came])
    return form


def _blank_entry() -> Any:
    from_page = {"entry_id": uuid7(), "version": 0}
    return ON_HEARING["write-entry"].form(initial=from_page, auto_id="id-entry-%s")


def _promises(hearing: Hearing, now: datetime) -> list[Promised]:
    rows = hearing.commitments.select_related("organ", "responsible__user", "assignment__clock").order_by(
        "pk"
    )
    return [Promised(row, row.assignment.lamp(now) if row.assignment else None) for row in rows]
