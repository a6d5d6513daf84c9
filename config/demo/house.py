"""The demo's organs and staff, made through the administrators' actions once there is an administrator."""

from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.actions import (
    announce_absence,
    give_post,
    make_organ,
    set_portfolio,
)
from accounts.actions.organs import OrganFacts
from accounts.hats import Hat, hats_of
from accounts.models import Absence, Organ, Portfolio, Post, User
from accounts.parts import write_account
from accounts.roles import Role
from audit.parts import Actor, record
from config.demo.content import PETITION_OFFICE, DemoAbsence, DemoOrgan, DemoPerson, DemoPost, DemoWorld
from config.demo.logins import LOGINS, PASSWORD
from config.demo.particulars import work_telephone_of
from lib.transactions import require_transaction
from lib.trees import child_path
from places.models import Place

# Older than the oldest petition, of January last year, so that whoever registered it had the post that day.
DAYS_SINCE_FOUNDING = 731
_OPENING = time(9, 0)
# Who writes the first rows: nobody can give the first administrators their posts.
FOUNDER = Actor(words="make_demo")
FIRST_ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)


def is_staffed(world: DemoWorld) -> bool:
    """Test if everybody of the demo has an account."""
    usernames = {person.username for person in world.staff}
    return User.objects.filter(username__in=usernames).count() == len(usernames)


def make_house(world: DemoWorld, *, today: date) -> int:
    """Make the organs and accounts that are missing. Return how many accounts were opened."""
    founded_on = today - timedelta(days=DAYS_SINCE_FOUNDING)
    founded_at = _opening_of(founded_on)
    before = User.objects.count()
    if not Organ.objects.filter(code=PETITION_OFFICE).exists():
        _found(world, founded_on, founded_at)
    keeper_of_organs, keeper_of_people = (_administrator(role, founded_on) for role in FIRST_ADMINISTRATORS)
    for organ in world.organs:
        _make(organ, founded_on, keeper_of_organs, founded_at)
    # Hashed once for all, with one salt: hashing is slow on purpose, and everybody knows this password.
    hashed = make_password(PASSWORD)
    for person in world.staff:
        _take_on(person, hashed, founded_on, keeper_of_people, founded_at)
    for absence in world.absences:
        _send_away(absence, today, keeper_of_people)
    return User.objects.count() - before


@transaction.atomic(durable=True)
def _found(world: DemoWorld, founded_on: date, founded_at: datetime) -> None:
    """Write what no action can: the petition office, the organs it hangs on, and the first administrators."""
    organs = {organ.code: organ for organ in world.organs}
    for code in _chain_above(PETITION_OFFICE, organs):
        _write_organ(organs[code], founded_on, founded_at)
    usernames = dict(LOGINS)
    staff = {person.username: person for person in world.staff}
    for role in FIRST_ADMINISTRATORS:
        _write_administrator(staff[usernames[role]], founded_on, founded_at)


def _chain_above(code: str, organs: dict[str, DemoOrgan]) -> list[str]:
    """Return an organ's code after those of every organ above it, in the tree or for review."""
    organ = organs[code]
    above = [_chain_above(upper, organs) for upper in (organ.parent, organ.next_higher) if upper]
    return list(dict.fromkeys([*(found for chain in above for found in chain), code]))


def _write_organ(organ: DemoOrgan, founded_on: date, founded_at: datetime) -> None:
    require_transaction("_write_organ")
    facts = _facts_of(organ)
    parent = Organ.objects.get(pk=facts.parent) if facts.parent else None
    row = Organ.objects.create(
        code=organ.code,
        name=facts.name,
        short_name=facts.short_name,
        kind=facts.kind,
        number_prefix=facts.number_prefix,
        political_legal=facts.political_legal,
        place_id=facts.place,
        parent=parent,
        next_higher_id=facts.next_higher,
        path=child_path(parent.path if parent else "", organ.code),
        valid_from=founded_on,
    )
    record(
        "organ.make",
        row,
        by=FOUNDER,
        at=founded_at,
        facts={"code": organ.code, "since": founded_on.isoformat()},
    )


