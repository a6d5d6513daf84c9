"""The one search box as a question: which of the petitions a hat sees have a number, a code, a place or words.

Words are answered in two steps. First the list is walked in its order, a thousand petitions of those the hat sees: that
finds frequent words, and everything where the hat sees few. What is not found so is rare enough for the index of pairs,
which is asked newest months first, in growing stretches, so that no word is fetched from all years at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, Prefetch, Q, Value
from django.db.models.functions import StrIndex

from accounts.hats import Hat
from cases.ledger import WHOLE_NUMBER, due_key, midnight_after, midnight_of, whole_numbers
from cases.models import Claim, Petition, PetitionQuerySet
from cases.searchable import month_number
from cases.typed import Typed
from lib.codes import code_digests
from lib.folding import pairs

MOST_FOUND = 50


class Order(StrEnum):
    """Newest first, or of those with a running period the nearest deadline first."""

    NEWEST = "newest"
    DEADLINE = "deadline"


# How many petitions are looked through in the order of the list before the index is asked.
_WALKED: Mapping[Order, int] = {Order.NEWEST: 1_000, Order.DEADLINE: 3_000}
# Stretches of months before the newest one; what is older is asked at once.
_STRETCHES = (1, 3, 12, 36)


@dataclass(frozen=True)
class Question:
    """What is searched for; what is empty does not narrow."""

    typed: Typed = field(default_factory=Typed)
    # a word that names a division is asked as one
    place_path: str = ""
    since: date | None = None
    until: date | None = None
    order: Order = Order.NEWEST

    @property
    def asks_something(self) -> bool:
        return bool(self.typed.number or self.typed.code or self.typed.terms or self.place_path)


@dataclass(frozen=True)
class Found:
    """The first petitions, fifty at most, and whether there are more."""

    petitions: Sequence[Petition] = ()
    more: bool = False


def find(question: Question, *, hat: Hat, today: date) -> Found:
    """Return what this hat may see of what is asked for, in the order asked for (Q6).

    What is void is found by its whole number or code alone, for who holds its slip (Q15, Q18). Persons are not found
    here: `cases.actions.search` asks what for (Q5). Sealed petitions are found by nobody, their officers included, who
    have their own list (Q1; protection §2.5).
    """
    if not question.asks_something:
        return Found()
    rows = _narrowed(Petition.objects.visible_to(hat), question, hat=hat, today=today)
    ordered = _in_order(rows, question.order, hat)
    if question.typed.terms:
        keys = _with_words(ordered, question, today)
    else:
        keys = list(ordered.values_list("pk", flat=True)[: MOST_FOUND + 1])
    shown = keys[:MOST_FOUND]
    return Found(in_this_order(shown, hat=hat), more=len(keys) > MOST_FOUND)


def in_this_order(keys: Sequence[UUID], *, hat: Hat) -> tuple[Petition, ...]:
    """Return found petitions with what a row and its fragments show, in a fixed number of queries."""
    claims = Prefetch("claims", Claim.objects.order_by("number"))
    visible = Petition.objects.visible_to(hat).filter(pk__in=keys)
    loaded = visible.for_list().select_related("content_category").prefetch_related(claims)
    by_key = {petition.pk: petition for petition in loaded}
    return tuple(by_key[key] for key in keys if key in by_key)


def narrowed_to(
    rows: PetitionQuerySet, *, place_path: str = "", since: date | None = None, until: date | None = None
) -> PetitionQuerySet:
    """Keep what lies in a place and was received in a period."""
    if place_path:
        rows = rows.filter(place_path__startswith=place_path)
    if since:
        rows = rows.filter(received_at__gte=midnight_of(since))
    if until:
        rows = rows.filter(received_at__lt=midnight_after(until))
    return rows


def _narrowed(rows: PetitionQuerySet, question: Question, *, hat: Hat, today: date) -> PetitionQuerySet:
    rows = narrowed_to(rows, place_path=question.place_path, since=question.since, until=question.until)
    typed = question.typed
    whole = whole_numbers(typed.number, hat, on=today)
    if not (whole or typed.code or WHOLE_NUMBER.fullmatch(typed.number)):
        rows = rows.standing()
    if typed.number:
        rows = rows.filter(number__in=whole) if whole else rows.filter(number__startswith=typed.number)
    if typed.code:
        digests = code_digests(typed.code, keys=settings.QUERY_CODE_KEYS)
        rows = rows.filter(query_codes__digest__in=digests, query_codes__replaced_at=None)
    return rows


def _in_order(rows: PetitionQuerySet, order: Order, hat: Hat) -> PetitionQuerySet:
    """Order by the columns that the hat's own index is made of."""
    if order is Order.DEADLINE:
        # as an annotation it is read from the join that scoped the rows, and what has none is left out there as well
        has_one: dict[str, Any] = {"moment__isnull": False}
        return rows.open().annotate(moment=F(due_key(hat))).order_by("moment", "pk").filter(**has_one)
    column = "received_at" if hat.sees_its_place else "involvements__received_at"
    return rows.annotate(moment=F(column)).order_by("-moment", "-pk")


