"""Whom a matter is put before at a tier: by post and portfolio, and never a dead end (Q2, Q29)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Absence, Organ, OrganKind, Portfolio, Post
from accounts.roles import Role
from assignments.models import Seat
from assignments.states import Chosen, Tier
from lib.trees import paths_above


@dataclass(frozen=True, kw_only=True)
class About:
    """What a room above knows of a matter that decides whom it is put before."""

    organ_paths: Collection[str] = ()
    place_path: str = ""
    # persons and units that must not be sent it: whom it names, and who withdrew from it (Q2, R-33)
    users_kept_out: Collection[int] = field(default=frozenset())
    organs_kept_out: Collection[int] = field(default=frozenset())


@dataclass(frozen=True)
class Found:
    """Who is asked, and how he was found."""

    asked: Post | Organ
    chosen: Chosen


def find_each(seat: Seat, about: About, *, on: date) -> list[Found]:
    """Return everybody a seat comes to on a day: one, or with `asks_all` one for each title; nobody twice."""
    if not seat.asks_all or not seat.titles:
        return [find(seat, about, on=on)]
    held = list(_held(seat, about, on=on))
    each: dict[Post | Organ, Found] = {}
    for line in seat.titles:
        found = _found(seat, about, list(_by_titles(held, _in_turn(line))), on=on)
        each.setdefault(found.asked, found)
    return list(each.values())


def find(seat: Seat, about: About, *, on: date) -> Found:
    """Return the first a seat comes to on a day: holder, his deputy, the next one named, or the office named.

    Where the seat is that of the place's own organ, that one.
    """
    near = _of_place(seat, about) if seat.by_place else None
    if near is not None:
        return Found(near, Chosen.HOLDER)
    held = _held(seat, about, on=on)
    first: list[tuple[Post, bool]] = []
    if seat.by_portfolio:
        first = [(post, True) for post in _in_charge(held, about, on)]
    titles = [title for line in seat.titles for title in _in_turn(line)]
    named = [(post, is_first and not seat.by_portfolio) for post, is_first in _by_titles(list(held), titles)]
    return _found(seat, about, [*first, *named], on=on)


def _in_turn(line: str) -> list[str]:
    """Return the titles of a line: the one that is asked, and behind a slash who is while that post is vacant."""
    return [title.strip() for title in line.split("/") if title.strip()]


def _found(seat: Seat, about: About, posts: Sequence[tuple[Post, bool]], *, on: date) -> Found:
    """Return whom of some posts, in their order, a seat comes to, each with whether it is the first choice."""
    if not posts:
        return Found(_office(seat.fallback, about), Chosen.FALLBACK)
    asked, first_choice = posts[0]
    if not first_choice:
        return Found(asked, Chosen.NEXT)
    away = Absence.objects.running_on(on).filter(post=asked).exists()
    return Found(asked, Chosen.DEPUTY if away else Chosen.HOLDER)


def _held(seat: Seat, about: About, *, on: date) -> QuerySet[Post]:
    """Return the posts of a seat's level that may be asked (Q2, R-33)."""
    return (
        Post.objects.held_on(on)
        .filter(_of_level(seat.organ), user__is_active=True)
        .filter(role__in=[Role.LEADER, Role.UNIT_HEAD, Role.OFFICE_DIRECTOR])
        .exclude(user__in=list(about.users_kept_out))
        .exclude(organ__in=list(about.organs_kept_out))
        .select_related("organ", "user")
        .order_by("pk")
    )


def _by_titles(held: Sequence[Post], titles: Sequence[str]) -> Iterator[tuple[Post, bool]]:
    """Yield the holders of titles in their order, each with whether it is the first title."""
    named: dict[str, Post] = {}
    for post in held:
        named.setdefault(post.title, post)
    for at, title in enumerate(titles):
        if title in named:
            yield named[title], at == 0


_KIND_OF_TIER = {Tier.COMMUNITY: OrganKind.COMMUNITY, Tier.TOWNSHIP: OrganKind.TOWNSHIP}


def _of_place(seat: Seat, about: About) -> Organ | None:
    """Return the community or township in whose place a matter lies, unless it must not be sent it."""
    kind = _KIND_OF_TIER.get(Tier(seat.tier))
    organs = Organ.objects.current().filter(kind=kind, place__path__in=paths_above(about.place_path or "/"))
    return organs.exclude(pk__in=list(about.organs_kept_out)).order_by("-place__path", "pk").first()


def seat_in_force(code: str, *, on: date) -> Seat | None:
    """Return the version of a seat that holds on a day."""
    seat: Seat | None = _in_force(on).filter(code=code).first()
    return seat


def seats_in_force(*, on: date) -> dict[str, Seat]:
    """Return every seat by its code, each in the version that holds on a day, with one query."""
    return {seat.code: seat for seat in _in_force(on)}


def seat_of_tier(tier: Tier, *, on: date) -> Seat | None:
    """Return the first seat of a tier in force; a span's own seat before the others is the span's business."""
    seat: Seat | None = _in_force(on).filter(tier=tier).order_by("code").first()
    return seat


def next_seat(tier: Tier, *, on: date) -> Seat | None:
    """Return the seat of the nearest tier above one that has any."""
    for above in list(Tier)[tier.rank + 1 :]:
        seat = seat_of_tier(above, on=on)
        if seat is not None:
            return seat
    return None


def _in_force(on: date) -> "QuerySet[Seat]":
    rows: QuerySet[Seat] = Seat.objects.in_force(on).select_related(
        "organ__carried_on_by", "fallback__carried_on_by"
    )
    return rows


def _of_level(organ: Organ) -> Q:
    """Return the condition of posts in an organ, or in a leading body beside it: secretary and head of one district."""
    today = _today(organ)
    own = Q(organ__in=Organ.objects.of_today(today))
    if today.kind != OrganKind.LEADING_BODY:
        return own
    return own | Q(organ__kind=OrganKind.LEADING_BODY, organ__place=today.place_id)


def _in_charge(held: QuerySet[Post], about: About, on: date) -> list[Post]:
    """Return the leaders who look after the unit (管行业), then those of the place (包乡镇)."""
    organs = {path for each in about.organ_paths for path in paths_above(each)}
    places = paths_above(about.place_path) if about.place_path else []
    portfolios = Portfolio.objects.standing_on(on).filter(
        Q(organ__path__in=organs) | Q(place__path__in=places), post__in=held
    )
    keys = list(portfolios.order_by("place", "pk").values_list("post", "organ"))
    order = [post for post, organ in keys if organ] + [post for post, organ in keys if not organ]
    posts = {post.pk: post for post in held}
    return [posts[key] for key in dict.fromkeys(order)]


def _office(fallback: Organ, about: About) -> Organ:
    """Return who takes it, past one that is complained of to the next higher or the discipline organ (Q2)."""
    organ: Organ | None = _today(fallback)
    passed: set[int] = set()
    while organ is not None and organ.pk in about.organs_kept_out and organ.pk not in passed:
        passed.add(organ.pk)
        organ = organ.next_higher
    if organ is not None and organ.pk not in about.organs_kept_out:
        return organ
    discipline = Organ.objects.current().filter(kind=OrganKind.DISCIPLINE_ORGAN).order_by("pk")
    return discipline.exclude(pk__in=list(about.organs_kept_out)).first() or _today(fallback)


def _today(organ: Organ) -> Organ:
    return organ.carried_on_by or organ
