"""What a deed was about, in one line made of the codes of its audit entry when it is shown; never of typed words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cases.models import MediationResult, ProgressKind
from cases.remedy_states import Help, RemedyGround, RemedyOutcome, RemedyRefusal, Stage
from cases.states import (
    ClaimDecision,
    NonAcceptReason,
    Outcome,
    RouteKind,
)
from documents.states import DocumentKind, Method

Units = Mapping[str, str]
Says = Callable[[Any, Units], str]


def _label(choices: type[Choices]) -> Says:
    """Say a code by its label; a code that is no longer of the list says nothing."""
    labels = dict(zip(choices.values, choices.labels, strict=True))
    return lambda code, _units: str(labels.get(code, ""))


def _unit(code: Any, units: Units) -> str:
    return units.get(str(code), str(code or ""))


def _plain(value: Any, _units: Units) -> str:
    return str(value or "")


def _claims(numbers: Any, _units: Units) -> str:
    written = numbers if isinstance(numbers, list) else [numbers]
    return _("claim %(numbers)s") % {"numbers": "、".join(str(number) for number in written)}


def _days(days: Any, _units: Units) -> str:
    return ngettext("%(days)d day", "%(days)d days", int(days)) % {"days": int(days)}


def _agreed(agreed: Any, _units: Units) -> str:
    return pgettext("decision", "agreed") if agreed else pgettext("decision", "not agreed")


_CLAIM, _ON = ("claim", _claims), ("on", _plain)
# which facts of a deed's entry are said, in this order
TOLD: Mapping[str, Sequence[tuple[str, Says]]] = {
    "petition.route": (("kind", _label(RouteKind)), ("organ", _unit), ("claims", _claims)),
    "petition.countersign_keep": (("agreed", _agreed),),
    "petition.sign_for": (("organ", _unit),),
    "petition.give_reader": (("organ", _unit),),
    "petition.urge": (("organ", _unit),),
    "petition.chase": (("organ", _unit),),
    "petition.deem_received": (("organ", _unit),),
    "petition.object": (("organ", _unit),),
    "petition.decide_return": (("agreed", _agreed),),
    "petition.accept": (
        _CLAIM,
        ("decision", _label(ClaimDecision)),
        _ON,
    ),
    "petition.decline": (
        _CLAIM,
        ("decision", _label(ClaimDecision)),
        ("reason", _label(NonAcceptReason)),
        _ON,
    ),
    "petition.join_pending": (("claims", _claims),),
    "petition.open_dispute": (("claims", _claims),),
    "petition.settle_dispute": (("organ", _unit), ("claims", _claims), _ON),
    "petition.note_progress": (
        ("kind", _label(ProgressKind)),
        ("result", _label(MediationResult)),
        ("number", _plain),
    ),
    "petition.ask_co_handling": (("organ", _unit),),
    "petition.feed_back": (("organ", _unit),),
    "petition.ask_extension": (("days", _days),),
    "petition.decide_extension": (("approved", _agreed), ("days", _days)),
    "petition.find": (_CLAIM, ("outcome", _label(Outcome))),
    "petition.draft_notice": (("kind", _label(DocumentKind)),),
    "petition.return_paper": (("kind", _label(DocumentKind)),),
    "petition.issue_paper": (("kind", _label(DocumentKind)), ("number", _plain)),
    "petition.post_paper": (_ON,),
    "petition.serve_paper": (("method", _label(Method)), _ON),
    "petition.request_remedy": (("stage", _label(Stage)), ("organ", _unit), _ON),
    "petition.answer_remedy": (
        ("stage", _label(Stage)),
        ("agreed", _agreed),
        ("reason", _label(RemedyRefusal)),
    ),
    "petition.draft_remedy": (("stage", _label(Stage)),),
    "petition.decide_remedy": (
        ("stage", _label(Stage)),
        ("outcome", _label(RemedyOutcome)),
        ("ground", _label(RemedyGround)),
    ),
    "petition.note_referral": (("help", _label(Help)),),
    "petition.note_referral_result": (("help", _label(Help)),),
    "petition.withdraw_request": (("stage", _label(Stage)),),
}


def detail_of(verb: str, facts: Mapping[str, Any], units: Units) -> str:
    """Return what a deed was about, its parts one after the other; empty where its words say all."""
    parts = [
        says(facts[fact], units) for fact, says in TOLD.get(verb, ()) if facts.get(fact) not in (None, "")
    ]
    return " · ".join(part for part in parts if part)
