"""Pieces of deeds on remedies. They open no transaction and refuse to work without one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from cases.deliveries import NOTHING_INSTEAD, Instead, delivered_on
from cases.handlings import addressees, moment_of, settle_call, tell_organ
from cases.matters import terms_of
from cases.models import Handling, HearingTime, Petition, PetitionClock, PetitionDocument, Petitioner, Remedy
from cases.papers import contact_of
from cases.parts import copy_next_due, lock_petition, users_kept_out
from cases.remedies import permissions as may
from cases.remedies.standing import Standing, received_of, standings_of
from cases.remedy_states import Stage
from cases.states import ClockCode
from cases.workflow import APPROVES, HANDLES, SIGNS
from deadlines.parts import cancel, meet, pause, resume, start_clock
from documents.models import Document, ServiceRecord
from lib.errors import NotAllowed, OutOfTurn, Unknown
from lib.transactions import require_transaction
from notices.models import Kind

# by when the reviewing organ decides (Art 35, 36)
DECIDES_BY: Mapping[str, ClockCode] = {Stage.REVIEW: ClockCode.T8, Stage.REEXAMINATION: ClockCode.T10}

# how long who asks has from his own receipt of the opinion
_TERMS: Mapping[str, str] = {Stage.REVIEW: "T7", Stage.REEXAMINATION: "T9"}


def lock_remedy(petition_id: UUID, remedy_id: UUID, hat: Hat) -> tuple[Petition, Remedy]:
    """Return a petition this hat may know of and one remedy on it, both held until the transaction ends.

    :raises Unknown: if there is none, or none for this hat (Q6)
    """
    petition = lock_petition(petition_id, hat)
    related = ("organ", "contested", "contested_organ", "handling__organ", "after")
    held = Remedy.objects.select_for_update(of=("self",), no_key=True).select_related(*related)
    remedy = held.filter(pk=remedy_id, petition=petition).first()
    if remedy is None:
        raise Unknown(_("There is no such review."))
    remedy.petition = remedy.handling.petition = petition
    return petition, remedy


def refuse_partial(remedy: Remedy, by: Hat) -> None:
    """Refuse whoever withdrew, is named in the petition, or had a hand in the opinion (Art 28(3); R-33).

    :raises NotAllowed: if he must not review it
    """
    if by.user.pk in users_kept_out(remedy.petition) or may.had_a_hand_in(by, remedy.contested):
        raise NotAllowed(_("You withdrew from this petition, or had a hand in the opinion (Art 28(3))."))


def refuse_kept_out(petition: Petition, by: Hat) -> None:
    """Refuse whoever withdrew from a petition or is named in it (Art 28(3); R-33).

    :raises NotAllowed: if he takes no step on it
    """
    if by.user.pk in users_kept_out(petition):
        raise NotAllowed(_("You are recused from this petition (Art 28(3))."))


def standing_of(handling: Handling, *, now: datetime) -> Standing:
    """Return where the remedies of one handling stand."""
    people = [person.pk for person in addressees(handling.petition)]
    return standings_of([handling], people=people, now=now)[0]


def applicants_of(remedy: Remedy) -> Sequence[Petitioner]:
    """Return who asks for a remedy and has not withdrawn his request."""
    positions = remedy.requests.filter(withdrawn_on=None).values("position")
    asking = Petitioner.objects.filter(petition=remedy.petition, position__in=positions)
    return list(asking.order_by("position"))


def is_in_time(remedy: Remedy, *, now: datetime) -> bool:
    """Test if one of the requests that stand came within the thirty days from its applicant's receipt (T7, T9)."""
    received = received_of([remedy.contested_id])[remedy.contested_id]
    terms = terms_of(_TERMS[remedy.stage], received.values(), now=now)
    position = {person.position: person.pk for person in applicants_of(remedy)}
    for asked in remedy.requests.filter(withdrawn_on=None):
        day = received.get(position[asked.position])
        last = None if day is None else terms[day].reckoning.last_day
        if last is None or asked.received_on <= last:
            return True
    return False


