"""The people a test starts from: places, organs, users, posts and hats. Each builder makes one valid thing."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.test import Client
from django.utils import timezone

from accounts import actions, handover, sessions
from accounts.handover import WorkHolder
from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post, User
from accounts.roles import Role
from lib.pinyin import pinyin_initials, pinyin_key
from lib.trees import child_path
from places.models import CODE_LENGTH, LEVELS, Level, Place

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
LONG_AGO = date(2020, 1, 1)

# What the district's own divisions are called, for tests without the shipped list.
KNOWN_PLACES = {"14": "山西省", "1411": "吕梁市", "141102": "离石区"}
PETITION_OFFICE = "LS"
PASSWORD = "liu-ling-bei-lu-7"
PASSWORD_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

_number = count(1)


def a_place(
    code: str = "141102", name: str | None = None, level: Level | None = None, parent: Place | None = None
) -> Place:
    """Return the division of a code as it stands today; make it, and what it lies in, if there is none."""
    standing = Place.objects.current().filter(code=code).first()
    if standing:
        return standing
    place_in_tree = next(at for at, each in enumerate(LEVELS) if CODE_LENGTH[each] == len(code))
    if parent is None and place_in_tree:
        parent = a_place(code[: CODE_LENGTH[LEVELS[place_in_tree - 1]]])
    said = name or KNOWN_PLACES.get(code, f"区划{code}")
    return Place.objects.create(
        code=code,
        name=said,
        short_name=said,
        level=level or LEVELS[place_in_tree],
        parent=parent,
        path=child_path(parent.path if parent else "", code),
        pinyin_key=pinyin_key(said),
        pinyin_initials=pinyin_initials(said),
        valid_from=LONG_AGO,
    )


def an_organ(
    code: str | None = None,
    *,
    kind: OrganKind = OrganKind.DEPARTMENT,
    place: Place | None = None,
    parent: Organ | None = None,
    **facts: Any,
) -> Organ:
    """Make an organ of the district; a code that exists returns its organ as it stands."""
    code = code or f"ORG{next(_number)}"
    standing = Organ.objects.filter(code=code).first()
    if standing:
        return standing
    facts.setdefault("name", f"离石区{code}局")
    facts.setdefault("short_name", f"区{code}局")
    facts.setdefault("valid_from", LONG_AGO)
    facts.setdefault("path", child_path(parent.path if parent else "", code))
    return Organ.objects.create(code=code, kind=kind, place=place or a_place(), parent=parent, **facts)


def the_petition_office() -> Organ:
    """Return 离石区信访局, which registers what no other organ is named for."""
    return an_organ(
        PETITION_OFFICE,
        kind=OrganKind.PETITION_OFFICE,
        name="离石区信访局",
        short_name="区信访局",
        number_prefix="LS",
    )


def a_user(name: str = "李文斌", *, password: str | None = None, **facts: Any) -> User:
    """Make a person with an account; without a password nobody can sign in with it."""
    facts.setdefault("username", f"user{next(_number)}")
    return User.objects.create_user(password=password, name=name, **facts)


def a_post(
    role: Role = Role.PETITION_OFFICER, *, organ: Organ | None = None, user: User | None = None, **facts: Any
) -> Post:
    """Make a post held since long ago, in the petition office unless an organ is named."""
    facts.setdefault("held_from", LONG_AGO)
    facts.setdefault("title", "督查科")
    return Post.objects.create(
        user=user or a_user(), organ=organ or the_petition_office(), role=role, **facts
    )


def a_hat(
    role: Role = Role.PETITION_OFFICER, *, organ: Organ | None = None, user: User | None = None, **facts: Any
) -> Hat:
    """Make a post and the hat its holder wears."""
    post = a_post(role, organ=organ, user=user, **facts)
    return Hat(post, post.user)


def in_the_demo_world(settings: Any) -> None:
    """Let people in without a second factor, as the demo world does."""
    settings.SECOND_FACTOR_REQUIRED = False


def signed_in(client: Client, hat: Hat) -> Hat:
    """Let the wearer of a hat be signed in, under that hat and with no second factor shown. Return the hat."""
    client.force_login(hat.user, backend=PASSWORD_BACKEND)
    session = client.session
    sessions.begin(session, sessions.Shown.NOT, now=timezone.now())
    session[sessions.HAT] = hat.post.pk
    session.save()
    return hat


def a_second_factor(user: User) -> tuple[str, list[str]]:
    """Set up an authenticator app. Return its secret and the recovery codes that came with it."""
    secret = generate_totp_secret()
    return secret, actions.add_totp(secret, by=user, now=MONDAY)


_matters: Counter[int] = Counter()


@contextmanager
def open_matters() -> Iterator[None]:
    """Let a kind of work exist that only tests know, so that handing over is tried without petitions."""

    def move(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
        moved = _matters.pop(leaving.pk, 0)
        _matters[taking.pk] += moved
        return moved

    handover.of_posts.register(WorkHolder[Post]("matters", matters_of, move))
    try:
        yield
    finally:
        handover.of_posts.withdraw("matters")
        _matters.clear()


def matters_of(post: Post) -> int:
    return _matters[post.pk]


def an_open_matter(post: Post) -> None:
    """Let one more open matter hang on a post."""
    _matters[post.pk] += 1
