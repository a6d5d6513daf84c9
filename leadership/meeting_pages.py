"""What the pages of meetings show: which there are, agenda and minutes of one, and what key petitions taught."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.page_deeds import Bound, Offer
from accounts.roles import Role
from cases.ledger import midnight_after
from cases.models import Petition
from deadlines.lamps import Lamp, lamp_of
from leadership import permissions as may
from leadership.agenda import Fact, Proposal, key_petitions_closed, proposals_for, undone_at
from leadership.cadence import stretch_of
from leadership.finding import opened_asked
from leadership.forms.meetings import CallMeeting, EnterKind
from leadership.meeting_deeds import ON_LESSONS, ON_MEETING
from leadership.meeting_states import AgendaGround, Cadence, DecisionKind, MeetingState
from leadership.meetings import was_held
from leadership.models import (
    AgendaLine,
    LessonsNote,
    Meeting,
    MeetingDecision,
    MeetingKind,
    MeetingUnit,
)
from leadership.reading import read_of
from leadership.titles import Titled, titles_of
from lib.stretches import Stretch

_LISTED = 100
_HOUR, _MINUTE = 9, 0


@dataclass(frozen=True)
class Watched:
    """A kind of meeting with the stretch of days that runs, and whether it came in it."""

    kind: MeetingKind
    stretch: Stretch | None
    held: bool
    days_left: int


@dataclass(frozen=True)
class Line:
    """One line of an agenda as this hat reads it."""

    row: AgendaLine
    fact: Fact
    petition: Titled | None
    # whether the petition opens for this hat
    opens: bool

    @property
    def ground(self) -> str:
        return str(AgendaGround(self.row.ground).label)


@dataclass(frozen=True)
class Proposed:
    """One matter that is proposed, as the page draws it."""

    one: Proposal
    petition: Titled | None

    @property
    def key(self) -> str:
        return str(self.one.key)

    @property
    def ground(self) -> str:
        return str(self.one.fact.ground.label)


@dataclass(frozen=True)
class Task:
    """A decision with where it stands."""

    row: MeetingDecision
    petition: Titled | None
    lamp: Lamp
    undone: bool
    # whether what was asked of the unit opens for this hat
    opens: bool


def kinds_at(hat: Hat, *, on: date) -> list[Watched]:
    """Return the kinds of meetings with what is watched of each."""
    found = []
    for kind in MeetingKind.objects.filter(ended_on=None).order_by("pk"):
        stretch = stretch_of(Cadence(kind.cadence), on)
        held = stretch is not None and was_held(kind, hat.organ.place_id, stretch, called_counts=True)
        left = (stretch.last - on).days if stretch is not None else 0
        found.append(Watched(kind, stretch, held, left))
    return found


def meetings_page(
    hat: Hat, *, now: datetime, kind: MeetingKind | None = None, bound: Bound | None = None
) -> dict[str, Any]:
    """Return the meetings a hat reads, of one kind or of all, with what is watched and what is not done."""
    bound = bound or {}
    today = timezone.localdate(now)
    rows = may.meetings_for(hat).select_related("kind", "organ", "chair__user")
    if kind is not None:
        rows = rows.filter(kind=kind)
    writes = may.may_place(hat)
    whole = may.reads_whole_meetings(hat)
    ahead = rows.filter(state=MeetingState.CALLED).order_by("meets_at", "pk")
    behind = rows.exclude(state=MeetingState.CALLED).order_by("-meets_at", "-pk")
    return {
        "kind": kind,
        "ahead": ahead[:_LISTED],
        "behind": behind[:_LISTED],
        "watched": kinds_at(hat, on=today) if whole else [],
        "undone": tasks_of(_undone(hat), hat, now=now) if whole else [],
        "writes": writes,
        "call_form": _call_form(hat, kind, bound, now) if writes else None,
        "kind_form": (bound.get(("kinds", "enter")) or EnterKind(auto_id="id-kind-%s"))
        if may.may_enter_meeting_kinds(hat)
        else None,
    }


def _undone(hat: Hat) -> QuerySet[MeetingDecision]:
    rows: QuerySet[MeetingDecision] = undone_at(hat.organ.place_id)
    return rows.filter(read_of(hat, "petition"))[:_LISTED]


def _call_form(hat: Hat, kind: MeetingKind | None, bound: Bound, now: datetime) -> Any:
    posts = _chairs(hat, on=timezone.localdate(now))
    form = bound.get(("meetings", "call"))
    if isinstance(form, CallMeeting):
        form.offer(posts)
        return form
    tomorrow = timezone.localtime(now) + timedelta(days=1)
    at = tomorrow.replace(hour=_HOUR, minute=_MINUTE, second=0, microsecond=0)
    return CallMeeting(posts=posts, initial={"meets_at": at, "kind": kind}, auto_id="id-call-%s")


def _chairs(hat: Hat, *, on: date) -> list[tuple[Any, str]]:
    posts = may.chairs(on=on).filter(organ__place__path__startswith=hat.organ.place.path)
    return [(post.pk, f"{post.user.name} {post.title}") for post in posts.order_by("organ__code", "pk")]


def meeting_page(meeting: Meeting, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return one meeting as this hat reads it: a unit the matters it sees anyway and what is asked of it (Q2, Q6)."""
    writes = may.may_write_meeting(hat, meeting)
    rows = meeting.lines.filter(read_of(hat, "petition")).select_related("earlier__meeting__kind", "petition")
    if not may.reads_whole_meetings(hat):
        rows = rows.filter(struck="")
    found = list(rows.order_by("pk"))
    proposed = proposals_for(meeting, hat, now=now) if writes and meeting.is_open else []
    keys = {row.petition_id for row in found} | {one.petition_id for one in proposed}
    titles = titles_of({key for key in keys if key})
    opens = _opens({row.petition_id for row in found if row.petition_id}, hat)
    lines = [_line(row, titles, opens) for row in found]
    units = list(meeting.units.select_related("organ").order_by("organ__code"))
    on_it = [line for line in lines if not line.row.struck]
    wrong, wrong_key = _wrong(bound)
    return {
        "meeting": meeting,
        "lines": on_it,
        "struck": [line for line in lines if line.row.struck],
        "proposed": [
            Proposed(one, titles.get(one.petition_id) if one.petition_id else None) for one in proposed
        ],
        "decisions": tasks_of(_decisions(meeting, hat), hat, now=now),
        "units": units,
        "came": sum(unit.came is True for unit in units),
        "writes": writes,
        "whole": may.reads_whole_meetings(hat),
        "begun": meeting.meets_at <= now,
        "offers": list(_offers(meeting, hat, bound, on_it, units, now=now)),
        "wrong": wrong,
        "wrong_key": wrong_key,
    }