def _with_words(ordered: PetitionQuerySet, question: Question, today: date) -> list[UUID]:
    walked = _WALKED[question.order]
    terms = question.typed.terms
    places = {f"at_{number}": _place_of(term) for number, term in enumerate(terms)}
    walk = ordered
    if question.order is Order.DEADLINE:
        # Which are the first is settled before a word is read: else those of everything open are, to be sorted after.
        inside = Petition.objects.filter(pk__in=ordered.values("pk")[: walked + 1])
        walk = inside.order_by("next_due_at", "pk")
    # The database reads each row's words on its way along the list; kept apart here, so that it never plans otherwise.
    first = list(walk.annotate(**places).values_list("pk", *places)[: walked + 1])
    found = [key for key, *at in first if all(at)][: MOST_FOUND + 1]
    if len(found) > MOST_FOUND or len(first) <= walked:
        return found
    if question.order is Order.DEADLINE:
        indexed = _holding(_indexed(ordered, question), question)
        return list(indexed.values_list("pk", flat=True)[: MOST_FOUND + 1])
    return list(_by_months(ordered, question, today))


def _place_of(term: str) -> StrIndex:
    return StrIndex(F("search_text__words"), Value(term))


# As the index is made; the database takes it for the index only in these words.
_KEYS = Func(
    F("search_text__words"),
    F("search_text__month"),
    function="search_keys",
    output_field=ArrayField(BigIntegerField()),
)


def _by_months(ordered: PetitionQuerySet, question: Question, today: date) -> Iterator[UUID]:
    """Yield what the index knows of the words, newest first, one more than is shown at most."""
    left = MOST_FOUND + 1
    indexed = _indexed(ordered, question)
    for months in _stretches(question, today):
        stretch = _holding(indexed.filter(months), question)
        keys = list(stretch.values_list("pk", flat=True)[:left])
        yield from keys
        left -= len(keys)
        if left == 0:
            return


def _stretches(question: Question, today: date) -> Iterator[Q]:
    """Yield what keeps the months of each stretch: those newer than today's are none."""
    newest = month_number(min(question.until or today, today))
    oldest = month_number(question.since) if question.since else 0
    for length in _STRETCHES:
        months = range(newest, max(newest - length, oldest - 1), -1)
        if not months:
            return
        yield Q(keys__overlap=[-month for month in months])
        newest -= length
    if newest >= oldest:
        yield Q(search_text__month__lte=newest)


def _indexed(rows: PetitionQuerySet, question: Question) -> PetitionQuerySet:
    """Keep what the index says holds every pair of the words."""
    wanted = {pair for term in question.typed.terms for pair in pairs(term)}
    held: dict[str, Any] = {"keys__contains": sorted(wanted)}
    return rows.alias(keys=_KEYS).filter(**held)


def _holding(rows: PetitionQuerySet, question: Question) -> PetitionQuerySet:
    """Keep what really holds every word: pairs alone stand in other words too."""
    for number, term in enumerate(question.typed.terms):
        rows = rows.alias(**{f"at_{number}": _place_of(term)}).filter(**{f"at_{number}__gt": 0})
    return rows
