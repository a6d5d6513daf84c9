"""Who may do what to a petition. Each rule is one function; nothing else decides."""

from django.db.models import QuerySet

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from accounts.roles import MAY_REGISTER, ORGAN_WIDE, PLACE_WIDE, Role
from cases.models import Handling, ImportBatch, Petition
from cases.models.imports import CONFIRMS_WITHDRAWAL, TAKES_IN_LISTS
from cases.models.reconciliations import RECONCILES
from cases.states import Receipt
from lib.prepared import Given, prepared

# Staff who deal with petitioners and so may see one masked field at a time, audited (design §1.7; protection §2.10).
_DEALS_WITH_PETITIONERS = frozenset(
    {Role.REGISTRAR, Role.PETITION_OFFICER, Role.SECTION_HEAD, Role.CASE_OFFICER, Role.SEALED_LANE_OFFICER}
)
_CORRECTS = frozenset({Role.REGISTRAR, Role.PETITION_OFFICER, Role.SECTION_HEAD})
# Roles that could deal with a report; registrars, grid workers and administrators are not let into the lane.
MAY_BE_LET_IN = frozenset(
    {
        Role.SEALED_LANE_OFFICER,
        Role.PETITION_OFFICER,
        Role.SECTION_HEAD,
        Role.OFFICE_DIRECTOR,
        Role.CASE_OFFICER,
        Role.UNIT_HEAD,
        Role.LEADER,
    }
)
_DUTY = frozenset({*_DEALS_WITH_PETITIONERS, Role.OFFICE_DIRECTOR, Role.UNIT_HEAD})


# who reads along what a place's offices do about its units
READS_ALONG = frozenset({Role.LEADER, Role.LEADER_SECRETARY, Role.INSPECTOR})
_OVER_UNITS = frozenset({OrganKind.PETITION_OFFICE, OrganKind.JOINT_CONFERENCE_OFFICE})


def reads_supervision(hat: Hat) -> bool:
    """Read how units are supervised before anything is sent: offices that do it, and who reads along (Art 40)."""
    return hat.organ.kind in _OVER_UNITS or hat.role in READS_ALONG


def may_register(hat: Hat) -> bool:
    """Any organ registers what comes to it, if it has a number series (Art 22, 23; Q30)."""
    return hat.role in MAY_REGISTER and hat.organ.number_prefix is not None


def registers_for_office(hat: Hat) -> bool:
    """A community or station without a series of its own takes in for the office above it (Q30)."""
    return hat.role in MAY_REGISTER and hat.organ.number_prefix is None


def may_take_in_lists(hat: Hat) -> bool:
    """Take in a list of another system: whoever registers and routes in an office with its own numbers."""
    return hat.role in TAKES_IN_LISTS and hat.organ.number_prefix is not None


def may_reconcile(hat: Hat) -> bool:
    """Compare a superior's list, explain what differs and sign: an office with numbers of its own (Q43)."""
    return hat.role in RECONCILES and hat.organ.number_prefix is not None


def may_ask_withdrawal(hat: Hat, batch: ImportBatch) -> bool:
    """Ask that all of a loading become void: whoever may load for the same office (Q18)."""
    return may_take_in_lists(hat) and hat.organ.is_or_carries_on(batch.source.organ)


def may_confirm_withdrawal(hat: Hat, batch: ImportBatch) -> bool:
    """Decide on it: a section head or the director, and another person than asked (Q18)."""
    return hat.role in CONFIRMS_WITHDRAWAL and hat.organ.is_or_carries_on(batch.source.organ)


def may_read_ledger(hat: Hat) -> bool:
    """Roles that have part in petitions at all."""
    return hat.role in ORGAN_WIDE or hat.role in {Role.LEADER, Role.LEADER_SECRETARY}


def may_take_ledger_out(hat: Hat) -> bool:
    """Export or print the ledger, always masked (Q4): whoever has an open one; the lane's list stays inside (Q2)."""
    return may_read_ledger(hat)


