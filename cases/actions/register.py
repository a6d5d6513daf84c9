"""Registering: everything received is registered, once, with its number, clocks and people (Art 22(1), 23(1); R-10)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from cases import permissions as may
from cases.builders import Resolved, claims_of, people_of, petition_of, reported_of, reporters_of, text_of
from cases.intake import Intake
from cases.models import (
    Attachment,
    Claim,
    ContentCategory,
    Draft,
    Petition,
    PetitionClock,
    Petitioner,
    ReportedParty,
    Reporter,
    SealedMatter,
)
from cases.parts import (
    copy_next_due,
    give_number,
    give_to_the_lane,
    hold_superior_number,
    involve,
    involve_portfolios,
    issue_code,
)
from cases.portfolios import enter_gate
from cases.rules import (
    clocks_to_start,
    faults_of_people,
    faults_of_superior,
    in_seats,
    is_backdated,
    is_collective,
)
from cases.states import Basis, ClockCode, Purpose, Source
from deadlines.calendars import previous_working_day
from deadlines.parts import start_clock
from infra.idempotency import claim, serialise
from infra.local_settings import Setting, value_of
from lib.errors import NotAllowed, Refused
from notices.models import Kind
from notices.parts import tell, withdraw
from places.models import Place

# the first versions of the rules begin here (deadlines/seed/rules.toml)
_OLDEST = date(2004, 1, 1)
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
    _check_people(intake)
    # From here on no division ends under it, and no leader's part is overlooked.
    enter_gate()
    resolved = _resolved(intake, office, on_behalf_of, now)
    _check_dates(intake, now)
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
    if place is not None and office.looks_after_a_place and not place.path.startswith(office.place.path):
        # Nobody here would see it: the matter is entered under the district, its exact place in words.
        message = _("This place lies outside. Choose the district, and write the place into “Exact place”.")
        raise Refused(message, fields={"place_text": message})
    if place is None or category is None:
        wrong = {}
        if place is None:
            wrong["place"] = _("Choose the place where the problem lies.")
        if category is None:
            wrong["content_category"] = _("Choose a content category.")
        raise Refused(_("Place or category is missing."), fields=wrong)
    return Resolved(office, on_behalf_of, place, category)


def _check_people(intake: Intake) -> None:
    """Refuse people who cannot be registered as they stand, and a superior without particulars (R-09, Q19, Q21)."""
    faults = {
        **faults_of_people(intake.people, is_anonymous=intake.is_anonymous),
        **faults_of_superior(intake.source, intake.from_above),
    }
    if faults:
        raise Refused(_("Some fields need another look."), fields=faults)


def _check_split(intake: Intake) -> None:
    """Refuse a mixed petition whose open part is itself a report: then all of it is sealed (Q1)."""
    if intake.report_text and (intake.purpose is Purpose.REPORT_ACCUSATION or intake.names_a_wrongdoer):
        raise Refused(
            _("The whole petition is a report."),
            fields={
                "report_text": _(
                    "The purpose already says report or accusation: all of it is sealed. Leave this empty."
                )
            },
        )


def _check_dates(intake: Intake, now: datetime) -> None:
    """Refuse a date that lies in the future, before what it depends on, or too far back without evidence (Q25)."""
    today = timezone.localdate(now)
    received_on = timezone.localdate(intake.received_at)
    wrong = {}
    # A minute of grace: the page's clock and the server's are two clocks.
    if intake.received_at > now + timedelta(minutes=1):
        wrong["received_at"] = _("The time of receipt cannot lie in the future.")
    elif received_on < _OLDEST:
        wrong["received_at"] = _("The day of receipt lies before every rule there is. Check the year.")
    elif is_backdated(received_on, previous_working_day(today)) and not intake.backdating_evidence.strip():
        wrong["backdating_evidence"] = _(
            "The day of receipt lies more than one working day back. Say what proves it, such as the receipt stamp."
        )
    if intake.petition_date and intake.petition_date > received_on:
        wrong["petition_date"] = _("The petition cannot be dated after it was received.")
    if intake.from_above and intake.from_above.due_on and intake.from_above.due_on < received_on:
        wrong["superior_due_on"] = _("The superior's due day lies before the day of receipt.")
    if wrong:
        raise Refused(_("A date needs another look."), fields=wrong)


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
    """Write one petition with everything that belongs to it, its number last."""
    received_on = timezone.localdate(intake.received_at)
    threshold = value_of(Setting.COLLECTIVE_THRESHOLD, on=received_on)
    petition = petition_of(
        submission_id,
        intake,
        resolved,
        is_collective=is_collective(
            intake.channel, max(intake.petitioner_count, len(intake.people)), threshold
        ),
        is_backdated=is_backdated(received_on, previous_working_day(timezone.localdate(now))),
        by=by,
        now=now,
    )
    petition.number = give_number(resolved.office, on=now, sealed=petition.sealed)
    _refuse_known_superior_number(petition)
    petition.save(force_insert=True)
    text_of(petition, intake).save(force_insert=True)
    Claim.objects.bulk_create(claims_of(petition, intake))
    wanting = _write_people(petition, intake, now)
    _start_clocks(petition, intake, resolved.office, now)
    copy_next_due(petition)
    _involve(petition, resolved, now)
    codes: dict[UUID | None, str] = {None: issue_code(petition, now=now)}
    codes |= {person_id: issue_code(petition, now=now, petitioner_id=person_id) for person_id in wanting}
    facts = {
        "number": petition.number,
        "channel": petition.channel,
        "source": petition.source,
        "purpose": petition.purpose,
        "category": resolved.category.code,
        "place": resolved.place.code,
        "petitioners": petition.petitioner_count,
        "received_at": petition.received_at.isoformat(),
        "backdated": bool(petition.backdating_evidence),
        "sealed": petition.sealed,
    }
    record("petition.register", petition, by=by.actor, at=now, facts=facts)
    return Registered(petition, codes)


def _refuse_known_superior_number(petition: Petition) -> None:
    """Refuse a superior's matter that is registered here under its number already (Q21).

    Asked while the superior's number is held, so that neither two registrations at once nor one and an unsealing can
    both pass. Of the open lane alone: what stands in the sealed one is no reason anybody could be given (Q1).
    """
    if petition.sealed or not petition.superior_number:
        return
    hold_superior_number(petition)
    if Petition.objects.under_the_same_superior_number(petition).exists():
        message = _("The superior's number is registered here already. Look for it in the ledger.")
        raise Refused(message, fields={"superior_number": message})


def _write_people(petition: Petition, intake: Intake, now: datetime) -> list[UUID]:
    """Write the persons, in the lane's own table. Return those who want a code of their own (Q17)."""
    people = in_seats(intake.people)
    if petition.sealed:
        SealedMatter.objects.create(petition=petition, sealed_at=now, reason="")
        ReportedParty.objects.bulk_create(reported_of(petition, intake.reported))
        Reporter.objects.bulk_create(reporters_of(petition, people))
        return []
    rows = people_of(petition, people)
    Petitioner.objects.bulk_create(rows)
    return [row.pk for row, person in zip(rows, people, strict=True) if person.wants_code]