# the deeds that stand at the line they are done to
_INLINE = frozenset({"take", "take-several", "strike", "drop-decision", "note-presence"})


def _wrong(bound: Bound) -> tuple[Any, str]:
    """Return the form at a line that was refused, and the key of that line, which its fields bear in their names."""
    form: Any = next((form for (_where, slug), form in bound.items() if slug in _INLINE), None)
    if form is None:
        return None, ""
    key = form.data.get("earlier_id") or form.data.get("petition_id") or ""
    form.auto_id = f"id-%s-{key}" if key else False
    return form, key


def _decisions(meeting: Meeting, hat: Hat) -> QuerySet[MeetingDecision]:
    rows = meeting.decisions.of_open_lane().select_related(
        "meeting__kind", "organ", "responsible__user", "assignment__clock"
    )
    if may.reads_whole_meetings(hat):
        return rows.filter(read_of(hat, "petition")).order_by("pk")
    return rows.filter(organ__in=Organ.objects.of_today(hat.organ)).order_by("pk")


def _line(row: AgendaLine, titles: Mapping[UUID, Titled], opens: Collection[UUID]) -> Line:
    fact = Fact(AgendaGround(row.ground), row.fact_on, row.fact_count)
    titled = titles.get(row.petition_id) if row.petition_id else None
    return Line(row, fact, titled, row.petition_id in opens)


def _opens(keys: Collection[UUID], hat: Hat) -> set[UUID]:
    return set(Petition.objects.visible_to(hat).filter(pk__in=keys).values_list("pk", flat=True))


def tasks_of(rows: QuerySet[MeetingDecision], hat: Hat, *, now: datetime) -> list[Task]:
    """Return decisions with where each stands, in a fixed number of queries."""
    found = list(rows)
    undone = set(
        MeetingDecision.objects.undone().filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True)
    )
    titles = titles_of({row.petition_id for row in found if row.petition_id})
    opened = opened_asked(hat, {row.assignment_id for row in found if row.assignment_id})
    return [
        Task(
            row,
            titles.get(row.petition_id) if row.petition_id else None,
            _lamp(row, done=row.meeting.is_issued and row.pk not in undone, now=now),
            row.pk in undone,
            row.assignment_id in opened,
        )
        for row in found
    ]


