"""The frame round every page: where one may go, who one is, under which hat."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.roles import ADMINISTRATORS, MAY_REGISTER, Role
from assignments.views import ASKED
from cases import permissions as may
from cases.models.imports import READS_IMPORTS
from grids.models.grids import ON_THE_GROUND
from grids.permissions import HAS_EVENTS, WORKS_WITH_GRIDS
from hearings.permissions import HEARS
from leadership.brief import READS_BRIEFS
from leadership.permissions import CALLS_BACK, HEADS, RECEIVES
from leadership.views.meetings import MEETS
from leadership.views.pressure import AT_PRESSURE
from leadership.views.sponsoring import READS_COVERAGE
from leadership.views.supervision import SUPERVISES
from lib.prepared import Given, prepared
from notices.models import Notice
from reports.permissions import READS_REPORTS
from reports.views import READS_FIGURES
from scoring.permissions import READS_SCORES

EVERYBODY = frozenset(Role)
AT_WORK = EVERYBODY - ADMINISTRATORS
SEALED_LANE = frozenset({Role.SEALED_LANE_OFFICER})


@dataclass(frozen=True)
class Door:
    """A page of the sidebar and the roles it is there for."""

    address: str
    icon: str
    label: Promise
    roles: frozenset[Role]
    # pages that belong to it though their addresses do not begin as its own does
    pages: frozenset[str] = frozenset()


SECTIONS: tuple[tuple[Promise, tuple[Door, ...]], ...] = (
    (
        pgettext_lazy("sidebar", "Work"),
        (
            Door("desk:my_work", "home", _("My work"), EVERYBODY),
            Door(
                "cases:intake",
                "pencil-plus",
                pgettext_lazy("sidebar", "Register"),
                MAY_REGISTER,
                frozenset({"cases:draft", "cases:slip"}),
            ),
            Door("cases:drafts", "notes", _("Parked drafts"), MAY_REGISTER),
            Door(
                "cases:imports",
                "file-spreadsheet",
                pgettext_lazy("sidebar", "Import lists"),
                READS_IMPORTS,
                frozenset({"cases:reconciliations", "cases:reconciliation", "cases:reconciliation_step"}),
            ),
            Door("cases:ledger", "table", _("Ledger"), AT_WORK - SEALED_LANE),
            Door(
                "reports:dashboard",
                "chart-bar",
                pgettext_lazy("sidebar", "Figures"),
                frozenset(READS_FIGURES),
            ),
            Door(
                "reports:reports",
                "file-text",
                pgettext_lazy("sidebar", "Reports"),
                frozenset(READS_REPORTS),
                frozenset({"reports:report"}),
            ),
            Door(
                "assignments:list",
                "clipboard-list",
                pgettext_lazy("sidebar", "Asked of us"),
                ASKED,
                frozenset({"leadership:asked", "leadership:on_asked"}),
            ),
            Door(
                "leadership:supervision",
                "bell-ringing",
                pgettext_lazy("sidebar", "Supervision"),
                frozenset(SUPERVISES),
                frozenset(
                    {"leadership:matter", "leadership:slip", "leadership:bulletins", "leadership:bulletin"}
                ),
            ),
            # whoever supervises comes to them from supervision
            Door(
                "leadership:bulletins",
                "notes",
                pgettext_lazy("sidebar", "Bulletins"),
                may.READS_ALONG | {Role.UNIT_HEAD},
                frozenset({"leadership:bulletin"}),
            ),
            Door(
                "leadership:sponsors",
                "users",
                pgettext_lazy("sidebar", "Sponsors"),
                READS_COVERAGE,
                frozenset({"leadership:sponsored"}),
            ),
            Door(
                "leadership:brief",
                "bell",
                pgettext_lazy("sidebar", "Morning brief"),
                READS_BRIEFS,
                frozenset({"leadership:brief_of"}),
            ),
            Door(
                "leadership:meetings",
                "calendar-event",
                pgettext_lazy("sidebar", "Meetings"),
                MEETS,
                frozenset({"leadership:meeting", "leadership:lessons", "leadership:situation"}),
            ),
            Door(
                "hearings:hearings",
                "scale",
                pgettext_lazy("sidebar", "Hearings"),
                HEARS,
                frozenset({"hearings:hearing", "hearings:asking"}),
            ),
            Door(
                "hearings:decisions",
                "shield-check",
                pgettext_lazy("sidebar", "Planned decisions"),
                HEARS,
                frozenset({"hearings:decision"}),
            ),
            Door(
                "scoring:ledger",
                "scale",
                pgettext_lazy("sidebar", "Scores"),
                READS_SCORES,
                frozenset(
                    {
                        *("scoring:entry", "scoring:exclusions", "scoring:card", "scoring:months"),
                        *("scoring:month", "scoring:vetoes"),
                    }
                ),
            ),
            Door(
                "scoring:rule_sets",
                "list-details",
                pgettext_lazy("sidebar", "Rules of scores"),
                READS_SCORES,
                frozenset({"scoring:rule_set", "scoring:replay"}),
            ),
            Door(
                "leadership:strike_lists",
                "clipboard-check",
                pgettext_lazy("sidebar", "Lists to strike off"),
                MEETS,
                frozenset({"leadership:strike_list", "leadership:strike_item"}),
            ),
            Door(
                "leadership:call_backs",
                "phone",
                pgettext_lazy("sidebar", "Call-back desk"),
                CALLS_BACK,
                frozenset({"leadership:call_back"}),
            ),
            Door(
                "leadership:pressure",
                "shield-exclamation",
                pgettext_lazy("sidebar", "Reports of pressure"),
                AT_PRESSURE,
            ),
            Door(
                "leadership:teams",
                "users-group",
                pgettext_lazy("sidebar", "Teams"),
                MEETS,
                frozenset({"leadership:team", "leadership:task_force"}),
            ),
            Door(
                "leadership:roster",
                "calendar",
                pgettext_lazy("sidebar", "Receptions"),
                RECEIVES,
                frozenset({"leadership:receptions", "leadership:trip", "leadership:heard"}),
            ),
            Door(
                "leadership:stations",
                "building-community",
                pgettext_lazy("sidebar", "Stations"),
                RECEIVES | may.READS_ALONG,
                frozenset({"leadership:station"}),
            ),
            Door("mobile:today", "device-mobile", pgettext_lazy("sidebar", "On the phone"), ON_THE_GROUND),
            Door(
                "mobile:conflicts",
                "git-compare",
                pgettext_lazy("sidebar", "Where two wrote"),
                HAS_EVENTS,
                frozenset({"mobile:conflict"}),
            ),
            Door(
                "grids:events",
                "list-details",
                pgettext_lazy("sidebar", "Events of grids"),
                HAS_EVENTS,
                frozenset({"grids:event", "grids:report"}),
            ),
            Door(
                "grids:rounds",
                "eye-check",
                pgettext_lazy("sidebar", "Rounds"),
                HAS_EVENTS,
                frozenset({"grids:plan", "grids:round"}),
            ),
            Door(
                "grids:gatherings",
                "calendar-event",
                pgettext_lazy("sidebar", "Gatherings"),
                HAS_EVENTS,
                frozenset({"grids:gathering"}),
            ),
            Door("grids:diary", "notebook", pgettext_lazy("sidebar", "Diary"), HAS_EVENTS),
            Door(
                "grids:grids",
                "grid-dots",
                pgettext_lazy("sidebar", "Grids"),
                WORKS_WITH_GRIDS,
                frozenset({"grids:grid", "grids:courtyards", "grids:courtyard", "grids:map"}),
            ),
            Door(
                "portal:publishing",
                "world",
                pgettext_lazy("sidebar", "Public page"),
                HEADS,
            ),
            Door(
                "portal:kept_guides",
                "list-details",
                pgettext_lazy("sidebar", "Service guides"),
                HEADS | {Role.UNIT_HEAD},
            ),
            Door(
                "cases:sealed_ledger",
                "shield-lock",
                _("Sealed lane"),
                SEALED_LANE,
                frozenset({"cases:petition", "cases:correct"}),
            ),
        ),
    ),
    (
        pgettext_lazy("sidebar", "Administration"),
        (
            Door(
                "desk:administration",
                "settings",
                _("Reference data and staff"),
                frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}),
            ),
            Door("desk:audit", "eye-check", _("Audit"), frozenset({Role.AUDIT_ADMINISTRATOR})),
            Door("desk:health", "heart-rate-monitor", _("Health"), frozenset({Role.SYSTEM_ADMINISTRATOR})),
        ),
    ),
)


@dataclass(frozen=True)
class Way:
    """One line of the sidebar as it is drawn. `count` is what waits behind it, if that is known."""

    url: str
    icon: str
    label: Promise
    count: int | None
    hot: bool
    current: bool


def address(name: str) -> str | None:
    """Return the address of a page, or `None` where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


