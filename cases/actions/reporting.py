"""办结报告 (D24): the unit reports on what was assigned, the sender takes the report or sends it back; and the report
upward that a superior sends back (Art 22(1)(3); T6; Q21).
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.ends import call_to_finish, missing_before_report
from cases.handling_rules import FURTHEST_REPORT, typed_day_faults
from cases.handlings import lock_handling, meet_clocks, moment_of, standing_report, start, tell_organ
from cases.models import CompletionReport, Handling, Petition, PetitionClock, PetitionDocument, UpwardReport
from cases.parts import copy_next_due, lock_petition, touch
from cases.states import ClockCode, Routing
from cases.workflow import HANDLES, Step, check, move
from deadlines.calendars import previous_working_day
from deadlines.parts import start_clock
from documents import parts as documents
from documents.states import DocumentKind
from infra.files import Checked
from lib.errors import OutOfTurn, Refused
from notices.models import Kind


@transaction.atomic(durable=True)
def report_completion(
    petition_id: UUID,
    handling_id: UUID,
    *,
    number: str,
    dated_on: date,
    file: Checked,
    by: Hat,
    now: datetime,
) -> CompletionReport:
    """Report on an assigned matter: the report with its number and day, which meets the unit's T6 (Art 22(1)(3); D24).

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if it was not assigned, a claim waits for its decision or opinion, or a report stands already
    :raises Refused: if number, day or file is none
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.REPORT_COMPLETION, petition, by, handling)
    if handling.report_due_on is None:
        raise OutOfTurn(_("It was forwarded and not assigned: no report is owed."))
    missing = missing_before_report(handling, list(handling.claims.order_by("number")))
    if missing:
        raise OutOfTurn(_("Still missing: %(what)s") % {"what": "；".join(missing)})
    if standing_report(handling) is not None:
        raise OutOfTurn(_("A report stands already; another one follows once it was sent back."))
    if dated_on < timezone.localdate(handling.received_at or now):
        words = _("The day lies before the receipt.")
        raise Refused(words, fields={"dated_on": words})
    document = documents.upload(
        DocumentKind.D24, organ=handling.organ, number=number, dated_on=dated_on, file=file, by=by, now=now
    )
    PetitionDocument.objects.hang(document, petition, handling=handling)
    report = CompletionReport.objects.create(
        handling=handling, document=document, reported_by=by.post, reported_at=now
    )
    # met by handing it in: how long the sender takes to read it is not the unit's time
    meet_clocks(handling, [ClockCode.T6], at=now, now=now)
    record("petition.report_completion", petition, by=by.actor, at=now, facts={"number": number})
    touch(petition, now=now)
    key = f"report:{report.pk}"
    tell_organ(handling.sender, HANDLES, Kind.REPORT_TO_TAKE, petition, key=key, now=now)
    return report


