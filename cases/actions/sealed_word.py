"""The written word to a reporter of where his report went, in the sealed lane (Art 23(2), 30; R-13, R-20; Q24)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases import permissions as may
from cases.handling_rules import typed_day_faults
from cases.handlings import moment_of
from cases.models import SealedHandover, SealedWord
from cases.parts import call_off_in_the_lane, copy_next_due, lock_sealed, touch
from cases.states import ClockCode
from deadlines.calendars import previous_working_day
from deadlines.parts import meet
from documents.parts import upload
from documents.states import DocumentKind
from infra.files import Checked
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@transaction.atomic(durable=True)
def tell_reporter(
    petition_id: UUID,
    *,
    number: str,
    dated_on: date,
    told_on: date,
    evidence_note: str = "",
    file: Checked,
    by: Hat,
    now: datetime,
) -> SealedWord:
    """Take in the written word that told every reporter where the report went, and the day by which all had it.

    An organ that got the report directly owes it within fifteen days: it meets T2, and no button does (Art 23(2);
    Q24). What follows is told by the discipline organ under its own rules (Art 23(4)).

    :raises Unknown: if the petition was not granted to this post
    :raises NotAllowed: if this post is no sealed-lane officer's
    :raises OutOfTurn: if it was not handed over yet, nobody can be told, or all were told already
    :raises Refused: without number or file, or for a day that cannot be (Q25)
    """
    petition = lock_sealed(petition_id, by)
    if not may.may_unseal(by):
        raise NotAllowed(_("Only a sealed-lane officer tells the reporter."))
    handover = SealedHandover.objects.filter(petition=petition).standing().first()
    if handover is None:
        raise OutOfTurn(_("The word says where it went: hand it over first."))
    if petition.is_anonymous or not petition.reporters.exists():
        raise OutOfTurn(_("Nobody is known who could be told."))
    if SealedWord.objects.filter(petition=petition).standing().exists():
        raise OutOfTurn(_("The reporter was told already."))
    today = timezone.localdate(now)
    floor = previous_working_day(today)
    faults = typed_day_faults(
        "told_on",
        told_on,
        after=max(handover.handed_on, dated_on),
        today=today,
        earliest=floor,
        evidence=evidence_note,
    )
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    document = upload(
        DocumentKind.NOTICE,
        organ=by.organ,
        number=number,
        dated_on=dated_on,
        file=file,
        sealed=True,
        by=by,
        now=now,
    )
    word = SealedWord.objects.create(
        petition=petition,
        document=document,
        told_on=told_on,
        backdated=told_on < floor,
        evidence_note=evidence_note.strip(),
        told_by=by.post,
        told_at=now,
    )
    for clock in petition.clocks.open().filter(code=ClockCode.T2):
        meet(clock, at=max(moment_of(told_on, now=now), clock.started_at), now=now)
    copy_next_due(petition)
    call_off_in_the_lane(petition, handover, now=now)
    touch(petition, now=now)
    record("petition.tell_reporter", petition, by=by.actor, at=now)
    return word


@transaction.atomic(durable=True)
def fetch_word(petition_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return the word to the reporter, for whoever reads the petition in the lane with his identity; written down.

    :raises Unknown: if the petition was not granted to this post, the reporter is covered for it, or nobody was told
    """
    petition = lock_sealed(petition_id, by)
    word = SealedWord.objects.filter(petition=petition).standing().select_related("document__file").first()
    sees_reporter = petition.grants.filter(post=by.post, ended_at=None, sees_reporter=True).exists()
    file: StoredFile | None = word.document.file if word else None
    if word is None or file is None or not sees_reporter:
        raise Unknown(_("There is no such paper."))
    record("petition.fetch_paper", petition, by=by.actor, at=now, facts={"document": str(word.document_id)})
    return file
