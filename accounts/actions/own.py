"""What a person does with his own account. `by` is the person: a password is changed before any post is worn."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.hats import actor_of, hat_of
from accounts.models import CalendarKey, TrustedDevice, User
from accounts.parts import lock_user
from accounts.roles import NEVER_ON_ONE_PERSON
from accounts.second_factor import digest_of, label_of, new_key
from audit.parts import Actor, record
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

_KINDS = Authenticator.Type


@transaction.atomic(durable=True)
def sign_in(*, by: User, now: datetime, factor: str) -> None:
    """Record that a person came in, and how he showed the second factor."""
    record("account.sign_in", by, by=actor_of(by), at=now, facts={"factor": factor})


@transaction.atomic(durable=True)
def sign_out(*, by: User, now: datetime) -> None:
    """Record that a person left."""
    record("account.sign_out", by, by=actor_of(by), at=now)


@transaction.atomic(durable=True)
def sign_in_failed(user_id: int, *, what: str, locked: bool, by: Actor, now: datetime) -> None:
    """Record that somebody tried an account; `what` was wrong is `password` or `factor`."""
    user = lock_user(user_id)
    record("account.sign_in_failed", user, by=by, at=now, facts={"what": what, "locked": locked})


@transaction.atomic(durable=True)
def change_password(new_password: str, *, by: User, now: datetime) -> User:
    """Give oneself another password; every other session of the account ends with the old one.

    :raises Refused: if it is too weak, or the old one again
    """
    user = lock_user(by.pk)
    if user.check_password(new_password):
        raise Refused(
            _("Choose another password than the present one."),
            {"new_password": _("This is the present one.")},
        )
    try:
        validate_password(new_password, user)
    except ValidationError as weak:
        words = " ".join(weak.messages)
        raise Refused(words, {"new_password": words}) from weak
    user.set_password(new_password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record("account.change_password", user, by=actor_of(user), at=now)
    return user


@transaction.atomic(durable=True)
def set_language(language: str, *, by: User, now: datetime) -> None:
    """Keep the language a person reads.

    :raises Unknown: if the product does not speak it
    """
    if language not in dict(settings.LANGUAGES):
        raise Unknown(_("There is no such language."))
    user = lock_user(by.pk)
    user.language = language
    user.save(update_fields=["language"])
    record("account.set_language", user, by=actor_of(user), at=now, facts={"language": language})


@transaction.atomic(durable=True)
def add_totp(secret: str, *, by: User, now: datetime) -> list[str]:
    """Take an authenticator app as second factor. Return new recovery codes if this is the first factor.

    :raises OutOfTurn: if there is one already
    """
    user = lock_user(by.pk)
    if Authenticator.objects.filter(user=user, type=_KINDS.TOTP).exists():
        raise OutOfTurn(_("There is an authenticator app already. Remove it before adding another."))
    TOTP.activate(user, secret)
    record("account.add_factor", user, by=actor_of(user), at=now, facts={"kind": _KINDS.TOTP.value})
    return _first_codes(user)


@transaction.atomic(durable=True)
def add_passkey(name: str, credential: dict[str, object], *, by: User, now: datetime) -> list[str]:
    """Take a passkey as second factor. Return new recovery codes if this is the first factor."""
    user = lock_user(by.pk)
    WebAuthn.add(user, name, credential)
    record("account.add_factor", user, by=actor_of(user), at=now, facts={"kind": _KINDS.WEBAUTHN.value})
    return _first_codes(user)


@transaction.atomic(durable=True)
def new_recovery_codes(*, by: User, now: datetime) -> list[str]:
    """Return new recovery codes; the old ones are worth nothing from now on.

    :raises OutOfTurn: without a second factor there is nothing to recover
    """
    user = lock_user(by.pk)
    rows = Authenticator.objects.filter(user=user)
    if not rows.exclude(type=_KINDS.RECOVERY_CODES).exists():
        raise OutOfTurn(_("Set up a second factor first."))
    rows.filter(type=_KINDS.RECOVERY_CODES).delete()
    record("account.new_recovery_codes", user, by=actor_of(user), at=now)
    return _first_codes(user)


@transaction.atomic(durable=True)
def remove_factor(authenticator_id: int, *, by: User, now: datetime) -> None:
    """Take away one of one's own second factors.

    :raises Unknown: if it is not one's own
    :raises NotAllowed: if it is the last one where a second factor is demanded (8.1.4.1 d)
    """
    user = lock_user(by.pk)
    factors = Authenticator.objects.filter(user=user).exclude(type=_KINDS.RECOVERY_CODES)
    factor = factors.filter(pk=authenticator_id).first()
    if factor is None:
        raise Unknown(_("There is no such second factor."))
    is_last = not factors.exclude(pk=factor.pk).exists()
    if is_last and settings.SECOND_FACTOR_REQUIRED:
        raise NotAllowed(_("This is your last second factor. Add another one first."))
    facts = {"kind": factor.type}
    factor.delete()
    if is_last:
        Authenticator.objects.filter(user=user).delete()
    record("account.remove_factor", user, by=actor_of(user), at=now, facts=facts)


@transaction.atomic(durable=True)
def trust_device(*, digest: bytes, agent: str, until: datetime, by: User, now: datetime) -> TrustedDevice:
    """Trust a browser until a moment; `agent` is what it calls itself."""
    user = lock_user(by.pk)
    device = TrustedDevice(user=user, digest=digest, label=label_of(agent), trusted_at=now, expires_at=until)
    device.save()
    record("account.trust_device", user, by=actor_of(user), at=now, facts={"until": until.isoformat()})
    return device


@transaction.atomic(durable=True)
def revoke_device(device_id: int, *, by: User, now: datetime) -> None:
    """Trust one of one's own devices no longer.

    :raises Unknown: if it is not one's own
    """
    user = lock_user(by.pk)
    device = (
        TrustedDevice.objects.select_for_update().filter(user=user, pk=device_id, revoked_at=None).first()
    )
    if device is None:
        raise Unknown(_("There is no such device."))
    device.revoked_at = now
    device.save(update_fields=["revoked_at"])
    record("account.revoke_device", user, by=actor_of(user), at=now)


@transaction.atomic(durable=True)
def make_calendar_key(post_id: int, *, by: User, now: datetime) -> str:
    """Make a key with which a calendar reads the days of a post one has, and return it; only its hash is kept.

    An earlier one of the same post opens nothing from now on.

    :raises Unknown: if one does not have the post
    :raises NotAllowed: for an administrator's post or the sealed lane's, whose days leave the house for nobody (Q2)
    """
    user = lock_user(by.pk)
    hat = hat_of(user, post_id, on=timezone.localdate(now))
    if hat is None:
        raise Unknown(_("There is no such post."))
    if hat.role in NEVER_ON_ONE_PERSON:
        raise NotAllowed(_("The days of this post leave the house for nobody."))
    CalendarKey.objects.filter(user=user, post=post_id, revoked_at=None).update(revoked_at=now)
    key = new_key()
    made = CalendarKey(user=user, post_id=post_id, digest=digest_of(key), made_at=now)
    made.save()
    record("calendar_key.make", made, by=actor_of(user), at=now, facts={"post": post_id})
    return key


@transaction.atomic(durable=True)
def revoke_calendar_key(key_id: int, *, by: User, now: datetime) -> None:
    """Let one of one's own calendar addresses show nothing any more.

    :raises Unknown: if it is not one's own, or is revoked already
    """
    user = lock_user(by.pk)
    key = CalendarKey.objects.select_for_update().filter(user=user, pk=key_id, revoked_at=None).first()
    if key is None:
        raise Unknown(_("There is no such address."))
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    record("calendar_key.revoke", key, by=actor_of(user), at=now, facts={"post": key.post_id})


def _first_codes(user: User) -> list[str]:
    """Return fresh recovery codes, or none if the person has some."""
    if Authenticator.objects.filter(user=user, type=_KINDS.RECOVERY_CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes
