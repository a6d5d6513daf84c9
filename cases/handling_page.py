"""The way a petition goes, as the case page shows it: who leads what, what may be done now, and why not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.hats import Hat
from accounts.models import Organ
from cases.caring_page import caring_of
from cases.closing import closing_of
from cases.ends import missing_for_finish
from cases.ends_page import ends_of
from cases.forms.handling import Find
from cases.forms.papers import DraftOpinion
from cases.hanging import Hanging
from cases.models import (
    Claim,
    CoHandling,
    CompletionReport,
    Extension,
    Handling,
    Petition,
    Progress,
    Resolution,
    ReturnRequest,
    Route,
)
from cases.offers import Asked, Blocked, Bound, Offer, with_lawful_ways, with_suitable_first
from cases.papers_page import PaperOnPage, papers_of
from cases.people import may_uncover, works_for_one_of
from cases.rating_page import letters_of, ratings_of
from cases.remedies_page import StandingOnPage, next_steps_of, remedies_of
from cases.repeats_page import joins_next, repeats_on
from cases.states import ClaimDecision, ClockCode, Outcome, PetitionClass, RouteKind
from cases.turns_page import (
    reports_of,
    turns_of,
)
from cases.unit_suggestions import suggest_units, township_of
from cases.urging_page import urge_on
from cases.workflow import seat_of
from documents.states import DocumentKind
from documents.states import State as DocumentState
from lib.masking import mask_text


@dataclass(frozen=True)
class ClaimOnPage:
    """One claim with what was decided on it and what may be done on it."""

    claim: Claim
    words: str
    accept: Offer | None = None
    decline: Offer | None = None
    find: Offer | None = None
    execute: Offer | None = None
    study: Offer | None = None
    thank: Offer | None = None

    @property
    def has_deeds(self) -> bool:
        offers = (self.accept, self.decline, self.find, self.execute, self.study, self.thank)
        return any(offer is not None for offer in offers)


@dataclass(frozen=True)
class HandlingOnPage:
    """What one organ leads, as the page shows it to this hat."""

    handling: Handling
    claims: Sequence[ClaimOnPage]
    return_request: ReturnRequest | None
    extension: Extension | None
    co_handlings: Sequence[tuple[CoHandling, Offer | None]]
    offers: Mapping[str, Offer]
    leads: bool
    reports: Sequence[CompletionReport]


def way_of(
    hanging: Hanging, hat: Hat, *, names: Sequence[str], bound: Bound, now: datetime
) -> dict[str, Any]:
    """Return what the page shows of routing, handling, papers and ends, of a petition whose rows were `read_once`.

    The number of queries is fixed, however many units lead. `names` are covered wherever they stand in a claim.
    Nothing for a sealed petition, whose way is the lane's.
    """
    petition = hanging.petition
    if petition.sealed:
        return {}
    asked = asked_on(petition, hat, bound)
    claims = list(petition.claims.all())
    handlings = _handlings(hanging)
    papers = list(papers_of(hanging, asked, {handling.pk: handling for handling in handlings}, now))
    shown = [
        _on_page(handling, claims, asked, names, now) for handling in handlings if handling.ended_at is None
    ]
    for one in shown:
        _say_what_is_replaced(one, papers)
    leading = next((one.handling for one in shown if one.leads), None)
    resolution = _resolution(hanging)
    waiting = [claim for claim in claims if claim.route_id is None]
    offers = _offers(asked, waiting, leading, resolution)
    # nothing is waited for once it can be finished
    if "finish" not in offers and (urge := urge_on(hanging, asked, now)) is not None:
        offers["urge"] = urge
    remedies = remedies_of(hanging, asked, [one.handling for one in shown], claims, papers, now)
    return {
        "way": offers,
        "closing": closing_of(petition, claims, papers, names=names, now=now) if "finish" in offers else None,
        "suggested_units": suggest_units(petition, hat, now=now) if "route" in offers else (),
        "township": township_of(petition),
        "blocked": asked.blocked,
        **_ways_of(claims, asked, names),
        "handlings": shown,
        "remedies": remedies,
        "caring": caring_of(hanging, asked),
        "ratings": ratings_of(asked, now),
        "letters": letters_of(hanging, asked),
        "returned": [one for one in handlings if one.ended_at is not None],
        "papers": papers,
        "reads_papers": may_uncover(petition, hat)
        or works_for_one_of(_organs(petition, shown, remedies), hat),
        "progress": [note for one in handlings for note in one.progress.all()],
        "resolution": resolution,
        "upward_reports": petition.upward_reports.all(),
        **_turns_and_repeats(hanging, claims, asked, leading),
        "next_steps": [*_next_steps(offers, shown, papers), *next_steps_of(remedies)],
        **ends_of(hanging, hat, asked, leading, now),
    }


def _organs(
    petition: Petition, shown: Sequence[HandlingOnPage], remedies: Sequence[StandingOnPage]
) -> Sequence[Organ]:
    """Return who registered a petition, leads it, or reviews what was decided on it."""
    leading = (one.handling.organ for one in shown)
    return [
        petition.register_organ,
        *leading,
        *(each.remedy.organ for one in remedies for each in one.remedies),
    ]


def _ways_of(claims: Sequence[Claim], asked: Asked, names: Sequence[str]) -> dict[str, Any]:
    """Return which claims wait for a way, are kept, or ended with theirs."""
    return {
        "waiting_claims": [
            (claim.number, mask_text(claim.wording, names=names))
            for claim in claims
            if claim.route_id is None
        ],
        "keeps": _keeps(claims, asked),
        "ended_by_route": [
            (claim.number, claim.route)
            for claim in claims
            if claim.route is not None and claim.route.kind in {RouteKind.GUIDE, RouteKind.KEEP}
        ],
    }


def _turns_and_repeats(
    hanging: Hanging, claims: Sequence[Claim], asked: Asked, leading: Handling | None
) -> dict[str, Any]:
    """Return the turns a petition may take and its repeats; the form of joining names what it would join."""
    turns = turns_of(hanging, claims, asked, leading)
    repeats = repeats_on(hanging, asked)
    join = turns["turns"].get("join_pending")
    if join is not None and not join.form.is_bound:
        join.form.initial["pending_number"] = joins_next(repeats["pairs"], hanging.petition)
    return {**turns, **repeats}


def _say_what_is_replaced(one: HandlingOnPage, papers: Sequence[PaperOnPage]) -> None:
    offer = one.offers.get("draft_opinion")
    if offer is not None and isinstance(offer.form, DraftOpinion):
        own = (paper for paper in papers if paper.hung.handling_id == one.handling.pk)
        offer.form.replaces = next((paper.hung.document for paper in own if paper.replaces_on_redraft), None)


def _resolution(hanging: Hanging) -> Resolution | None:
    """Return what was shown of the dispute's being settled, confirmed or not yet."""
    standing = Resolution.objects.filter(ended_at=None)
    rows = standing.select_related("proposed_by__user", "confirmed_by__user").order_by("pk")
    return next(iter(hanging.rows("resolutions", rows)), None)