def _lamp(row: MeetingDecision, *, done: bool, now: datetime) -> Lamp:
    """Return the lamp of what was asked of a unit; of what nobody is asked for, that of the decision's own day."""
    if row.assignment is not None:
        return row.assignment.lamp(now)
    return lamp_of(midnight_after(row.due_on), None, now, done=done)


def _offers(
    meeting: Meeting,
    hat: Hat,
    bound: Bound,
    lines: Sequence[Line],
    units: Sequence[MeetingUnit],
    *,
    now: datetime,
) -> Iterator[Offer]:
    """Yield what a hat may do with a meeting besides what stands at its lines."""
    if not may.may_write_meeting(hat, meeting):
        return
    today = timezone.localdate(now)
    for slug in _slugs(meeting, hat, now):
        deed = ON_MEETING[slug]
        facts: dict[str, Any] = {"auto_id": f"id-{slug}-%s"}
        if slug == "write-minutes":
            facts["initial"] = {"words": meeting.words}
        if slug == "reschedule":
            facts["initial"] = {
                name: getattr(meeting, name) for name in ("meets_at", "place", "chair", "outside_chair")
            }
        form: Any = bound.get(("meeting", slug)) or deed.form(**facts)
        if slug == "reschedule":
            form.offer(_chairs(hat, on=today))
        if slug == "decide":
            form.offer(_named(lines), _persons(lines, units, on=today), _kinds(meeting))
        yield Offer(deed, form, "leadership:on_meeting", meeting.pk)


def _slugs(meeting: Meeting, hat: Hat, now: datetime) -> Iterator[str]:
    if meeting.state == MeetingState.HELD:
        yield "decide"
        if may.may_sign_minutes(hat, meeting):
            yield "issue"
    if meeting.is_open:
        if meeting.meets_at <= now:
            yield "write-minutes"
        yield "add-topic"
        yield "name-unit"
    if meeting.state == MeetingState.CALLED:
        yield "reschedule"
        yield "call-off"


def _kinds(meeting: Meeting) -> Sequence[DecisionKind]:
    return list(DecisionKind) if meeting.kind.is_conference else [DecisionKind.TASK]


def _named(lines: Sequence[Line]) -> list[tuple[Any, str]]:
    return [
        (line.row.pk, f"{line.petition.number} {line.petition.title}" if line.petition else line.row.topic)
        for line in lines
        if line.petition or line.row.topic
    ]


def _persons(lines: Sequence[Line], units: Sequence[MeetingUnit], *, on: date) -> list[tuple[Any, Any]]:
    """Return the heads of the units that were called or lead a matter of the agenda."""
    led = Q(organ__handlings__petition__in=[line.row.petition_id for line in lines if line.row.petition_id])
    called = Q(organ__in=[unit.organ_id for unit in units])
    held = Post.objects.held_on(on).filter(role=Role.UNIT_HEAD)
    posts = held.filter(called | led & Q(organ__handlings__ended_at=None)).distinct()
    return [
        (post.pk, f"{post.organ} {post.user.name} {post.title}".strip())
        for post in posts.select_related("organ", "user").order_by("organ__code", "pk")
    ]


@dataclass(frozen=True)
class Taught:
    """A key petition that is over, with what it taught, if that is written."""

    petition_id: UUID
    titled: Titled
    note: LessonsNote | None = None


def lessons_page(hat: Hat, *, bound: Bound | None = None, writing: UUID | None = None) -> dict[str, Any]:
    """Return what key petitions taught, and of which nothing is written yet (seeds-map 20)."""
    seen = Petition.objects.visible_to(hat)
    written = list(
        LessonsNote.objects.filter(petition__in=seen).select_related("person").order_by("-noted_at")[:_LISTED]
    )
    waiting = list(
        key_petitions_closed(seen).order_by("-received_at", "pk").values_list("pk", flat=True)[:_LISTED]
    )
    titles = titles_of({*(note.petition_id for note in written), *waiting})
    deed = ON_LESSONS["note"]
    form = (bound or {}).get(("lessons", "note")) or deed.form()
    return {
        "written": [
            Taught(note.petition_id, titles[note.petition_id], note)
            for note in written
            if note.petition_id in titles
        ],
        "waiting": [Taught(key, titles[key]) for key in waiting if key in titles],
        "writing": Taught(writing, titles[writing]) if writing and writing in titles else None,
        "offer": Offer(deed, form, "leadership:on_lessons", writing) if writing in titles else None,
        "writes": may.may_place(hat),
    }