def _take_attachments(petition: Petition, draft_id: UUID, by: Hat) -> None:
    """Move every file of the draft onto the petition it became."""
    Attachment.objects.filter(draft_id=draft_id, draft__post=by.post, removed_at=None).update(
        petition=petition, draft=None
    )


def _start_clocks(petition: Petition, intake: Intake, office: Organ, now: datetime) -> None:
    above = intake.from_above
    codes: Sequence[ClockCode] = clocks_to_start(
        Source(petition.source),
        by_petition_office=office.looks_after_a_place,
        has_superior_due_day=bool(above and above.due_on),
    )
    for code in codes:
        start_clock(
            PetitionClock,
            code,
            started_at=petition.received_at,
            event="received",
            now=now,
            set_day=above.due_on if above and code is ClockCode.T6 else None,
            petition=petition,
            organ=office,
        )


def _involve(petition: Petition, resolved: Resolved, now: datetime) -> None:
    """Give part to whoever has it from the first moment: by office and portfolio, or by name in the sealed lane."""
    if petition.sealed:
        give_to_the_lane(petition, reason="", now=now)
        return
    involve(petition, Basis.REGISTERED, now=now, organ=resolved.office)
    if resolved.on_behalf_of is not None:
        involve(petition, Basis.ON_BEHALF, now=now, organ=resolved.on_behalf_of)
    tell(
        involve_portfolios(petition, now=now),
        Kind.REGISTERED_FOR_YOU,
        key=f"petition:{petition.pk}:registered",
        subject_id=str(petition.pk),
        now=now,
    )
