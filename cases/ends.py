"""What a petition still lacks before it is finished (办结还差); asked by the deed and told by the page."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cases.handlings import NOTICES, addressees, all_served, papers_on
from cases.models import Claim, Handling, Petition
from cases.states import FROM_ABOVE, ClaimDecision
from documents.models import ServiceRecord


def missing_for_finish(petition: Petition) -> Sequence[str]:
    """Return what is missing, sentence by sentence; nothing if it can be finished (Q10, Q21, Q24)."""
    missing: list[str] = []
    claims = list(Claim.objects.filter(petition=petition).select_related("route").order_by("number"))
    unrouted = [str(claim.number) for claim in claims if claim.route is None or not claim.route.holds]
    if unrouted:
        missing.append(_("a way for claim %(numbers)s") % {"numbers": "、".join(unrouted)})
    handlings = Handling.objects.filter(petition=petition, ended_at=None).select_related("organ", "opinion")
    for handling in handlings:
        missing += [
            _("%(organ)s: %(what)s") % {"organ": handling.organ.short_name, "what": what}
            for what in missing_of(handling)
        ]
    needs_report = petition.source in FROM_ABOVE and bool(petition.superior_due_on)
    if needs_report and not petition.upward_reports.filter(sent_back_at=None).exists():
        missing.append(_("the report to the superior"))
    return missing


def missing_of(handling: Handling) -> Sequence[str]:
    """Return what one organ still owes: decisions, notices served, the opinion, its service."""
    missing: list[str] = []
    claims = list(handling.claims.order_by("number"))
    undecided = [str(claim.number) for claim in claims if not claim.decision]
    if undecided:
        missing.append(_("a decision on claim %(numbers)s") % {"numbers": "、".join(undecided)})
    people = {person.pk for person in addressees(handling.petition)}
    decided = [claim for claim in claims if claim.decision]
    untold = [str(claim.number) for claim in decided if not people <= _told(handling, claim.number)]
    if untold:
        missing.append(_("the written notice for claim %(numbers)s, served") % {"numbers": "、".join(untold)})
    if any(claim.decision == ClaimDecision.ACCEPTED for claim in claims):
        if handling.opinion_id is None:
            missing.append(_("the handling opinion"))
        elif not all_served(handling):
            missing.append(_("the proof of service of the opinion"))
    return missing


def _told(handling: Handling, number: int) -> set[object]:
    papers = papers_on(handling, NOTICES, number)
    return set(ServiceRecord.objects.filter(document__in=papers).values_list("petitioner_ref", flat=True))
