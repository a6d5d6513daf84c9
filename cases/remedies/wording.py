"""The opinion on an opinion, drawn up from what stands in the register (D18, D20; Art 35, 36)."""

from accounts.hats import Hat
from cases.models import HearingTime, Petition, Remedy
from cases.papers import contact_of, petitioners_of
from cases.remedies.parts import head_of
from cases.remedies.rules import reviewer_of
from cases.remedies.standing import Standing
from cases.remedy_states import Chain, Stage
from documents import wording
from documents.paper import Paper
from documents.states import DocumentKind
from documents.wording.opinion import RESULTS
from documents.wording.sentences import numeral

OPINIONS = {Stage.REVIEW: DocumentKind.D18, Stage.REEXAMINATION: DocumentKind.D20}


def opinion_paper(remedy: Remedy, by: Hat) -> Paper:
    """Return the 复查意见书 or 复核意见书 of what was found.

    :raises Refused: if a part is missing, or nobody is entered who could re-examine a review opinion
    """
    above = reviewer_of(remedy.organ)
    return wording.decision(
        wording.Decision(
            **head_of(remedy, by),
            held=_held(remedy),
            contested_why=tuple(
                remedy.requests.filter(withdrawn_on=None).order_by("pk").values_list("reasons", flat=True)
            ),
            facts_found=remedy.facts,
            reasons_held=remedy.reasons,
            basis=remedy.basis,
            outcome=remedy.outcome,
            ground=remedy.ground,
            changed_to=remedy.changed_to,
            executed_by=remedy.execution_organ.name if remedy.execution_organ else "",
            execute_until=remedy.execution_due_on,
            anew_by_organ=remedy.handling.organ.name,
            anew_until=remedy.anew_by,
            next_organ=above.name if above else "",
            heard=tuple(_heard(remedy)),
        )
    )


def end_paper(standing: Standing, petition: Petition, open_help: str, by: Hat) -> Paper:
    """Return the word that the remedies of an opinion are exhausted or have lapsed (D25; Art 36, 37)."""
    last = standing.remedies[-1] if standing.remedies else None
    decided = last.opinion if last is not None else None
    opinion = decided or standing.handling.opinion
    return wording.end_notice(
        wording.RemediesOver(
            organ=standing.handling.organ.name,
            addressee=petitioners_of(petition),
            contact=contact_of(by),
            petition_number=petition.number,
            opinion_of=opinion.organ.name if opinion else "",
            opinion_number=opinion.number if opinion else "",
            opinion_on=opinion.dated_on if opinion else None,
            concluded=standing.chain is Chain.CONCLUDED,
            open_help=open_help,
        )
    )


def _held(remedy: Remedy) -> tuple[str, ...]:
    """Return what the contested opinion held: each claim's result, or the outcome of the review."""
    before = remedy.after
    if before is not None:
        return (f"复查意见：{wording.OUTCOMES[before.outcome]}。{before.reasons}",)
    claims = remedy.handling.claims.filter(outcome__in=sorted(RESULTS)).select_related("finding")
    return tuple(
        f"关于第{numeral(claim.number)}项诉求：{RESULTS[claim.outcome]}。{claim.finding.opinion}"
        for claim in claims.order_by("number")
    )


def _heard(remedy: Remedy) -> list[wording.Heard]:
    times = HearingTime.objects.filter(clock__remedy=remedy, until__isnull=False).order_by("since", "pk")
    return [
        wording.Heard(
            since=one.since,
            until=one.until or one.since,
            days=((one.until or one.since) - one.since).days,
            conclusion=one.conclusion,
        )
        for one in times
    ]
