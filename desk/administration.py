"""The doors of the administration, each for the administrator it belongs to (protection §6)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from desk.context import address
from desk.health import Check, state_of_the_accounts, state_of_the_chain, state_of_the_house


@dataclass(frozen=True)
class AdminDoor:
    """One page of the administration."""

    url: str
    icon: str
    label: str | Promise
    text: str | Promise


_DOORS = {
    Role.SYSTEM_ADMINISTRATOR: (
        ("accounts:organs", "building-community", _("Organs"), _("The tree, next-higher organs, mergers")),
        ("places:index", "map-pin", _("Places"), _("Divisions from province to village")),
        (
            "deadlines:calendar",
            "calendar",
            _("Working calendar"),
            _("Holidays of each year, from the State Council's notice"),
        ),
        ("deadlines:rules", "clock", _("Periods"), _("T1 to T19: length, article, warning bands")),
        (
            "assignments:escalation",
            "arrow-up-circle",
            _("Tiers and escalation"),
            _("Who answers at each tier, and what lifts a matter there"),
        ),
        ("cases:categories", "grid-dots", _("Content categories"), _("Three levels, with validity")),
        (
            "cases:category_models",
            "chart-bar",
            _("Category suggestions"),
            _("What was learned from confirmed petitions, and its score"),
        ),
        (
            "cases:local_settings",
            "settings",
            _("The district's own numbers"),
            _("Collective threshold and others"),
        ),
        (
            "notices:reminders",
            "bell-ringing",
            _("Reminders"),
            _("Who is told at which band, and what would be told tonight"),
        ),
        (
            "notices:channels",
            "send",
            _("Ways out of the house"),
            _("E-mail, text messages, robots; what did not go out"),
        ),
        ("desk:health", "heart-rate-monitor", _("Health"), _("Services, sweeps, calendar, sealed lane")),
    ),
    Role.SECURITY_ADMINISTRATOR: (
        ("accounts:staff", "users", _("Staff and posts"), _("Accounts, posts, absences, unlocking")),
        ("accounts:policies", "lock", _("Sign-in rules"), _("Idle time and trusted devices by role")),
        ("accounts:tokens", "key", _("API keys"), _("Who may read and write through the API")),
    ),
    Role.AUDIT_ADMINISTRATOR: (
        ("desk:audit", "eye-check", _("Audit"), _("Every deed and look, and the chain that holds them")),
    ),
}


def doors_of(role: Role) -> list[AdminDoor]:
    """Return the doors of an administrator, those that this installation has."""
    return [
        AdminDoor(url, icon, label, text)
        for name, icon, label, text in _DOORS.get(role, ())
        for url in [address(name)]
        if url is not None
    ]


def needs_of(role: Role, now: datetime) -> list[Check]:
    """Return what an administrator is to see to today: each in his own field, and nothing of petitions."""
    if role == Role.SYSTEM_ADMINISTRATOR:
        return [check for check in state_of_the_house(now) if not check.good]
    if role == Role.AUDIT_ADMINISTRATOR:
        return [state_of_the_chain(now)]
    return state_of_the_accounts(now)
