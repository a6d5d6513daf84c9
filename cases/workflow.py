"""How a petition moves: the whole table, and the one function that writes its state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases import permissions as may
from cases.models import Petition
from cases.parts import touch
from cases.states import Routing
from lib.errors import NotAllowed, OutOfTurn


class Step(StrEnum):
    """The steps there are; registering is where a petition begins."""

    VOID = "void"


@dataclass(frozen=True)
class Rule:
    """From where to where, and by whom."""

    sources: frozenset[Routing]
    target: Routing
    allowed: Callable[[Hat, Petition], bool]


RULES: Mapping[Step, Rule] = {
    # Q18: while nothing has been done on it, by a second person
    Step.VOID: Rule(frozenset({Routing.REGISTERED}), Routing.VOID, may.may_confirm_void),
}


def move(petition: Petition, step: Step, *, by: Hat, at: datetime) -> None:
    """Take a step on a locked petition, or refuse: check, write, record who did it.

    :raises NotAllowed: if this hat may not take the step
    :raises OutOfTurn: if the step does not follow from the present state
    """
    rule = RULES[step]
    if not rule.allowed(by, petition):
        raise NotAllowed(_("Your post does not take this step."))
    if petition.routing not in rule.sources:
        raise OutOfTurn(_("The petition has moved on. Reload the page to see where it stands."))
    before, petition.routing = petition.routing, rule.target
    touch(petition, now=at, also=["routing"])
    record(f"petition.{step}", petition, by=by.actor, at=at, facts={"before": before, "after": rule.target})


def check_open(petition: Petition) -> None:
    """Refuse a deed on a petition that is void: nothing hangs on it any more (Q18).

    :raises OutOfTurn: if it is void
    """
    if not petition.is_open:
        raise OutOfTurn(_("This petition is void; nothing more is written on it."))


def open_steps(petition: Petition, hat: Hat) -> set[Step]:
    """Return the steps this hat may take on the petition now; pages and the API draw from it."""
    return {
        step
        for step, rule in RULES.items()
        if petition.routing in rule.sources and rule.allowed(hat, petition)
    }
