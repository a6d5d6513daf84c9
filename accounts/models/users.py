"""Who signs in: users, the devices they trust, and the tokens programs use."""

import unicodedata
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def as_typed(username: str) -> str:
    """Return a staff number as it is compared: half-width, lower case, without spaces around it."""
    return unicodedata.normalize("NFKC", username).strip().lower()


class UserManager(BaseUserManager["User"]):
    """Makes users with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **facts: object) -> "User":
        user = self.model(username=username, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One person's account. What he may do comes from his posts alone; there is no superuser."""

    # in lower case, so that the count of failures cannot be stretched by other spellings
    username = models.CharField(_("staff number"), max_length=40, unique=True)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=40)
    email = models.EmailField(blank=True)
    phone = models.CharField(_("work telephone"), max_length=20, blank=True)
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(username=Lower(F("username"))), name="user_username_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class TrustedDeviceQuerySet(models.QuerySet["TrustedDevice"]):
    def valid_at(self, now: datetime) -> "TrustedDeviceQuerySet":
        """Keep the devices that need not show the second factor."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class TrustedDevice(models.Model):
    """A browser that has shown the second factor and need not for a while (Q34). The token is kept as a hash."""

    user = models.ForeignKey(User, models.CASCADE, related_name="trusted_devices")
    digest = models.BinaryField(max_length=32, unique=True)
    label = models.CharField(max_length=120)
    trusted_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = TrustedDeviceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.label


class CalendarKey(models.Model):
    """An address at which a calendar reads the days of one of one's posts (Q2); its secret is kept as a hash."""

    user = models.ForeignKey(User, models.PROTECT, related_name="calendar_keys")
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="calendar_keys")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def valid_at(self, now: datetime) -> "ApiTokenQuerySet":
        """Keep the keys that open something at that moment."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class ApiToken(models.Model):
    """A program's key: belongs to one post, expires, and is kept as a hash."""

    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="api_tokens")
    label = models.CharField(_("what it is for"), max_length=80)
    digest = models.BinaryField(max_length=32, unique=True)
    may_write = models.BooleanField(_("may write"), default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return self.label
