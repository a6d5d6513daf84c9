"""Programs' keys, and how long roles may idle: what the security administrator sets."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.models import ApiToken, Policy, RolePolicy
from accounts.models.policies import LONGEST_IDLE, LONGEST_TRUST
from accounts.parts import lock_standing_post
from accounts.permissions import may_keep_people
from accounts.roles import NEVER_ON_ONE_PERSON, Role
from accounts.second_factor import digest_of, new_key
from audit.parts import record
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

LONGEST_DAYS = 366


@dataclass(frozen=True)
class NewToken:
    """A token with its key, which is shown once and kept only as a hash."""

    token: ApiToken
    key: str


@transaction.atomic(durable=True)
def make_token(
    post_id: int, *, label: str, may_write: bool = False, days: int, by: Hat, now: datetime
) -> NewToken:
    """Make a key with which a program acts from a post for some days.

    :raises NotAllowed: if the hat does not keep people
    :raises Refused: if it would last too long, or open an administrator's or the sealed lane's post
    """
    if not may_keep_people(by):
        raise NotAllowed(_("Only the security administrator makes keys for programs."))
    post = lock_standing_post(post_id, on=timezone.localdate(now))
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(
            _("A key lasts a year at most."), {"days": _("From 1 to %(most)d.") % {"most": LONGEST_DAYS}}
        )
    if post.role in NEVER_ON_ONE_PERSON:
        words = _("No program acts as an administrator or in the sealed lane.")
        raise Refused(words, {"post": words})
    key = new_key()
    token = ApiToken(
        post=post,
        label=label,
        digest=digest_of(key),
        may_write=may_write,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    token.save()
    facts = {"post": post.pk, "may_write": may_write, "days": days}
    record("token.make", token, by=by.actor, at=now, facts=facts)
    return NewToken(token, key)


@transaction.atomic(durable=True)
def revoke_token(token_id: int, *, by: Hat, now: datetime) -> ApiToken:
    """Let a key open nothing from now on.

    :raises NotAllowed: if the hat does not keep people
    :raises Unknown: if there is no such key
    :raises OutOfTurn: if it is revoked already
    """
    if not may_keep_people(by):
        raise NotAllowed(_("Only the security administrator revokes keys."))
    token = ApiToken.objects.select_for_update().filter(pk=token_id).first()
    if token is None:
        raise Unknown(_("There is no such key."))
    if token.revoked_at:
        raise OutOfTurn(_("This key is revoked already."))
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    record("token.revoke", token, by=by.actor, at=now, facts={"post": token.post_id})
    return token


@transaction.atomic(durable=True)
def set_role_policies(wanted: Mapping[Role, Policy], *, by: Hat, now: datetime) -> None:
    """Set for some roles how long they may idle and for how many days their devices are trusted; none: never (Q34).

    :raises NotAllowed: if the hat does not keep people
    :raises Refused: for more than a day of idling or 90 days of trust; then nothing is set for any role
    """
    if not may_keep_people(by):
        raise NotAllowed(_("Only the security administrator sets these times."))
    most_minutes = LONGEST_IDLE // timedelta(minutes=1)
    for policy in wanted.values():
        if not 1 <= policy.idle_minutes <= most_minutes:
            raise Refused(_("From 1 to %(most)d minutes.") % {"most": most_minutes})
        if not 0 <= policy.trusted_device_days <= LONGEST_TRUST.days:
            raise Refused(_("From 0 to %(most)d days.") % {"most": LONGEST_TRUST.days})
    for role, policy in wanted.items():
        row, _made = RolePolicy.objects.update_or_create(role=role, defaults=asdict(policy))
        record("role_policy.set", row, by=by.actor, at=now, facts={"role": role.value, **asdict(policy)})
