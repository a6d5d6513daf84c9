"""包案: naming a sponsor, what he plans and does, and how it ends (seeds-map 13, 28, 36, 42; R-56)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from audit.parts import record
from cases.models import Petition
from cases.parts import lock_petition
from infra.files import Checked, store
from infra.models import StoredFile
from leadership import permissions as may
from leadership.models import DutyNote, FieldCase, FieldTrip, PlanStep, Secretary, Sponsorship
from leadership.sponsoring import (
    WHICH_LEADER,
    WHO_SPONSORS,
    begin_sponsorship,
    chain_of,
    let_in,
    may_be_asked,
)
from leadership.states import Duty, SponsorEnd, SponsorKind
from leadership.trips import MOST_CASES, taken_down, trips_on
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@dataclass(frozen=True, kw_only=True)
class Visited:
    """A visit: the day, the place, who went along, how many were met, what came of it. No names of petitioners."""

    visited_on: date
    place: str
    persons_met: int
    result: str
    companions: str = ""


@transaction.atomic(durable=True)
def sponsor(
    petition_id: UUID,
    kind: SponsorKind,
    *,
    post_id: int | None = None,
    outsider: str = "",
    reason: str,
    by: Hat,
    now: datetime,
) -> Sponsorship:
    """Let a leader answer for a petition until it is resolved. He may read it from then on (Q2).

    A leader of a higher level has no post here and stands in words.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if the petition is void, or has a sponsor of this kind
    :raises Refused: without a reason, or if this post cannot sponsor it
    """
    petition = lock_petition(petition_id, by)
    if not may.may_name_sponsors(by):
        raise NotAllowed(_("Your post does not say who sponsors a petition."))
    if petition.is_void:
        raise OutOfTurn(_("This petition is void; nothing more is written on it."))
    if Sponsorship.objects.standing().filter(petition=petition, kind=kind).exists():
        raise OutOfTurn(_("It has a sponsor of this kind already: pass it on or release him first."))
    _need(reason, "reason")
    post = _sponsor_named(petition, kind, post_id, outsider, now=now)
    return begin_sponsorship(petition, kind, post, outsider.strip(), reason.strip(), by=by, now=now)


@transaction.atomic(durable=True)
def pass_on(sponsorship_id: UUID, *, post_id: int, reason: str, by: Hat, now: datetime) -> Sponsorship:
    """Pass a sponsorship to another leader of the same kind; plan and what was done stay in view.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if it has ended
    :raises Refused: without a reason, or if the other post cannot sponsor it
    """
    petition, old = _held(sponsorship_id, by)
    if not may.may_name_sponsors(by):
        raise NotAllowed(_("Your post does not say who sponsors a petition."))
    _need(reason, "reason")
    kind = SponsorKind(old.kind)
    if kind == SponsorKind.HIGHER_LEADER:
        raise OutOfTurn(_("Release the leader of the higher level and enter the new one."))
    post = _sponsor_named(petition, kind, post_id, "", now=now)
    if post == old.post:
        words = _("He sponsors it already.")
        raise Refused(words, fields={"post": words})
    _end(old, SponsorEnd.HANDED_OVER, reason.strip(), by=by, now=now)
    return begin_sponsorship(petition, kind, post, "", reason.strip(), by=by, now=now, continues=old)


@transaction.atomic(durable=True)
def release(sponsorship_id: UUID, *, reason: str, by: Hat, now: datetime) -> Sponsorship:
    """Release a sponsor from a petition, with the reason.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if it has ended
    :raises Refused: without a reason
    """
    petition, row = _held(sponsorship_id, by)
    if not may.may_name_sponsors(by):
        raise NotAllowed(_("Your post does not say who sponsors a petition."))
    _need(reason, "reason")
    _end(row, SponsorEnd.RELEASED, reason.strip(), by=by, now=now)
    let_in(petition, now=now)
    record("petition.release_sponsor", petition, by=by.actor, at=now, facts={"sponsor": row.kind})
    return row


@transaction.atomic(durable=True)
def complete(sponsorship_id: UUID, *, result: str, file: Checked, by: Hat, now: datetime) -> Sponsorship:
    """Write the result with what shows it. All four duties have been seen to, and no step of the plan is left open.

    化解 is confirmed apart from it.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither the sponsor nor who works for him, nor the office
    :raises OutOfTurn: if it has ended, a duty has not been seen to, or a step of the plan is still open
    :raises Refused: without words
    """
    petition, row = _working(sponsorship_id, by, now)
    _need(result, "result")
    seen_to = set(DutyNote.objects.filter(sponsorship__in=chain_of(row)).values_list("duty", flat=True))
    if missing := [duty for duty in Duty if duty not in seen_to]:
        named = "、".join(str(duty.label) for duty in missing)
        raise OutOfTurn(_("Nothing is written yet on: %(duties)s.") % {"duties": named})
    if still_open := list(
        PlanStep.objects.open().filter(sponsorship__in=chain_of(row)).order_by("due_on", "pk")
    ):
        named = "、".join(f"{step.due_on:%Y-%m-%d} {step.words}" for step in still_open)
        raise OutOfTurn(
            _("Still open in the plan: %(steps)s. Say of each that it is done or dropped.") % {"steps": named}
        )
    row.evidence = store(file, now=now)
    _end(row, SponsorEnd.COMPLETED, result.strip(), by=by, now=now)
    let_in(petition, now=now)
    record("petition.complete_sponsorship", petition, by=by.actor, at=now, facts={"sponsor": row.kind})
    return row


@transaction.atomic(durable=True)
def note_duty(
    sponsorship_id: UUID, duty: Duty, *, done_on: date, words: str, by: Hat, now: datetime
) -> DutyNote:
    """Write what was done on one of the four duties.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither the sponsor nor who works for him, nor the office
    :raises OutOfTurn: if the sponsorship has ended
    :raises Refused: without words, or for a day in the future
    """
    petition, row = _working(sponsorship_id, by, now)
    _need(words, "words")
    _past(done_on, "done_on", now=now)
    note = DutyNote.objects.create(
        sponsorship=row,
        duty=duty,
        done_on=done_on,
        words=words.strip(),
        by=by.post,
        person=by.user,
        noted_at=now,
    )
    facts = {"duty": duty, "on": done_on.isoformat()}
    record("petition.note_duty", petition, by=by.actor, at=now, facts=facts)
    return note


@transaction.atomic(durable=True)
def plan_step(sponsorship_id: UUID, *, words: str, due_on: date, by: Hat, now: datetime) -> PlanStep:
    """Add a step with its day to the plan. A step is done or dropped, never written over.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither the sponsor nor who works for him, nor the office
    :raises OutOfTurn: if the sponsorship has ended
    :raises Refused: without words, or for a day that has passed
    """
    petition, row = _working(sponsorship_id, by, now)
    _need(words, "words")
    if due_on < timezone.localdate(now):
        fault = _("The day lies ahead.")
        raise Refused(fault, fields={"due_on": fault})
    step = PlanStep.objects.create(
        sponsorship=row, words=words.strip(), due_on=due_on, by=by.post, person=by.user, noted_at=now
    )
    record("petition.plan_step", petition, by=by.actor, at=now, facts={"due_on": due_on.isoformat()})
    return step


@transaction.atomic(durable=True)
def end_step(
    sponsorship_id: UUID,
    step_id: int,
    *,
    done_on: date | None,
    outcome: str,
    by: Hat,
    now: datetime,
) -> PlanStep:
    """Write that a step was done on a day and what came of it, or without a day why it was dropped.

    :raises Unknown: if this hat does not see the petition, or the step is none of its plan
    :raises NotAllowed: if it is neither the sponsor nor who works for him, nor the office
    :raises OutOfTurn: if the sponsorship or the step has ended
    :raises Refused: without words, or for a day in the future
    """
    petition, row = _working(sponsorship_id, by, now)
    step = (
        PlanStep.objects.select_for_update(of=("self",))
        .filter(pk=step_id, sponsorship__in=chain_of(row))
        .first()
    )
    if step is None:
        raise Unknown(_("There is no such step."))
    if not step.is_open:
        raise OutOfTurn(_("This step was done or dropped already."))
    _need(outcome, "outcome")
    if done_on is not None:
        _past(done_on, "done_on", now=now)
    step.done_on, step.dropped_at = done_on, None if done_on else now
    step.outcome = outcome.strip()
    step.save(update_fields=["done_on", "dropped_at", "outcome"])
    record("petition.end_step", petition, by=by.actor, at=now, facts={"done": done_on is not None})
    return step


@transaction.atomic(durable=True)
def note_visit(sponsorship_id: UUID, visited: Visited, *, by: Hat, now: datetime) -> FieldCase:
    """Write down a visit for the petition: it is a journey with it, or joins the one of that day to the same place.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither the sponsor nor who works for him, nor the office
    :raises OutOfTurn: if the sponsorship has ended
    :raises Refused: without place or result, for a day in the future, or one on which he went down with it already
    """
    petition, row = _working(sponsorship_id, by, now)
    _need(visited.place, "place")
    _need(visited.result, "result")
    _past(visited.visited_on, "visited_on", now=now)
    if taken_down(trips_on(visited.visited_on, post_id=row.post_id, outsider=row.outsider), [petition.pk]):
        words = _("It stands on a journey of that day already.")
        raise Refused(words, fields={"visited_on": words})
    case = FieldCase.objects.create(
        trip=_journey(row, visited, by=by, now=now),
        petition=petition,
        persons_met=visited.persons_met,
        result=visited.result.strip(),
    )
    facts = {"on": visited.visited_on.isoformat()}
    record("petition.note_sponsors_visit", petition, by=by.actor, at=now, facts=facts)
    return case


def _journey(row: Sponsorship, visited: Visited, *, by: Hat, now: datetime) -> FieldTrip:
    """Return the sponsor's journey of a day to a place, with whoever went along; begun where there is none."""
    place, companions = visited.place.strip(), visited.companions.strip()
    that_day = trips_on(visited.visited_on, post_id=row.post_id, outsider=row.outsider)
    same = that_day.filter(place=place, companions=companions).select_for_update().order_by("pk").first()
    if same is not None and same.cases.count() < MOST_CASES:
        return same
    trip = FieldTrip.objects.create(
        post=row.post,
        outsider=row.outsider,
        went_on=visited.visited_on,
        place=place,
        companions=companions,
        by=by.post,
        person=by.user,
        noted_at=now,
    )
    facts = {"on": visited.visited_on.isoformat(), "number": 1}
    record("trip.note", trip, by=by.actor, at=now, facts=facts)
    return trip