def _offers(
    asked: Asked, waiting: Sequence[Claim], leading: Handling | None, resolution: Resolution | None
) -> dict[str, Offer]:
    """Return the deeds on the petition as a whole; what keeps it from being finished is noted as blocked."""
    petition = asked.petition
    asked_for = {
        "route": asked.offer("route", version=petition.version) if waiting else None,
        "recuse": asked.offer("recuse", leading),
        "report_upward": asked.offer("report_upward") if petition.superior_number else None,
        "propose_resolved": asked.offer("propose_resolved", leading) if resolution is None else None,
        "confirm_resolved": _confirm_of(resolution, asked),
        "finish": asked.offer("finish"),
    }
    offers = {name: offer for name, offer in asked_for.items() if offer is not None}
    if "route" in offers and petition.litigation_related:
        with_suitable_first(offers["route"], petition, asked.units)
    if "route" in offers:
        with_lawful_ways(offers["route"].form, asked.hat.organ, waiting)
    if "finish" in offers and (missing := missing_for_finish(petition)):
        asked.blocked.append(Blocked(_("Finish"), "；".join(missing)))
        del offers["finish"]
    return offers


def _confirm_of(resolution: Resolution | None, asked: Asked) -> Offer | None:
    """Return the second person's decision; who proposed it, and whoever reads it confirmed, may only take it back."""
    offer = asked.offer("confirm_resolved") if resolution is not None else None
    if offer is None or resolution is None:
        return None
    if resolution.confirmed_at is not None or resolution.proposer_id == asked.hat.user.pk:
        decision = offer.form.fields["decision"]
        decision.widget.choices = [choice for choice in decision.widget.choices if choice[0] == "not_settled"]
    return offer


def asked_on(petition: Petition, hat: Hat, bound: Bound | None = None) -> Asked:
    """Return what the offers on a petition of the open lane are asked with."""
    clocks = {(clock.organ_id, clock.code): clock for clock in petition.clocks.all() if clock.is_open}
    return Asked(petition, hat, seat_of(petition, hat), bound or {}, clocks)