def served_on(remedy: Remedy) -> Sequence[Petitioner]:
    """Return whom a paper of a remedy is for: who asks, and every representative (Q17)."""
    asking = applicants_of(remedy)
    known = {person.pk for person in asking}
    return [*asking, *(each for each in addressees(remedy.petition) if each.pk not in known)]


def head_of(remedy: Remedy, by: Hat) -> dict[str, Any]:
    """Return what every paper of a remedy begins and ends with."""
    opinion = remedy.contested
    return {
        "petition_number": remedy.petition.number,
        "organ": remedy.organ.name,
        "addressee": "、".join(person.name for person in applicants_of(remedy)),
        "contact": contact_of(by),
        "reexamination": remedy.is_reexamination,
        "opinion_of": remedy.contested_organ.name,
        "opinion_number": opinion.number,
        "opinion_on": opinion.dated_on,
        "requested_on": remedy.requested_on,
    }


def start_remedy_clocks(remedy: Remedy, *, now: datetime) -> None:
    """Start what the reviewing organ owes, from the day of receipt on (T8 or T10; T15 as the office's own target)."""
    require_transaction("start_remedy_clocks")
    at = moment_of(remedy.requested_on, now=now)
    for code in (ClockCode.T15, DECIDES_BY[remedy.stage]):
        start_clock(
            PetitionClock,
            code,
            started_at=at,
            event="requested",
            now=now,
            petition=remedy.petition,
            organ=remedy.organ,
            remedy=remedy,
        )
    copy_next_due(remedy.petition)


def meet_remedy_clocks(remedy: Remedy, codes: Iterable[ClockCode], *, at: datetime, now: datetime) -> None:
    """Meet the clocks of these kinds that still run for a remedy."""
    require_transaction("meet_remedy_clocks")
    for clock in _running(remedy, codes):
        meet(clock, at=max(at, clock.started_at), now=now)
    copy_next_due(remedy.petition)


def end_remedy_clocks(remedy: Remedy, *, now: datetime) -> None:
    """Cancel what still runs for a remedy that ends without a decision."""
    require_transaction("end_remedy_clocks")
    for clock in _running(remedy, DECIDES_BY.values()):
        cancel(clock, at=now)
    for clock in _running(remedy, [ClockCode.T15]):
        cancel(clock, at=now)
    copy_next_due(remedy.petition)


def _running(remedy: Remedy, codes: Iterable[ClockCode]) -> Sequence[PetitionClock]:
    running = PetitionClock.objects.open().select_for_update(of=("self",)).select_related("rule")
    return list(running.filter(remedy=remedy, code__in=sorted(set(codes))).order_by("pk"))


def see_to_remedy(remedy: Remedy, *, now: datetime) -> None:
    """Meet T8 or T10 once everybody who asks has the paper posted or in hand (Art 35, 36; Q24)."""
    require_transaction("see_to_remedy")
    at = delivered_to_applicants_at(remedy, now=now)
    if at is not None:
        meet_remedy_clocks(remedy, [DECIDES_BY[remedy.stage]], at=at, now=now)


def delivered_to_applicants_at(
    remedy: Remedy, instead: Instead = NOTHING_INSTEAD, *, now: datetime
) -> datetime | None:
    """Return when the last of those who ask had the paper that ends a remedy posted or in hand; not before all have."""
    paper = remedy.paper
    if paper is None or not paper.is_issued:
        return None
    wanted = {person.pk for person in applicants_of(remedy)}
    delivered = delivered_on(Document.objects.filter(pk=paper.pk), instead)
    if not wanted <= set(delivered):
        return None
    return moment_of(max(delivered[person] for person in wanted), now=now)


def settle_serving(remedy: Remedy, document: Document, *, now: datetime) -> None:
    """Take the call to serve a paper of a remedy back once everyone it is for has it in hand."""
    require_transaction("settle_serving")
    served = ServiceRecord.objects.standing().filter(document=document)
    if {person.pk for person in served_on(remedy)} <= set(served.values_list("petitioner_ref", flat=True)):
        settle_call(remedy.petition, f"serve:{document.pk}", now=now)


def hang_paper(remedy: Remedy, document: Document) -> None:
    """Hang a paper of a remedy on the case, for all claims of the opinion."""
    numbers = remedy.handling.claims.values_list("number", flat=True)
    PetitionDocument.objects.hang(document, remedy.petition, remedy=remedy, claims=numbers)


