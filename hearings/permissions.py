"""Who may do what about hearings and planned decisions; pages, programs and the actions ask the same predicates."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post
from accounts.roles import Role
from assignments.models import ANSWERS
from cases.models import Petition
from cases.permissions import READS_ALONG
from cases.remedies.parts import reexamines
from hearings.models import DecisionQuerySet, Hearing, HearingQuerySet, PlannedDecision, RiskAssessment, Seat
from hearings.states import OVER, HearingState, SeatRole
from leadership.parts import led_by
from leadership.permissions import may_place

DECIDES = frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR, Role.UNIT_HEAD})
_OF_UNITS = frozenset({Role.CASE_OFFICER, Role.UNIT_HEAD})
_OF_REVIEWERS = _OF_UNITS | {Role.SECTION_HEAD}
ARRANGES = ANSWERS | {Role.HEARING_CLERK}
_LEADS = frozenset({Role.LEADER, Role.LEADER_SECRETARY})
# whoever has a page of hearings
HEARS = ARRANGES | READS_ALONG


def hearings_for(hat: Hat) -> HearingQuerySet:
    """Return which hearings a hat reads: of petitions it sees, and those it sits in; none of the sealed lane (Q2)."""
    seated = Seat.objects.filter(hearing=OuterRef("pk"), post=hat.post, left_at=None)
    # each hearing asks for its own petition: there are few hearings, and a hat may see a million petitions
    seen = Petition.objects.visible_to(hat).filter(pk=OuterRef("petition"))
    return Hearing.objects.of_open_lane().filter(Q(Exists(seen)) | Q(Exists(seated)))


def may_ask(hat: Hat, petition: Petition) -> bool:
    """Note that a hearing is asked for: the office, who works in a unit that leads or re-examines it (Art 31, 36)."""
    of_unit = hat.role in _OF_UNITS and led_by(petition, hat.organ)
    return may_place(hat) or of_unit or (hat.role in _OF_REVIEWERS and reexamines(petition, hat.organ))


def arranges(hat: Hat, hearing: Hearing) -> bool:
    """Arrange a hearing and lead through it: who works on petitions in the organ that holds it, and its clerks."""
    return hat.role in ARRANGES and hat.organ.is_or_carries_on(hearing.organ)


def decides(hat: Hat, hearing: Hearing) -> bool:
    """Grant or decline a hearing: a head of the organ that holds it, not the person who noted that it is asked for."""
    of_it = hat.role in DECIDES and hat.organ.is_or_carries_on(hearing.organ)
    return of_it and hat.user.pk != hearing.noter_id


def writes_record(hat: Hat, hearing: Hearing) -> bool:
    """Write the record: the clerk of this hearing, and who arranges it."""
    clerk = Seat.objects.filter(hearing=hearing, role=SeatRole.CLERK, post=hat.post, left_at=None)
    return arranges(hat, hearing) or clerk.exists()


def may_call_off(hat: Hat, hearing: Hearing) -> bool:
    """Call a hearing off before its conclusion: a head of the organ that holds it."""
    over = hearing.state in OVER or hearing.state == HearingState.CONCLUDED
    return not over and hat.role in DECIDES and hat.organ.is_or_carries_on(hearing.organ)


def may_publish(hat: Hat, hearing: Hearing) -> bool:
    """Publish what is left of a closed public hearing after redaction: a head of the organ that holds it."""
    free = hearing.is_closed and hearing.is_public and hearing.published_at is None
    return free and hat.role in DECIDES and hat.organ.is_or_carries_on(hearing.organ)


def keeps_registry(hat: Hat) -> bool:
    """Keep rooms and the registry of panel members: a petition office."""
    return hat.organ.kind == OrganKind.PETITION_OFFICE and may_place(hat)


def decisions_for(hat: Hat) -> DecisionQuerySet:
    """Return which planned decisions a hat reads: its organ's; offices and leaders those of their whole place."""
    of_place = hat.sees_its_place or (hat.role in _LEADS and hat.organ.kind == OrganKind.LEADING_BODY)
    if of_place:
        return PlannedDecision.objects.filter(organ__place__path__startswith=hat.organ.place.path)
    return PlannedDecision.objects.filter(organ__in=Organ.objects.of_today(hat.organ))


def plans(hat: Hat) -> bool:
    """Enter what an organ plans to decide: whoever works for it on what it answers for."""
    return hat.role in ANSWERS


def prepares(hat: Hat, decision: PlannedDecision) -> bool:
    """Write drafts, consultations and assessments of a planned decision: who works in the organ that plans it."""
    return hat.role in ANSWERS and hat.organ.is_or_carries_on(decision.organ)


def sits_on_decisions(organ: Organ, *, on: date) -> QuerySet[Post]:
    """Return who may chair a hearing on a decision of an organ or keep its record: its own posts of a day."""
    return Post.objects.held_on(on).filter(organ=organ, role__in=sorted(ARRANGES))


def decides_on_risk(hat: Hat, assessment: RiskAssessment) -> bool:
    """Decide on an assessment: a head of the organ that plans it who wrote nothing of it himself ([L27] Art 24)."""
    if not ends_decision(hat, assessment.draft.decision) or hat.user.pk == assessment.drawer_id:
        return False
    return not assessment.points.filter(writer=hat.user).exists()


def ends_decision(hat: Hat, decision: PlannedDecision) -> bool:
    """Write that a planned decision was made, or give it up: a head of the organ that plans it."""
    return hat.role in DECIDES and hat.organ.is_or_carries_on(decision.organ)
