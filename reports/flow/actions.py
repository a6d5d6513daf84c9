"""Taking figures and event logs out: asked for by a person, written by the worker, fetched by the same person."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.db.models import F, Func, UUIDField
from django.utils.translation import gettext as _

from accounts.hats import Hat, actor_of
from audit.parts import record
from cases.models import ExportPurpose, Petition
from indicators.drill import Counted
from indicators.figures import Asked
from indicators.measures import Code, Part
from infra.files import store_as_it_is
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from reports.flow.parts import take_file_from
from reports.flow.writing import CONTENT_TYPES
from reports.models import EventLog
from reports.permissions import may_take_log_out
from reports.states import AT_WORK, LogForm, LogState

# A worker that says nothing for so long is taken for dead, and another takes over.
HELD = timedelta(minutes=2)
# So many of one person may wait at the same time.
MOST_WAITING = 3


@transaction.atomic(durable=True)
def take_figures(asked: Asked, *, by: Hat, now: datetime) -> None:
    """Write down that the figures of some days were taken out as a workbook; it holds no petition."""
    counted = str(Counted(Code.REGISTERED, Part.ALL, asked))
    record("figures.take", by.post, by=by.actor, at=now, facts={"figure": counted})


@transaction.atomic(durable=True)
def ask_log(
    form: LogForm,
    *,
    since: date,
    until: date,
    category_id: int | None,
    purpose: ExportPurpose,
    by: Hat,
    now: datetime,
) -> EventLog:
    """Have the events of the petitions registered from `since` to before `until` written out; the worker does it.

    :raises NotAllowed: if this hat does not see the whole of a place
    :raises Refused: if the days are none, or three of this person wait already
    """
    if not may_take_log_out(by):
        raise NotAllowed(_("Your post takes out no event log."))
    if until <= since:
        message = _("This day lies before the first one. Change one of the two.")
        raise Refused(message, fields={"until": message})
    if EventLog.objects.filter(asker=by.user, state__in=sorted(AT_WORK)).count() >= MOST_WAITING:
        raise Refused(_("Three of your logs are being written. Wait for one of them."))
    log = EventLog.objects.create(
        post=by.post,
        asker=by.user,
        purpose=purpose,
        form=form,
        since=since,
        until=until,
        category_id=category_id,
        asked_at=now,
    )
    facts = {
        "what_for": purpose,
        "form": form,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "category": log.category.code if log.category else "",
    }
    record("event_log.ask", log, by=by.actor, at=now, facts=facts)
    return log


@transaction.atomic(durable=True)
def note_progress(log_id: UUID, *, cases: int, cases_done: int, by: Hat, now: datetime) -> EventLog:
    """Write how far a log has come, of how many cases; it is held on.

    :raises OutOfTurn: if somebody else finished it
    """
    log = _held(log_id)
    log.state, log.cases, log.cases_done, log.held_until_at = LogState.RUNNING, cases, cases_done, now + HELD
    log.save(update_fields=["state", "cases", "cases_done", "held_until_at"])
    return log


@transaction.atomic(durable=True)
def finish_log(
    log_id: UUID, *, file: "File[bytes]", petitions: Sequence[UUID], by: Hat, now: datetime
) -> EventLog:
    """Keep a written log, and which petitions are in it.

    :raises OutOfTurn: if somebody else finished it
    """
    log = _held(log_id)
    log.file = store_as_it_is(file, content_type=CONTENT_TYPES[LogForm(log.form)], now=now)
    log.state, log.petitions, log.finished_at, log.held_until_at = LogState.DONE, list(petitions), now, None
    log.cases = log.cases_done = len(petitions)
    log.save(
        update_fields=["file", "state", "petitions", "finished_at", "held_until_at", "cases", "cases_done"]
    )
    facts = {"cases": len(petitions), "sha256": log.file.sha256, "what_for": log.purpose}
    record("event_log.write", log, by=by.actor, at=now, facts=facts)
    return log


@transaction.atomic(durable=True)
def stop_log(log_id: UUID, *, by: Hat | None, now: datetime) -> EventLog:
    """Write that a log comes to nothing.

    :raises OutOfTurn: if somebody else finished it
    """
    log = _held(log_id)
    log.state, log.held_until_at = LogState.STOPPED, None
    log.save(update_fields=["state", "held_until_at"])
    record("event_log.stop", log, by=by.actor if by else actor_of(log.asker), at=now)
    return log


@transaction.atomic(durable=True)
def fetch_log(log_id: UUID, *, by: Hat, now: datetime) -> StoredFile | None:
    """Return a written log to whoever asked for it, and write that he took it.

    If one of its petitions was sealed or went elsewhere meanwhile, the file is removed and the log written anew
    without it: nothing is returned, and nothing says which (Q1, Q6).

    :raises Unknown: if this person did not ask for it from this post, or there is no file of it
    :raises NotAllowed: if this hat does not see the whole of a place any more
    """
    held = EventLog.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    log = held.select_related("file").filter(pk=log_id).first()
    if log is None or log.file is None:
        raise Unknown(_("There is no such file, or it was removed after a day."))
    if not may_take_log_out(by):
        raise NotAllowed(_("Your post takes out no event log."))
    if not _sees_all_of(log, by):
        take_file_from(log, state=LogState.WAITING)
        return None
    facts = {"cases": log.cases, "what_for": log.purpose, "sha256": log.file.sha256}
    record("event_log.fetch", log, by=by.actor, at=now, facts=facts)
    return log.file


def _sees_all_of(log: EventLog, hat: Hat) -> bool:
    keys = EventLog.objects.filter(pk=log.pk).values_list(
        Func(F("petitions"), function="unnest", output_field=UUIDField()), flat=True
    )
    return Petition.objects.visible_to(hat).filter(pk__in=keys).count() == log.cases


def _held(log_id: UUID) -> EventLog:
    """Hold a log that a worker writes.

    :raises OutOfTurn: if it is not being written any more
    """
    held = EventLog.objects.select_for_update(of=("self",), no_key=True).select_related("asker")
    log = held.get(pk=log_id)
    if not log.is_at_work:
        raise OutOfTurn(_("This log is not being written any more."))
    return log