def ask_for_approval(remedy: Remedy, document: Document, *, now: datetime) -> None:
    """Tell the heads of the reviewing organ of a draft; of one drawn up anew one call stands."""
    require_transaction("ask_for_approval")
    settle_call(remedy.petition, f"approve:{document.pk}", now=now)
    key = f"approve:{document.pk}:{document.version}"
    tell_organ(remedy.organ, APPROVES, Kind.PAPER_TO_APPROVE, remedy.petition, key=key, now=now)


def tell_of_request(remedy: Remedy, position: int, *, now: datetime) -> None:
    """Tell the reviewing organ that it is asked, and the earlier one that its opinion is contested."""
    require_transaction("tell_of_request")
    petition, key = remedy.petition, f"remedy:{remedy.pk}"
    tell_organ(remedy.organ, SIGNS, Kind.REMEDY_ASKED, petition, key=f"{key}:asked:{position}", now=now)
    tell_organ(
        remedy.contested_organ,
        HANDLES,
        Kind.OPINION_CONTESTED,
        petition,
        key=f"{key}:contested:{position}",
        now=now,
    )


def settle_request(remedy: Remedy, *, now: datetime) -> None:
    """Take the call to decide on a request back."""
    require_transaction("settle_request")
    settle_call(remedy.petition, f"remedy:{remedy.pk}:asked", now=now)


def tell_of_decision(remedy: Remedy, *, now: datetime) -> None:
    """Tell every organ whose opinion was decided on, once each."""
    require_transaction("tell_of_decision")
    organs = {
        remedy.contested_organ_id: remedy.contested_organ,
        remedy.handling.organ_id: remedy.handling.organ,
    }
    for organ in organs.values():
        key = f"remedy:{remedy.pk}:decided"
        tell_organ(organ, HANDLES, Kind.REMEDY_DECIDED, remedy.petition, key=key, now=now)


def reexamines(petition: Petition, organ: Organ) -> bool:
    """Test if an organ is re-examining an opinion on a petition: it may hear the parties on it (Art 36(1))."""
    going_on = Remedy.objects.going_on().filter(petition=petition, stage=Stage.REEXAMINATION)
    return going_on.filter(organ__in=Organ.objects.of_today(organ)).exists()


def leave_out_hearing(petition: Petition, organ: Organ, hearing: UUID, *, since: date, now: datetime) -> bool:
    """Write that the days of a hearing do not count in the re-examination an organ holds it in (Art 36(2)).

    Return whether it stopped a period: in no other case does a hearing do so, nor once the last day has come.
    """
    require_transaction("leave_out_hearing")
    running = PetitionClock.objects.open().select_for_update(of=("self",)).select_related("rule")
    ours = running.filter(petition=petition, organ__in=Organ.objects.of_today(organ))
    clock = ours.filter(code=ClockCode.T10).order_by("pk").first()
    if clock is None or clock.last_day is None or since >= clock.last_day:
        return False
    pause(clock, since=since, basis="Art 36(2)", now=now, hearing=hearing)
    copy_next_due(petition)
    return True


def count_again_after_hearing(
    petition: Petition, hearing: UUID, *, until: date, conclusion: str = "", now: datetime
) -> None:
    """Write the last day of a hearing that does not count, and what it came to; nothing where it stopped no period."""
    require_transaction("count_again_after_hearing")
    held = HearingTime.objects.filter(hearing=hearing, until=None).select_related("clock__rule").first()
    if held is None:
        return
    if held.clock.is_open:
        resume(held.clock, until=until, now=now)
    else:
        HearingTime.objects.filter(pk=held.pk).update(until=until)
    HearingTime.objects.filter(pk=held.pk).update(conclusion=conclusion)
    copy_next_due(petition)


def refuse_unless(remedy: Remedy, states: Iterable[str]) -> None:
    """Refuse a deed that does not follow from where a remedy stands.

    :raises OutOfTurn: if it stands elsewhere
    """
    if remedy.state not in set(states):
        raise OutOfTurn(_("The review does not stand where this could be done."))
