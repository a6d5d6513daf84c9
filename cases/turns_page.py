"""What the case page shows where the ordinary way turns: words owed, joins, a dispute, reports, services put right."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.corrected_service import Effect, effects_of
from cases.ends import missing_before_report
from cases.handlings import addressees
from cases.hanging import Hanging
from cases.models import (
    Claim,
    CompletionReport,
    Handling,
    JoinedMatter,
    JurisdictionDispute,
    Petition,
    PetitionDocument,
    Route,
)
from cases.offers import Asked, Blocked, Offer
from cases.states import RouteKind
from cases.superiors import common_superior
from cases.timeline import over_on
from cases.told import owes_word
from documents.models import Posting, ServiceCorrection, ServiceRecord


@dataclass(frozen=True)
class JoinOnPage:
    """What claims were joined to; the other petition only where this hat sees it (Q6)."""

    claims: str
    joined: JoinedMatter
    pending: Petition | None
    # the day on which what it was joined to was over
    over_on: date | None = None


@dataclass(frozen=True)
class WordOwed:
    """A way whose written word has not been drawn up."""

    claims: str
    draw_up: Offer | None
    upload: Offer | None


@dataclass(frozen=True)
class DisputeOnPage:
    dispute: JurisdictionDispute
    organs: Sequence[str]
    superior: str
    settle: Offer | None
    # who leads the claims while it lasts; nobody where they were returned and wait for their way
    with_whom: str = ""


@dataclass(frozen=True)
class CorrectionOnPage:
    """A proposal that waits, and what it would move (Q18)."""

    correction: ServiceCorrection
    effects: Sequence[Effect]
    decide: Offer | None


def turns_of(
    hanging: Hanging, claims: Sequence[Claim], asked: Asked, leading: Handling | None
) -> dict[str, Any]:
    """Return what the page shows of words, joins and disputes, in a fixed number of queries for most petitions."""
    petition = hanging.petition
    waiting = any(claim.route_id is None for claim in claims)
    disputes = hanging.rows(
        "disputes",
        JurisdictionDispute.objects.select_related(
            "handling__organ", "accepts", "opened_by__user", "opened_by__organ"
        )
        .prefetch_related("organs__next_higher")
        .order_by("-opened_at"),
    )
    open_now = next((each for each in disputes if each.settled_at is None), None)
    undecided = any(claim.decision == "" and claim.route_id is None for claim in claims) or any(
        claim.decision == "" and claim.handling_id is not None for claim in claims
    )
    report = any(each.sent_back_at is None for each in petition.upward_reports.all())
    offers = {
        "join_pending": asked.offer("join_pending", version=petition.version) if waiting else None,
        "open_dispute": asked.offer("open_dispute", leading) if open_now is None and undecided else None,
        "note_sent_back": asked.offer("note_sent_back") if report else None,
    }
    return {
        "turns": {name: offer for name, offer in offers.items() if offer is not None},
        "words_owed": list(_words_owed(petition, claims, asked)),
        "joins": list(_joins(petition, claims, asked)),
        "raised_again": list(_raised_again(petition, asked)) if "joined_here" in hanging.there else [],
        "disputes": [_dispute(each, asked) for each in disputes],
    }


def _numbers(claims: Sequence[Claim], route: Route) -> str:
    return "、".join(str(claim.number) for claim in claims if claim.route_id == route.pk)


def _words_owed(petition: Petition, claims: Sequence[Claim], asked: Asked) -> Iterator[WordOwed]:
    routes = {claim.route.pk: claim.route for claim in claims if claim.route is not None}
    for route in routes.values():
        route.petition = petition
    owing = [route for route in routes.values() if route.holds and owes_word(route)]
    if not owing or not addressees(petition):
        return
    drawn = set(PetitionDocument.objects.filter(route__in=owing).values_list("route", flat=True))
    for route in owing:
        if route.pk in drawn:
            continue
        draw_up, upload = (
            asked.offer("draw_up_word", route=route.pk),
            asked.offer("upload_word", route=route.pk),
        )
        if draw_up is not None:
            yield WordOwed(_numbers(claims, route), draw_up, upload)


def _joins(petition: Petition, claims: Sequence[Claim], asked: Asked) -> Iterator[JoinOnPage]:
    if not any(claim.route is not None and claim.route.kind == RouteKind.JOIN for claim in claims):
        return
    joins = list(petition.joins.filter(route__ended_at=None).select_related("route"))
    seen = Petition.objects.visible_to(asked.hat).in_bulk([join.pending_id for join in joins])
    for join in joins:
        pending = seen.get(join.pending_id)
        over = over_on(pending) if pending is not None and not pending.is_open else None
        yield JoinOnPage(_numbers(claims, join.route), join, pending, over)


def _raised_again(petition: Petition, asked: Asked) -> Iterator[Petition]:
    again = Petition.objects.visible_to(asked.hat).filter(
        joins__pending=petition, joins__route__ended_at=None
    )
    yield from again.distinct().order_by("received_at")


def _dispute(dispute: JurisdictionDispute, asked: Asked) -> DisputeOnPage:
    organs = list(dispute.organs.all())
    settle = asked.offer("settle_dispute") if dispute.settled_at is None else None
    superior = common_superior(organs) if settle is not None else None
    leads = dispute.handling if dispute.handling is not None and dispute.handling.ended_at is None else None
    return DisputeOnPage(
        dispute,
        [organ.short_name for organ in organs],
        superior.short_name if superior else "",
        settle,
        leads.organ.short_name if leads is not None else "",
    )


def reports_of(handling: Handling, asked: Asked) -> tuple[Sequence[CompletionReport], dict[str, Offer]]:
    """Return the completion reports of an assigned handling and what may be done about them (T6).

    They are in the order in which the page loaded them: newest first.
    """
    if handling.report_due_on is None:
        return [], {}
    reports = list(handling.completion_reports.all())
    offers: dict[str, Offer] = {}
    waits = next((report for report in reports if report.taken is None), None)
    if waits is not None:
        decide = asked.offer("decide_report", handling)
        return reports, {"decide_report": decide} if decide is not None else {}
    hand_in = asked.offer("report_completion", handling)
    if hand_in is not None and not any(report.taken for report in reports):
        missing = missing_before_report(handling, list(handling.claims.order_by("number")))
        if missing:
            asked.blocked.append(Blocked(hand_in.deed.button, "；".join(missing)))
        else:
            offers["report_completion"] = hand_in
    return reports, offers


def propose_of(
    record: ServiceRecord, hung: PetitionDocument, asked: Asked, handling: Handling | None
) -> Offer | None:
    """Return the offer to put one record of service right, filled with what it says (Q18)."""
    if hung.remedy_id is not None or not asked.hat.organ.is_or_carries_on(hung.document.organ):
        return None
    offer = asked.offer("propose_service", handling, record=record.pk)
    return offer and as_recorded(offer, record)


def as_recorded(offer: Offer, record: ServiceRecord | Posting) -> Offer:
    """Fill the offer to put a record right with what it says."""
    if offer.form.is_bound:
        return offer
    if isinstance(record, Posting):
        said: tuple[str, ...] = ("posted_on", "mail_number", "evidence_note")
    else:
        said = (
            *("method", "served_on", "received_by", "relation", "refusal_reason", "consent_ref"),
            *("announced_on", "view", "evidence_note"),
        )
        offer.form.initial["witnesses"] = "、".join(record.witnesses)
    offer.form.initial.update({name: getattr(record, name) for name in said})
    return offer


def propose_posting_of(
    posting: Posting, hung: PetitionDocument, asked: Asked, handling: Handling | None
) -> Offer | None:
    """Return the offer to put one posting right, filled with what it says (Q18)."""
    if hung.remedy_id is not None or not asked.hat.organ.is_or_carries_on(hung.document.organ):
        return None
    offer = asked.offer("propose_posting", handling, posting=posting.pk)
    return offer and as_recorded(offer, posting)


def corrections_of(
    records: Sequence[ServiceRecord | Posting],
    hung: PetitionDocument,
    asked: Asked,
    decides: Callable[[int], Offer | None],
    now: datetime,
) -> Iterator[CorrectionOnPage]:
    """Give the proposals that wait on a paper's services and postings, with what each would move.

    `decides` offers the decision on one to whoever may take it; who proposed it does not.
    """
    for record in records:
        for correction in record.corrections.all():
            if correction.decided_at is not None:
                continue
            decide = decides(correction.pk) if correction.proposer_id != asked.hat.user.pk else None
            if isinstance(record, Posting):
                correction.posting = record
            else:
                correction.record = record
            yield CorrectionOnPage(correction, effects_of(correction, hung, now=now), decide)
