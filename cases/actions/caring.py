"""The duty that goes on when the remedies are over: help, and a word of where things stand (Art 37; R-38; D25)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases import papers
from cases.handlings import lock_handling
from cases.models import Petition, Referral
from cases.parts import lock_petition, touch
from cases.remedies import permissions as may
from cases.remedies.parts import refuse_kept_out, standing_of
from cases.remedies.wording import end_paper
from cases.remedy_states import BY_OWN_WILL, OVER, Help
from cases.workflow import Step, check, check_open
from documents import parts as documents
from documents.models import Document
from documents.states import DocumentKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@transaction.atomic(durable=True)
def note_referral(
    petition_id: UUID,
    *,
    kind: Help,
    led_to: str,
    need: str,
    agreed: bool,
    referred_on: date,
    by: Hat,
    now: datetime,
) -> Referral:
    """Note help that a petitioner was told of or led to; what he does with it is his (Art 37(2)(3); R-37, R-38).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ neither registered, leads nor reviewed it, or its wearer withdrew
    :raises OutOfTurn: if the petition is void
    :raises Refused: without who gives it and what for, against the petitioner's will, or for a day ahead
    """
    petition = _lock(petition_id, by)
    faults: dict[str, str] = {}
    if not led_to.strip():
        faults["led_to"] = _("Say who gives it.")
    if not need.strip():
        faults["need"] = _("Say what it is needed for.")
    if kind in BY_OWN_WILL and not agreed:
        faults["agreed"] = _("Only by the petitioner's own will.")
    if not timezone.localdate(petition.received_at) <= referred_on <= timezone.localdate(now):
        faults["referred_on"] = _("The day lies between the receipt of the petition and today (Q25).")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    referral = Referral.objects.create(
        petition=petition,
        kind=kind,
        led_to=led_to.strip(),
        need=need.strip(),
        agreed=agreed,
        referred_on=referred_on,
        noted_by=by.post,
        noter=by.user,
        noted_at=now,
    )
    record("petition.note_referral", petition, by=by.actor, at=now, facts={"help": kind})
    touch(petition, now=now)
    return referral


@transaction.atomic(durable=True)
def note_referral_result(
    petition_id: UUID, referral_id: int, *, result: str, result_on: date, by: Hat, now: datetime
) -> Referral:
    """Note what came of help that was offered.

    :raises Unknown: if this hat does not see the petition, or there is no such help on it
    :raises NotAllowed: if its organ neither registered, leads nor reviewed it, or its wearer withdrew
    :raises OutOfTurn: if it is known already, or the petition is void
    :raises Refused: without words, or for an impossible day
    """
    petition = _lock(petition_id, by)
    referral = (
        Referral.objects.select_for_update(of=("self",)).filter(pk=referral_id, petition=petition).first()
    )
    if referral is None:
        raise Unknown(_("There is no such help."))
    if referral.result:
        raise OutOfTurn(_("What came of it is noted already."))
    faults: dict[str, str] = {}
    if not result.strip():
        faults["result"] = _("Write it down.")
    if not referral.referred_on <= result_on <= timezone.localdate(now):
        faults["result_on"] = _("The day lies between the help and today.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    referral.result, referral.result_on, referral.result_noted_by = result.strip(), result_on, by.post
    referral.save(update_fields=["result", "result_on", "result_noted_by"])
    record("petition.note_referral_result", petition, by=by.actor, at=now, facts={"help": referral.kind})
    touch(petition, now=now)
    return referral


def _lock(petition_id: UUID, by: Hat) -> Petition:
    petition = lock_petition(petition_id, by)
    check_open(petition)
    refuse_kept_out(petition, by)
    leading = petition.handlings.filter(ended_at=None).select_related("organ")
    reviewing = petition.remedies.select_related("organ")
    organs = (each.organ for each in (*leading, *reviewing))
    if not may.cares(by, [petition.register_organ, *organs]):
        raise NotAllowed(_("The office or an organ that handled or reviewed it notes help."))
    return petition


@transaction.atomic(durable=True)
def tell_of_end(petition_id: UUID, handling_id: UUID, *, open_help: str, by: Hat, now: datetime) -> Document:
    """Issue the word that the remedies are exhausted or have lapsed: the basis, and what stays open (D25; Art 36, 37).

    It decides nothing and ends nothing: one person may write it, and new facts stay a new petition.

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if its organ does not lead it, or its wearer withdrew
    :raises OutOfTurn: while a remedy may still be asked for or goes on, or if it was told already
    :raises Refused: without the help that stays open
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.DELIVER_PAPER, petition, by, handling)
    standing = standing_of(handling, now=now)
    if standing.chain not in OVER:
        raise OutOfTurn(_("A remedy may still be asked for, or goes on."))
    told = petition.documents.filter(handling=handling, document__kind=DocumentKind.D25)
    if (
        handling.opinion is not None
        and told.filter(document__drafted_at__gt=handling.opinion.drafted_at).exists()
    ):
        raise OutOfTurn(_("The petitioner was told of it already."))
    if not open_help.strip():
        words = _("Say which help stays open and where it is given.")
        raise Refused(words, fields={"open_help": words})
    paper = end_paper(standing, petition, open_help.strip(), by)
    document = documents.issue_at_once(
        DocumentKind.D25, organ=handling.organ, paper=paper, drafted_by=by, by=by, now=now
    )
    papers.hang(document, handling, handling.claims.values_list("number", flat=True))
    facts = {"kind": document.kind, "number": document.number}
    record("petition.issue_paper", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return document
