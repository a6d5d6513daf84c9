"""What was done and what it was about, in words made of the codes of an audit entry when it is shown, never typed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import MediationResult, ProgressKind
from cases.remedy_states import Help, RemedyGround, RemedyOutcome, RemedyRefusal, Stage
from cases.states import (
    ClaimDecision,
    EndKind,
    NonAcceptReason,
    Outcome,
    RepeatOutcome,
    RouteKind,
    Routing,
)
from documents.states import DocumentKind, Method
from lib.errors import Words

Units = Mapping[str, str]
Says = Callable[[Any, Units], str]


def _label(choices: type[Choices]) -> Says:
    """Say a code by its label; a code that is no longer of the list says nothing."""
    labels = dict(zip(choices.values, choices.labels, strict=True))
    return lambda code, _units: str(labels.get(code, ""))


def _unit(code: Any, units: Units) -> str:
    return units.get(str(code), "")


def _plain(value: Any, _units: Units) -> str:
    return str(value or "")


def _claims(numbers: Any, _units: Units) -> str:
    written = numbers if isinstance(numbers, list) else [numbers]
    return _("claim %(numbers)s") % {"numbers": "、".join(str(number) for number in written)}


def _days(days: Any, _units: Units) -> str:
    return ngettext("%(days)d day", "%(days)d days", int(days)) % {"days": int(days)}


_CLAIM, _ON = ("claim", _claims), ("on", _plain)
# which facts of a deed's entry are said, in this order
TOLD: Mapping[str, Sequence[tuple[str, Says]]] = {
    "petition.route": (("kind", _label(RouteKind)), ("organ", _unit), ("claims", _claims)),
    "petition.sign_for": (("organ", _unit),),
    "petition.give_reader": (("organ", _unit),),
    "petition.urge": (("organ", _unit),),
    "petition.chase": (("organ", _unit),),
    "petition.deem_received": (("organ", _unit),),
    "petition.object": (("organ", _unit),),
    "petition.accept": (_CLAIM, _ON),
    "petition.decline": (
        _CLAIM,
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
    "petition.decide_extension": (("days", _days),),
    "petition.find": (_CLAIM, ("outcome", _label(Outcome))),
    "petition.draft_notice": (("kind", _label(DocumentKind)),),
    "petition.return_paper": (("kind", _label(DocumentKind)),),
    "petition.issue_paper": (("kind", _label(DocumentKind)), ("number", _plain)),
    "petition.post_paper": (_ON,),
    "petition.serve_paper": (("method", _label(Method)), _ON),
    "petition.request_remedy": (("stage", _label(Stage)), ("organ", _unit), _ON),
    "petition.answer_remedy": (
        ("stage", _label(Stage)),
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
    "petition.decide_repeat": (("outcome", _label(RepeatOutcome)),),
    "petition.move": (("ended_as", _label(EndKind)),),
}

# by which fact of a deed's entry it is known what was decided, and what is said then in place of the deed's own words
DECIDED: Mapping[str, tuple[str, Mapping[Any, Words]]] = {
    "petition.move": ("after", {Routing.ENDED: gettext_lazy("Ended otherwise than by a reply")}),
    "petition.countersign_keep": (
        "agreed",
        {
            True: gettext_lazy("Countersigned the keeping"),
            False: gettext_lazy("Did not countersign the keeping"),
        },
    ),
    "petition.check_keep": (
        "right",
        {
            True: gettext_lazy("Looked at the keeping and found it right"),
            False: gettext_lazy("Looked at the keeping and found it wrong"),
        },
    ),
    "petition.decide_return": (
        "agreed",
        {
            True: gettext_lazy("Agreed to the return"),
            False: gettext_lazy("Did not agree to the return"),
        },
    ),
    "petition.accept": (
        "decision",
        {
            ClaimDecision.ACCEPTED: gettext_lazy("Accepted a claim"),
            ClaimDecision.LED: gettext_lazy("Led a claim into its own procedure"),
        },
    ),
    "petition.decline": (
        "decision",
        {
            ClaimDecision.NOT_ACCEPTED: gettext_lazy("Did not accept a claim"),
            ClaimDecision.NO_LONGER_ACCEPTED: gettext_lazy("No longer accepts a claim"),
        },
    ),
    "petition.decide_extension": (
        "approved",
        {
            True: gettext_lazy("Agreed to the extension"),
            False: gettext_lazy("Did not agree to the extension"),
        },
    ),
    "petition.decide_service": (
        "agreed",
        {
            True: gettext_lazy("Confirmed a corrected service or posting"),
            False: gettext_lazy("Did not confirm a corrected service or posting"),
        },
    ),
    "petition.decide_report": (
        "agreed",
        {
            True: gettext_lazy("Took the completion report"),
            False: gettext_lazy("Sent the completion report back"),
        },
    ),
    "petition.decide_recusal": (
        "withdrawn",
        {
            True: gettext_lazy("Decided on a recusal: he withdraws"),
            False: gettext_lazy("Decided on a recusal: he stays"),
        },
    ),
    "petition.decide_hearing": (
        "granted",
        {True: gettext_lazy("Granted a hearing"), False: gettext_lazy("Refused a hearing")},
    ),
    "petition.confirm_withdrawal": (
        "agreed",
        {
            True: gettext_lazy("Confirmed a withdrawal"),
            False: gettext_lazy("Did not confirm a withdrawal"),
        },
    ),
    "petition.confirm_resolved": (
        "settled",
        {
            True: gettext_lazy("Confirmed that it is settled"),
            False: gettext_lazy("Found that it is not settled"),
        },
    ),
    "petition.answer_remedy": (
        "agreed",
        {
            True: gettext_lazy("Accepted the request"),
            False: gettext_lazy("Did not accept the request"),
        },
    ),
    "petition.end_step": (
        "done",
        {
            True: gettext_lazy("Noted a step of the plan as done"),
            False: gettext_lazy("Dropped a step of the plan"),
        },
    ),
}


def decided_by(verb: str, facts: Mapping[str, Any]) -> Words | None:
    """Return what was decided by a deed that can go more than one way; nothing of all others."""
    fact, said = DECIDED.get(verb, ("", {}))
    return said.get(facts.get(fact))


def detail_of(verb: str, facts: Mapping[str, Any], units: Units, *, day: date) -> str:
    """Return what a deed was about, its parts one after the other; empty where its words say all.

    A day stands there only where it is another one than that of the deed.
    """
    parts = [
        says(facts[fact], units)
        for fact, says in TOLD.get(verb, ())
        if facts.get(fact) not in (None, "", day.isoformat())
    ]
    return " · ".join(part for part in parts if part)
