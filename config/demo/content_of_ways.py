"""The way of a demo petition as written beside it: who leads it, how far it has come, and what was said on the way.

Days are counted back from the demo's today: 40 is forty days ago.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cases.models import MediationResult, ProgressKind, ResolutionEvidence
from cases.models.voids import VoidGround
from cases.states import (
    KeepGround,
    NonAcceptReason,
    Outcome,
    PetitionClass,
    RouteKind,
    SimpleGround,
    StatutoryRoute,
)
from documents.states import Method


class Until(StrEnum):
    """How far a way has come."""

    VOID = "void"
    GUIDED = "guided"
    KEEP_PROPOSED = "keep_proposed"
    KEPT = "kept"
    # with another petition that is pending
    JOINED = "joined"
    DELIVERED = "delivered"
    UNDER_REVIEW = "under_review"
    OBJECTING = "objecting"
    # the sender agreed: the claims wait for another way
    RETURNED = "returned"
    # the sender did not agree: the unit reviews on
    RETURN_REFUSED = "return_refused"
    NOT_ACCEPTED = "not_accepted"
    # led into a procedure of its own, RT1 to RT5
    LED = "led"
    INVESTIGATING = "investigating"
    DRAFTED = "drafted"
    ISSUED = "issued"
    SERVED = "served"
    EXECUTING = "executing"
    EXECUTED = "executed"


_ACCEPTED = (
    Until.INVESTIGATING,
    Until.DRAFTED,
    Until.ISSUED,
    Until.SERVED,
    Until.EXECUTING,
    Until.EXECUTED,
)


@dataclass(frozen=True)
class DemoNote:
    """What was done while handling."""

    day: int
    words: str
    kind: ProgressKind = ProgressKind.INVESTIGATION
    # what a mediation came to
    result: MediationResult | None = None


@dataclass(frozen=True)
class DemoHelp:
    """What another organ was asked for within some days, and what it fed back."""

    unit: str
    day: int
    wanted: str
    within: int = 10
    answer_day: int | None = None
    answer: str = ""


@dataclass(frozen=True)
class DemoExtension:
    """More days asked for; not decided yet where `approved` is left out."""

    day: int
    days: int
    reason: str
    decided: int | None = None
    approved: bool = True


@dataclass(frozen=True)
class DemoFinding:
    """What was found on one claim. A supported one is carried out by `by`, or by the unit itself, within some days."""

    outcome: Outcome
    facts: str
    opinion: str
    law: str = ""
    by: str = ""
    within: int = 30


@dataclass(frozen=True)
class DemoResolved:
    """What shows that the dispute is settled."""

    day: int
    words: str
    evidence: ResolutionEvidence


@dataclass(frozen=True)
class DemoDispute:
    """With which other units the one that leads is at odds over who accepts."""

    day: int
    units: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class DemoWithdrawn:
    """The petitioner's own words, and the day on which the office confirmed them."""

    day: int
    words: str
    confirmed: int


@dataclass(frozen=True)
class DemoDied:
    """What shows that the petitioner died, and that nobody continues."""

    day: int
    shown_by: str
    ended: int
    nobody_continues: str


@dataclass(frozen=True)
class DemoWay:
    """What one unit does with some claims, all of them if none are named."""

    until: Until
    unit: str = ""
    claims: tuple[int, ...] = ()
    # days that must fall so; the others follow from `config.demo.pacing`
    day: Mapping[str, int] = field(default_factory=dict)
    kind: RouteKind = RouteKind.FORWARD
    # an assigned matter is reported back within so many days
    report_within: int = 0
    reason: str = ""
    petition_class: PetitionClass = PetitionClass.APPEAL_REQUEST
    # nobody signed: received by the clock
    deemed: bool = False
    guided_to: str = ""
    keep_ground: KeepGround | None = None
    told: str = ""
    void_ground: VoidGround | None = None
    stays: str = ""
    objection: str = ""
    proper_organ: str = ""
    answer: str = ""
    simple: SimpleGround | None = None
    converted: str = ""
    statutory_route: StatutoryRoute = StatutoryRoute.RT6
    where_to_go: str = ""
    refusal: NonAcceptReason | None = None
    # points of the checklist that are not the usual ones
    facts: Mapping[str, str] = field(default_factory=dict)
    # number, organ and day of the opinion that concluded the matter
    concluded: Mapping[str, Any] = field(default_factory=dict)
    # number and level of what is pending below (Art 19(3))
    pending: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[DemoNote, ...] = ()
    help: tuple[DemoHelp, ...] = ()
    extension: DemoExtension | None = None
    findings: tuple[DemoFinding, ...] = ()
    service: Method | None = None
    received_by: str = ""
    relation: str = ""
    posted: bool = False
    carried_out: str = ""
    reported_number: str = ""
    finished: bool = False
    # title of the pending petition it is joined to
    joins: str = ""
    dispute: DemoDispute | None = None
    withdrawn: DemoWithdrawn | None = None
    died: DemoDied | None = None
    resolved: DemoResolved | None = None

    @property
    def is_accepted(self) -> bool:
        return self.until in _ACCEPTED

    def has_come_to(self, until: Until) -> bool:
        """Test if an accepted matter has come at least so far."""
        return self.is_accepted and _ACCEPTED.index(self.until) >= _ACCEPTED.index(until)

    def claims_of(self, count: int) -> tuple[int, ...]:
        """Return the numbers of the claims it leads, of a petition with so many."""
        return self.claims or tuple(range(1, count + 1))


_CODES: Mapping[str, type[StrEnum] | type[Any]] = {
    "until": Until,
    "kind": RouteKind,
    "petition_class": PetitionClass,
    "keep_ground": KeepGround,
    "void_ground": VoidGround,
    "simple": SimpleGround,
    "statutory_route": StatutoryRoute,
    "refusal": NonAcceptReason,
    "service": Method,
}


def way_of(row: Mapping[str, Any]) -> DemoWay:
    """Return a way as written. A code that does not exist, or a field nobody knows, stops here."""
    facts = dict(row) | {name: code(row[name]) for name, code in _CODES.items() if name in row}
    facts["claims"] = tuple(row.get("claims", ()))
    facts["notes"] = tuple(_note(note) for note in row.get("notes", ()))
    facts["help"] = tuple(DemoHelp(**one) for one in row.get("help", ()))
    facts["findings"] = tuple(_finding(one) for one in row.get("findings", ()))
    if "extension" in row:
        facts["extension"] = DemoExtension(**row["extension"])
    if "dispute" in row:
        facts["dispute"] = DemoDispute(**row["dispute"] | {"units": tuple(row["dispute"]["units"])})
    if "withdrawn" in row:
        facts["withdrawn"] = DemoWithdrawn(**row["withdrawn"])
    if "died" in row:
        facts["died"] = DemoDied(**row["died"])
    if "resolved" in row:
        evidence = ResolutionEvidence(row["resolved"]["evidence"])
        facts["resolved"] = DemoResolved(**row["resolved"] | {"evidence": evidence})
    return DemoWay(**facts)


def _note(row: Mapping[str, Any]) -> DemoNote:
    facts = dict(row) | {"kind": ProgressKind(row.get("kind", ProgressKind.INVESTIGATION))}
    if "result" in row:
        facts["result"] = MediationResult(row["result"])
    return DemoNote(**facts)


def _finding(row: Mapping[str, Any]) -> DemoFinding:
    return DemoFinding(**dict(row) | {"outcome": Outcome(row["outcome"])})
