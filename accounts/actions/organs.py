"""Organs: their tree, the next-higher of each, and who carries on when one ends (Art 24, 35, 36; Q29)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import handover
from accounts.hats import Hat
from accounts.models import Absence, ApiToken, Organ, OrganKind, OrganSuccession, Portfolio, Post
from accounts.parts import lock_organs
from accounts.permissions import may_keep_organs
from accounts.portfolios import carry, leaders_over
from audit.parts import record
from lib.errors import NotAllowed, Refused, Unknown
from lib.trees import child_path
from places.models import Place

# Numbers are read by their letters: two to six capitals (Q16).
_SHORTEST_PREFIX = 2


@dataclass(frozen=True)
class OrganFacts:
    """What is known of an organ besides its code. `place`, `parent` and `next_higher` are ids."""

    name: str
    short_name: str
    kind: OrganKind
    place: int
    parent: int | None = None
    next_higher: int | None = None
    number_prefix: str | None = None
    political_legal: bool = False


@dataclass(frozen=True)
class NewName:
    """An organ yet to be made that carries others on."""

    code: str
    name: str
    short_name: str


@transaction.atomic(durable=True)
def make_organ(code: str, *, facts: OrganFacts, since: date, by: Hat, now: datetime) -> Organ:
    """Take an organ into the tree from a day on.

    :raises NotAllowed: if the hat does not keep organs
    :raises Refused: if code or number prefix are taken, or the day has not come
    """
    _refuse_others(by)
    tree = _lock_tree()
    _refuse_future(since, now)
    organ = _a_new_organ(code, facts, since, tree)
    organ.save()
    record("organ.make", organ, by=by.actor, at=now, facts={"code": code, "since": since.isoformat()})
    return organ


@transaction.atomic(durable=True)
def change_organ(organ_id: int, *, facts: OrganFacts, by: Hat, now: datetime) -> Organ:
    """Put right what is known of an organ; what lies below moves along. A new name by decree is a succession.

    :raises NotAllowed: if the hat does not keep organs
    :raises Refused: if it would lie below itself, or review its own decisions in the end
    """
    _refuse_others(by)
    tree = _lock_tree()
    organ = _of(tree, organ_id)
    parent = _of(tree, facts.parent) if facts.parent else None
    if parent and parent.path.startswith(organ.path):
        words = _("An organ cannot lie below itself.")
        raise Refused(words, {"parent": words})
    _refuse_circle(tree, organ.pk, facts.next_higher)
    _refuse_bad_prefix(tree, facts.number_prefix, besides={organ.pk})
    kept_as_it_is = ("name", "short_name", "kind", "number_prefix", "political_legal")
    before = {name: getattr(organ, name) for name in kept_as_it_is}
    before |= {"place": organ.place_id, "parent": organ.parent_id, "next_higher": organ.next_higher_id}
    old_path = organ.path
    organ.name, organ.short_name, organ.kind = facts.name, facts.short_name, facts.kind
    organ.number_prefix, organ.place = facts.number_prefix, _place(facts.place)
    organ.parent, organ.next_higher_id = parent, facts.next_higher
    organ.political_legal = facts.political_legal
    organ.path = child_path(parent.path if parent else "", organ.code)
    organ.save(
        update_fields=[
            "name",
            "short_name",
            "kind",
            "number_prefix",
            "political_legal",
            "place",
            "parent",
            "next_higher",
            "path",
        ]
    )
    _move_below(old_path, organ.path)
    if organ.path != old_path:
        handover.of_portfolios.follow(leaders_over([old_path, organ.path]), now=now)
    changed = sorted(name for name, value in before.items() if value != getattr(facts, name))
    record("organ.change", organ, by=by.actor, at=now, facts={"changed": changed})
    return organ


@transaction.atomic(durable=True)
def replace_organ(
    organ_ids: Sequence[int], *, successor: int | NewName, since: date, basis: str, by: Hat, now: datetime
) -> Organ:
    """Let organs be carried on by one other from a day on: renamed or merged (Q29).

    The successor is an organ that exists, or a new one that takes kind, place, parent, next-higher organ and number
    prefix of the first. Posts, open work, what lies below, portfolios and next-higher organs pass to it. The old
    rows keep their names for old papers and figures.

    :raises NotAllowed: if the hat does not keep organs
    :raises Refused: if the day has not come or lies before an organ began, or the successor does not fit
    """
    _refuse_others(by)
    tree = _lock_tree()
    old = [_of(tree, organ_id) for organ_id in dict.fromkeys(organ_ids)]
    if not old:
        raise Unknown(_("There is no such organ."))
    _refuse_future(since, now)
    if any(since <= organ.valid_from for organ in old):
        raise Refused(_("An organ cannot end before it began."), {"since": _("Too early.")})
    if isinstance(successor, int) and (successor in organ_ids or _lies_below(tree, successor, old)):
        words = _("The successor must be another organ, and none that lies below.")
        raise Refused(words, {"successor": words})
    leaders = _leaders_touched(old)
    posts = _lock_posts(old, leaders, since)
    for organ in old:
        organ.valid_to = since - timedelta(days=1)
        organ.save(update_fields=["valid_to"])
    taking = _of(tree, successor) if isinstance(successor, int) else _carry_on(successor, old, since, tree)
    for organ in old:
        succession = OrganSuccession(predecessor=organ, successor=taking, since=since, basis=basis)
        succession.save()
        moved = _pass_on(organ, taking, posts[organ.pk], since, by, now)
        facts = {"successor": taking.code, "since": since.isoformat(), "basis": basis, "moved": moved}
        record("organ.replace", organ, by=by.actor, at=now, facts=facts)
    handover.of_portfolios.follow(leaders | _leaders_touched([taking]), now=now)
    return taking


@transaction.atomic(durable=True)
def split_organ(
    organ_id: int,
    *,
    new: NewName,
    post_ids: Collection[int],
    since: date,
    basis: str,
    by: Hat,
    now: datetime,
) -> Organ:
    """Let a part of an organ be an organ of its own from a day on; the rest goes on under its name (Art 24; Q29).

    The new one stands beside it, with its kind, place, parent and next-higher organ and without a number series. The
    posts named pass to it with their work; what is open for the organ itself stays where it is.

    :raises NotAllowed: if the hat does not keep organs
    :raises Refused: if the day has not come or lies before the organ began, the code is taken, or the posts named are
        not of the organ, or are all that it has
    """
    _refuse_others(by)
    tree = _lock_tree()
    organ = _of(tree, organ_id)
    _refuse_future(since, now)
    if since <= organ.valid_from:
        raise Refused(_("An organ cannot be split before it began."), {"since": _("Too early.")})
    posts = _lock_posts([organ], _leaders_touched([organ]), since)[organ.pk]
    passing = [post for post in posts if post.pk in set(post_ids)]
    if not passing or len(passing) != len(set(post_ids)) or len(passing) == len(posts):
        words = _("Choose some posts of this organ, and not all: a whole organ is renamed or merged.")
        raise Refused(words, {"posts": words})
    part = _carry_on(new, [organ], since, tree, with_series=False)
    succession = OrganSuccession(predecessor=organ, successor=part, since=since, basis=basis)
    succession.save()
    for post in passing:
        _carry_post(post, part, since, by, now)
    handover.of_portfolios.follow(_leaders_touched([organ, part]) | {post.pk for post in passing}, now=now)
    facts = {"code": part.code, "since": since.isoformat(), "basis": basis, "posts": len(passing)}
    record("organ.split", organ, by=by.actor, at=now, facts=facts)
    return part


def _leaders_touched(organs: Sequence[Organ]) -> set[int]:
    """Return the leaders who look after one of the organs or one above it, and those who are of one of them."""
    own = Portfolio.objects.filter(post__organ__in=organs, until=None).values_list("post", flat=True)
    return leaders_over(organ.path for organ in organs) | set(own)


def _carry_on(
    named: NewName,
    old: Sequence[Organ],
    since: date,
    tree: dict[int, Organ],
    *,
    with_series: bool = True,
) -> Organ:
    first = old[0]
    ended = {organ.pk for organ in old if organ.valid_to}
    facts = OrganFacts(
        name=named.name,
        short_name=named.short_name,
        kind=OrganKind(first.kind),
        place=first.place_id,
        parent=first.parent_id if first.parent_id not in ended else None,
        next_higher=first.next_higher_id if first.next_higher_id not in ended else None,
        number_prefix=first.number_prefix if with_series else None,
        political_legal=first.political_legal,
    )
    organ = _a_new_organ(named.code, facts, since, {pk: row for pk, row in tree.items() if pk not in ended})
    organ.save()
    return organ


def _lock_posts(old: Sequence[Organ], leaders: set[int], since: date) -> dict[int, list[Post]]:
    """Return the posts of the organs by organ, held, and hold the leaders' whose portfolio changes: all at once."""
    concerned = Post.objects.filter(Q(organ__in=old) | Q(pk__in=leaders)).not_ended_on(since)
    of_organs: dict[int, list[Post]] = {organ.pk: [] for organ in old}
    for post in concerned.select_for_update(no_key=True).order_by("pk"):
        if post.organ_id in of_organs:
            of_organs[post.organ_id].append(post)
    return of_organs


