"""Repeats on the case page: what was decided on this petition and others, what waits, and whether one may look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.actions.repeating import Choice
from cases.candidates import Candidate
from cases.groups import MOST_LISTED, count_of_group
from cases.hanging import Hanging
from cases.models import Petition, RepeatDecision
from cases.offers import Asked, Offer
from cases.repeats import repeats_among
from cases.states import SAME_MATTER, RepeatOutcome, Routing
from lib.masking import mask_name, mask_text


@dataclass(frozen=True)
class PairOnPage:
    """A decision on this petition and another one that this hat sees."""

    decision: RepeatDecision
    other: Petition
    title: str
    # whether the other one is the earlier of the two
    is_earlier: bool
    decide: Offer | None = None
    reverse: Offer | None = None


@dataclass(frozen=True)
class CandidateOnPage:
    """A candidate with its words covered, and the form to decide on it where this is the later one."""

    candidate: Candidate
    title: str
    name: str
    decide: Offer | None = None

    @property
    def percent(self) -> int:
        """How alike the texts are, in a hundred."""
        return round(100 * self.candidate.likeness)


@dataclass(frozen=True)
class TypedCandidate:
    """A candidate beside the form that is being typed, with what was said about it so far."""

    shown: CandidateOnPage
    choice: Choice


def repeats_on(hanging: Hanging, asked: Asked) -> dict[str, Any]:
    """Return what the page shows of repeats: only pairs of which this hat sees both (Q6)."""
    petition = hanging.petition
    decisions: list[RepeatDecision] = []
    if {"repeat_decisions", "repeated_by"} & hanging.there:
        related = RepeatDecision.objects.of(petition).select_related("decider", "ender")
        decisions = list(related.order_by("-decided_at", "-pk"))
    others = _visible({_other_of(petition, each) for each in decisions}, asked)
    pairs = [
        _pair(petition, each, others[_other_of(petition, each)], asked)
        for each in decisions
        if _other_of(petition, each) in others
    ]
    standing = [pair for pair in pairs if pair.decision.ended_at is None]
    confirmed = any(
        pair.is_earlier and pair.decision.same_person and pair.decision.outcome in SAME_MATTER
        for pair in standing
    )
    return {
        "pairs": standing,
        "past_pairs": [pair for pair in pairs if pair.decision.ended_at is not None],
        "is_repeat": confirmed and bool(repeats_among([petition.pk], asked.hat)),
        "deciding": _deciding(standing, asked),
        "may_look": asked.offer("decide_repeat") is not None,
        # what nobody has routed yet is looked at as soon as the page opens; the rest when somebody asks
        "looks_by_itself": petition.routing == Routing.REGISTERED,
        "same_text": _counted(count_of_group(petition, asked.hat)),
    }


def _counted(number: int) -> str:
    """Return a number of equal letters as the page shows it, nothing for a letter of its own."""
    if number < 2:
        return ""
    return str(number) if number <= MOST_LISTED else f"{MOST_LISTED}+"


def _other_of(petition: Petition, decision: RepeatDecision) -> UUID:
    return decision.earlier_id if decision.petition_id == petition.pk else decision.petition_id


def _visible(keys: set[UUID], asked: Asked) -> Mapping[UUID, Petition]:
    if not keys:
        return {}
    return Petition.objects.visible_to(asked.hat).for_list().with_representatives().in_bulk(list(keys))


def _pair(petition: Petition, decision: RepeatDecision, other: Petition, asked: Asked) -> PairOnPage:
    is_earlier = decision.earlier_id == other.pk
    waits = decision.outcome == RepeatOutcome.LATER
    here = is_earlier and decision.ended_at is None
    return PairOnPage(
        decision=decision,
        other=other,
        title=_covered_title(other),
        is_earlier=is_earlier,
        decide=asked.offer("decide_repeat", earlier=other.pk) if here and waits else None,
        reverse=asked.offer("reverse_repeat", decision=decision.pk) if here and not waits else None,
    )


def _deciding(standing: Sequence[PairOnPage], asked: Asked) -> CandidateOnPage | None:
    """Return the candidate whose decision was sent and refused, so that what was typed is not lost."""
    sent = asked.bound.get("decide_repeat")
    if sent is None:
        return None
    key = sent.cleaned_data.get("earlier") if hasattr(sent, "cleaned_data") else None
    if key is None or any(pair.other.pk == key for pair in standing):
        return None
    other = _visible({key}, asked).get(key)
    if other is None:
        return None
    nothing = Candidate(other, 0, ())
    return CandidateOnPage(nothing, _covered_title(other), "", asked.offer("decide_repeat", earlier=key))


def candidates_on(
    candidates: Sequence[Candidate], *, petition: Petition | None = None, asked: Asked | None = None
) -> list[CandidateOnPage]:
    """Return candidates as the panel shows them; with a petition, each earlier one with its form."""
    return [
        CandidateOnPage(
            candidate=each,
            title=mask_text(each.petition.words.title, names=each.names),
            name=mask_name(each.names[0]) if each.names else "",
            decide=asked.offer("decide_repeat", earlier=each.petition.pk)
            if asked and petition and each.petition.received_at <= petition.received_at
            else None,
        )
        for each in candidates
    ]


def joins_next(pairs: Sequence[PairOnPage], petition: Petition) -> str:
    """Return the number of the pending petition that claims are joined to next, once that was decided (Q11, Q14)."""
    for pair in pairs:
        pending = pair.decision.outcome == RepeatOutcome.SAME_PENDING and pair.other.is_open
        if pair.is_earlier and pending and pair.other.register_level == petition.register_level:
            return pair.other.number
    return ""


def _covered_title(petition: Petition) -> str:
    return mask_text(petition.words.title, names=[person.name for person in petition.people.all()])
