"""A batch as a phone sends it: each submission read, judged by the form of the page, taken, and answered by itself."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from accounts.hats import Hat
from grids.event_pages import report_form
from grids.finding import round_of
from grids.forms.events import Progress
from grids.forms.rounds import ReportRound
from grids.ground_pages import note_form
from lib.errors import Refused
from lib.form_bodies import as_sent, check
from mobile.actions.taking import (
    Taken,
    take_direct_report,
    take_note,
    take_report,
    take_round,
    take_step,
)
from mobile.states import Answer, Kind
from mobile.submissions import Submission, TooEarly

MOST_AT_ONCE = 50
# beside the answers that are kept: it came before, and is answered as it was
HAD, REFUSED, LATER = "had", "refused", "later"
_UNREADABLE = gettext_lazy("This cannot be read as a submission.")


class Envelope(serializers.Serializer[Any]):
    """What is round every submission, whatever it says."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    user = serializers.IntegerField()
    post = serializers.IntegerField()
    event = serializers.UUIDField(required=False)
    round = serializers.UUIDField(required=False)
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    observed_at = serializers.DateTimeField()
    follows = serializers.UUIDField(required=False, allow_null=True, default=None)
    # what the page's form would send
    typed = serializers.DictField()


@dataclass(frozen=True)
class Batch:
    """Submissions in the order they were written, and by how much the phone's clock was behind when it sent them."""

    submissions: list[Any]
    clock_behind: timedelta


def batch_of(body: Any, *, now: datetime) -> Batch:
    """Return what a phone sent as a batch.

    :raises Refused: if it is none, or too much at once
    """
    sent = body if isinstance(body, dict) else {}
    clock = serializers.DateTimeField()
    submissions = sent.get("submissions")
    if not isinstance(submissions, list) or len(submissions) > MOST_AT_ONCE:
        raise Refused(_("Send at most %(most)d submissions at once.") % {"most": MOST_AT_ONCE})
    try:
        sent_at = clock.run_validation(sent.get("sent_at"))
    except serializers.ValidationError as fault:
        raise Refused(_("Say when it is by the phone's clock.")) from fault
    return Batch(submissions, now - sent_at)


def answer_each(batch: Batch, *, by: Hat, now: datetime) -> list[dict[str, object]]:
    """Take each submission and return its answer: one that is refused stops no other."""
    return [_answer(raw, batch.clock_behind, by, now) for raw in batch.submissions]


def _answer(raw: Any, clock_behind: timedelta, by: Hat, now: datetime) -> dict[str, object]:
    named = raw.get("id") if isinstance(raw, dict) else None
    try:
        return {"id": named, **_take(raw, clock_behind, by, now)}
    except Refused as refusal:
        return {"id": named, **refused(refusal)}


def refused(refusal: Refused) -> dict[str, object]:
    """Return a refusal as an answer: what is merely too early stays in the phone's queue."""
    answer: dict[str, object] = {
        "answer": LATER if isinstance(refusal, TooEarly) else REFUSED,
        "code": refusal.code,
        "reason": str(refusal.message),
    }
    if refusal.fields:
        answer["fields"] = {name: str(words) for name, words in refusal.fields.items()}
    return answer


def _take(raw: Any, clock_behind: timedelta, by: Hat, now: datetime) -> dict[str, object]:
    envelope = Envelope(data=raw)
    if not envelope.is_valid():
        raise Refused(_UNREADABLE)
    read = envelope.validated_data
    match Kind(read["kind"]):
        case Kind.REPORT:
            return _report(read, clock_behind, by, now)
        case Kind.ROUND:
            return _round(read, clock_behind, by, now)
        case Kind.DIARY:
            return _note(read, clock_behind, by, now)
        case _:
            return _step(read, clock_behind, by, now)


def _sent(read: Any, clock_behind: timedelta, *, subject: UUID, words: str = "") -> Submission:
    return Submission(
        client_id=read["id"],
        kind=Kind(read["kind"]),
        user_id=read["user"],
        post_id=read["post"],
        observed_at=read["observed_at"],
        clock_behind=clock_behind,
        subject_id=subject,
        seen_version=read["version"],
        follows=read["follows"],
        words=words,
    )


def _report(read: Any, clock_behind: timedelta, by: Hat, now: datetime) -> dict[str, object]:
    # the page's form brings a key of its own; here it is the submission's
    form = report_form(by, as_sent({**read["typed"], "event_id": read["id"]}))
    check(form)
    sent = _sent(read, clock_behind, subject=read["id"])
    new = replace(form.event(), observed_at=sent.observed_at, clock_is_off=sent.clock_is_off)
    if form.is_for_the_office:
        is_new = take_direct_report(sent, new, by=by, now=now)
        # nothing of it is told, and the phone forgets it (Q3)
        return {"answer": Answer.APPLIED if is_new else HAD}
    return _said(take_report(sent, new, by=by, now=now))


def _step(read: Any, clock_behind: timedelta, by: Hat, now: datetime) -> dict[str, object]:
    form = Progress(as_sent(read["typed"]))
    check(form)
    words = form.cleaned_data["words"]
    sent = _sent(read, clock_behind, subject=_named(read, "event"), words=words)
    return _said(take_step(sent, by=by, now=now))


def _round(read: Any, clock_behind: timedelta, by: Hat, now: datetime) -> dict[str, object]:
    row = round_of(by, _named(read, "round"))
    form = ReportRound(as_sent(read["typed"]))
    form.offer(row)
    check(form)
    typed = form.cleaned_data
    sent = _sent(read, clock_behind, subject=row.pk, words=typed["words"])
    return _said(take_round(sent, looked_at=typed["looked_at"], zero=typed["zero"], by=by, now=now))


def _note(read: Any, clock_behind: timedelta, by: Hat, now: datetime) -> dict[str, object]:
    form = note_form(by, as_sent({**read["typed"], "note_id": read["id"]}))
    check(form)
    return _said(take_note(_sent(read, clock_behind, subject=read["id"]), form.note(), by=by, now=now))


def _named(read: Any, name: str) -> UUID:
    """Return the key of what a submission is about.

    :raises Refused: if it says none
    """
    key: UUID | None = read.get(name)
    if key is None:
        raise Refused(_UNREADABLE)
    return key


def _said(taken: Taken) -> dict[str, object]:
    receipt = taken.receipt
    return {
        "answer": HAD if taken.before else receipt.answer,
        "was": receipt.answer,
        **({"event": str(receipt.event.pk), "number": receipt.event.number} if receipt.event else {}),
    }