def _pass_on(
    old: Organ, taking: Organ, posts: Sequence[Post], since: date, by: Hat, now: datetime
) -> dict[str, int]:
    """Hand everything that hangs on an organ that ended to the one that carries it on. Return how much, by kind."""
    old.carried_on_by = taking
    old.save(update_fields=["carried_on_by"])
    old.carries_on.update(carried_on_by=taking)
    for post in posts:
        _carry_post(post, taking, since, by, now)
    if taking.next_higher_id == old.pk:
        taking.next_higher_id = old.next_higher_id if old.next_higher_id != taking.pk else None
        taking.save(update_fields=["next_higher"])
    Organ.objects.current().filter(next_higher=old).exclude(pk=taking.pk).update(next_higher=taking)
    _move_below(old.path, taking.path)
    Organ.objects.current().filter(parent=old).exclude(pk=taking.pk).update(parent=taking)
    for portfolio in Portfolio.objects.filter(organ=old, until=None).order_by("pk"):
        carry(portfolio, since=since, organ=taking)
    work = handover.of_organs.move_all(old, taking, by=by, now=now)
    return {**work, "posts": len(posts)}


def _carry_post(post: Post, taking: Organ, since: date, by: Hat, now: datetime) -> None:
    """End a post with the organ and give its holder the same one in the successor, with its work."""
    if post.held_from >= since:
        # given after the change: it was meant for the successor
        post.organ = taking
        post.save(update_fields=["organ"])
        return
    last_day = post.held_to
    post.held_to = since - timedelta(days=1)
    post.save(update_fields=["held_to"])
    standing = (
        Post.objects.not_ended_on(since).filter(user=post.user_id, organ=taking, role=post.role).first()
    )
    carried = standing or Post(
        user=post.user,
        organ=taking,
        role=post.role,
        title=post.title,
        is_steward=post.is_steward,
        held_from=since,
        held_to=last_day,
    )
    if standing is None:
        carried.save(force_insert=True)
    Absence.objects.not_over_on(since).filter(post=post).update(post=carried)
    ApiToken.objects.filter(post=post, revoked_at=None).update(post=carried)
    for portfolio in Portfolio.objects.filter(post=post, until=None).order_by("pk"):
        carry(portfolio, since=since, post=carried)
    handover.of_posts.move_all(post, carried, by=by, now=now)


