"""The demo world as written down in the TOML files beside this one, read into plain facts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accounts.models import OrganKind
from accounts.roles import Role
from cases.states import Channel, PowerLevel, Purpose, ReportedKind, Source
from config.demo.content_of_ways import DemoWay, way_of

FOLDER = Path(__file__).parent
# the office that registers what no other office is named for
PETITION_OFFICE = "LS"


@dataclass(frozen=True)
class DemoOrgan:
    """An organ, named by codes alone: `place` is a division's code, the others are organs' codes."""

    code: str
    name: str
    short_name: str
    kind: OrganKind
    place: str
    number_prefix: str | None = None
    parent: str | None = None
    next_higher: str | None = None
    political_legal: bool = False


@dataclass(frozen=True)
class DemoPost:
    """A post in the organ with this code."""

    organ: str
    role: Role
    title: str
    steward: bool = False


@dataclass(frozen=True)
class DemoPerson:
    """A member of staff, with what he looks after if he is a leader."""

    username: str
    name: str
    posts: tuple[DemoPost, ...]
    portfolio_organs: tuple[str, ...] = ()
    portfolio_places: tuple[str, ...] = ()


@dataclass(frozen=True)
class DemoAbsence:
    """Days on which somebody else acts for a person, counted from the demo's today."""

    username: str
    deputy: str
    from_day: int
    until_day: int
    reason: str


@dataclass(frozen=True)
class DemoSuperior:
    """What came down with a petition from above; `number` still has `{year}` in it."""

    organ: str
    number: str
    due_in_days: int | None = None


@dataclass(frozen=True)
class DemoReported:
    """Who is named as a wrongdoer; `organ` is an organ's code."""

    kind: ReportedKind
    organ: str
    name: str = ""
    post: str = ""
    area: str = ""


@dataclass(frozen=True)
class DemoPetition:
    """One petition. `people` represent it, the main petitioner first; `persons` counts the unnamed too."""

    title: str
    channel: Channel
    days_ago: int
    category: str
    place: str
    address: str
    text: str
    summary: str
    claims: tuple[str, ...]
    people: tuple[str, ...] = ()
    persons: int = 1
    purpose: Purpose = Purpose.REQUEST
    source: Source = Source.SELF_RECEIVED
    office: str = PETITION_OFFICE
    power: PowerLevel = PowerLevel.UNCLEAR
    agent: str = ""
    guardian: str = ""
    under_14: bool = False
    joint_letter: bool = False
    anonymous: bool = False
    litigation_related: bool = False
    urgent: bool = False
    superior: DemoSuperior | None = None
    reported: DemoReported | None = None
    # one way for each unit that leads some of the claims; none while it waits to be routed
    ways: tuple[DemoWay, ...] = ()
    # the letter itself hangs on the case as a file of this name
    scan: str = ""
    # the code of the clock that has run out, where one has: nothing else in the demo is late
    late: str = ""

    @property
    def everyone(self) -> tuple[str, ...]:
        """Return the names on the petition, an agent or guardian last."""
        return self.people + tuple(name for name in (self.agent, self.guardian) if name)


@dataclass(frozen=True)
class DemoDraft:
    """A form that a registrar parked half filled; `content` is what each of its fields holds."""

    username: str
    minutes_ago: int
    content: Mapping[str, list[str]]


@dataclass(frozen=True)
class DemoWorld:
    """Everything the files hold, in their order."""

    organs: tuple[DemoOrgan, ...]
    staff: tuple[DemoPerson, ...]
    absences: tuple[DemoAbsence, ...]
    drafts: tuple[DemoDraft, ...]
    phrases: Mapping[str, Any] = field(repr=False)
    petitions: tuple[DemoPetition, ...] = field(repr=False)


def read_world() -> DemoWorld:
    """Return the demo world as written. A code that does not exist, or a field nobody knows, stops here."""
    staff = _tables("staff.toml")
    files = sorted((FOLDER / "petitions").glob("*.toml"))
    return DemoWorld(
        organs=tuple(_organ(row) for row in _tables("organs.toml")["organ"]),
        staff=tuple(_person(row) for row in staff["person"]),
        absences=tuple(DemoAbsence(**row) for row in staff["absence"]),
        drafts=tuple(DemoDraft(**row) for row in _tables("drafts.toml")["draft"]),
        phrases=_tables("phrases.toml"),
        petitions=tuple(
            _petition(row) for file in files for row in _tables(f"petitions/{file.name}")["petition"]
        ),
    )


def _tables(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _organ(row: dict[str, Any]) -> DemoOrgan:
    return DemoOrgan(**row | {"kind": OrganKind(row["kind"])})


def _person(row: dict[str, Any]) -> DemoPerson:
    portfolio = row.get("portfolio", {})
    return DemoPerson(
        username=row["username"],
        name=row["name"],
        posts=tuple(DemoPost(**post | {"role": Role(post["role"])}) for post in row["post"]),
        portfolio_organs=tuple(portfolio.get("organs", ())),
        portfolio_places=tuple(portfolio.get("places", ())),
    )


def _petition(row: dict[str, Any]) -> DemoPetition:
    codes = {
        "channel": Channel(row["channel"]),
        "purpose": Purpose(row.get("purpose", Purpose.REQUEST)),
        "source": Source(row.get("source", Source.SELF_RECEIVED)),
        "power": PowerLevel(row.get("power", PowerLevel.UNCLEAR)),
        "claims": tuple(row["claims"]),
        "people": tuple(row.get("people", ())),
        "persons": row.get("persons", max(1, len(row.get("people", ())))),
        "ways": tuple(way_of(way) for way in row.pop("way", ())),
    }
    if "superior" in row:
        codes["superior"] = DemoSuperior(**row["superior"])
    if "reported" in row:
        codes["reported"] = DemoReported(**row["reported"] | {"kind": ReportedKind(row["reported"]["kind"])})
    return DemoPetition(**row | codes)
