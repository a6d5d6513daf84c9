"""The record of a hearing as it is frozen: one document of facts, whose hash anybody can work out again."""

import hashlib
import json
from typing import Any

from accounts.models import Post
from cases.models import Petition, Petitioner
from hearings.models import DecisionHearing, Hearing, Seat


def names_of(petition: Petition) -> dict[int, str]:
    """Return the names on a petition by their place on it."""
    people = Petitioner.objects.filter(petition=petition)
    return dict(people.values_list("position", "name"))


def name_of(seat: Seat, names: dict[int, str]) -> str:
    """Return who has a seat."""
    if seat.post is not None:
        return seat.post.user.name
    if seat.panelist is not None:
        return seat.panelist.name
    return names.get(seat.position, "") if seat.position is not None else seat.words


def frozen_record(hearing: Hearing) -> str:
    """Return the record of a hearing whose signatures are complete, as one JSON document in a fixed order."""
    names = names_of(hearing.petition)
    seats = list(hearing.seats.select_related("post__user", "post__organ", "panelist").order_by("pk"))
    facts: dict[str, Any] = {
        "number": hearing.number,
        "petition": hearing.petition.number,
        "organ": hearing.organ.name,
        "procedure": hearing.procedure.name,
        "room": hearing.room.name if hearing.room else "",
        "public": hearing.is_public,
        "recusal_asked_at": hearing.recusal_asked_at,
        "seats": [_seat(seat, names) for seat in seats],
        "steps": list(hearing.runs.order_by("step").values_list("step", "began_at", "ended_at")),
        "pauses": list(hearing.pauses.order_by("pk").values_list("ground", "why", "began_at", "ended_at")),
        "entries": list(
            hearing.entries.order_by("begun_at", "pk").values_list("step", "seat", "text", "begun_at")
        ),
        "exhibits": list(hearing.exhibits.order_by("pk").values_list("seat", "what", "shown_at")),
        "facts": hearing.facts,
        "disputes": hearing.disputes,
        "outcome": hearing.outcome,
        "basis": hearing.basis,
        "announced": hearing.announced,
        "concluded_at": hearing.concluded_at,
        "commitments": [
            [one.words, one.organ.name, _who(one.responsible), one.due_on]
            for one in hearing.commitments.select_related("organ", "responsible__user").order_by("pk")
        ],
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)


def frozen_decision_record(hearing: DecisionHearing) -> str:
    """Return the record of a hearing on a planned decision as one JSON document in a fixed order ([L27] Art 17)."""
    decision = hearing.draft.decision
    facts: dict[str, Any] = {
        "organ": decision.organ.name,
        "decision": decision.title,
        "draft": [hearing.draft.number, hearing.draft.plan],
        "begins_at": hearing.begins_at,
        "opened_at": hearing.opened_at,
        "place": hearing.place,
        "published": [hearing.published_on, hearing.published_where, hearing.list_published_on],
        "chair": hearing.chair.user.name,
        "clerk": hearing.clerk.user.name,
        "attendees": list(
            hearing.attendees.order_by("pk").values_list(
                *("pk", "name", "side", "stands_for", "material_on", "came", "signed_at", "refused_why")
            )
        ),
        "entries": list(
            hearing.entries.order_by("pk").values_list("speech", "attendee", "words", "noted_at")
        ),
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)


def digest_of(frozen: str) -> str:
    """Return the SHA-256 of a frozen record, in hexadecimal."""
    return hashlib.sha256(frozen.encode()).hexdigest()


def _who(post: Post | None) -> str:
    return post.user.name if post is not None else ""


def _seat(seat: Seat, names: dict[int, str]) -> dict[str, Any]:
    return {
        "seat": seat.pk,
        "role": seat.role,
        "name": name_of(seat, names),
        "organ": seat.post.organ.name if seat.post is not None else "",
        "came": seat.came,
        "left": seat.left_why,
        "vote": [seat.vote, seat.vote_words],
        "signed_at": seat.signed_at,
        "refused": seat.refused_why,
    }