def may_search_people(hat: Hat) -> bool:
    """Look for a person by number or name (Q5): staff who deal with petitioners; the lane has its own list."""
    return hat.role in _DEALS_WITH_PETITIONERS and hat.role != Role.SEALED_LANE_OFFICER


def may_reveal(hat: Hat, petition: Petition) -> bool:
    """Open one masked field: staff of the organ that registered the petition, looks after its place, or leads it.

    A unit must reach the petitioner (Art 32) once it has signed for the petition; while it may still send it back, or
    assists only, it has no need to.
    """
    if hat.role not in _DEALS_WITH_PETITIONERS:
        return False
    return _at_home(hat, petition.register_organ, petition) or _leads(hat, petition)


def may_correct(hat: Hat, petition: Petition) -> bool:
    """Put a registered field right: staff of the registering organ, or of the one that carries it on (Q18, Q29)."""
    return hat.role in _CORRECTS and hat.organ.is_or_carries_on(petition.register_organ)


def may_propose_void(hat: Hat, petition: Petition) -> bool:
    """Propose to void a double entry or a test (Q18)."""
    return may_correct(hat, petition)


def may_confirm_void(hat: Hat, petition: Petition) -> bool:
    """Confirm it: a section head or the director, and another person than proposed it (Q18)."""
    decides = hat.role in {Role.SECTION_HEAD, Role.OFFICE_DIRECTOR}
    return decides and hat.organ.is_or_carries_on(petition.register_organ)


def may_seal(hat: Hat, petition: Petition) -> bool:
    """Seal an open petition: whoever registers or routes in its organ; better one too many than one too late (Q1)."""
    return (
        hat.role in PLACE_WIDE | MAY_REGISTER
        and hat.role != Role.INSPECTOR
        and _at_home(hat, petition.register_organ, petition)
    )


def may_unseal(hat: Hat) -> bool:
    """Only a sealed-lane officer unseals, with reason (Q1)."""
    return hat.role == Role.SEALED_LANE_OFFICER


def may_note(hat: Hat, petition: Petition) -> bool:
    """Write an enquiry, an attachment or an original onto the case (Q15)."""
    return hat.role in _DEALS_WITH_PETITIONERS


def may_issue_code(hat: Hat, petition: Petition) -> bool:
    """Issue a query code anew or shut a file away: staff of the registering organ or of the place (Q17, Q18)."""
    return hat.role in _DEALS_WITH_PETITIONERS and _at_home(hat, petition.register_organ, petition)


def is_case_team_or_duty(hat: Hat, petition: Petition) -> bool:
    """Read and write safety notes and conduct records: case team and duty leader only (Q7)."""
    return hat.role in _DUTY and _at_home(hat, petition.register_organ, petition)


def takes_down_ratings(hat: Hat, petition: Petition) -> bool:
    """Take down what a petitioner says of how he was dealt with: staff of the petition office (Q28)."""
    at_office = hat.organ.kind == OrganKind.PETITION_OFFICE and hat.role in _DEALS_WITH_PETITIONERS
    return at_office and _at_home(hat, petition.register_organ, petition)


def reads_backdated(hat: Hat) -> bool:
    """See the list of received days typed late (Q25)."""
    return hat.role in {Role.INSPECTOR, Role.OFFICE_DIRECTOR}


def _leads(hat: Hat, petition: Petition) -> bool:
    """Test if the hat's organ leads claims of the petition and has received them (Q22)."""
    return bool(_received(petition=petition.pk, organ=hat.organ.pk))


@prepared
def _received(petition: Given, organ: Given) -> QuerySet[Handling]:
    received = Handling.objects.filter(petition=petition, receipt=Receipt.RECEIVED, ended_at=None)
    return received.filter(organ__in=Organ.objects.of_today(organ))[:1]


def _at_home(hat: Hat, register_organ: Organ, petition: Petition) -> bool:
    if hat.organ.is_or_carries_on(register_organ) or hat.role == Role.SEALED_LANE_OFFICER:
        return True
    return hat.sees_its_place and petition.place_path.startswith(hat.organ.place.path)
