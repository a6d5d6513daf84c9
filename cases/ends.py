"""What a petition still lacks before it is finished (办结还差); asked by the deed and told by the page."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from cases.deliveries import Deliveries, deliveries_of
from cases.handlings import NOTICES, addressees
from cases.models import Claim, Handling, Petition
from cases.states import FROM_ABOVE, ClaimDecision


def missing_for_finish(petition: Petition) -> Sequence[str]:
    """Return what is missing, sentence by sentence; nothing if it can be finished (Q10, Q21, Q24).

    In a fixed number of queries, however many organs lead claims of it.
    """
    missing: list[str] = []
    claims = list(petition.claims.select_related("route").order_by("number"))
    unrouted = [str(claim.number) for claim in claims if claim.route is None or not claim.route.holds]
    if unrouted:
        missing.append(_("a way for claim %(numbers)s") % {"numbers": "、".join(unrouted)})
    handlings = list(
        petition.handlings.filter(ended_at=None).select_related("organ").order_by("sent_at", "pk")
    )
    deliveries = deliveries_of(handlings)
    people = {person.pk for person in addressees(petition)}
    for handling in handlings:
        led = [claim for claim in claims if claim.handling_id == handling.pk]
        missing += [
            _("%(organ)s: %(what)s") % {"organ": handling.organ.short_name, "what": what}
            for what in _missing_of(handling, led, people, deliveries)
        ]
    needs_report = petition.source in FROM_ABOVE and bool(petition.superior_due_on)
    if needs_report and not petition.upward_reports.filter(sent_back_at=None).exists():
        missing.append(_("the report to the superior"))
    return missing


def _missing_of(
    handling: Handling, claims: Sequence[Claim], people: Collection[UUID], deliveries: Deliveries
) -> Sequence[str]:
    """Return what one organ still owes: decisions, notices served, the opinion, its service."""
    missing: list[str] = []
    undecided = [str(claim.number) for claim in claims if not claim.decision]
    if undecided:
        missing.append(_("a decision on claim %(numbers)s") % {"numbers": "、".join(undecided)})
    untold = [
        str(claim.number)
        for claim in claims
        if claim.decision and not set(people) <= deliveries.served((handling.pk, claim.number), NOTICES)
    ]
    if untold:
        missing.append(_("the written notice for claim %(numbers)s, served") % {"numbers": "、".join(untold)})
    if any(claim.decision == ClaimDecision.ACCEPTED for claim in claims):
        if handling.opinion_id is None:
            missing.append(_("the handling opinion"))
        elif not set(people) <= deliveries.in_hand(handling.opinion_id):
            missing.append(_("the proof of service of the opinion"))
    return missing
