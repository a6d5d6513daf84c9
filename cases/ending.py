"""Pieces of ending a petition otherwise, and of letting it go on again (Q19). They need a transaction around them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from audit.parts import record
from cases.handlings import tell_organ
from cases.models import (
    Attachment,
    Claim,
    CoHandling,
    Handling,
    OtherEnd,
    PersonChange,
    Petition,
    PetitionClock,
    Petitioner,
)
from cases.parts import copy_next_due
from cases.people import dead_positions, withdrawn_positions
from cases.states import (
    FROM_ABOVE,
    OPINION_IS_OUT,
    EndKind,
    PersonChangeKind,
    PersonRole,
    PetitionClass,
    Purpose,
    Receipt,
    Routing,
)
from cases.urgings import no_longer_urged
from cases.workflow import HANDLES, SIGNS, Step, move
from deadlines.parts import breach, cancel, go_on
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.transactions import require_transaction
from notices.models import Kind, Notice

# What waits on somebody's desk and no longer has to be done once the petition has ended.
TO_DO = (
    Kind.SENT_TO_YOU,
    Kind.OBJECTION_TO_DECIDE,
    Kind.PAPER_TO_APPROVE,
    Kind.PAPER_RETURNED,
    Kind.PAPER_TO_SERVE,
    Kind.EXTENSION_TO_DECIDE,
    Kind.HELP_ASKED,
    Kind.WITHDRAWAL_TO_CONFIRM,
    Kind.RECUSAL_TO_DECIDE,
    Kind.CAN_BE_FINISHED,
)
_OFFICES = frozenset({OrganKind.PETITION_OFFICE, OrganKind.JOINT_CONFERENCE_OFFICE})


def is_a_report(petition: Petition) -> bool:
    """Test if a petition reports wrongdoing, in whole or in one claim: nobody's withdrawal or death ends it (Q19)."""
    if petition.sealed or petition.purpose == Purpose.REPORT_ACCUSATION:
        return True
    if petition.petition_class == PetitionClass.REPORT_ACCUSATION:
        return True
    return Claim.objects.filter(petition=petition, petition_class=PetitionClass.REPORT_ACCUSATION).exists()


def leads_itself(petition: Petition, hat: Hat) -> bool:
    """Test if the hat's organ leads a handling and is no petition office: then it says nothing about its end (Q19)."""
    if hat.organ.kind in _OFFICES:
        return False
    handlings = Handling.objects.filter(petition=petition, ended_at=None).select_related("organ")
    return any(hat.organ.is_or_carries_on(handling.organ) for handling in handlings)


def who_confirms(petition: Petition) -> Organ | None:
    """Return the organ that says whether a petition ended otherwise: who registered it, or the petition office of the
    place where that organ leads it itself; nothing where there is none (Q19)."""
    organ = petition.register_organ
    its_own = Handling.objects.filter(petition=petition, organ=organ, ended_at=None)
    if organ.kind in _OFFICES or not its_own.exists():
        return organ
    over = Organ.objects.filter(kind=OrganKind.PETITION_OFFICE, valid_to=None).select_related("place")
    around = [one for one in over if petition.place_path.startswith(one.place.path)]
    return max(around, key=lambda one: len(one.place.path), default=None)


def refuse_who_leads(petition: Petition, by: Hat) -> None:
    """Refuse the unit that would be rid of the matter.

    :raises NotAllowed: if the hat's organ leads a handling
    """
    if leads_itself(petition, by):
        raise NotAllowed(_("The unit that leads it does not say that it ended; the petition office does."))


def why_not_ended(petition: Petition) -> str:
    """Return what keeps a petition from ending otherwise; nothing if it may end (Q19, Q21)."""
    if is_a_report(petition):
        return _("A report of wrongdoing goes on whatever the petitioner wishes; his word stays noted.")
    out = Handling.objects.filter(petition=petition, ended_at=None, state__in=sorted(OPINION_IS_OUT))
    if out.exists():
        return _("An opinion is out: it is served, and the petition is finished in the ordinary way.")
    needs_report = petition.source in FROM_ABOVE and bool(petition.superior_due_on)
    if needs_report and not petition.upward_reports.filter(sent_back_at=None).exists():
        return _("The result has to be reported to the superior first.")
    return ""


def why_not_ended_by_death(petition: Petition) -> str:
    """Return what keeps a petition from ending because nobody continues it; nothing if it may end (Q19)."""
    dead = dead_positions(petition)
    if not dead:
        return _("No petitioner has died whom nobody continues.")
    gone = dead | withdrawn_positions(petition)
    if any(person.position not in gone for person in principals(petition)):
        return _("Another petitioner goes on.")
    return why_not_ended(petition)


