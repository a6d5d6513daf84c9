"""Who may change people, organs and posts. Each rule is one function; nothing else decides.

Three administrators that nobody combines (protection §6): the system administrator keeps organs, the security
administrator people, posts, absences, policies and keys; the audit administrator changes nothing.
"""

from datetime import date

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from accounts.roles import ADMINISTRATORS, NEVER_ON_ONE_PERSON, Role


def may_keep_organs(by: Hat) -> bool:
    return by.role == Role.SYSTEM_ADMINISTRATOR


def may_keep_people(by: Hat) -> bool:
    """Open and close accounts, give and end posts, set policies, make keys."""
    return by.role == Role.SECURITY_ADMINISTRATOR


def may_change_account_of(by: Hat, user: User) -> bool:
    """Nobody gives himself a post or closes his own account."""
    return may_keep_people(by) and user.pk != by.user.pk


def may_help(by: Hat, user: User, *, on: date) -> bool:
    """Unlock and reset: the security administrator, or the steward of an organ the person works in (Q34).

    Never for oneself. A steward does not open the accounts of administrators and of the sealed lane: whoever resets
    one could sign in with it.
    """
    if user.pk == by.user.pk:
        return False
    if may_keep_people(by):
        return True
    if not by.post.is_steward or by.role in ADMINISTRATORS:
        return False
    posts = Post.objects.not_ended_on(on).filter(user=user)
    organs = {post.organ_id for post in posts}
    return by.post.organ_id in organs and not {post.role for post in posts} & NEVER_ON_ONE_PERSON


def is_steward_of(by: Hat, organ: Organ) -> bool:
    return by.post.is_steward and by.post.organ_id == organ.pk and by.role not in ADMINISTRATORS


def may_arrange_absence(by: Hat, post: Post) -> bool:
    """Say who stands in: the holder himself, the steward of the organ, or the security administrator (Q29).

    A deputy does not pass on what was passed to him; administrators and the sealed lane are arranged by the holder
    or the security administrator.
    """
    if post.user_id == by.user.pk and by.acts_for is None:
        return True
    if may_keep_people(by):
        return True
    return is_steward_of(by, post.organ) and post.role not in NEVER_ON_ONE_PERSON


def may_hand_over(by: Hat, post: Post) -> bool:
    """Pass a post's work on: the holder, the steward of the organ, or the security administrator (Q29)."""
    return may_arrange_absence(by, post)
