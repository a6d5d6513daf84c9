"""Accounts: opening and closing them, and helping their owners back in (Q34)."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import handover
from accounts.hats import Hat
from accounts.models import Absence, ApiToken, Post, TrustedDevice, User
from accounts.parts import lock_user, write_account
from accounts.permissions import may_change_account_of, may_help, may_keep_people
from accounts.portfolios import end_portfolio_of
from accounts.second_factor import new_password
from audit.parts import record
from lib.errors import NotAllowed, OutOfTurn


@dataclass(frozen=True)
class Account:
    """An account with the password that was made for it, which is shown once and kept nowhere."""

    user: User
    password: str


@transaction.atomic(durable=True)
def open_account(*, username: str, name: str, phone: str = "", by: Hat, now: datetime) -> Account:
    """Open an account with a password to be changed at the first sign-in. It may do nothing until it has a post.

    :raises NotAllowed: if the hat does not keep people
    :raises Refused: if the staff number is taken
    """
    if not may_keep_people(by):
        raise NotAllowed(_("Only the security administrator opens accounts."))
    password = new_password()
    user = write_account(
        username, name=name, phone=phone, hashed_password=make_password(password), by=by.actor, now=now
    )
    return Account(user, password)


@transaction.atomic(durable=True)
def close_account(user_id: int, *, by: Hat, now: datetime) -> User:
    """Close a leaver's account: posts and portfolios end today, keys, devices and second factors are worth nothing.

    :raises NotAllowed: if the hat does not keep people, or it is one's own
    :raises OutOfTurn: while open work is his, or he stands in for somebody (Q29)
    """
    user, today = lock_user(user_id), timezone.localdate(now)
    if not may_change_account_of(by, user):
        raise NotAllowed(_("Only the security administrator closes accounts, and never his own."))
    if not user.is_active:
        raise OutOfTurn(_("This account is closed already."))
    posts = list(Post.objects.select_for_update(no_key=True).filter(user=user).order_by("pk"))
    open_work = sum(sum(handover.open_work(post).values()) for post in posts)
    if open_work:
        raise OutOfTurn(_("Open work is still his. Hand it over first, then close the account."))
    if Absence.objects.not_over_on(today).filter(deputy=user).exists():
        raise OutOfTurn(_("He stands in for somebody. Name another deputy first, then close the account."))
    for post in posts:
        _end_today_or_never_begin(post, now)
    looking_after = [post.pk for post in posts if end_portfolio_of(post, on=today)]
    handover.of_portfolios.follow(looking_after, now=now)
    ApiToken.objects.filter(post__in=posts, revoked_at=None).update(revoked_at=now)
    _take_away_factors(user, now)
    user.is_active = False
    user.left_on = today
    user.save(update_fields=["is_active", "left_on"])
    record("account.close", user, by=by.actor, at=now, facts={"posts": [post.pk for post in posts]})
    return user


@transaction.atomic(durable=True)
def reset_password(user_id: int, *, by: Hat, now: datetime) -> Account:
    """Give a person a new password to be changed at the next sign-in; all his sessions end. The count of failures
    begins anew.

    :raises NotAllowed: if the hat may not help this person; never for oneself
    """
    user = _helped(user_id, by, now)
    password = new_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    AxesProxyHandler.reset_attempts(username=user.username)
    record("account.reset_password", user, by=by.actor, at=now)
    return Account(user, password)


@transaction.atomic(durable=True)
def reset_second_factor(user_id: int, *, by: Hat, now: datetime) -> User:
    """Take away a person's lost second factors and the devices he trusted; he sets up new ones at the next sign-in.

    :raises NotAllowed: if the hat may not help this person; never for oneself
    """
    user = _helped(user_id, by, now)
    _take_away_factors(user, now)
    record("account.reset_second_factor", user, by=by.actor, at=now)
    return user


@transaction.atomic(durable=True)
def unlock(user_id: int, *, by: Hat, now: datetime) -> User:
    """Let a person try again who failed too often, without waiting.

    :raises NotAllowed: if the hat may not help this person; never for oneself
    """
    user = _helped(user_id, by, now)
    AxesProxyHandler.reset_attempts(username=user.username)
    record("account.unlock", user, by=by.actor, at=now)
    return user


def _helped(user_id: int, by: Hat, now: datetime) -> User:
    user = lock_user(user_id)
    if not may_help(by, user, on=timezone.localdate(now)):
        raise NotAllowed(
            _(
                "Only the steward of the person's organ or the security administrator may do this, never for himself."
            )
        )
    if not user.is_active:
        raise OutOfTurn(_("This account is closed."))
    return user


def _end_today_or_never_begin(post: Post, now: datetime) -> None:
    """End a post with today; one given for later ends on the day it would have begun, and its holder is gone."""
    today = timezone.localdate(now)
    if post.held_to is None or post.held_to > today:
        post.held_to = max(today, post.held_from)
        post.save(update_fields=["held_to"])


def _take_away_factors(user: User, now: datetime) -> None:
    Authenticator.objects.filter(user=user).delete()
    TrustedDevice.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
