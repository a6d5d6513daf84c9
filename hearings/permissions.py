"""Who may do what about hearings; pages, the programs' door and the actions ask the same predicates."""

from django.db.models import Exists, OuterRef, Q

from accounts.hats import Hat
from accounts.models import OrganKind
from accounts.roles import Role
from assignments.models import ANSWERS
from cases.models import Petition
from cases.permissions import READS_ALONG
from cases.remedies.parts import reexamines
from hearings.models import Hearing, HearingQuerySet, Seat
from hearings.states import OVER, HearingState, SeatRole
from leadership.parts import led_by
from leadership.permissions import may_place

DECIDES = frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR, Role.UNIT_HEAD})
_OF_UNITS = frozenset({Role.CASE_OFFICER, Role.UNIT_HEAD})
_OF_REVIEWERS = _OF_UNITS | {Role.SECTION_HEAD}
ARRANGES = ANSWERS | {Role.HEARING_CLERK}
# whoever has a page of hearings
HEARS = ARRANGES | READS_ALONG


def hearings_for(hat: Hat) -> HearingQuerySet:
    """Return which hearings a hat reads: of petitions it sees, and those it sits in; none of the sealed lane (Q2)."""
    seated = Seat.objects.filter(hearing=OuterRef("pk"), post=hat.post, left_at=None)
    seen = Q(petition__in=Petition.objects.visible_to(hat))
    return Hearing.objects.of_open_lane().filter(seen | Q(Exists(seated)))


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
