"""What a petition still lacks before it is finished (办结还差); asked by the deed, told by the page, and who is called
once nothing is lacking.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organ, Post
from cases.deliveries import Deliveries, deliveries_of
from cases.handlings import NOTICES, addressees, settle_call, tell_organ
from cases.models import Claim, Handling, Petition, Petitioner, Remedy, Route
from cases.remedy_states import GOING_ON
from cases.states import FROM_ABOVE, OPEN, ClaimDecision, Routing
from cases.told import waits_for_a_word
from cases.workflow import HANDLES
from lib.transactions import require_transaction
from notices.models import Kind, Notice
from notices.parts import tell


def missing_for_finish(petition: Petition) -> Sequence[str]:
    """Return what is missing, sentence by sentence; nothing if it can be finished (Q10, Q21, Q24).

    In a fixed number of queries, however many organs lead claims of it.
    """
    return list(_missing(petition))


def _can_be_finished(petition: Petition) -> bool:
    """Test if nothing is missing; no more is asked than it takes to find the first that is."""
    return next(_missing(petition), None) is None


def _missing(petition: Petition) -> Iterator[str]:
    claims = list(Claim.objects.filter(petition=petition).select_related("route").order_by("number"))
    unrouted = [str(claim.number) for claim in claims if claim.route is None or not claim.route.holds]
    if unrouted:
        yield _("a way for claim %(numbers)s") % {"numbers": "、".join(unrouted)}
    handlings = list(
        petition.handlings.filter(ended_at=None)
        .select_related("organ")
        .prefetch_related("completion_reports")
        .order_by("sent_at", "pk")
    )
    on_paper = _OnPaper(petition, handlings)
    for handling in handlings:
        led = [claim for claim in claims if claim.handling_id == handling.pk]
        for what in _missing_of(handling, led, on_paper):
            yield _("%(organ)s: %(what)s") % {"organ": handling.organ.short_name, "what": what}
    for route in waits_for_a_word(petition, on_paper.people):
        numbers = "、".join(str(claim.number) for claim in claims if claim.route_id == route.pk)
        yield _("the written word of where claim %(numbers)s went, in hand or posted") % {"numbers": numbers}
    yield from _pending_elsewhere(petition)
    if petition.disputes.filter(settled_at=None).exists():
        yield _("a decision on who accepts")
    yield from _report_upward(petition)


@dataclass
class _OnPaper:
    """Whom the papers of a petition are for and who has them, asked for where it comes to that."""

    petition: Petition
    handlings: Sequence[Handling]

    @cached_property
    def people(self) -> Sequence[Petitioner]:
        return list(addressees(self.petition))

    @cached_property
    def wanted(self) -> set[UUID]:
        return {person.pk for person in self.people}

    @cached_property
    def deliveries(self) -> Deliveries:
        return deliveries_of(self.handlings)


def _pending_elsewhere(petition: Petition) -> Sequence[str]:
    """What was joined ends with what it was joined to (Q11); a request for 复查 ends with its review (Art 35)."""
    missing = []
    for join in petition.joins.filter(route__ended_at=None).select_related("pending"):
        if join.is_review_request:
            # ended after it was joined: decided, not accepted, or taken back
            ended = Remedy.objects.exclude(state__in=sorted(GOING_ON)).filter(petition=join.pending_id)
            if ended.filter(requested_on__gte=join.review_received_on).exists():
                continue
            missing.append(_("the review that was asked for"))
        elif join.pending.routing in OPEN and not join.pending.sealed:
            missing.append(_("the end of the petition it was joined to"))
    return missing


def _report_upward(petition: Petition) -> Sequence[str]:
    """The result goes back to the superior that set a day, and again whenever he sent it back (Q21)."""
    reports = petition.upward_reports.all()
    owed = petition.source in FROM_ABOVE and bool(petition.superior_due_on)
    if any(report.sent_back_at is None for report in reports) or not (owed or reports):
        return []
    if reports:
        return [_("the report to the superior, which was sent back for rework")]
    return [_("the report to the superior")]


def missing_before_report(handling: Handling, claims: Sequence[Claim]) -> Sequence[str]:
    """Return what a completion report would have nothing to say about yet: decisions, the opinion (D24)."""
    missing: list[str] = []
    undecided = [str(claim.number) for claim in claims if not claim.decision]
    if undecided:
        missing.append(_("a decision on claim %(numbers)s") % {"numbers": "、".join(undecided)})
    if handling.opinion_id is None and any(claim.decision == ClaimDecision.ACCEPTED for claim in claims):
        missing.append(_("the handling opinion"))
    return missing


def _missing_of(handling: Handling, claims: Sequence[Claim], on_paper: _OnPaper) -> Iterator[str]:
    """Yield what one organ still owes: decisions, notices served, the opinion, its service, its report (T6)."""
    yield from missing_before_report(handling, claims)
    deliveries, people = on_paper.deliveries, on_paper.wanted
    untold = [
        str(claim.number)
        for claim in claims
        if claim.decision and not people <= deliveries.served((handling.pk, claim.number), NOTICES)
    ]
    if untold:
        yield _("the written notice for claim %(numbers)s, served") % {"numbers": "、".join(untold)}
    if handling.opinion_id is not None and not people <= deliveries.in_hand(handling.opinion_id):
        yield _("the proof of service of the opinion")
    if handling.report_due_on is not None:
        report = next((one for one in handling.completion_reports.all() if one.taken is not False), None)
        if report is None:
            yield _("the completion report")
        elif report.taken is None:
            yield _("whether the completion report is taken")


def call_to_finish(petition: Petition, *, now: datetime) -> None:
    """Call whoever routed a petition once nothing is missing any more; take the call back where something is again.

    One call stands at a time. Where nobody works from those posts any longer, it goes to all who handle in the organ
    that registered, whose step it is (Q10).
    """
    require_transaction("call_to_finish")
    subject_id = str(petition.pk)
    called = Notice.objects.standing().filter(subject_id=subject_id, kind=Kind.CAN_BE_FINISHED).exists()
    if petition.sealed or petition.routing != Routing.ROUTED or not _can_be_finished(petition):
        if called:
            settle_call(petition, "finish", now=now)
        return
    if called:
        return
    key = f"finish:{petition.version}"
    ours = Organ.objects.of_today(petition.register_organ)
    routed = Route.objects.filter(petition=petition, ended_at=None, claims__isnull=False).values("made_by")
    held = Post.objects.held_on(timezone.localdate(now)).filter(organ__in=ours, role__in=sorted(HANDLES))
    works = held.exclude(user__in=petition.recusals.filter(withdrawn=True).values("user"))
    posts = list(works.filter(pk__in=routed).values_list("pk", flat=True))
    if posts:
        tell(posts, Kind.CAN_BE_FINISHED, key=f"petition:{subject_id}:{key}", subject_id=subject_id, now=now)
    else:
        tell_organ(petition.register_organ, HANDLES, Kind.CAN_BE_FINISHED, petition, key=key, now=now)