@transaction.atomic(durable=True)
def decide_report(
    petition_id: UUID,
    handling_id: UUID,
    *,
    take: bool,
    why: str = "",
    due_on: date | None = None,
    by: Hat,
    now: datetime,
) -> CompletionReport:
    """Take a completion report, or send it back for rework with the reason: then the unit's T6 runs on (T6).

    Sent back, it runs to the day that was set, or to a later one that the sender sets now (deadlines.md §1).

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if its organ did not send it
    :raises OutOfTurn: if no report waits
    :raises Refused: if it is sent back without a reason, or to a day that cannot be
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.DECIDE_REPORT, petition, by, handling)
    report = handling.completion_reports.select_for_update(of=("self",)).filter(taken=None).first()
    if report is None:
        raise OutOfTurn(_("No report waits to be taken."))
    report.decided_by, report.decided_at, report.taken, report.why = by.post, now, take, why
    if not take:
        _send_back(handling, why, due_on, now)
    report.save(update_fields=["decided_by", "decided_at", "taken", "why"])
    record("petition.decide_report", petition, by=by.actor, at=now, facts={"agreed": take})
    call_to_finish(petition, now=now)
    touch(petition, now=now)
    if not take:
        key = f"report:{report.pk}:sent_back"
        tell_organ(handling.organ, HANDLES, Kind.REPORT_SENT_BACK, petition, key=key, now=now)
    return report


def _send_back(handling: Handling, why: str, due_on: date | None, now: datetime) -> None:
    today = timezone.localdate(now)
    if not why.strip():
        raise Refused(_("Say what is to be reworked."), fields={"why": _("Say what is to be reworked.")})
    if due_on is not None and not today < due_on <= today + FURTHEST_REPORT:
        words = _("The new day lies ahead, and no more than two years.")
        raise Refused(words, fields={"due_on": words})
    if due_on is not None:
        handling.report_due_on = due_on
        handling.save(update_fields=["report_due_on"])
    received_at = handling.received_at or handling.sent_at
    set_day = max(handling.report_due_on or today, timezone.localdate(received_at))
    start(handling, ClockCode.T6, event="report_sent_back", at=received_at, now=now, set_day=set_day)


@transaction.atomic(durable=True)
def note_sent_back(
    petition_id: UUID,
    *,
    number: str = "",
    sent_back_on: date,
    why: str,
    due_on: date | None = None,
    evidence_note: str = "",
    by: Hat,
    now: datetime,
) -> UpwardReport:
    """Note that the superior sent our report back for rework: a new one is owed before the petition is finished (Q21).

    What was finished already is being handled again.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ did not register it
    :raises OutOfTurn: if no report stands that could have been sent back
    :raises Refused: without a reason, or for a day that cannot be (Q25)
    """
    petition = lock_petition(petition_id, by)
    check(Step.NOTE_SENT_BACK, petition, by)
    reports = petition.upward_reports.select_for_update(of=("self",)).filter(sent_back_at=None)
    report = reports.order_by("-reported_on", "-pk").first()
    if report is None:
        raise OutOfTurn(_("No report to the superior stands."))
    today = timezone.localdate(now)
    floor = previous_working_day(today)
    faults = typed_day_faults(
        "sent_back_on",
        sent_back_on,
        after=report.reported_on,
        today=today,
        earliest=floor,
        evidence=evidence_note,
    )
    if not why.strip():
        faults["why"] = _("Say what is to be reworked.")
    if due_on is not None and not sent_back_on <= due_on <= today + FURTHEST_REPORT:
        faults["due_on"] = _("The new day lies before it was sent back, or more than two years ahead.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    # every report that stood is overtaken: the next one is the answer
    reports.update(
        sent_back_at=now,
        sent_back_on=sent_back_on,
        sent_back_number=number.strip(),
        sent_back_why=why.strip(),
        sent_back_noted_by=by.post,
        backdated=sent_back_on < floor,
        evidence_note=evidence_note.strip(),
    )
    if petition.routing == Routing.FINISHED:
        move(petition, Routing.ROUTED, step=Step.NOTE_SENT_BACK, by=by, at=now)
    _owe_again(petition, sent_back_on, due_on, now)
    call_to_finish(petition, now=now)
    record(
        "petition.note_sent_back",
        petition,
        by=by.actor,
        at=now,
        facts={"on": sent_back_on.isoformat(), "due_on": due_on and due_on.isoformat()},
    )
    touch(petition, now=now)
    key = f"sent_back:{report.pk}"
    tell_organ(petition.register_organ, HANDLES, Kind.REPORT_SENT_BACK, petition, key=key, now=now)
    report.refresh_from_db()
    return report


def _owe_again(petition: Petition, sent_back_on: date, due_on: date | None, now: datetime) -> None:
    """Let the office's own T6 run again, to the new day or to the superior's first one (Q21)."""
    last_day = due_on or petition.superior_due_on
    running = PetitionClock.objects.open().filter(
        petition=petition, organ=petition.register_organ, code=ClockCode.T6
    )
    if last_day is None or running.exists():
        return
    started_at = moment_of(sent_back_on, now=now) if due_on else petition.received_at
    start_clock(
        PetitionClock,
        ClockCode.T6,
        started_at=started_at,
        event="report_sent_back",
        now=now,
        set_day=max(last_day, timezone.localdate(started_at)),
        petition=petition,
        organ=petition.register_organ,
    )
    copy_next_due(petition)
