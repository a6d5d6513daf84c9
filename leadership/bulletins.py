"""Drawing up the month's bulletin: which matters of which units, from the facts at the month's end (Q2).

Nothing is counted and nobody is ranked: units stand in the order of organs, matters in that of their days.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Organ, OrganKind, Post
from accounts.roles import Role
from audit.parts import Actor, record
from cases.models import Handling, PetitionClock, ReportedParty
from cases.parts import organs_kept_out
from cases.states import Routing
from deadlines.calendars import working_days_after
from deadlines.models import ClockQuerySet
from infra.sweep_runs import Tally
from leadership import permissions as may
from leadership.models import Bulletin, BulletinLine, Slip, SlipQuerySet
from leadership.months import Month, month_before
from leadership.states import PERIOD_IN_PRINT, BulletinState, Part
from notices.models import Kind
from notices.parts import tell

SYSTEM = Actor(words="clock")


def draw_up(*, now: datetime, tally: Tally) -> int:
    """Draw up the bulletin of the month before for every petition office, from the month's first working day on.

    Return how many. A morning that was missed is made up for by the next; an office of whose units nothing is to be
    said has an empty one, and nobody is told.
    """
    month = month_before(now)
    if timezone.localdate(now) < working_days_after(month.last, 1):
        return 0
    offices = Organ.objects.current().filter(kind=OrganKind.PETITION_OFFICE).select_related("place")
    lacking = list(offices.exclude(bulletins__month=month.first).order_by("pk"))
    if not lacking:
        return 0
    by_office: defaultdict[int, list[BulletinLine]] = defaultdict(list)
    for office_id, line in _by_office(list(_lines(month)), offices):
        by_office[office_id].append(line)
    drawn = 0
    for office in lacking:
        lines = by_office[office.pk]
        if not _draw_one(office.pk, month, lines, now=now):
            tally.skip("seen_to_meanwhile")
        elif lines:
            drawn += 1
        else:
            tally.skip("nothing_to_list")
    return drawn


@transaction.atomic(durable=True)
def _draw_one(office_id: int, month: Month, lines: Sequence[BulletinLine], *, now: datetime) -> bool:
    office = hold_office(office_id)
    if Bulletin.objects.filter(office=office, month=month.first).exists():
        return False
    draw(office, month, lines, by=SYSTEM, now=now)
    return True


def hold_office(office_id: int) -> Organ:
    """Return an office held until the transaction ends: one bulletin of it is drawn up at a time."""
    rows = Organ.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    return rows.get(pk=office_id)


def draw(office: Organ, month: Month, lines: Sequence[BulletinLine], *, by: Actor, now: datetime) -> Bulletin:
    """Write a bulletin with its lines and tell whoever issues it; a part of a transaction that holds the office."""
    bulletin = Bulletin.objects.create(
        office=office, month=month.first, state=BulletinState.DRAWN, drawn_at=now
    )
    for line in lines:
        line.bulletin = bulletin
    BulletinLine.objects.bulk_create(lines, batch_size=500)
    if lines:
        key = f"bulletin:{bulletin.pk}:drawn"
        tell(_who_issues(office, now), Kind.BULLETIN_DRAWN, key=key, subject_id=str(bulletin.pk), now=now)
    facts = {"organ": office.code, "month": f"{month.first:%Y-%m}", "lines": len(lines)}
    record("bulletin.draw_up", bulletin, by=by, at=now, facts=facts)
    return bulletin


def lines_of(office: Organ, month: Month) -> list[BulletinLine]:
    """Return what one office's bulletin of a month lists as the facts stand now, not yet saved."""
    offices = Organ.objects.current().filter(kind=OrganKind.PETITION_OFFICE).select_related("place")
    return [line for office_id, line in _by_office(list(_lines(month)), offices) if office_id == office.pk]


def _who_issues(office: Organ, now: datetime) -> list[int]:
    """Return the posts that may issue an office's bulletin: its heads, and the joint conference's office there."""
    conferences = Organ.objects.current().filter(
        kind=OrganKind.JOINT_CONFERENCE_OFFICE, place=office.place_id
    )
    heads = Q(organ=office, role__in=sorted(may.HEADS))
    officers = Q(organ__in=conferences, role__in=sorted(may.HEADS | {Role.JOINT_CONFERENCE_OFFICER}))
    held = Post.objects.held_on(timezone.localdate(now)).filter(heads | officers)
    return list(held.values_list("pk", flat=True))