def _refuse_others(by: Hat) -> None:
    if not may_keep_organs(by):
        raise NotAllowed(_("Only the system administrator keeps the organs."))


def _lock_tree() -> dict[int, Organ]:
    """Return every organ that exists today, held: two changes of the tree must not make a circle together."""
    return lock_organs(Organ.objects.current().values_list("pk", flat=True))


def _of(tree: dict[int, Organ], organ_id: int) -> Organ:
    if organ_id not in tree:
        raise Unknown(_("There is no such organ."))
    return tree[organ_id]


def _a_new_organ(code: str, facts: OrganFacts, since: date, tree: dict[int, Organ]) -> Organ:
    if Organ.objects.filter(code=code).exists():
        raise Refused(_("This code is taken."), {"code": _("Taken, also codes of organs that ended.")})
    parent = _of(tree, facts.parent) if facts.parent else None
    _refuse_bad_prefix(tree, facts.number_prefix, besides=set())
    return Organ(
        code=code,
        name=facts.name,
        short_name=facts.short_name,
        kind=facts.kind,
        number_prefix=facts.number_prefix,
        political_legal=facts.political_legal,
        place=_place(facts.place),
        parent=parent,
        next_higher=_of(tree, facts.next_higher) if facts.next_higher else None,
        path=child_path(parent.path if parent else "", code),
        valid_from=since,
    )


def _place(place_id: int) -> Place:
    place = Place.objects.current().filter(pk=place_id).first()
    if place is None:
        raise Unknown(_("There is no such division."))
    return place


def _refuse_circle(tree: dict[int, Organ], organ_id: int, next_higher: int | None) -> None:
    """Refuse a next-higher organ from which one comes back: nobody reviews his own decision (Art 35, 36)."""
    above = next_higher
    while above is not None:
        if above == organ_id:
            words = _("Going up from this organ one comes back to it. Nobody reviews his own decision.")
            raise Refused(words, {"next_higher": words})
        above = _of(tree, above).next_higher_id


def _refuse_bad_prefix(tree: dict[int, Organ], prefix: str | None, *, besides: set[int]) -> None:
    if prefix is None:
        return
    if len(prefix) < _SHORTEST_PREFIX or not (prefix.isascii() and prefix.isalpha() and prefix.isupper()):
        words = _("Two to six capital letters.")
        raise Refused(words, {"number_prefix": words})
    if any(organ.number_prefix == prefix for pk, organ in tree.items() if pk not in besides):
        words = _("Another organ has this prefix.")
        raise Refused(words, {"number_prefix": words})


def _refuse_future(since: date, now: datetime) -> None:
    if since > timezone.localdate(now):
        raise Refused(_("Enter the change once its day has come."), {"since": _("This day has not come.")})


def _lies_below(tree: dict[int, Organ], organ_id: int, old: list[Organ]) -> bool:
    path = _of(tree, organ_id).path
    return any(path.startswith(organ.path) for organ in old)


def _move_below(old_path: str, new_path: str) -> None:
    """Hang what lies below one path below the other; organs that ended keep the path they had."""
    if old_path == new_path:
        return
    below = Organ.objects.current().filter(path__startswith=old_path).exclude(path=old_path)
    below.update(path=Concat(Value(new_path), Substr("path", len(old_path) + 1)))
