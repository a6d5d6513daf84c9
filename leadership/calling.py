"""Who is called back (回访): a draw of what was finished, and whoever said to be dissatisfied (Q41)."""

import hashlib
import secrets
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Organ
from audit.models import Entry
from audit.parts import Actor, record, record_each
from cases.models import Handling, Petition, PetitionRating
from cases.rating_states import Satisfaction
from cases.states import Routing
from infra.local_settings import Setting, value_of
from leadership.call_back_states import CallGround
from leadership.models import CallBack, CallBackDraw
from leadership.parts import nearest_office, office_over, own_office, petition_offices

SYSTEM = Actor(words="clock")


def chosen(petitions: Collection[UUID], size: int, seed: str) -> list[UUID]:
    """Return so many of some petitions, the same for the same seed whoever draws."""

    def place(key: UUID) -> str:
        return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()

    return sorted(petitions, key=place)[:size]


def draw_call_backs(*, now: datetime) -> int:
    """Draw for each petition office some of what was finished in the month before, once. Return how many."""
    first = timezone.localdate(now).replace(day=1)
    month = (first - timedelta(days=1)).replace(day=1)
    offices = petition_offices()
    drawn = set(CallBackDraw.objects.filter(month=month).values_list("office", flat=True))
    waiting = [office for office in offices if office.pk not in drawn]
    if not waiting:
        return 0
    by_office: dict[int, set[UUID]] = {office.pk: set() for office in waiting}
    for petition in _finished_between(month, first):
        office = own_office(petition) or nearest_office(offices, petition)
        if office is not None and office.pk in by_office:
            by_office[office.pk].add(petition.pk)
    return sum(
        _draw(office, month, by_office[office.pk] - _led_by(office, by_office[office.pk]), now=now)
        for office in waiting
    )


def _finished_between(first: date, end: date) -> Iterator[Petition]:
    """Yield what was finished from one day to before another and stands so, where somebody can be called."""
    zone = timezone.get_default_timezone()
    entries = Entry.objects.filter(
        verb="petition.finish",
        at__gte=datetime.combine(first, time.min, zone),
        at__lt=datetime.combine(end, time.min, zone),
    )
    keys = set(entries.values_list("subject_id", flat=True))
    rows = Petition.objects.filter(pk__in=keys, sealed=False, routing=Routing.FINISHED, is_anonymous=False)
    yield from rows.select_related("register_organ__carried_on_by", "register_organ__place")


def _led_by(office: Organ, petitions: Collection[UUID]) -> set[UUID]:
    """Return those of some petitions that an office handled itself: there it is not outside the unit (Q41)."""
    led = Handling.objects.filter(organ__in=Organ.objects.of_today(office), ended_at=None)
    return set(led.filter(petition__in=petitions).values_list("petition", flat=True))


@transaction.atomic(durable=True)
def _draw(office: Organ, month: date, population: Collection[UUID], *, now: datetime) -> int:
    Organ.objects.select_for_update(no_key=True).get(pk=office.pk)
    if CallBackDraw.objects.filter(office=office, month=month).exists():
        return 0
    draw = CallBackDraw.objects.create(
        office=office, month=month, seed=secrets.token_hex(8), population=len(population), drawn_at=now
    )
    size = value_of(Setting.CALL_BACK_SAMPLE_SIZE, on=timezone.localdate(now))
    keys = chosen(population, size, draw.seed)
    rows = [
        CallBack(petition_id=key, office=office, ground=CallGround.SAMPLE, draw=draw, opened_at=now)
        for key in keys
    ]
    CallBack.objects.bulk_create(rows)
    record_each(
        "call_back.draw",
        CallBack,
        ((row.pk, {"month": month.isoformat()}) for row in rows),
        by=SYSTEM,
        at=now,
    )
    return len(rows)


def call_dissatisfied(*, now: datetime) -> int:
    """Open a call-back for each who says he is dissatisfied with a unit, once for each word. Return how many."""
    return sum(_open(key, now=now) for key in list(_dissatisfied().values_list("pk", flat=True)))


def _dissatisfied() -> QuerySet[PetitionRating]:
    known = CallBack.objects.filter(rating=OuterRef("pk"))
    of_units = PetitionRating.objects.standing().filter(
        value=Satisfaction.DISSATISFIED, handling__isnull=False
    )
    return of_units.filter(~Exists(known), Q(petition__sealed=False)).order_by("rated_at", "pk")


@transaction.atomic(durable=True)
def _open(rating_id: UUID, *, now: datetime) -> int:
    rows = _dissatisfied().select_for_update(of=("self",), skip_locked=True)
    rows = rows.select_related("petition__register_organ__carried_on_by", "petition__place")
    rating = rows.filter(pk=rating_id).first()
    if rating is None:
        return 0
    office = office_over(rating.petition)
    if office is None or _led_by(office, {rating.petition_id}):
        return 0
    row = CallBack.objects.create(
        petition=rating.petition, office=office, ground=CallGround.DISSATISFIED, rating=rating, opened_at=now
    )
    record("call_back.open", row, by=SYSTEM, at=now)
    return 1
