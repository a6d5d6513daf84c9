"""The sealed lane's deeds: seal, unseal, let in, shut out (Art 30, 46(5); Q1; protection §2)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post
from accounts.roles import Role
from assignments.parts import cancel_all
from audit.parts import record
from cases import permissions as may
from cases.builders import reported_of
from cases.ending import reopen
from cases.handling_rules import typed_day_faults
from cases.handlings import (
    let_in_as_joined,
    let_in_to_joined,
    lock_with_joined,
    moment_of,
    shut_out_of_joined,
)
from cases.imported import change_lane_of_others
from cases.intake import Reported
from cases.models import (
    CoHandling,
    Handling,
    Involvement,
    Petition,
    PetitionClock,
    Petitioner,
    ReportedParty,
    Reporter,
    SealedGrant,
    SealedHandover,
    SealedMatter,
    SealedWord,
)
from cases.parts import (
    call_off_in_the_lane,
    copy_next_due,
    excluded_organs,
    give_to_the_lane,
    grant,
    hold_superior_number,
    involve,
    involve_portfolios,
    lock_petition,
    lock_sealed,
    touch,
)
from cases.recusals import put_before_judges
from cases.sealing import petitioners_from, reporters_from
from cases.searchable import index_anew
from cases.states import CLASS_OF, Basis, ClockCode, Purpose
from cases.workflow import Step
from deadlines.calendars import previous_working_day
from deadlines.parts import cancel, meet, start_clock
from documents.parts import upload
from documents.states import DocumentKind
from infra.files import Checked
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind
from notices.parts import tell, withdraw


@transaction.atomic(durable=True)
def seal(petition_id: UUID, *, reason: str, reported: Sequence[Reported], by: Hat, now: datetime) -> Petition:
    """Seal an open petition: everyone's part, notices and files go at once, and the lane's officers are told (Q1).

    The petitioners move under the reporters' key. The officers find in the audit who had seen it before.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it may not seal it
    :raises Refused: without a reason, or without anybody to keep out
    """
    lock_with_joined(petition_id, by)
    petition = lock_petition(petition_id, by)
    if not may.may_seal(by, petition):
        raise NotAllowed(_("Your post does not seal petitions."))
    if not reason.strip():
        raise Refused(_("Say why it is sealed."), fields={"reason": _("Say why it is sealed.")})
    if not any(party.organ_id or party.name.strip() for party in reported):
        message = _("Name the person or the unit reported, so that they are kept out.")
        raise Refused(message, fields={"reported_name": message})
    # a report of wrongdoing is ended by nobody's withdrawal or death (Q19)
    reopen(petition, step=Step.REVOKE_WITHDRAWAL, by=by, now=now)
    petition.sealed = True
    touch(petition, now=now, also=["sealed"])
    SealedMatter.objects.update_or_create(
        petition=petition, defaults={"sealed_at": now, "reason": reason, "unsealed_at": None}
    )
    ReportedParty.objects.bulk_create(reported_of(petition, reported))
    people = list(Petitioner.objects.filter(petition=petition).order_by("position"))
    Reporter.objects.bulk_create(reporters_from(petition, people))
    petition.query_codes.filter(petitioner__isnull=False).update(replaced_at=now, petitioner=None)
    Petitioner.objects.filter(petition=petition).delete()
    change_lane_of_others(petition)
    index_anew(petition)
    Involvement.objects.filter(petition=petition, ended_at=None).update(ended_at=now, sealed=True)
    withdraw(str(petition.pk), now=now)
    # nothing is asked of anybody outside the lane any longer, nor lifted (Q2)
    cancel_all(petition.pk, by=by, now=now)
    # what was joined to it is read through it no longer
    for handling in petition.handlings.filter(ended_at=None).select_related("organ__carried_on_by"):
        shut_out_of_joined(handling, now=now)
    granted = give_to_the_lane(petition, reason=reason, now=now, by=by)
    record("petition.seal", petition, by=by.actor, at=now, facts={"granted": granted})
    return petition


@transaction.atomic(durable=True)
def unseal(
    petition_id: UUID, *, reason: str, purpose: Purpose | None = None, by: Hat, now: datetime
) -> Petition:
    """Return a sealed petition to the open lane; only a sealed-lane officer, with reason (Q1).

    `purpose` is what the petition is after all, where it was registered as a report.

    :raises Unknown: if the petition was not granted to this post
    :raises NotAllowed: if this post is no sealed-lane officer's
    :raises Refused: without a reason, if it stays a report, or if another one stands under its superior's number now
    """
    lock_with_joined(petition_id, by)
    petition = lock_sealed(petition_id, by)
    if not may.may_unseal(by):
        raise NotAllowed(_("Only a sealed-lane officer unseals."))
    if not reason.strip():
        raise Refused(_("Say why it is unsealed."), fields={"reason": _("Say why it is unsealed.")})
    before, petition.purpose = petition.purpose, purpose or petition.purpose
    if petition.purpose == Purpose.REPORT_ACCUSATION:
        message = _("Say what it is instead: a report or accusation stays sealed (Art 30).")
        raise Refused(message, fields={"purpose": message})
    hold_superior_number(petition)
    if Petition.objects.under_the_same_superior_number(petition).exists():
        message = _(
            "Another petition stands under the superior's number %(number)s now: have that one voided first."
        )
        raise Refused(message % {"number": petition.superior_number})
    petition.petition_class = CLASS_OF.get(Purpose(petition.purpose))
    petition.sealed = False
    touch(petition, now=now, also=["sealed", "purpose", "petition_class"])
    SealedMatter.objects.filter(petition=petition).update(unsealed_at=now, unseal_reason=reason)
    reporters = list(Reporter.objects.filter(petition=petition).order_by("position"))
    Petitioner.objects.bulk_create(petitioners_from(petition, reporters))
    Reporter.objects.filter(petition=petition).delete()
    change_lane_of_others(petition)
    index_anew(petition)
    SealedGrant.objects.filter(petition=petition, ended_at=None).update(ended_at=now)
    SealedHandover.objects.filter(petition=petition).standing().update(ended_at=now)
    SealedWord.objects.filter(petition=petition).standing().update(ended_at=now)
    withdraw(str(petition.pk), now=now)
    involve(petition, Basis.REGISTERED, now=now, organ=petition.register_organ)
    if petition.on_behalf_of:
        involve(petition, Basis.ON_BEHALF, now=now, organ=petition.on_behalf_of)
    # Whoever led or assisted before it was sealed takes it up where it stood; its periods have run on.
    for handling in petition.handlings.filter(ended_at=None).select_related("organ"):
        involve(petition, Basis.LEADS, now=now, organ=handling.organ)
        let_in_to_joined(handling, now=now)
    _let_in_where_it_was_joined(petition, now)
    waiting = CoHandling.objects.filter(handling__petition=petition, handling__ended_at=None)
    for asked in waiting.select_related("organ"):
        involve(petition, Basis.ASSISTS, now=now, organ=asked.organ)
    for recusal in petition.recusals.filter(withdrawn=None).select_related("judge"):
        recusal.petition = petition
        put_before_judges(recusal, now=now)
    involve_portfolios(petition, now=now)
    _owe_a_way_again(petition, now)
    facts = {"purpose_before": before, "purpose": petition.purpose}
    record("petition.unseal", petition, by=by.actor, at=now, facts=facts)
    return petition


def _let_in_where_it_was_joined(petition: Petition, now: datetime) -> None:
    """Whoever leads what it was joined to before it was sealed reads it again (Q11).

    Holding this one is enough: whoever changes who leads the other one holds both.
    """
    joins = petition.joins.filter(route__ended_at=None, pending__sealed=False).values("pending")
    for handling in Handling.objects.filter(petition__in=joins, ended_at=None).select_related("organ"):
        key = f"joined:{handling.pk}:unsealed:{petition.version}"
        let_in_as_joined(petition, handling, key=key, now=now)


def _owe_a_way_again(petition: Petition, now: datetime) -> None:
    """What was handed over as a report and is none still has to be routed, from its first receipt (Art 22(1)).

    Any other organ than a petition office still has to write to the petitioner where it goes (Art 23(2)).
    """
    office = petition.register_organ
    code = ClockCode.T1 if office.looks_after_a_place else ClockCode.T2
    handed_over = SealedHandover.objects.filter(petition=petition).exists()
    unrouted = petition.claims.filter(route=None).exists()
    running = petition.clocks.open().filter(code=code).exists()
    if not (handed_over and unrouted) or running:
        return
    start_clock(
        PetitionClock,
        code,
        started_at=petition.received_at,
        event="received",
        now=now,
        petition=petition,
        organ=office,
    )
    copy_next_due(petition)


@transaction.atomic(durable=True)
def hand_to_discipline(
    petition_id: UUID,
    *,
    organ_id: int,
    authority: str,
    number: str,
    handed_on: date,
    signed_by: str,
    evidence_note: str = "",
    file: Checked,
    by: Hat,
    now: datetime,
) -> SealedHandover:
    """Hand a report over to the discipline organ by cadre-management authority, against its signature (R-13; D27).

    It meets T1 (Art 22(2)); T2 waits for the word to the reporter, and is waived where nobody can be told. The
    discipline organ's own officers of the lane may read it from then on; nobody outside the lane learns of it, and the
    record says to whom it went in the lane alone. Where nothing more is owed here it waits for nobody in this organ.

    :raises Unknown: if the petition was not granted to this post
    :raises NotAllowed: if this post is no sealed-lane officer's, or the organ is kept out of the matter
    :raises OutOfTurn: if it was handed over already
    :raises Refused: without authority, signature, number or file, or for a day that cannot be (Q25)
    """
    petition = lock_sealed(petition_id, by)
    if not may.may_unseal(by):
        raise NotAllowed(_("Only a sealed-lane officer hands it over."))
    if SealedHandover.objects.filter(petition=petition).standing().exists():
        raise OutOfTurn(_("It was handed over already."))
    organ = _discipline_organ(petition, organ_id, now)
    today = timezone.localdate(now)
    floor = previous_working_day(today)
    received_on = timezone.localdate(petition.received_at)
    faults = typed_day_faults(
        "handed_on", handed_on, after=received_on, today=today, earliest=floor, evidence=evidence_note
    )
    if not authority.strip():
        faults["authority"] = _("Say whose cadres the person is among.")
    if not signed_by.strip():
        faults["signed_by"] = _("Say who signed for it.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    document = upload(
        DocumentKind.D27,
        organ=by.organ,
        number=number,
        dated_on=handed_on,
        file=file,
        sealed=True,
        by=by,
        now=now,
    )
    handover = SealedHandover.objects.create(
        petition=petition,
        organ=organ,
        authority=authority.strip(),
        document=document,
        handed_on=handed_on,
        backdated=handed_on < floor,
        evidence_note=evidence_note.strip(),
        signed_by=signed_by.strip(),
        handed_by=by.post,
        handed_at=now,
    )
    for clock in petition.clocks.open().filter(code__in=[ClockCode.T1, ClockCode.T1A]):
        meet(clock, at=max(moment_of(handed_on, now=now), clock.started_at), now=now)
    if petition.is_anonymous or not petition.reporters.exists():
        # waived where name or address is unclear (Art 23(2))
        for clock in petition.clocks.open().filter(code=ClockCode.T2):
            cancel(clock, at=now)
    copy_next_due(petition)
    _let_in_discipline(petition, organ, authority=handover.authority, by=by, now=now)
    call_off_in_the_lane(petition, handover, now=now)
    touch(petition, now=now)
    record("petition.hand_to_discipline", petition, by=by.actor, at=now)
    return handover


def _discipline_organ(petition: Petition, organ_id: int, now: datetime) -> Organ:
    organ = Organ.objects.valid_on(timezone.localdate(now)).filter(pk=organ_id).first()
    if organ is None or organ.kind != OrganKind.DISCIPLINE_ORGAN:
        message = _("Choose a discipline organ.")
        raise Refused(message, fields={"organ": message})
    if organ.pk in excluded_organs(petition, below=False):
        raise NotAllowed(_("This organ is kept out of this petition (Art 30)."))
    return organ


def _let_in_discipline(petition: Petition, organ: Organ, *, authority: str, by: Hat, now: datetime) -> None:
    accused = ReportedParty.objects.filter(petition=petition, user__isnull=False).values("user")
    granted = SealedGrant.objects.filter(petition=petition, ended_at=None).values("post")
    posts = (
        Post.objects.held_on(timezone.localdate(now))
        .filter(organ=organ, role=Role.SEALED_LANE_OFFICER, user__is_active=True)
        .exclude(user__in=accused)
        .exclude(pk__in=granted)
    )
    for post in posts:
        grant(petition, post, reason=authority, now=now, by=by, sees_reporter=True)
    key = f"petition:{petition.pk}:handed_over:{now.isoformat()}"
    tell([post.pk for post in posts], Kind.SEALED_HERE, key=key, subject_id=str(petition.pk), now=now)


@transaction.atomic(durable=True)
def fetch_handover(petition_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return the signed letter of a handing over, for whoever reads the petition in the lane; written down.

    :raises Unknown: if the petition was not granted to this post, or was not handed over
    """
    petition = lock_sealed(petition_id, by)
    standing = SealedHandover.objects.filter(petition=petition).standing()
    handover = standing.select_related("document__file").first()
    file: StoredFile | None = handover.document.file if handover else None
    if handover is None or file is None:
        raise Unknown(_("There is no such paper."))
    record(
        "petition.fetch_paper", petition, by=by.actor, at=now, facts={"document": str(handover.document_id)}
    )
    return file