def _handlings(hanging: Hanging) -> list[Handling]:
    related: Mapping[str, QuerySet[Any]] = {
        "return_requests": ReturnRequest.objects.select_related("asked_by__user").order_by("-pk"),
        "extensions": Extension.objects.select_related("asked_by__user").order_by("-pk"),
        "co_handlings": CoHandling.objects.select_related("organ").order_by("pk"),
        "progress": Progress.objects.select_related("noted_by__user", "agreement").order_by("pk"),
        "completion_reports": CompletionReport.objects.select_related(
            "document", "reported_by__user"
        ).order_by("-reported_at"),
    }
    handlings = list(hanging.petition.handlings.all())
    hanging.load("handlings", handlings, related)
    return handlings


def _on_page(
    handling: Handling, claims: Sequence[Claim], asked: Asked, names: Sequence[str], now: datetime
) -> HandlingOnPage:
    own = [claim for claim in claims if claim.handling_id == handling.pk]
    leads = asked.hat.organ.is_or_carries_on(handling.organ)
    extension = next(iter(handling.extensions.all()), None)
    reports, report_offers = reports_of(handling, asked)
    objection = next(iter(handling.return_requests.all()), None)
    return HandlingOnPage(
        handling=handling,
        claims=[_claim_on_page(claim, handling, asked, names) for claim in own],
        return_request=objection,
        extension=extension,
        co_handlings=[(one, _feed_back(one, asked)) for one in handling.co_handlings.all()],
        offers=dict(_offers_on(handling, own, extension, asked, leads=leads, now=now)) | report_offers,
        leads=leads,
        reports=reports,
    )


def _offers_on(
    handling: Handling,
    claims: Sequence[Claim],
    extension: Extension | None,
    asked: Asked,
    *,
    leads: bool,
    now: datetime,
) -> Iterator[tuple[str, Offer]]:
    wanted: dict[str, bool] = {
        "sign_for": True,
        "object": not any(claim.decision for claim in claims),
        "decide_return": True,
        "convert": handling.simple_track,
        "note_progress": True,
        "ask_co_handling": True,
        "ask_extension": extension is None or extension.approved is False,
        "decide_extension": extension is not None and extension.decided_at is None,
        "draft_opinion": _all_found(claims),
        "upload_paper": True,
    }
    objection = asked.clocks.get((handling.organ_id, ClockCode.T4))
    if wanted["object"] and (objection is None or (objection.due_at and objection.due_at <= now)):
        wanted["object"] = False
        _block(asked, "object", handling, _("the five working days are over, or it is decided"))
    sixty = asked.clocks.get((handling.organ_id, ClockCode.T5))
    if wanted["ask_extension"] and (
        sixty is None or sixty.presumed or (sixty.due_at and sixty.due_at <= now)
    ):
        wanted["ask_extension"] = False
        _block(asked, "ask_extension", handling, _("no sixty days run, or they are over"))
    if not wanted["draft_opinion"]:
        _block(asked, "draft_opinion", handling, _("each accepted claim needs its finding first"))
    for name, want in wanted.items():
        offer = asked.offer(name, handling) if want else None
        if offer is not None:
            yield name, offer


def _block(asked: Asked, name: str, handling: Handling, why: str) -> None:
    """Say why a deed that this seat has cannot be done now."""
    offer = asked.offer(name, handling)
    if offer is not None:
        asked.blocked.append(Blocked(offer.deed.button, why))


def _all_found(claims: Sequence[Claim]) -> bool:
    accepted = [claim for claim in claims if claim.decision == ClaimDecision.ACCEPTED]
    decided = all(claim.decision for claim in claims)
    return bool(accepted) and decided and all(claim.outcome for claim in accepted)


def _claim_on_page(claim: Claim, handling: Handling, asked: Asked, names: Sequence[str]) -> ClaimOnPage:
    undecided = not claim.decision
    accepted = claim.decision == ClaimDecision.ACCEPTED
    supported = claim.outcome == Outcome.SUPPORT and claim.executed_at is None
    suggestion = claim.petition_class == PetitionClass.SUGGESTION
    number = claim.number
    return ClaimOnPage(
        claim=claim,
        words=mask_text(claim.wording, names=names),
        accept=asked.offer("accept", handling, claim=number) if undecided else None,
        decline=asked.offer("decline", handling, claim=number) if undecided else None,
        find=_with_finding(asked.offer("find", handling, claim=number), claim) if accepted else None,
        execute=asked.offer("execute", handling, claim=number) if supported else None,
        study=asked.offer("study_suggestion", handling, claim=number) if suggestion and accepted else None,
        thank=asked.offer("thank", handling, claim=number) if suggestion else None,
    )


