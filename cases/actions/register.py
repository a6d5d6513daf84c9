"""Registering: everything received is registered, once, with its number, clocks and people (Art 22(1), 23(1); R-10)."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from cases import permissions as may
from cases.builders import Resolved, reported_of, reporters_of, resolved_of
from cases.externals import refuse_known_external
from cases.filing import Filing, Folder
from cases.intake import Incoming, Intake
from cases.intake_checks import check_dates, check_people
from cases.models import (
    Attachment,
    Claim,
    ContentCategory,
    Draft,
    Petition,
    PetitionClock,
    ReportedParty,
    Reporter,
    SealedMatter,
)
from cases.parts import give_number, give_to_the_lane, issue_code
from cases.portfolios import enter_gate
from cases.rules import in_seats
from cases.states import Purpose, Source
from deadlines.calendars import previous_working_day
from grids.petitions import convert
from infra.idempotency import claim, serialise
from lib.errors import NotAllowed, Refused
from notices.parts import withdraw
from places.models import Place

# Under which the sealed part of a mixed petition derives its own submission key from the open part's.
_REPORT_PART = "report"


@dataclass(frozen=True)
class Registered:
    """What registering gave: the petition, and its codes in clear if this call was the one that made it."""

    petition: Petition
    # the petition's own code under None, one for each person who wanted his own
    codes: dict[UUID | None, str]
    # the sealed part of a mixed petition, with its own code (Q1)
    report: "Registered | None" = None


@transaction.atomic(durable=True)
def register(submission_id: UUID, intake: Intake, *, by: Hat, now: datetime) -> Registered:
    """Register a submission once, however often it arrives; a second arrival returns the first petition without codes.

    :raises NotAllowed: if this hat does not register, or its office has no number series
    :raises Refused: if people or a superior's particulars are incomplete, a date lies where it cannot, or a place or
        category does not exist, naming the fields
    """
    office, on_behalf_of = _offices(by, intake)
    serialise(submission_id)
    if not claim(submission_id, now=now):
        return _as_before(submission_id, by)
    intake = _sealed_as_its_draft(submission_id, intake, by)
    check_people(intake)
    # From here on no division ends under it, and no leader's part is overlooked.
    enter_gate()
    resolved = _resolved(intake, office, on_behalf_of, now)
    check_dates(intake, now=now, working_day_before=previous_working_day(timezone.localdate(now)))
    _check_split(intake)
    report = None
    if intake.report_text:
        report = _register_part(uuid5(submission_id, _REPORT_PART), _report_part(intake), resolved, by, now)
        intake = replace(intake, report_text="", reported=())
    registered = _register_part(submission_id, intake, resolved, by, now)
    # A scan shows the whole of a mixed petition, so the papers go with its report (Q1).
    _take_attachments((report or registered).petition, submission_id, by)
    if report is not None:
        SealedMatter.objects.filter(petition=report.petition).update(split_from=registered.petition)
    convert(submission_id, by=by, now=now)
    Draft.objects.filter(pk=submission_id, post=by.post).delete()
    withdraw(str(submission_id), now=now)
    return replace(registered, report=report)


def _offices(by: Hat, intake: Intake) -> tuple[Organ, Organ | None]:
    """Return the office that registers, and the community or station it is taken in by (Q30)."""
    if may.may_register(by):
        behalf = Organ.objects.filter(pk=intake.on_behalf_of_id).first() if intake.on_behalf_of_id else None
        return by.organ, behalf
    if may.registers_for_office(by):
        above = by.organ.parent
        if above is not None and above.number_prefix is not None:
            return above, by.organ
    raise NotAllowed(_("Your post does not register petitions."))


def _sealed_as_its_draft(submission_id: UUID, intake: Intake, by: Hat) -> Intake:
    """Return the intake sealed if its draft once named a wrongdoer: only the lane's officer unseals (Q1)."""
    draft = Draft.objects.filter(pk=submission_id, post=by.post).first()
    if draft is None or not draft.sealed:
        return intake
    if draft.sealed_whole:
        return replace(intake, names_a_wrongdoer=True, text=_with_report(intake), report_text="")
    return intake if intake.report_text else replace(intake, names_a_wrongdoer=True)


