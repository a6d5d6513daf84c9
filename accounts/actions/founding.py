"""The first accounts of an installation: without them nobody could open one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.people import Account
from accounts.models import Organ, OrganKind, Post, User
from accounts.models.users import as_typed
from accounts.roles import ADMINISTRATORS, Role
from accounts.second_factor import new_password
from audit.parts import Actor, record
from lib.errors import OutOfTurn, Refused
from lib.trees import child_path
from places.models import Place


@transaction.atomic(durable=True)
def found(
    *,
    code: str,
    name: str,
    short_name: str,
    place_code: str,
    administrators: Mapping[Role, str],
    by: Actor,
    now: datetime,
) -> list[Account]:
    """Make the petition office and its three administrators; `administrators` gives each role a staff number.

    :raises OutOfTurn: if there is any post already
    :raises Refused: if the three are not three persons, or there is no such division
    """
    if Post.objects.exists():
        raise OutOfTurn(_("There are posts already. The security administrator gives the others."))
    numbers = {role: as_typed(number) for role, number in administrators.items()}
    if numbers.keys() != ADMINISTRATORS or len(set(numbers.values())) != len(ADMINISTRATORS):
        raise Refused(_("System, security and audit administrator are three different persons."))
    place = Place.objects.current().filter(code=place_code).first()
    if place is None:
        raise Refused(_("There is no division with this code."))
    today = timezone.localdate(now)
    office = Organ(
        code=code,
        name=name,
        short_name=short_name,
        kind=OrganKind.PETITION_OFFICE,
        place=place,
        path=child_path("", code),
        valid_from=today,
    )
    office.save()
    record("organ.make", office, by=by, at=now, facts={"code": code, "since": today.isoformat()})
    return [_an_administrator(number, role, office, by, now) for role, number in sorted(numbers.items())]


def _an_administrator(number: str, role: Role, office: Organ, by: Actor, now: datetime) -> Account:
    password = new_password()
    user = User(username=number, name=number, must_change_password=True)
    user.set_password(password)
    user.save()
    post = Post(user=user, organ=office, role=role, held_from=timezone.localdate(now))
    post.save()
    record("account.open", user, by=by, at=now, facts={"username": number})
    record(
        "post.give", post, by=by, at=now, facts={"user": user.pk, "organ": office.code, "role": role.value}
    )
    return Account(user, password)
