"""The steps of a suggestion: studied, and thanked for; the answer is its finding and its opinion (Art 29; Q20)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from cases.handlings import claim_of, led_by, lock_handling
from cases.models import Claim, Study, Thanks
from cases.parts import lock_petition, touch
from cases.states import ClaimDecision, PetitionClass, ThanksKind
from cases.workflow import Step, check
from lib.errors import OutOfTurn, Refused, Unknown


@transaction.atomic(durable=True)
def study_suggestion(
    petition_id: UUID,
    handling_id: UUID,
    number: int,
    *,
    organ_id: int | None,
    who: str,
    words: str,
    studied_on: date,
    by: Hat,
    now: datetime,
) -> Study:
    """Note who studied a suggestion and what they thought of it; without an organ, the leading one (Art 29; Q20).

    :raises Unknown: if this hat does not see the petition, or the organ does not lead the claim
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if it is not accepted, or no suggestion
    :raises Refused: without words, for a day in the future, or a unit that does not exist
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.STUDY_SUGGESTION, petition, by, handling)
    claim = claim_of(handling, number)
    _refuse_others(claim)
    if claim.decision != ClaimDecision.ACCEPTED:
        raise OutOfTurn(_("This claim was not accepted."))
    today = timezone.localdate(now)
    organ = Organ.objects.valid_on(today).filter(pk=organ_id).first() if organ_id else handling.organ
    faults = {}
    if organ is None:
        faults["organ"] = _("Choose another unit.")
    if not words.strip():
        faults["words"] = _("Write it down.")
    if studied_on > today:
        faults["studied_on"] = _("The day lies in the future.")
    if faults or organ is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    study = Study.objects.create(
        claim=claim,
        handling=handling,
        organ=organ,
        who=who,
        words=words,
        studied_on=studied_on,
        noted_by=by.post,
        noted_at=now,
    )
    facts = {"claim": number, "organ": organ.code}
    record("petition.study_suggestion", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return study


@transaction.atomic(durable=True)
def thank(
    petition_id: UUID,
    number: int,
    *,
    kind: ThanksKind,
    words: str = "",
    thanked_on: date,
    by: Hat,
    now: datetime,
) -> Thanks:
    """Note that whoever made a suggestion was thanked or rewarded (Art 29; Q20); also after the petition is finished.

    :raises Unknown: if this hat does not see the petition, or it has no such claim
    :raises NotAllowed: if its organ neither registered nor leads it
    :raises OutOfTurn: if the claim is no suggestion
    :raises Refused: for a day in the future or before the petition came in, or a reward that is not named
    """
    petition = lock_petition(petition_id, by)
    check(Step.THANK, petition, by, led_by(petition, by))
    claim = Claim.objects.filter(petition=petition, number=number).first()
    if claim is None:
        raise Unknown(_("There is no such claim."))
    _refuse_others(claim)
    faults = {}
    if thanked_on > timezone.localdate(now):
        faults["thanked_on"] = _("The day lies in the future.")
    elif thanked_on < timezone.localdate(petition.received_at):
        faults["thanked_on"] = _("The day lies before the petition came in.")
    if kind is ThanksKind.REWARD and not words.strip():
        faults["words"] = _("Say what the reward was.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    thanks = Thanks.objects.create(
        claim=claim, kind=kind, words=words, thanked_on=thanked_on, noted_by=by.post, noted_at=now
    )
    record("petition.thank", petition, by=by.actor, at=now, facts={"claim": number, "kind": kind})
    touch(petition, now=now)
    return thanks


def _refuse_others(claim: Claim) -> None:
    if claim.petition_class != PetitionClass.SUGGESTION:
        raise OutOfTurn(_("This claim is no suggestion."))