def _with_report(intake: Intake) -> str:
    """Return the whole of what was written, where all of it is sealed and nothing is split off."""
    return f"{intake.text}\n{intake.report_text}" if intake.report_text else intake.text


def _as_before(submission_id: UUID, by: Hat) -> Registered:
    """Return what the first arrival made."""
    known = Petition.objects.filter(submission_id=submission_id, registered_by=by.post).first()
    if known is None:
        raise NotAllowed(_("This form was already registered by somebody else."))
    return Registered(known, {})


def _resolved(intake: Intake, office: Organ, on_behalf_of: Organ | None, now: datetime) -> Resolved:
    """Return the rows that the intake's ids stand for today.

    :raises Refused: if the place or the category cannot be chosen any more
    """
    today = timezone.localdate(now)
    place = Place.objects.valid_on(today).filter(pk=intake.place_id).first()
    category = ContentCategory.objects.valid_on(today).filter(pk=intake.content_category_id).first()
    return resolved_of(office, on_behalf_of, place, category)


def _check_split(intake: Intake) -> None:
    """Refuse a mixed petition whose open part is itself a report: then all of it is sealed (Q1)."""
    if intake.report_text and (intake.purpose is Purpose.REPORT_ACCUSATION or intake.names_a_wrongdoer):
        raise Refused(
            _("The whole petition is a report."),
            fields={
                "report_text": _(
                    "The purpose or the tick above already seals all of it. Leave this empty, or, where only this part "
                    "is a report, take the tick away and choose the purpose of the rest."
                )
            },
        )


def _report_part(intake: Intake) -> Intake:
    """Return the part of a mixed petition that reports a wrongdoer, as an intake of its own (Q1)."""
    return replace(
        intake,
        purpose=Purpose.REPORT_ACCUSATION,
        text=intake.report_text,
        title=intake.report_text.strip()[:40],
        summary="",
        report_text="",
        claims=(),
        from_above=None,
        source=Source.SELF_RECEIVED,
        names_a_wrongdoer=True,
    )


def _register_part(
    submission_id: UUID,
    intake: Intake,
    resolved: Resolved,
    by: Hat,
    now: datetime,
) -> Registered:
    """Write one petition with everything that belongs to it, in the lane it belongs to."""
    filing = Filing(by=by, now=now)
    folder = filing.folder(Incoming(submission_id, intake), resolved)
    if folder.petition.sealed:
        return _seal_in(filing, folder, intake, resolved)
    if intake.external is not None:
        refuse_known_external(intake.external)
    filing.write([folder])
    return Registered(folder.petition, folder.codes)


def _seal_in(filing: Filing, folder: Folder, intake: Intake, resolved: Resolved) -> Registered:
    """Write a report into the sealed lane, its people apart under their own key (protection §2.7)."""
    petition, now = folder.petition, filing.now
    petition.number = give_number(resolved.office, on=now, sealed=True)
    petition.save(force_insert=True)
    folder.words.save(force_insert=True)
    Claim.objects.bulk_create(folder.claims)
    SealedMatter.objects.create(petition=petition, sealed_at=now, reason="")
    ReportedParty.objects.bulk_create(reported_of(petition, intake.reported))
    Reporter.objects.bulk_create(reporters_of(petition, in_seats(intake.people)))
    PetitionClock.objects.bulk_create(folder.clocks)
    give_to_the_lane(petition, reason="", now=now)
    codes: dict[UUID | None, str] = {None: issue_code(petition, now=now)}
    record("petition.register", petition, by=filing.by.actor, at=now, facts=folder.facts)
    return Registered(petition, codes)


def _take_attachments(petition: Petition, draft_id: UUID, by: Hat) -> None:
    """Move every file of the draft onto the petition it became."""
    Attachment.objects.filter(draft_id=draft_id, draft__post=by.post, removed_at=None).update(
        petition=petition, draft=None
    )