# The badge says 99+ beyond: nobody reads by the number any more, and each page draws it.
_COUNTED = 100


@prepared
def _unread(post: Given) -> QuerySet[Notice, int]:
    return Notice.objects.unread().filter(post=post).values_list("pk", flat=True)[:_COUNTED]


class Shell:
    """The frame of one request. Everything is worked out when a template asks: fragments ask for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def hat(self) -> Hat | None:
        # Refusals before the hat middleware (a bad host, a lost CSRF cookie) draw the frame too.
        return getattr(self._request, "hat", None)

    @cached_property
    def hats(self) -> list[Hat]:
        return getattr(self._request, "hats", [])

    @cached_property
    def sections(self) -> list[tuple[Promise, list[Way]]]:
        """Return the parts of the sidebar this hat has a page in; nobody signed in has none."""
        drawn = [(label, list(self._ways(doors))) for label, doors in SECTIONS]
        return [(label, ways) for label, ways in drawn if ways]

    def _ways(self, doors: tuple[Door, ...]) -> Iterator[Way]:
        if self.hat is None:
            return
        for door in doors:
            url = address(door.address)
            if url and self.hat.role in door.roles:
                yield Way(url, door.icon, door.label, None, hot=False, current=door.address == self._here)

    @cached_property
    def _here(self) -> str | None:
        """Return the sidebar's page that the present one belongs to: it, one named with it, or one below it."""
        name, role = getattr(self._request.resolver_match, "view_name", None), self.hat and self.hat.role
        doors = [door for _label, doors in SECTIONS for door in doors if role in door.roles]
        for door in doors:
            if name == door.address or name in door.pages:
                return door.address
        urls = {address(door.address): door.address for door in doors if door.address != "desk:my_work"}
        above = [url for url in urls if url and self._request.path.startswith(url)]
        return urls[max(above, key=len)] if above else None

    @property
    def searches_people(self) -> bool:
        """Test if the box may lead to a person (Q5)."""
        return self.hat is not None and may.may_search_people(self.hat)

    @property
    def search_url(self) -> str | None:
        """Where the search box asks; administrators and the sealed lane have no open petitions to find."""
        sees_petitions = self.hat is not None and self.hat.role in AT_WORK - SEALED_LANE
        return address("desk:search") if sees_petitions else None

    @property
    def ledger_url(self) -> str | None:
        """Where the list of petitions is, for those who have one."""
        return address("cases:ledger") if self.search_url else None

    @property
    def register_url(self) -> str | None:
        """Where the key N leads."""
        return address("cases:intake") if self.hat is not None and self.hat.role in MAY_REGISTER else None

    @property
    def notices_url(self) -> str | None:
        return address("notices:inbox")

    @property
    def language_url(self) -> str | None:
        return address("accounts:language") or address("set_language")

    @property
    def public_url(self) -> str | None:
        """Where whoever has no account asks how far his petition is."""
        return address("portal:entry")

    @property
    def home_url(self) -> str:
        return address("desk:my_work") or "/"

    @property
    def account_url(self) -> str | None:
        return address("accounts:account")

    @property
    def choose_hat_url(self) -> str | None:
        return address("accounts:choose_hat")

    @property
    def sign_out_url(self) -> str | None:
        return address("accounts:sign_out")

    @cached_property
    def unread(self) -> int:
        """How many notices wait for this hat, a hundred for more; none without a hat."""
        if self.hat is None:
            return 0
        return len(_unread(post=self.hat.post.pk))

    @property
    def unlock_url(self) -> str | None:
        return address("accounts:unlock_screen")

    @property
    def unlock_asks_for_code(self) -> bool:
        """Whether a code was shown when the session began, rather than by a trusted device."""
        return getattr(self._request, "unlock_asks_for_code", False)

    @property
    def idle_minutes(self) -> int | None:
        """Minutes without a touch after which the screen locks, by the role of the hat (Q34)."""
        return getattr(self._request, "idle_minutes", None)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give every template its frame."""
    return {"shell": Shell(request)}