def _end(row: Sponsorship, end: SponsorEnd, reason: str, *, by: Hat, now: datetime) -> None:
    row.end, row.end_reason, row.ended_at, row.ended_by = end, reason, now, by.post
    row.save(update_fields=["end", "end_reason", "ended_at", "ended_by", "evidence"])


def _sponsor_named(
    petition: Petition, kind: SponsorKind, post_id: int | None, outsider: str, *, now: datetime
) -> Post | None:
    """Return the post that is to sponsor; nobody where a leader of a higher level is named in words."""
    if kind == SponsorKind.HIGHER_LEADER:
        if not outsider.strip():
            raise Refused(WHICH_LEADER, fields={"outsider": WHICH_LEADER})
        return None
    if post_id is None:
        raise Refused(WHO_SPONSORS, fields={"post": WHO_SPONSORS})
    post = Post.objects.filter(pk=post_id).select_related("user", "organ").first()
    if post is None or not may_be_asked(post, petition, kind, on=timezone.localdate(now)):
        words = _("This post cannot sponsor this petition. Choose another one.")
        raise Refused(words, fields={"post": words})
    return post


def _held(sponsorship_id: UUID, by: Hat) -> tuple[Petition, Sponsorship]:
    """Return a standing sponsorship with its petition, both held, the petition first."""
    found = Sponsorship.objects.filter(pk=sponsorship_id).values_list("petition", flat=True).first()
    if found is None:
        raise Unknown(_("There is no such sponsorship."))
    petition = lock_petition(found, by)
    row = (
        Sponsorship.objects.select_for_update(of=("self",))
        .select_related("post__user")
        .get(pk=sponsorship_id)
    )
    if not row.stands:
        raise OutOfTurn(_("This sponsorship has ended."))
    row.petition = petition
    return petition, row


