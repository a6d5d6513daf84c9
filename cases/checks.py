"""Checks of whatever stands in the database: each yields its faults, a line each, and holds a fixed number of rows.

They repeat by other means what the deeds wrote: clocks are counted again, copies are compared with their originals,
sums are added up from their parts.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import CharField, Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Cast, TruncMonth

from audit.chain import breaks
from audit.models import Entry
from cases.models import (
    Handling,
    Involvement,
    Petition,
    PetitionClock,
    PetitionDocument,
    Petitioner,
    Progress,
    ReportedParty,
    Reporter,
    SealedGrant,
)
from cases.parts import excluded_organs
from cases.states import OPEN, UNLIT_CLOCKS, Basis, HandlingState
from deadlines.calendars import calendar_of
from deadlines.models import CalendarYear
from deadlines.parts import recounted
from documents.states import GOES_TO_PETITIONERS
from infra.models import NumberSeries

_AT_ONCE = 2000
# What counting a clock again must give; its bands follow from these.
_COUNTED = ("starts_on", "last_day", "rolled_day", "due_at")
_MOST_PERSONS = 9999

Faults = Iterator[str]


def clocks(now: datetime) -> Faults:
    """Yield clocks whose day or due moment is not what rule version, start and calendar give, or whose end is untrue.

    An ended clock that never had a last day waits no more for the calendar it lacked (Q26).
    """
    calendar = calendar_of(CalendarYear.objects.values_list("year", flat=True))
    rows = PetitionClock.objects.select_related("rule", "petition").order_by("pk")
    for clock in rows.iterator(chunk_size=_AT_ONCE):
        name = f"clock {clock.code} of {clock.petition.number}"
        if clock.is_open or clock.waiting_for_year is None:
            again = recounted(clock, calendar)
            for column in _COUNTED:
                if getattr(clock, column) != again[column]:
                    yield f"{name}: {column} is {getattr(clock, column)}, counted again {again[column]}"
        yield from _untrue_ends(clock, name, now)


def _untrue_ends(clock: PetitionClock, name: str, now: datetime) -> Faults:
    due_at, met_at, breached_at = clock.due_at, clock.met_at, clock.breached_at
    if due_at is not None and met_at is not None and met_at >= due_at and breached_at is None:
        yield f"{name}: met at {met_at}, due at {due_at}, and not marked as breached"
    if breached_at is None:
        return
    if breached_at > now:
        yield f"{name}: breached at {breached_at}, in the future"
    # once breached, always breached: by the due moment it has, or by one that it had before
    if breached_at != due_at and not _was_due_at(clock, breached_at):
        yield f"{name}: breached at {breached_at}, which never was its due moment"


def _was_due_at(clock: PetitionClock, moment: datetime) -> bool:
    history = apps.get_model("cases", "PetitionClockVersion")
    return bool(history._default_manager.filter(pgh_obj=clock.pk, due_at=moment).exists())


def numbers(_now: datetime) -> Faults:
    """Yield numbers that are missing from a series, or were never given by it; void ones keep theirs (Q16, Q18)."""
    given = {
        _printed(series.key): series.last
        for series in NumberSeries.objects.filter(key__startswith="petition/")
    }
    last: Counter[str] = Counter()
    for number in Petition.objects.order_by("number").values_list("number", flat=True).iterator(_AT_ONCE):
        printed, _separator, digits = number.rpartition("-")
        serial = int(digits) if digits.isdecimal() else 0
        if not serial or printed not in given:
            yield f"number {number}: of no series"
            continue
        if serial != last[printed] + 1:
            yield f"number {number}: follows {printed}-{last[printed]:06d}"
        last[printed] = serial
    for printed, most in sorted(given.items()):
        if most != last[printed]:
            yield f"series {printed}: {most} given, the last one found is {last[printed]}"


def _printed(key: str) -> str:
    """Return how numbers of a series begin: `petition/LS/2026` gives `LS2026`."""
    _kind, prefix, year = key.split("/")
    return f"{prefix}{year}"


def involvement(_now: datetime) -> Faults:
    """Yield open petitions that an organ ought to have part in and has not, and parts of whoever is reported (Q1).

    An organ that ended has handed its parts on (Q29).
    """
    parts = Involvement.objects.filter(petition=OuterRef("pk"), ended_at=None)
    opened = Petition.objects.filter(sealed=False, register_organ__valid_to=None).open()
    registered = opened.filter(~Exists(parts.filter(organ=OuterRef("register_organ"))))
    for number in registered.values_list("number", flat=True).iterator(_AT_ONCE):
        yield f"{number}: the organ that registered it has no part in it"
    leads = Involvement.objects.filter(
        petition=OuterRef("petition"),
        organ=OuterRef("organ"),
        ended_at=None,
        bases__contains=[Basis.LEADS],
    )
    led = Handling.objects.filter(
        ~Exists(leads), ended_at=None, petition__sealed=False, petition__routing__in=sorted(OPEN)
    )
    for number, organ in led.values_list("petition__number", "organ__code").iterator(_AT_ONCE):
        yield f"{number}: {organ} leads it and has no part in it"
    for petition in Petition.objects.filter(sealed=True).order_by("pk").iterator(_AT_ONCE):
        yield from _parts_of_excluded(petition)


def _parts_of_excluded(petition: Petition) -> Faults:
    organs = excluded_organs(petition)
    users = ReportedParty.objects.filter(petition=petition, user__isnull=False).values("user")
    standing = Involvement.objects.filter(petition=petition, ended_at=None)
    theirs = standing.filter(Q(organ__in=organs) | Q(post__organ__in=organs) | Q(post__user__in=users))
    for basis in theirs.values_list("bases", flat=True):
        yield f"{petition.number}: somebody whom it reports has part in it ({', '.join(basis)})"
    if SealedGrant.objects.filter(petition=petition, ended_at=None, post__user__in=users).exists():
        yield f"{petition.number}: somebody whom it reports may read it"


def copies(_now: datetime) -> Faults:
    """Yield parts, papers and petitions whose copied columns are not what they were copied from."""
    columns = ("sealed", "routing", "place_path", "next_due_at", "received_at")
    rows = Involvement.objects.filter(ended_at=None).order_by("pk")
    values = rows.values_list("petition__number", *columns, *(f"petition__{column}" for column in columns))
    for number, *both in values.iterator(_AT_ONCE):
        for column, mine, original in zip(columns, both[: len(columns)], both[len(columns) :], strict=True):
            if mine != original:
                yield f"{number}: {column} is {original}, in a part {mine}"
    right = Q(organ=F("document__organ"), routing=F("petition__routing"))
    right &= Q(to_petitioners=Q(document__kind__in=sorted(GOES_TO_PETITIONERS)))
    papers = PetitionDocument.objects.exclude(right)
    for number, document in papers.values_list("petition__number", "document").iterator(_AT_ONCE):
        yield f"{number}: paper {document} has another organ, state or reader on the petition than of its own"
    running = PetitionClock.objects.open().filter(petition=OuterRef("pk")).exclude(code__in=UNLIT_CLOCKS)
    nearest = running.order_by().values("petition").annotate(nearest=Min("due_at")).values("nearest")
    petitions = Petition.objects.annotate(nearest=Subquery(nearest)).order_by("pk")
    for number, due_at, due in petitions.values_list("number", "next_due_at", "nearest").iterator(_AT_ONCE):
        if due_at != due:
            yield f"{number}: next due at {due_at}, its clocks say {due}"
    noted = Progress.objects.filter(handling=OuterRef("pk")).order_by().values("handling")
    at_work = Handling.objects.filter(state=HandlingState.INVESTIGATING, ended_at=None)
    quiet = at_work.annotate(noted=Subquery(noted.annotate(last=Max("noted_at")).values("last")))
    told = quiet.filter(noted__isnull=False).exclude(quiet_since_at=F("noted"))
    for number in told.values_list("petition__number", flat=True).iterator(_AT_ONCE):
        yield f"{number}: a handling is quiet since another moment than its last note"
    elsewhere = Petition.objects.exclude(place_path=F("place__path"))
    for number in elsewhere.values_list("number", flat=True).iterator(_AT_ONCE):
        yield f"{number}: its place has another path"


def audit(_now: datetime) -> Faults:
    """Yield blocks that do not fit, petitions whose registering has no entry, and rows that history lags behind."""
    for found in breaks():
        yield f"audit block {found.block}: {found.expected} entries closed, {found.found} found"
    entries = Entry.objects.filter(
        verb="petition.register",
        subject_kind=Petition._meta.label_lower,
        subject_id=Cast(OuterRef("pk"), CharField()),
    )
    for number in (
        Petition.objects.filter(~Exists(entries)).values_list("number", flat=True).iterator(_AT_ONCE)
    ):
        yield f"{number}: no audit entry of its registration"
    yield from _lagging("PetitionVersion", Petition)
    yield from _lagging("PetitionClockVersion", PetitionClock)


def _lagging(history: str, model: type[models.Model]) -> Faults:
    """Yield rows whose newest version is not what stands in the table."""
    versions = apps.get_model("cases", history)._meta
    kept = [field.column for field in versions.concrete_fields if not field.name.startswith("pgh_")]
    names = [connection.ops.quote_name(column) for column in kept]
    statement = (
        f"SELECT row.id FROM {model._meta.db_table} AS row LEFT JOIN LATERAL ("  # noqa: S608 names of our own tables
        f" SELECT {', '.join(names)} FROM {versions.db_table} AS version WHERE version.pgh_obj_id = row.id"
        " ORDER BY version.pgh_id DESC LIMIT 1) AS newest ON true"
        f" WHERE ({', '.join(f'newest.{name}' for name in names)})"
        f" IS DISTINCT FROM ({', '.join(f'row.{name}' for name in names)}) ORDER BY row.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(_AT_ONCE):
            for (key,) in rows:
                yield f"{model._meta.label_lower} {key}: its history does not end with what it is"


def sums(_now: datetime) -> Faults:
    """Yield divisions of the petitions that do not come to the whole, and petitions of fewer than their people."""
    whole = Petition.objects.aggregate(petitions=Count("pk"), persons=Sum("petitioner_count"))
    for title, parts in _divided().items():
        petitions, persons = 0, 0
        for part in parts:
            petitions, persons = petitions + part["petitions"], persons + part["persons"]
        if (petitions, persons) != (whole["petitions"], whole["persons"] or 0):
            yield (
                f"by {title}: {petitions} petitions of {persons} persons,"
                f" {whole['petitions']} of {whole['persons']} in all"
            )
    for people in (Petitioner, Reporter):
        named: Any = people._default_manager.filter(petition=OuterRef("pk")).order_by().values("petition")
        counted = Petition.objects.annotate(named=Subquery(named.annotate(named=Count("pk")).values("named")))
        fewer = counted.filter(petitioner_count__lt=F("named"))
        for number, count, names in fewer.values_list("number", "petitioner_count", "named").iterator(
            _AT_ONCE
        ):
            yield f"{number}: {count} persons, {names} named"
    wild = Petition.objects.exclude(petitioner_count__range=(1, _MOST_PERSONS))
    for number, count in wild.values_list("number", "petitioner_count").iterator(_AT_ONCE):
        yield f"{number}: {count} persons"


def _divided() -> Mapping[str, Iterable[Mapping[str, Any]]]:
    """Return the petitions divided by what figures divide them by, each part with its numbers."""
    counts = {"petitions": Count("pk"), "persons": Sum("petitioner_count")}
    rows: Any = Petition.objects.order_by()
    return {
        "month": rows.annotate(month=TruncMonth("registered_at")).values("month").annotate(**counts),
        "place": rows.values("place__path").annotate(**counts),
        "category": rows.values("content_category__label").annotate(**counts),
        "channel": rows.values("channel").annotate(**counts),
    }


CHECKS: Mapping[str, Callable[[datetime], Faults]] = {
    "clocks": clocks,
    "numbers": numbers,
    "involvement": involvement,
    "copies": copies,
    "audit": audit,
    "sums": sums,
}
