"""Rows of people, posts and organs, held for the deed that asks for them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import Absence, Organ, Post, User
from accounts.models.users import as_typed
from accounts.roles import NEVER_ON_ONE_PERSON, Role
from audit.parts import Actor, record
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.transactions import require_transaction


def lock_users(user_ids: Iterable[int]) -> dict[int, User]:
    """Return people by id, held until the transaction ends; always in the same order, so that two deeds never wait
    for each other.

    :raises Unknown: if one is not there
    """
    require_transaction("lock_users")
    wanted = set(user_ids)
    found = {
        user.pk: user
        for user in User.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    }
    if found.keys() != wanted:
        raise Unknown(_("There is no such account."))
    return found


def lock_user(user_id: int) -> User:
    """Return a person, held until the transaction ends.

    :raises Unknown: if there is none
    """
    return lock_users([user_id])[user_id]


def write_account(
    username: str,
    *,
    name: str,
    phone: str = "",
    hashed_password: str,
    must_change_password: bool = True,
    by: Actor,
    now: datetime,
) -> User:
    """Write a new account with a password hashed by `make_password`. It may do nothing until it has a post.

    :raises Refused: if the staff number is taken
    """
    require_transaction("write_account")
    typed = as_typed(username)
    if User.objects.filter(username=typed).exists():
        raise Refused(_("This staff number is taken."), {"username": _("Taken. One person has one account.")})
    user = User.objects.create(
        username=typed,
        name=name,
        phone=phone,
        password=hashed_password,
        must_change_password=must_change_password,
    )
    record("account.open", user, by=by, at=now, facts={"username": typed})
    return user


def lock_post(post_id: int) -> Post:
    """Return a post with its organ and holder, held until the transaction ends.

    :raises Unknown: if there is none
    """
    require_transaction("lock_post")
    rows = Post.objects.select_for_update(of=("self",), no_key=True).select_related("organ__place", "user")
    post = rows.filter(pk=post_id).first()
    if post is None:
        raise Unknown(_("There is no such post."))
    return post


def lock_standing_post(post_id: int, *, on: date) -> Post:
    """Return a post that has not ended, held until the transaction ends.

    :raises OutOfTurn: if it has
    """
    post = lock_post(post_id)
    if post.held_to and post.held_to < on:
        raise OutOfTurn(_("This post has already ended."))
    return post


def lock_organs(organ_ids: Iterable[int | None]) -> dict[int, Organ]:
    """Return organs by id, held until the transaction ends. `None` among the ids is passed over.

    :raises Unknown: if one is not there
    :raises OutOfTurn: if one has ended
    """
    require_transaction("lock_organs")
    wanted = {organ_id for organ_id in organ_ids if organ_id is not None}
    rows = Organ.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    found = {organ.pk: organ for organ in rows}
    if found.keys() != wanted:
        raise Unknown(_("There is no such organ."))
    if any(organ.valid_to for organ in found.values()):
        raise OutOfTurn(_("The organ has already ended. Reload the page to see which one carries it on."))
    return found


def refuse_second_separate_role(user: User, role: str, first: date, last: date | None) -> None:
    """Refuse what would join two roles on one person that must stay apart (protection §6: 三员分立).

    Posts he holds and posts he stands in for count alike. The caller holds the person's row.

    :raises NotAllowed: if he has, or stands in for, another of them on one of the days
    """
    others = NEVER_ON_ONE_PERSON - {Role(role)}
    if role not in NEVER_ON_ONE_PERSON:
        return
    held = Post.objects.not_ended_on(first).filter(user=user, role__in=others)
    stood_in_for = Absence.objects.not_over_on(first).filter(deputy=user, post__role__in=others)
    if last:
        held, stood_in_for = held.filter(held_from__lte=last), stood_in_for.filter(since__lte=last)
    if held.exists() or stood_in_for.exists():
        raise NotAllowed(SEPARATE)


SEPARATE = _(
    "System, security and audit administrator and the sealed lane must be different persons. This person holds or"
    " stands in for another of them in that time."
)
TAKEN = {
    "post_administrators_are_separate": NotAllowed(SEPARATE),
    "post_once_at_a_time": OutOfTurn(_("This person already has this post in that time.")),
    "absence_one_deputy_at_a_time": OutOfTurn(_("A deputy already stands in for this post in that time.")),
}


def in_words(error: IntegrityError) -> Refused:
    """Return the refusal that a constraint stands for, when somebody else was faster than the check.

    :raises IntegrityError: the same again, if the constraint is none that a person can run into
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    refusal = TAKEN.get(getattr(diagnosis, "constraint_name", ""))
    if refusal is None:
        raise error
    return refusal