def _working(sponsorship_id: UUID, by: Hat, now: datetime) -> tuple[Petition, Sponsorship]:
    petition, row = _held(sponsorship_id, by)
    serving = Secretary.objects.serving(timezone.localdate(now))
    serves = serving.filter(post=by.post, leader=row.post_id).exists() if row.post_id else False
    if not may.works_on(by, row, serves=serves):
        raise NotAllowed(_("Only the sponsor, his secretary and the office write here."))
    return petition, row


def _need(words: str, field: str) -> None:
    if not words.strip():
        message = _("Fill this in.")
        raise Refused(message, fields={field: message})


def _past(day: date, field: str, *, now: datetime) -> None:
    if day > timezone.localdate(now):
        words = _("The day lies in the future.")
        raise Refused(words, fields={field: words})


@transaction.atomic(durable=True)
def fetch_evidence(sponsorship_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return what shows the result, to who sees the petition and answers for sponsoring; written down.

    :raises Unknown: if there is none for this hat
    """
    row = Sponsorship.objects.select_related("evidence").filter(pk=sponsorship_id).first()
    if row is None or row.evidence is None:
        raise Unknown(_("There is no such file."))
    petition = lock_petition(row.petition_id, by)
    if not (may.may_name_sponsors(by) or row.post_id == by.post.pk):
        raise Unknown(_("There is no such file."))
    record("petition.fetch_evidence", petition, by=by.actor, at=now, facts={"sponsor": row.kind})
    return row.evidence
