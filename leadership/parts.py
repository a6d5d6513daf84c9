"""What the deeds of this room share. They open no transaction and refuse to work without one."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post
from accounts.roles import Role
from cases.models import Handling, Petition
from cases.parts import excluded_organs, users_kept_out
from leadership.models import Slip
from lib.errors import Unknown
from lib.transactions import require_transaction
from lib.trees import paths_above
from notices.models import Kind
from notices.parts import tell


def hold_open_lane(petition_id: UUID) -> Petition:
    """Return a petition of the open lane, held, for whoever answers what is asked of him without reading it.

    :raises Unknown: if there is none, or it is sealed (Q2)
    """
    require_transaction("hold_open_lane")
    rows = Petition.objects.select_for_update(of=("self",), no_key=True).select_related("register_organ")
    petition = rows.filter(pk=petition_id, sealed=False).first()
    if petition is None:
        raise Unknown(_("There is no such petition."))
    return petition


def hold_slip(slip_id: UUID, hat: Hat) -> Slip:
    """Return a slip of the hat's own office with its petition, both held, the petition first.

    :raises Unknown: if there is none, it is another office's, or the petition was sealed (Q2, Q6)
    """
    require_transaction("hold_slip")
    found = Slip.objects.of_issuer(hat).filter(pk=slip_id).values_list("petition", flat=True).first()
    if found is None:
        raise Unknown(_("There is no such supervision slip."))
    petition = hold_open_lane(found)
    slip = (
        Slip.objects.select_for_update(of=("self",))
        .select_related("issuer", "addressee", "document", "assignment")
        .get(pk=slip_id)
    )
    slip.petition = petition
    return slip


def led_by(petition: Petition, organ: Organ) -> bool:
    """Test if an organ leads claims of a petition."""
    return Handling.objects.filter(petition=petition, organ=organ, ended_at=None).exists()


def organs_kept_out(petition: Petition) -> set[int]:
    """Return the units nothing about a petition is sent: those complained of, and what they became (Q2)."""
    return excluded_organs(petition, below=False)


def office_over(petition: Petition) -> Organ | None:
    """Return the petition office that supervises a petition: who registered it, or the nearest of its place."""
    return own_office(petition) or nearest_office(petition_offices(), petition)


def own_office(petition: Petition) -> Organ | None:
    """Return the petition office that registered a petition, or what carries it on; nothing if it was no office."""
    if petition.register_organ.kind != OrganKind.PETITION_OFFICE:
        return None
    return petition.register_organ.carried_on_by or petition.register_organ


def petition_offices() -> list[Organ]:
    """Return the petition offices of today, each with its place."""
    offices = Organ.objects.current().filter(kind=OrganKind.PETITION_OFFICE)
    return list(offices.select_related("place").order_by("pk"))


def nearest_office(offices: Iterable[Organ], petition: Petition) -> Organ | None:
    """Return the one of some offices whose place is the nearest around a petition's."""
    around = [office for office in offices if petition.place_path.startswith(office.place.path)]
    return max(around, key=lambda office: len(office.place.path), default=None)


def conference_office_of(petition: Petition) -> Organ | None:
    """Return the joint conference's office for a petition's place, the nearest one."""
    offices = Organ.objects.current().filter(
        kind=OrganKind.JOINT_CONFERENCE_OFFICE, place__path__in=paths_above(petition.place_path)
    )
    return offices.order_by("-place__path", "pk").first()


def tell_office(
    office: Organ, roles: Iterable[Role], kind: Kind, petition: Petition, *, key: str, now: datetime
) -> None:
    """Tell those of an office who supervise, but for whom the petition is to be kept from (Q2, R-33)."""
    require_transaction("tell_office")
    held = Post.objects.held_on(timezone.localdate(now)).filter(
        Q(organ=office.carried_on_by_id or office.pk), role__in=sorted(set(roles))
    )
    posts = held.exclude(user__in=users_kept_out(petition)).values_list("pk", flat=True)
    tell(posts, kind, key=f"petition:{petition.pk}:{key}", subject_id=str(petition.pk), now=now)