def principals(petition: Petition) -> Sequence[Petitioner]:
    """Return the petitioners whose matter it is: those who do not merely accompany, act or no longer take part."""
    return list(petition.people.filter(role=PersonRole.REPRESENTATIVE).order_by("position"))


def person_of(petition: Petition, person_id: UUID, roles: frozenset[PersonRole]) -> Petitioner:
    """Return a person of an open petition who has one of these roles.

    :raises Unknown: if there is none
    """
    person = petition.people.filter(pk=person_id, role__in=sorted(roles)).first()
    if person is None:
        raise Unknown(_("There is no such person on this petition."))
    return person


def attachment_of(petition: Petition, attachment_id: UUID | None) -> Attachment | None:
    """Return a file of the petition that shows something; nothing if none was named.

    :raises Refused: if it hangs on another petition, or was taken away
    """
    if attachment_id is None:
        return None
    found = petition.attachments.filter(pk=attachment_id, removed_at=None).first()
    if found is None:
        message = _("Choose a file of this petition.")
        raise Refused(message, fields={"attachment": message})
    return found


def end_otherwise(
    petition: Petition,
    kind: EndKind,
    *,
    words: str,
    attachment: Attachment | None = None,
    step: Step,
    by: Hat,
    now: datetime,
) -> OtherEnd:
    """End a locked petition in another way than 办结: its clocks stand still, and nobody has to do anything on it.

    What was late stays late. Handlings, papers and parts stay as they are, so that it can go on from there.
    """
    require_transaction("end_otherwise")
    why_not = why_not_ended(petition)
    if why_not:
        raise OutOfTurn(why_not)
    for clock in PetitionClock.objects.open().filter(petition=petition):
        breach(clock, now=now)
        cancel(clock, at=now)
    copy_next_due(petition)
    end = OtherEnd.objects.create(
        petition=petition,
        kind=kind,
        words=words,
        attachment=attachment,
        routing_before=petition.routing,
        ended_by=by.post,
        ended_at=now,
    )
    no_longer_urged(Handling.objects.filter(petition=petition), now=now)
    move(petition, Routing.ENDED, step=step, by=by, at=now, ended_as=kind)
    to_do = Notice.objects.standing().filter(subject_id=str(petition.pk), kind__in=TO_DO)
    to_do.update(withdrawn_at=now)
    _tell_units(petition, Kind.ENDED_OTHERWISE, key=f"end:{end.pk}", now=now)
    return end


def reopen(petition: Petition, *, step: Step, by: Hat, now: datetime) -> OtherEnd | None:
    """Let a petition that ended otherwise go on where it stood, with the days that were left. Nothing if it goes on.

    What nobody had signed for is delivered anew.
    """
    require_transaction("reopen")
    end = OtherEnd.objects.select_for_update().filter(petition=petition, reopened_at=None).first()
    if end is None:
        return None
    end.reopened_by, end.reopened_at = by.post, now
    end.save(update_fields=["reopened_by", "reopened_at"])
    stopped = PetitionClock.objects.filter(petition=petition, cancelled_at=end.ended_at)
    for clock in stopped.select_related("rule", "organ").order_by("pk"):
        go_on(clock, event="goes_on", now=now, petition=petition, organ=clock.organ)
    move(petition, Routing(end.routing_before), step=step, by=by, at=now)
    copy_next_due(petition)
    waiting = Handling.objects.filter(petition=petition, ended_at=None, receipt=Receipt.DELIVERED)
    for handling in waiting.select_related("organ"):
        handling.sent_at, handling.read_at = now, None
        handling.save(update_fields=["sent_at", "read_at"])
        key = f"handling:{handling.pk}:again:{end.pk}"
        tell_organ(handling.organ, HANDLES | SIGNS, Kind.SENT_TO_YOU, petition, key=key, now=now)
    _tell_units(petition, Kind.GOES_ON_AGAIN, key=f"end:{end.pk}:reopened", now=now)
    record("petition.reopen", petition, by=by.actor, at=now, facts={"ended_as": end.kind})
    return end


def _tell_units(petition: Petition, kind: Kind, *, key: str, now: datetime) -> None:
    """Tell who leads and who was asked to assist."""
    handlings = Handling.objects.filter(petition=petition, ended_at=None).select_related("organ")
    asked = CoHandling.objects.filter(handling__in=handlings, fed_back_at=None).select_related("organ")
    organs = {one.organ_id: one.organ for one in handlings} | {one.organ_id: one.organ for one in asked}
    for organ in organs.values():
        tell_organ(organ, HANDLES, kind, petition, key=key, now=now)


def died_of(petition: Petition, position: int) -> PersonChange | None:
    """Return the death of a person of a locked petition that nobody continues yet; nothing if there is none."""
    return (
        petition.person_changes.select_for_update()
        .filter(kind=PersonChangeKind.DIED, position=position, successor_position=None)
        .first()
    )