def _with_finding(offer: Offer | None, claim: Claim) -> Offer | None:
    """Fill the form with the finding as it stands, so that it is rewritten and not written twice."""
    finding = getattr(claim, "finding", None)
    if offer is None:
        return None
    if isinstance(offer.form, Find):
        offer.form.ask_as_of(suggestion=claim.petition_class == PetitionClass.SUGGESTION)
    if offer.form.is_bound or finding is None:
        return offer
    for part in ("facts", "opinion", "legal_basis", "solved", "explained", "helped", "lawful"):
        offer.form.initial[part] = getattr(finding, part)
    offer.form.initial["outcome"] = claim.outcome
    offer.form.initial["execution_due_on"] = claim.execution_due_on
    if claim.execution_organ is not None:
        offer.form.initial["execution_organ"] = claim.execution_organ.code
    return offer


def _feed_back(co_handling: CoHandling, asked: Asked) -> Offer | None:
    if co_handling.fed_back_at is not None or not asked.hat.organ.is_or_carries_on(co_handling.organ):
        return None
    return asked.offer("feed_back", co_handling=co_handling.pk)


def _keeps(claims: Sequence[Claim], asked: Asked) -> list[tuple[Route, Offer | None]]:
    routes = [claim.route for claim in claims if claim.route is not None]
    if all(one.kind != RouteKind.KEEP or one.countersigned_at is not None for one in routes):
        return []
    waiting = asked.petition.routes.filter(kind=RouteKind.KEEP, countersigned_at=None, ended_at=None)
    keeps = waiting.select_related("made_by__user")
    return [
        (
            keep,
            None if keep.maker_id == asked.hat.user.pk else asked.offer("countersign_keep", route=keep.pk),
        )
        for keep in keeps
    ]


# what the bar calls a deed whose button says only how its form is sent off
_IN_THE_BAR: Mapping[str, Promise] = {
    "find": _lazy("Write the finding"),
    "report_completion": _lazy("Hand in the completion report"),
    "decide_report": _lazy("Take the report, or send it back"),
}


def _next_steps(
    offers: Mapping[str, Offer], handlings: Sequence[HandlingOnPage], papers: Sequence[PaperOnPage]
) -> Iterator[tuple[Offer, str]]:
    """Give what moves the case on now, in the order of the way, each by the name of the deed: the bar's buttons."""
    yield from (_named(offers[name]) for name in ("route",) if name in offers)
    for one in handlings:
        yield from (
            _named(one.offers[name])
            for name in (
                "sign_for",
                "decide_return",
                "decide_extension",
                "report_completion",
                "decide_report",
            )
            if name in one.offers
        )
        several = len(one.claims) > 1
        for claim in one.claims:
            find = claim.find if not claim.claim.outcome else None
            yield from (
                _named(offer, _("claim %(numbers)s") % {"numbers": claim.claim.number} if several else "")
                for offer in (claim.accept, claim.execute, find)
                if offer is not None
            )
        if "draft_opinion" in one.offers and not _waits_for_approval(one, papers):
            yield _named(one.offers["draft_opinion"])
    for paper in papers:
        kind = paper.hung.document.get_kind_display()
        moves = (paper.issue, paper.anew, paper.serve)
        yield from (_named(offer, kind) for offer in moves if offer is not None)
    yield from (_named(offers[name]) for name in ("finish", "confirm_resolved") if name in offers)


def _waits_for_approval(one: HandlingOnPage, papers: Sequence[PaperOnPage]) -> bool:
    """Test if the opinion is drawn up and no finding was written since; it can still be drawn up anew below."""
    written = [claim.claim.finding.written_at for claim in one.claims if claim.claim.outcome]
    drawn = (paper.hung.document for paper in papers if paper.hung.handling_id == one.handling.pk)
    opinions = (paper for paper in drawn if paper.kind == DocumentKind.D15)
    return any(
        paper.state != DocumentState.RETURNED and paper.drafted_at >= max(written, default=paper.drafted_at)
        for paper in opinions
    )


def _named(offer: Offer, about: str = "") -> tuple[Offer, str]:
    deed = str(_IN_THE_BAR.get(offer.deed.name, offer.deed.button))
    return offer, _("%(deed)s: %(about)s") % {"deed": deed, "about": about} if about else deed
