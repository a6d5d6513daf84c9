"""What leaders look after, as posts and organs change under it: 管行业, 包乡镇 (Q29)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from accounts.models import Organ, Portfolio, Post
from accounts.roles import Role
from lib.transactions import require_transaction
from lib.trees import paths_above
from places.models import Place


def pass_portfolio(leaving: Post, taking: Post, *, since: date) -> int:
    """Let another leader look after everything a post does, from a day on. Return how much that was."""
    passing = _open_of(leaving)
    for portfolio in passing:
        carry(portfolio, since=since, post=taking)
    return len(passing)


def carry(
    portfolio: Portfolio,
    *,
    since: date,
    organ: Organ | None = None,
    place: Place | None = None,
    post: Post | None = None,
) -> None:
    """Let an open portfolio go on from a day on with another organ, place or leader, once where he has it already."""
    require_transaction("carry")
    goes_on = Portfolio(
        post=post or portfolio.post,
        organ=organ or portfolio.organ,
        place=place or portfolio.place,
        since=since,
    )
    standing = Portfolio.objects.filter(
        post=goes_on.post, organ=goes_on.organ, place=goes_on.place, until=None
    )
    has_it = standing.exclude(pk=portfolio.pk).exists()
    if portfolio.since >= since and not has_it:
        # given on the day of the change or after it: it was meant for whoever carries on
        portfolio.post, portfolio.organ, portfolio.place = goes_on.post, goes_on.organ, goes_on.place
        portfolio.save(update_fields=["post", "organ", "place"])
        return
    portfolio.until = max(since - timedelta(days=1), portfolio.since)
    portfolio.save(update_fields=["until"])
    if not has_it:
        goes_on.save(force_insert=True)


def follow_division(old: Place, new: Place, since: date, _now: datetime) -> int:
    """Let organs stand in, and leaders look after, the division that carries theirs on. Return how many (Q29)."""
    require_transaction("follow_division")
    moved = Organ.objects.current().filter(place=old).update(place=new)
    looked_after = Portfolio.objects.filter(place=old, until=None).select_related("post", "organ", "place")
    for portfolio in looked_after.select_for_update(of=("self",)).order_by("pk"):
        carry(portfolio, since=since, place=new)
        moved += 1
    return moved


def end_portfolio_of(post: Post, *, on: date) -> int:
    """Let a post look after nothing any more; the day is the last one. Return how much it was."""
    require_transaction("end_portfolio_of")
    ending = _open_of(post)
    for portfolio in ending:
        portfolio.until = max(on, portfolio.since)
        portfolio.save(update_fields=["until"])
    return len(ending)


def may_take(post: Post, leaving: Post) -> bool:
    """Test if a post can take what another one looks after: only a leader's can, if there is anything."""
    return post.role == Role.LEADER or not Portfolio.objects.filter(post=leaving, until=None).exists()


def leaders_over(paths: Iterable[str]) -> set[int]:
    """Return the posts that look after one of these organs, or one that it lies below."""
    above = {path for each in paths for path in paths_above(each)}
    rows = Portfolio.objects.filter(organ__path__in=above, until=None)
    return set(rows.values_list("post", flat=True))


def _open_of(post: Post) -> list[Portfolio]:
    rows = Portfolio.objects.select_for_update(of=("self",)).select_related("organ", "place")
    return list(rows.filter(post=post, until=None).order_by("pk"))
