"""Posts: who does what where, from a day to a day, who stands in, and whose the work is afterwards (Q29)."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import handover
from accounts.hats import Hat
from accounts.models import Absence, ApiToken, Organ, Portfolio, Post, User
from accounts.parts import (
    in_words,
    lock_organs,
    lock_post,
    lock_standing_post,
    lock_user,
    refuse_second_separate_role,
)
from accounts.permissions import may_arrange_absence, may_change_account_of, may_hand_over, may_keep_people
from accounts.portfolios import end_portfolio_of, may_take, pass_portfolio
from accounts.roles import NEVER_ON_ONE_PERSON, Role
from audit.parts import record
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from places.models import Place

LONGEST_ABSENCE = timedelta(days=366)


@transaction.atomic(durable=True)
def give_post(
    user_id: int,
    *,
    organ_id: int,
    role: Role,
    title: str = "",
    is_steward: bool = False,
    held_from: date,
    by: Hat,
    now: datetime,
) -> Post:
    """Give a person a post from a day on, today or later.

    :raises NotAllowed: if the hat does not keep people, for oneself, or against the separation of administrators
    :raises Refused: for a day that has passed, or a steward who is an administrator
    :raises OutOfTurn: if he has this post already, his account is closed, or the organ has ended
    """
    user = lock_user(user_id)
    if not may_change_account_of(by, user):
        raise NotAllowed(_("Only the security administrator gives posts, and never to himself."))
    if not user.is_active:
        raise OutOfTurn(_("This account is closed."))
    organ = lock_organs([organ_id])[organ_id]
    _refuse_past(held_from, now, "held_from")
    if is_steward and role in NEVER_ON_ONE_PERSON:
        raise Refused(
            _("Administrators and the sealed lane are no stewards."), {"is_steward": _("Not with this role.")}
        )
    refuse_second_separate_role(user, role, held_from, None)
    post = Post(user=user, organ=organ, role=role, title=title, is_steward=is_steward, held_from=held_from)
    try:
        post.save()
    except IntegrityError as error:
        raise in_words(error) from error
    facts = {"user": user.pk, "organ": organ.code, "role": role.value, "from": held_from.isoformat()}
    record("post.give", post, by=by.actor, at=now, facts={**facts, "steward": is_steward})
    return post


@transaction.atomic(durable=True)
def end_post(post_id: int, *, taken_over_by: int | None = None, by: Hat, now: datetime) -> Post:
    """End a post with today, and pass its open work to the post that takes it over.

    What a leader looks after passes to the leader who takes over, or else ends with the post.

    :raises NotAllowed: if the hat does not keep people, or it is one's own post
    :raises OutOfTurn: if it has ended, or open work would stand with nobody (Q29)
    """
    post, today = lock_standing_post(post_id, on=timezone.localdate(now)), timezone.localdate(now)
    if not may_change_account_of(by, post.user):
        raise NotAllowed(_("Only the security administrator ends posts, and never his own."))
    moved = _move_work(post, taken_over_by, by, now) if taken_over_by else {}
    if handover.open_work(post):
        raise OutOfTurn(_("Open work hangs on this post. Name the post that takes it over."))
    post.held_to = max(today, post.held_from)
    post.save(update_fields=["held_to"])
    if end_portfolio_of(post, on=today):
        handover.of_portfolios.follow([post.pk], now=now)
    ApiToken.objects.filter(post=post, revoked_at=None).update(revoked_at=now)
    Absence.objects.not_over_on(today).filter(post=post).update(ended_at=now)
    facts = {"to": post.held_to.isoformat(), "taken_over_by": taken_over_by, "moved": moved}
    record("post.end", post, by=by.actor, at=now, facts=facts)
    return post


@transaction.atomic(durable=True)
def hand_over(from_post_id: int, *, to_post_id: int, by: Hat, now: datetime) -> dict[str, int]:
    """Pass all open work of one post to another in one act. Return how much, by kind. The post may have ended.

    :raises NotAllowed: if the hat may not pass this post's work on
    :raises Refused: if the other post cannot take it
    """
    post = lock_post(from_post_id)
    if not may_hand_over(by, post):
        raise NotAllowed(
            _("Only the holder, the steward of the organ or the security administrator hands work over.")
        )
    moved = _move_work(post, to_post_id, by, now)
    record("post.hand_over", post, by=by.actor, at=now, facts={"to_post": to_post_id, "moved": moved})
    return moved


def _move_work(post: Post, to_post_id: int, by: Hat, now: datetime) -> dict[str, int]:
    """Move the work to a post that can take it: of the organ or one above, of the lane if it comes from the lane."""
    today = timezone.localdate(now)
    to_post = lock_standing_post(to_post_id, on=today)
    if to_post.pk == post.pk or to_post.held_from > today or not to_post.user.is_active:
        words = _("Name a post that somebody else holds today.")
        raise Refused(words, {"to_post": words, "taken_over_by": words})
    separate = NEVER_ON_ONE_PERSON & {Role(post.role), Role(to_post.role)}
    if not _reaches(to_post.organ, post.organ) or (separate and post.role != to_post.role):
        words = _(
            "Work passes to a post of the same organ or of one above it, sealed work to the sealed lane."
        )
        raise Refused(words, {"to_post": words, "taken_over_by": words})
    if not may_take(to_post, post):
        words = _("What a leader looks after passes to a leader. Name one, or end the portfolio first.")
        raise Refused(words, {"to_post": words, "taken_over_by": words})
    moved = handover.of_posts.move_all(post, to_post, by=by, now=now)
    if looked_after := pass_portfolio(post, to_post, since=today):
        handover.of_portfolios.follow([post.pk, to_post.pk], now=now)
        moved["portfolio"] = looked_after
    return moved


@transaction.atomic(durable=True)
def announce_absence(
    post_id: int, *, deputy_id: int, since: date, until: date, reason: str, by: Hat, now: datetime
) -> Absence:
    """Say who acts for a post, in his own name, from a day to a day, both included (Q29).

    :raises NotAllowed: if the hat may not arrange this, or the deputy's roles must stay apart from the post's
    :raises Refused: if the days or the deputy do not fit
    :raises OutOfTurn: if a deputy already stands in then
    """
    deputy, today = lock_user(deputy_id), timezone.localdate(now)
    post = lock_standing_post(post_id, on=today)
    if not may_arrange_absence(by, post):
        raise NotAllowed(
            _("Only the holder, the steward of the organ or the security administrator names a deputy.")
        )
    _refuse_past(since, now, "since")
    if until < since or until - since > LONGEST_ABSENCE:
        raise Refused(
            _("The last day does not fit the first."), {"until": _("On or after the first, within a year.")}
        )
    _refuse_unfit_deputy(post, deputy, today)
    refuse_second_separate_role(deputy, post.role, since, until)
    absence = Absence(post=post, deputy=deputy, since=since, until=until, reason=reason)
    try:
        absence.save()
    except IntegrityError as error:
        raise in_words(error) from error
    facts = {"post": post.pk, "deputy": deputy.pk, "since": since.isoformat(), "until": until.isoformat()}
    record("absence.announce", absence, by=by.actor, at=now, facts=facts)
    return absence


def _refuse_unfit_deputy(post: Post, deputy: User, today: date) -> None:
    posts = Post.objects.held_on(today).filter(user=deputy).select_related("organ")
    fits = any(_reaches(held.organ, post.organ) for held in posts)
    if deputy.pk == post.user_id or not deputy.is_active or not fits:
        words = _("The deputy is another person with a post in the same organ or one above it.")
        raise Refused(words, {"deputy": words})


@transaction.atomic(durable=True)
def end_absence(absence_id: int, *, by: Hat, now: datetime) -> Absence:
    """Let a post's holder act alone again.

    :raises Unknown: if there is no such absence
    :raises NotAllowed: if the hat may not arrange this
    :raises OutOfTurn: if it is over
    """
    rows = Absence.objects.select_for_update(of=("self",)).select_related("post__organ", "post__user")
    absence = rows.filter(pk=absence_id).first()
    if absence is None:
        raise Unknown(_("There is no such absence."))
    if not may_arrange_absence(by, absence.post):
        raise NotAllowed(
            _("Only the holder, the steward of the organ or the security administrator names a deputy.")
        )
    if absence.ended_at or absence.until < timezone.localdate(now):
        raise OutOfTurn(_("This absence is over."))
    absence.ended_at = now
    absence.save(update_fields=["ended_at"])
    record("absence.end", absence, by=by.actor, at=now, facts={"post": absence.post_id})
    return absence


@transaction.atomic(durable=True)
def set_portfolio(
    post_id: int,
    *,
    organ_id: int | None = None,
    place_id: int | None = None,
    since: date,
    by: Hat,
    now: datetime,
) -> Portfolio:
    """Let a leader look after a department (管行业) or a township or street (包乡镇) from a day on.

    He has part in the open petitions of it at once, so the day must have come.

    :raises NotAllowed: if the hat does not keep people
    :raises Refused: if the post is no leader's or not held yet, not exactly one of organ and place is named, or the
        day has not come
    :raises OutOfTurn: if he looks after it already
    """
    today = timezone.localdate(now)
    post = lock_standing_post(post_id, on=today)
    if not may_keep_people(by):
        raise NotAllowed(_("Only the security administrator sets what a leader looks after."))
    if post.role != Role.LEADER:
        raise Refused(_("Only a leader's post looks after organs and places."))
    if (organ_id is None) == (place_id is None):
        raise Refused(_("Name one organ or one place."), {"organ": _("Name one organ or one place.")})
    if since > today or post.held_from > today:
        raise Refused(_("Enter the change once its day has come."), {"since": _("This day has not come.")})
    organ = lock_organs([organ_id])[organ_id] if organ_id else None
    place = Place.objects.current().filter(pk=place_id).first() if place_id else None
    if place_id and place is None:
        raise Unknown(_("There is no such division."))
    if Portfolio.objects.filter(post=post, organ=organ, place=place, until=None).exists():
        raise OutOfTurn(_("He looks after this already."))
    portfolio = Portfolio(post=post, organ=organ, place=place, since=since)
    portfolio.save()
    handover.of_portfolios.follow([post.pk], now=now)
    facts = {"post": post.pk, "organ": organ.code if organ else None, "place": place.code if place else None}
    record("portfolio.set", portfolio, by=by.actor, at=now, facts={**facts, "since": since.isoformat()})
    return portfolio


@transaction.atomic(durable=True)
def end_portfolio(portfolio_id: int, *, by: Hat, now: datetime) -> Portfolio:
    """Let a leader look after something no longer; today is the last day, and his part in its petitions ends now.

    :raises Unknown: if there is no such thing
    :raises NotAllowed: if the hat does not keep people
    :raises OutOfTurn: if it has ended
    """
    if not may_keep_people(by):
        raise NotAllowed(_("Only the security administrator sets what a leader looks after."))
    known = Portfolio.objects.filter(pk=portfolio_id).first()
    if known is None:
        raise Unknown(_("There is nothing like this in a portfolio."))
    # The post first, as a handover does, which then takes its portfolio along.
    lock_post(known.post_id)
    portfolio = Portfolio.objects.select_for_update().get(pk=portfolio_id)
    if portfolio.until:
        raise OutOfTurn(_("He looks after this no longer."))
    portfolio.until = max(timezone.localdate(now), portfolio.since)
    portfolio.save(update_fields=["until"])
    handover.of_portfolios.follow([portfolio.post_id], now=now)
    facts = {"post": portfolio.post_id, "until": portfolio.until.isoformat()}
    record("portfolio.end", portfolio, by=by.actor, at=now, facts=facts)
    return portfolio


def _reaches(organ: Organ, below: Organ) -> bool:
    """Test if an organ is the other one or lies above it in the tree."""
    return below.path.startswith(organ.path)


def _refuse_past(day: date, now: datetime, name: str) -> None:
    if day < timezone.localdate(now):
        raise Refused(_("This day has passed."), {name: _("Today or later.")})
