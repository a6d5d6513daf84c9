"""What leaders look after, as posts and organs change under it: 管行业, 包乡镇 (Q29)."""

from collections.abc import Iterable
from datetime import date, timedelta

from accounts.models import Organ, Portfolio, Post
from accounts.roles import Role
from lib.transactions import require_transaction
from lib.trees import paths_above


def pass_portfolio(leaving: Post, taking: Post, *, since: date) -> int:
    """Let another leader look after everything a post does, from a day on. Return how much that was."""
    passing = _open_of(leaving)
    for portfolio in passing:
        carry(portfolio, since=since, organ=portfolio.organ, post=taking)
    return len(passing)


def carry(portfolio: Portfolio, *, since: date, organ: Organ | None, post: Post) -> None:
    """Let an open portfolio go on with another organ or another leader from a day on, once where he has it already."""
    require_transaction("carry")
    standing = Portfolio.objects.filter(post=post, organ=organ, place=portfolio.place, until=None)
    has_it = standing.exclude(pk=portfolio.pk).exists()
    if portfolio.since >= since and not has_it:
        portfolio.organ, portfolio.post = organ, post
        portfolio.save(update_fields=["organ", "post"])
        return
    portfolio.until = max(since - timedelta(days=1), portfolio.since)
    portfolio.save(update_fields=["until"])
    if not has_it:
        Portfolio(post=post, organ=organ, place=portfolio.place, since=since).save(force_insert=True)


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
