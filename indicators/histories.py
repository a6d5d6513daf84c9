"""The histories of petitions, read from what deeds leave: versions, decisions and notes, each with its moment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Min, Q, QuerySet

from accounts.models import Organ, OrganKind
from cases.ledger import midnight_after
from cases.models import (
    ContactAttempt,
    Handling,
    PetitionDocument,
    PetitionRating,
    Progress,
    ProgressKind,
    RepeatDecision,
    Route,
)
from cases.ratings import REPLIED
from cases.states import SAME_MATTER, AttemptResult, KeepGround
from documents.models import ServiceRecord
from documents.states import DocumentKind
from indicators.arithmetic import ClaimState, ClockState, Decision, History, Own, PetitionState
from indicators.rated import Replied, Replies, Service, Word
from infra.local_settings import Setting, values_of
from lib.among import among

# a claim kept as thanks stays so until its way is ended
_NEVER = datetime.max.replace(tzinfo=UTC)


def counterparts(keys: Collection[UUID]) -> set[UUID]:
    """Return the petitions whose figures hang on these: those they repeat, and those that repeat them."""
    pairs = _decisions(keys).values_list("petition", "earlier")
    return {key for pair in pairs for key in pair} - set(keys)


def histories_of(keys: Collection[UUID]) -> Mapping[UUID, History]:
    """Return the history of each of these petitions, with a fixed number of queries."""
    offices = set(Organ.objects.filter(kind=OrganKind.PETITION_OFFICE).values_list("pk", flat=True))
    owns = _owns({*keys, *counterparts(keys)}, offices)
    found = {key: History(own=owns[key]) for key in keys if key in owns}
    for petition, clock, *state in _versions("PetitionClockVersion", found.keys(), "petition_id", _CLOCK):
        found[petition].clocks.setdefault(clock, []).append(_clock_state(state, offices))
    for petition, moment in _contacts(found.keys()):
        found[petition].contacts.append(moment)
    _add_decisions(found, owns)
    for petition, handling, replies in _replies(found.keys()):
        found[petition].replies[handling] = replies
    return found


def _versions(model: str, keys: Collection[UUID], column: str, columns: tuple[str, ...]) -> Iterator[Any]:
    """Yield versions in the order in which they were written: their petition, their own key, then these columns."""
    rows: Any = apps.get_model("cases", model)._default_manager.filter(**{f"{column}__in": among(keys)})
    yield from rows.order_by("pgh_id").values_list(column, "pgh_obj_id", *columns).iterator()


_PETITION = (
    *("known_at", "routing", "place_path", "content_category_id", "channel", "purpose", "petition_class"),
    *("register_level", "register_organ_id", "petitioner_count", "is_collective", "litigation_related"),
    *("registered_at", "next_due_at"),
)
_CLAIM = ("known_at", "handling_id", "decision", "route_id")
_CLOCK = ("known_at", "code", "organ_id", "due_at", "met_at", "cancelled_at")


def _owns(keys: Collection[UUID], offices: Collection[int]) -> Mapping[UUID, Own]:
    owns: dict[UUID, Own] = defaultdict(Own)
    for key, _row, *state in _versions("PetitionVersion", keys, "pgh_obj_id", _PETITION):
        owns[key].states.append(_petition_state(state, offices))
    led = Handling.objects.filter(petition__in=among(keys)).exclude(organ__in=list(offices))
    units = set(led.values_list("pk", flat=True))
    kept = Route.objects.filter(petition__in=among(keys), keep_ground=KeepGround.THANKS)
    thanks = {route: ended_at or _NEVER for route, ended_at in kept.values_list("pk", "ended_at")}
    for key, claim, known_at, handling, decision, route in _versions(
        "ClaimVersion", keys, "petition_id", _CLAIM
    ):
        # what was registered with the petition has no moment of its own
        since = known_at or owns[key].states[0].known_at
        state = ClaimState(since, handling in units, bool(decision), thanks.get(route))
        owns[key].claims.setdefault(claim, []).append(state)
    return owns


def _petition_state(values: Sequence[Any], offices: Collection[int]) -> PetitionState:
    named = dict(zip(_PETITION, values, strict=True))
    return PetitionState(**named | {"by_office": named.pop("register_organ_id") in offices})


def _clock_state(values: Sequence[Any], offices: Collection[int]) -> ClockState:
    known_at, code, organ, due_at, met_at, cancelled_at = values
    return ClockState(known_at, code, organ in offices, due_at, met_at, cancelled_at is not None)


def _contacts(keys: Collection[UUID]) -> Iterable[tuple[UUID, datetime]]:
    """Return when it was noted that petitioners were spoken to: by units as they handled it, or reached by anybody."""
    spoken = Progress.objects.filter(handling__petition__in=among(keys), kind=ProgressKind.CONTACT)
    reached = ContactAttempt.objects.filter(petition__in=among(keys), result=AttemptResult.REACHED)
    return chain(
        spoken.values_list("handling__petition", "noted_at"), reached.values_list("petition", "noted_at")
    )


def _decisions(keys: Collection[UUID]) -> QuerySet[RepeatDecision]:
    """Return what was ever decided to be the same matter of the same person; nothing with one that is sealed (Q1)."""
    same = RepeatDecision.objects.filter(outcome__in=sorted(SAME_MATTER), same_person=True)
    of_these = same.filter(Q(petition__in=among(keys)) | Q(earlier__in=among(keys)))
    return of_these.filter(petition__sealed=False, earlier__sealed=False)


def _add_decisions(found: Mapping[UUID, History], owns: Mapping[UUID, Own]) -> None:
    rows = _decisions(found.keys()).order_by("pk")
    for later, earlier, decided_at, ended_at in rows.values_list(
        "petition", "earlier", "decided_at", "ended_at"
    ):
        if later in found:
            found[later].repeats.append(Decision(decided_at, ended_at, owns[earlier]))
        if earlier in found:
            found[earlier].repeated_by.append(Decision(decided_at, ended_at, owns[later]))


def _replies(keys: Collection[UUID]) -> Iterator[tuple[UUID, UUID, Replies]]:
    """Yield what became known of the replies of each handling that gave one: petition, handling, replies."""
    hung = PetitionDocument.objects.filter(petition__in=among(keys), document__kind=DocumentKind.D15)
    of_reply = {
        reply: (petition, handling)
        for petition, handling, reply in hung.values_list("petition", "handling", "document")
        if handling is not None
    }
    if not of_reply:
        return
    found = {handling: Replies() for _petition, handling in of_reply.values()}
    for handling, ended_at in Handling.objects.filter(pk__in=among(found)).values_list("pk", "ended_at"):
        found[handling].ended_at = ended_at
    for _petition, handling, known_at, state in _versions(
        "HandlingVersion", keys, "petition_id", ("known_at", "state")
    ):
        if handling in found:
            found[handling].states.append(Replied(known_at, state in REPLIED))
    for service in _services(of_reply.keys()):
        found[of_reply[service.reply][1]].services.append(service)
    words = PetitionRating.objects.filter(reply__in=among(of_reply.keys())).order_by("rated_at", "pk")
    for word in words.values_list("rated_at", "ended_at", "reply", "value"):
        found[of_reply[word[2]][1]].words.append(Word(*word))
    yield from ((petition, handling, found[handling]) for petition, handling in set(of_reply.values()))


def _services(replies: Collection[UUID]) -> Iterator[Service]:
    """Yield when replies were served, each until a correction of the record was confirmed."""
    days_on = values_of(Setting.RATING_DAYS)
    taken_back = Min("corrections__decided_at", filter=Q(corrections__confirmed=True))
    rows = ServiceRecord.objects.filter(document__in=among(replies)).annotate(taken_back_at=taken_back)
    for reply, recorded_at, ended_at, served_on in rows.values_list(
        "document", "recorded_at", "taken_back_at", "served_on"
    ):
        closes_at = midnight_after(served_on + timedelta(days=days_on(served_on)))
        yield Service(recorded_at, ended_at, reply, closes_at)
