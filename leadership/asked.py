"""What an assignment of this room is about: mostly a petition, sometimes a decision or an item that concerns none."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from assignments.models import Assignment
from audit.parts import Actor, record
from cases.models import Petition
from cases.parts import users_kept_out
from leadership.models import ListItem, MeetingDecision
from leadership.parts import hold_open_lane
from lib.transactions import require_transaction

# what may be asked without being about a petition; each has `assignment` and a `petition` that may be empty
_OF_NO_PETITION: tuple[type[models.Model], ...] = (MeetingDecision, ListItem)


@dataclass(frozen=True)
class Matter:
    """What an assignment is about, held until the transaction ends; a petition, or nothing that is one."""

    petition: Petition | None

    @property
    def kept_out(self) -> set[int]:
        """Whom nothing about it is sent (Q2, R-33)."""
        return users_kept_out(self.petition) if self.petition is not None else set()


def hold_matter(subject_id: UUID) -> Matter:
    """Return what something is asked about, held.

    :raises Unknown: if it is a petition that is sealed (Q2)
    """
    require_transaction("hold_matter")
    if concerns_no_petition(subject_id):
        return Matter(None)
    return Matter(hold_open_lane(subject_id))


def concerns_no_petition(subject_id: object) -> bool:
    """Test if a subject is a decision or an item of its own, about no petition."""
    return bool(of_no_petition([str(subject_id)]))


def of_no_petition(subject_ids: Collection[str]) -> set[str]:
    """Return those of some subjects that are decisions or items of their own, about no petition."""
    return {
        str(key)
        for kind in _OF_NO_PETITION
        for key in kind._default_manager.filter(pk__in=subject_ids, petition=None).values_list(
            "pk", flat=True
        )
    }


def record_asked(
    verb: str, matter: Matter, assignment: Assignment, *, by: Actor, now: datetime, facts: Mapping[str, Any]
) -> None:
    """Write a deed on an assignment into the audit: on its petition, on itself where it concerns none."""
    if matter.petition is not None:
        record(f"petition.{verb}", matter.petition, by=by, at=now, facts=facts)
    else:
        record(f"assignment.{verb}", assignment, by=by, at=now, facts=facts)