def _write_administrator(person: DemoPerson, founded_on: date, founded_at: datetime) -> None:
    require_transaction("_write_administrator")
    user = write_account(
        person.username,
        name=person.name,
        phone=work_telephone_of(person.username),
        hashed_password=make_password(PASSWORD),
        must_change_password=False,
        by=FOUNDER,
        now=founded_at,
    )
    for post in person.posts:
        row = Post.objects.create(
            user=user,
            organ=Organ.objects.get(code=post.organ),
            role=post.role,
            title=post.title,
            held_from=founded_on,
        )
        facts = {
            "user": user.pk,
            "organ": post.organ,
            "role": post.role.value,
            "from": founded_on.isoformat(),
        }
        record("post.give", row, by=FOUNDER, at=founded_at, facts={**facts, "steward": False})


def _make(organ: DemoOrgan, since: date, by: Hat, now: datetime) -> None:
    if not Organ.objects.filter(code=organ.code).exists():
        make_organ(organ.code, facts=_facts_of(organ), since=since, by=by, now=now)


def _facts_of(organ: DemoOrgan) -> OrganFacts:
    return OrganFacts(
        name=organ.name,
        short_name=organ.short_name,
        kind=organ.kind,
        place=Place.objects.get(code=organ.place).pk,
        parent=_organ_id(organ.parent),
        next_higher=_organ_id(organ.next_higher),
        number_prefix=organ.number_prefix,
        political_legal=organ.political_legal,
    )


def _organ_id(code: str | None) -> int | None:
    return Organ.objects.get(code=code).pk if code else None


def _take_on(person: DemoPerson, hashed: str, since: date, by: Hat, now: datetime) -> None:
    """Open a person's account, and give him his posts and what he looks after."""
    user = User.objects.filter(username=person.username).first() or _open_account(person, hashed, by, now)
    for post in person.posts:
        given = _post_of(user, post) or give_post(
            user.pk,
            organ_id=Organ.objects.get(code=post.organ).pk,
            role=post.role,
            title=post.title,
            is_steward=post.steward,
            held_from=since,
            by=by,
            now=now,
        )
        if post.role is Role.LEADER:
            _look_after(given, person, since, by, now)


@transaction.atomic(durable=True)
def _open_account(person: DemoPerson, hashed: str, by: Hat, now: datetime) -> User:
    return write_account(
        person.username,
        name=person.name,
        phone=work_telephone_of(person.username),
        hashed_password=hashed,
        must_change_password=False,
        by=by.actor,
        now=now,
    )


def _post_of(user: User, post: DemoPost) -> Post | None:
    return Post.objects.filter(user=user, organ__code=post.organ, role=post.role).first()


def _look_after(post: Post, leader: DemoPerson, since: date, by: Hat, now: datetime) -> None:
    known = Portfolio.objects.filter(post=post)
    for code in leader.portfolio_organs:
        if not known.filter(organ__code=code).exists():
            set_portfolio(post.pk, organ_id=_organ_id(code), since=since, by=by, now=now)
    for code in leader.portfolio_places:
        if not known.filter(place__code=code).exists():
            set_portfolio(post.pk, place_id=Place.objects.get(code=code).pk, since=since, by=by, now=now)


def _send_away(absence: DemoAbsence, today: date, by: Hat) -> None:
    post = Post.objects.get(user__username=absence.username)
    if Absence.objects.filter(post=post).exists():
        return
    since = today + timedelta(days=absence.from_day)
    announce_absence(
        post.pk,
        deputy_id=User.objects.get(username=absence.deputy).pk,
        since=since,
        until=today + timedelta(days=absence.until_day),
        reason=absence.reason,
        by=by,
        now=_opening_of(since),
    )


def _administrator(role: Role, on: date) -> Hat:
    user = User.objects.get(username=dict(LOGINS)[role])
    return next(hat for hat in hats_of(user, on=on) if hat.role == role)


def _opening_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, _OPENING))
