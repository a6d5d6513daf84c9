"""How long a role may idle and how long its devices are trusted, where the house has set its own (Q34)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from lib.prepared import Given, prepared

# Roles that work on a phone behind the phone's own lock (Q34).
ON_A_PHONE = frozenset({Role.GRID_WORKER, Role.GRID_LEADER, Role.LEADER})
LONGEST_IDLE = timedelta(hours=24)
LONGEST_TRUST = timedelta(days=90)


@dataclass(frozen=True)
class Policy:
    """What holds for one role. No trusted days: the second factor is asked for at every sign-in."""

    idle_minutes: int
    trusted_device_days: int


# 15 minutes at a desk, 12 hours on a phone, 30 days of trust (Q34; GB/T 22239-2019 8.1.4.1 b).
AT_A_DESK = Policy(idle_minutes=15, trusted_device_days=30)
BY_PHONE = Policy(idle_minutes=12 * 60, trusted_device_days=30)


def default_of(role: Role) -> Policy:
    """Return what holds for a role until the security administrator sets something else."""
    return BY_PHONE if role in ON_A_PHONE else AT_A_DESK


class RolePolicy(models.Model):
    """What the security administrator has set for one role."""

    role = models.CharField(_("role"), max_length=30, choices=Role, unique=True)
    idle_minutes = models.PositiveIntegerField(_("minutes without a touch until the screen locks"))
    trusted_device_days = models.PositiveIntegerField(_("days a device stays trusted"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_policy_role_known"),
            models.CheckConstraint(
                condition=Q(idle_minutes__gte=1, idle_minutes__lte=LONGEST_IDLE // timedelta(minutes=1)),
                name="role_policy_idle_within_a_day",
            ),
            models.CheckConstraint(
                condition=Q(trusted_device_days__lte=LONGEST_TRUST.days),
                name="role_policy_trust_within_90_days",
            ),
        ]

    def __str__(self) -> str:
        return self.role

    @property
    def policy(self) -> Policy:
        return Policy(self.idle_minutes, self.trusted_device_days)


def policy_of(role: Role) -> Policy:
    """Return what holds for a role now."""
    row = _of_role.first(role=role)
    return row.policy if row else default_of(role)


@prepared
def _of_role(role: Given) -> models.QuerySet[RolePolicy]:
    return RolePolicy.objects.filter(role=role)


def policies() -> dict[Role, Policy]:
    """Return what holds for every role now, in the order of roles."""
    rows = {row.role: row.policy for row in RolePolicy.objects.all()}
    return {role: rows.get(role, default_of(role)) for role in Role}
