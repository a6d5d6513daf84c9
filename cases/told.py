"""Telling the petitioner where his matter went: which ways owe a written word, its paper, and the clocks it meets
(Art 23(1)(2); R-12, R-20; Q11, Q13, Q24; D04). Pieces of deeds: they open no transaction.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from cases.deliveries import NOTHING_INSTEAD, Instead, delivered_on
from cases.handlings import (
    NOTICES,
    addressees,
    all_delivered_at,
    all_served,
    end_clocks,
    meet_clocks,
    moment_of,
    next_execution_day,
    opinion_delivered_on,
    run_execution,
)
from cases.models import Claim, Handling, Petition, PetitionClock, PetitionDocument, Petitioner, Route
from cases.papers import contact_of, petitioners_of
from cases.parts import copy_next_due
from cases.states import ClockCode, HandlingState, KeepGround, RouteKind
from cases.workflow import move_handling
from deadlines.parts import cancel, meet
from documents import parts as documents
from documents import wording
from documents.models import Document
from documents.paper import Paper
from documents.states import DocumentKind
from lib.transactions import require_transaction


def owes_word(route: Route) -> bool:
    """Test if a way owes the petitioner a written word, if anybody can be reached.

    An organ that received the petition directly owes one whichever way it goes (Art 23(2)). A petition office owes
    one where it joins the matter (Q11), and where it guides or keeps and nobody noted how he was told (R-12, Q13).
    """
    if route.kind == RouteKind.SELF_HANDLE or route.keep_ground == KeepGround.UNINTELLIGIBLE:
        return False
    if route.kind == RouteKind.JOIN or not route.petition.register_organ.looks_after_a_place:
        return True
    return route.kind in {RouteKind.GUIDE, RouteKind.KEEP} and not route.told


def issue_word(route: Route, *, by: Hat, now: datetime) -> Document | None:
    """Issue the written word of a way that owes one (D04); nothing if nobody can be reached."""
    require_transaction("issue_word")
    if not owes_word(route) or not addressees(route.petition):
        return None
    claims = list(Claim.objects.filter(route=route).order_by("number"))
    paper = _paper(route, claims, by)
    notice = documents.issue_at_once(
        DocumentKind.NOTICE, organ=by.organ, paper=paper, drafted_by=by, by=by, now=now
    )
    hang_word(notice, route)
    return notice


def hang_word(document: Document, route: Route) -> PetitionDocument:
    """Hang the word of a way on the case."""
    numbers = Claim.objects.filter(route=route).order_by("number").values_list("number", flat=True)
    return PetitionDocument.objects.hang(document, route.petition, route=route, claims=numbers)


def _paper(route: Route, claims: list[Claim], by: Hat) -> Paper:
    petition = route.petition
    head: dict[str, Any] = {
        "organ": by.organ.name,
        "addressee": petitioners_of(petition),
        "matter": wording.Matter(
            number=petition.number, received_on=timezone.localdate(petition.received_at), received_from=""
        ),
        "contact": contact_of(by),
    }
    words = tuple(claim.wording for claim in claims)
    if route.kind == RouteKind.JOIN:
        joined = route.joined
        return wording.joined_notice(
            wording.Joined(
                **head,
                pending_number=joined.pending.number,
                pending_since=timezone.localdate(joined.pending.received_at),
                review_received_on=joined.review_received_on,
            )
        )
    if route.kind == RouteKind.GUIDE:
        return wording.guidance_notice(wording.Guidance(**head, claims=words, guided_to=route.guided_to))
    if route.kind == RouteKind.KEEP:
        return wording.kept_notice(
            wording.Kept(**head, claims=words, answered=route.keep_ground == KeepGround.IDENTICAL_ANSWERED)
        )
    leading = claims[0].handling
    return wording.destination_notice(
        wording.Destination(
            **head,
            claims=words,
            went_to=leading.organ.name if leading else "",
            went_on=timezone.localdate(route.made_at),
            query=contact_of(by),
        )
    )


def told_on(route: Route, people: Iterable[Petitioner], instead: Instead = NOTHING_INSTEAD) -> date | None:
    """Return the day by which each of these people had the word of a way posted or in hand; nothing before (Q24)."""
    wanted = {person.pk for person in people}
    words = Document.objects.filter(case__route=route).exclude(issued_at=None)
    delivered = delivered_on(words, instead)
    if not wanted <= set(delivered):
        return None
    return max((delivered[person] for person in wanted), default=None)


def waits_for_a_word(petition: Petition, people: Collection[Petitioner]) -> list[Route]:
    """Return the ways that hold and whose word has not reached each of these people yet."""
    if not people:
        return []
    standing = Route.objects.filter(petition=petition, ended_at=None, claims__isnull=False).distinct()
    for route in standing:
        route.petition = petition
    return [
        route for route in standing if route.holds and owes_word(route) and told_on(route, people) is None
    ]


def see_to_notices(handling: Handling, *, now: datetime) -> None:
    """Meet T3 once every claim's decision reached its people (Q24), and T2 once the whole petition's did."""
    require_transaction("see_to_notices")
    owed = PetitionClock.objects.open().filter(
        petition=handling.petition, code__in=[ClockCode.T1, ClockCode.T2, ClockCode.T3]
    )
    if not owed.exists():
        return
    claims = list(Claim.objects.filter(handling=handling))
    if any(not claim.decision for claim in claims):
        return
    people = addressees(handling.petition)
    if not people:
        # waived where name or address is unclear (Art 23(2))
        end_clocks(handling, [ClockCode.T3], now=now)
    else:
        day = all_delivered_at(handling, NOTICES, [claim.number for claim in claims], people)
        if day is not None:
            meet_clocks(handling, [ClockCode.T3], at=moment_of(day, now=now), now=now)
    see_to_word(handling.petition, now=now)


def see_to_word(petition: Petition, *, now: datetime) -> None:
    """Meet T2, and a T1 that waits for it (Q11), once everyone has been told in writing of every claim.

    Told means: where it went, or what the organ itself decided on it (Art 23(1)(2); R-20).
    """
    require_transaction("see_to_word")
    running = PetitionClock.objects.open().filter(
        petition=petition, organ=petition.register_organ_id, code__in=[ClockCode.T1, ClockCode.T2]
    )
    owed = list(running.select_for_update(of=("self",)))
    if not owed:
        return
    people = addressees(petition)
    told = word_reached_at(petition, people, now=now)
    if told is None:
        return
    for clock in owed:
        if clock.code == ClockCode.T2 and not people:
            # waived where name or address is unclear (Art 23(2))
            cancel(clock, at=now)
        else:
            meet(clock, at=max(told, clock.started_at), now=now)
    copy_next_due(petition)


def word_reached_at(
    petition: Petition,
    people: Collection[Petitioner],
    *,
    now: datetime,
    instead: Instead = NOTHING_INSTEAD,
) -> datetime | None:
    """Return the moment by which every claim had its way and each of these people was told of it in writing.

    Nothing before that.
    """
    claims = list(Claim.objects.filter(petition=petition).select_related("route", "handling"))
    if any(claim.route is None or not claim.route.holds for claim in claims):
        return None
    moments = []
    for route in {claim.route for claim in claims if claim.route is not None}:
        route.petition = petition
        moments.append(route.countersigned_at or route.made_at)
        own = [claim for claim in claims if claim.route_id == route.pk]
        day = None
        if route.kind == RouteKind.SELF_HANDLE and own[0].handling is not None:
            if any(not claim.decision for claim in own):
                return None
            numbers = [claim.number for claim in own]
            day = all_delivered_at(own[0].handling, NOTICES, numbers, people, instead)
        elif owes_word(route):
            day = told_on(route, people, instead)
        else:
            continue
        if people and day is None:
            return None
        if day is not None:
            moments.append(moment_of(day, now=now))
    return max(moments)


def see_to_opinion(handling: Handling, *, now: datetime) -> None:
    """Meet T5 (T12, TS, TR) once the opinion is posted or in hand, and go on once everyone has it (Q24; Art 32)."""
    require_transaction("see_to_opinion")
    people = addressees(handling.petition)
    day = opinion_delivered_on(handling, people) if people else timezone.localdate(now)
    if day is None:
        return
    owed = (ClockCode.T5, ClockCode.T12, ClockCode.SUGGESTION, ClockCode.ANEW)
    meet_clocks(handling, owed, at=moment_of(day, now=now), now=now)
    if handling.state != HandlingState.OPINION_ISSUED or not all_served(handling, people):
        return
    if next_execution_day(handling) is None:
        move_handling(handling, at=now, state=HandlingState.SERVED)
        return
    move_handling(handling, at=now, state=HandlingState.EXECUTING)
    run_execution(handling, now=now)