@transaction.atomic(durable=True)
def let_in(
    petition_id: UUID, *, post_id: int, reason: str, sees_reporter: bool = False, by: Hat, now: datetime
) -> Petition:
    """Grant one more post leave to read a sealed petition, with a reason.

    :raises Unknown: if the petition was not granted to the giver's post
    :raises NotAllowed: if the giver is no sealed-lane officer, or the post belongs to the person or unit reported
    """
    petition = lock_sealed(petition_id, by)
    if not may.may_unseal(by):
        raise NotAllowed(_("Only a sealed-lane officer lets others in."))
    post = Post.objects.held_on(timezone.localdate(now)).filter(pk=post_id).select_related("user").first()
    if post is None:
        raise Refused(_("Nobody holds this post."), fields={"post": _("Nobody holds this post.")})
    if post.role not in may.MAY_BE_LET_IN:
        message = _("This post does not deal with reports.")
        raise Refused(message, fields={"post": message})
    accused = ReportedParty.objects.filter(petition=petition, user=post.user).exists()
    if accused or post.organ_id in excluded_organs(petition):
        # The words are the same for the accused and for his unit's staff, so they tell nothing about a person.
        raise NotAllowed(_("This post is kept out of this petition (Art 30)."))
    if not SealedGrant.objects.filter(petition=petition, post=post, ended_at=None).exists():
        grant(petition, post, reason=reason, now=now, by=by, sees_reporter=sees_reporter)
        key = f"petition:{petition.pk}:let_in:{now.isoformat()}"
        tell([post.pk], Kind.SEALED_HERE, key=key, subject_id=str(petition.pk), now=now)
        record(
            "petition.let_in",
            petition,
            by=by.actor,
            at=now,
            facts={"post": post_id, "reporter": sees_reporter},
        )
    return petition


@transaction.atomic(durable=True)
def shut_out(petition_id: UUID, *, post_id: int, by: Hat, now: datetime) -> Petition:
    """End a grant; the last officer of the lane cannot shut himself out and leave the matter to nobody (Q29).

    :raises Unknown: if the petition was not granted to the giver's post
    :raises NotAllowed: if the giver is no sealed-lane officer
    :raises Refused: if nobody of the lane would be left
    """
    petition = lock_sealed(petition_id, by)
    if not may.may_unseal(by):
        raise NotAllowed(_("Only a sealed-lane officer ends a grant."))
    open_grants = SealedGrant.objects.filter(petition=petition, ended_at=None)
    if not open_grants.exclude(post_id=post_id).filter(post__role=by.post.role).exists():
        raise Refused(_("Somebody of the sealed lane must stay with the matter."))
    if open_grants.filter(post_id=post_id).update(ended_at=now):
        withdraw(str(petition.pk), now=now, except_posts=open_grants.values_list("post_id", flat=True))
        record("petition.shut_out", petition, by=by.actor, at=now, facts={"post": post_id})
    return petition
