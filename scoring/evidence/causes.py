"""What an entry is proposed for: a cause with its facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.models import Petition
from scoring.catalogue import Evidence
from scoring.states import FactKind


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact that held: which, on which day, on which petition, of which period."""

    kind: FactKind
    happened_on: date | None = None
    petition_id: UUID | None = None
    clock_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Cause:
    """That a piece of evidence was found of a unit on a petition, under a key that is the same whenever it is read."""

    evidence: Evidence
    key: str
    organ_id: int
    petition: Petition
    happened_on: date
    facts: Sequence[Fact]