def _lines(month: Month) -> Iterator[BulletinLine]:
    """Yield what a month's bulletins list, not yet saved; nothing sealed, nothing void."""
    in_month = {"met_at__gte": month.begins, "met_at__lt": month.ends}
    late = _clocks().filter(breached_at__isnull=False)
    for clock in _clocks().open().filter(due_at__lte=month.ends):
        yield _of_clock(clock, Part.OVERDUE)
    # done meanwhile, but not by the month's end
    for clock in late.filter(met_at__gte=month.ends, due_at__lte=month.ends):
        yield _of_clock(clock, Part.OVERDUE)
    for clock in late.filter(**in_month):
        if clock.was_late:
            yield _of_clock(clock, Part.LATE)
    for slip in _slips().filter(
        Q(assignment__clock__met_at=None) | Q(assignment__clock__met_at__gte=month.ends),
        Q(assignment__clock__cancelled_at=None) | Q(assignment__clock__cancelled_at__gte=month.ends),
        assignment__clock__due_at__lte=month.ends,
    ):
        yield _of_slip(slip, Part.UNANSWERED)
    for slip in _slips().filter(**{f"assignment__clock__{name}": at for name, at in in_month.items()}):
        if slip.adopted:
            yield _of_slip(slip, Part.RECOMMENDED)
        elif slip.assignment is not None and slip.assignment.clock.was_late:
            yield _of_slip(slip, Part.LATE)


def _clocks() -> ClockQuerySet[PetitionClock]:
    """Return the periods of units on petitions of the open lane; what a unit never led is not its matter."""
    led = Handling.objects.filter(petition=OuterRef("petition"), organ=OuterRef("organ"))
    rows: ClockQuerySet[PetitionClock] = PetitionClock.objects.filter(
        Exists(led), code__in=sorted(PERIOD_IN_PRINT), petition__sealed=False
    )
    standing = rows.exclude(petition__routing=Routing.VOID)
    return standing.select_related("petition__register_organ", "organ").order_by("due_at", "pk")


def _slips() -> SlipQuerySet:
    rows = Slip.objects.issued().filter(petition__sealed=False).exclude(petition__routing=Routing.VOID)
    related = rows.select_related("petition__register_organ", "addressee", "assignment__clock")
    return related.order_by("assignment__clock__due_at", "pk")


def _of_clock(clock: PetitionClock, part: Part) -> BulletinLine:
    return BulletinLine(
        part=part,
        petition=clock.petition,
        organ=clock.organ,
        clock=clock,
        due_on=clock.last_day,
        done_on=_day(clock.met_at) if part == Part.LATE else None,
    )


def _of_slip(slip: Slip, part: Part) -> BulletinLine:
    assert slip.assignment is not None  # noqa: S101  only issued ones are asked for
    clock = slip.assignment.clock
    return BulletinLine(
        part=part,
        petition=slip.petition,
        organ=slip.addressee,
        slip=slip,
        due_on=clock.last_day,
        done_on=None if part == Part.UNANSWERED else _day(clock.met_at),
    )


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment is not None else None


def _by_office(lines: Sequence[BulletinLine], offices: Iterable[Organ]) -> Iterator[tuple[int, BulletinLine]]:
    """Yield each line with the office that supervises its petition (`parts.office_over`).

    Left out are the office's own periods, and units that a petition names, or whose head it names (Q2).
    """
    around = sorted(
        ((office.place.path, office.pk) for office in offices),
        key=lambda one: (len(one[0]), -one[1]),
        reverse=True,
    )
    kept_out = _kept_out({line.petition_id for line in lines})
    for line in lines:
        registered = line.petition.register_organ
        if registered.kind == OrganKind.PETITION_OFFICE:
            office = registered.carried_on_by_id or registered.pk
        else:
            path = line.petition.place_path
            office = next((pk for place, pk in around if path.startswith(place)), 0)
        if line.organ_id != office and line.organ_id not in kept_out.get(line.petition_id, ()):
            yield office, line


def _kept_out(petition_ids: Iterable[UUID]) -> Mapping[UUID, set[int]]:
    named: defaultdict[UUID, list[ReportedParty]] = defaultdict(list)
    for party in ReportedParty.objects.filter(petition__in=set(petition_ids)):
        named[party.petition_id].append(party)
    return {petition: organs_kept_out(parties, below=False) for petition, parties in named.items()}


def standing_lines(bulletin: Bulletin) -> list[BulletinLine]:
    """Return the lines of a bulletin that may be read: none that a person left out, none sealed or void since.

    They stand by unit in the order of organs, then by part, day and key.
    """
    rows = bulletin.lines.filter(left_out="", petition__sealed=False).exclude(petition__routing=Routing.VOID)
    found = list(rows.select_related("petition", "organ", "clock", "slip__document"))
    kept_out = _kept_out({line.petition_id for line in found})
    told = [line for line in found if line.organ_id not in kept_out.get(line.petition_id, ())]
    parts = list(Part)
    return sorted(
        told,
        key=lambda line: (line.organ.code, parts.index(Part(line.part)), line.due_on or date.max, line.pk),
    )
