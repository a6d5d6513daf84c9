"""Looking for a person: asked what for, answered with five petitions at most, written down (Q5; protection §2.2)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import fingerprint, record
from cases import permissions as may
from cases.models import Petition, Petitioner
from cases.models.people import initials_of
from cases.search import in_this_order, narrowed_to
from cases.secrets import all_indexes
from cases.states import SearchPurpose
from cases.typed import PersonKind, Sought
from lib.errors import NotAllowed, Refused
from places.models import Place

MOST_PETITIONS = 5


@transaction.atomic(durable=True)
def find_person(
    sought: Sought,
    *,
    purpose: SearchPurpose,
    place_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
    by: Hat,
    now: datetime,
) -> tuple[Petition, ...]:
    """Return the newest petitions of a person that this hat may open anyway, five at most and never how many there are.

    Whether there are none or none for this hat, the answer is the same (Q6); what is void is no longer a petition of
    his (Q18). The audit keeps what for, and of the value
    a keyed mark.

    :raises NotAllowed: if this hat does not deal with petitioners
    :raises Refused: for the last digits of a telephone without a place or a period
    """
    if not may.may_search_people(by):
        raise NotAllowed(_("Only who deals with petitioners looks for one."))
    place = Place.objects.filter(pk=place_id).first() if place_id else None
    if sought.kind is PersonKind.PHONE_TAIL and not (place or since or until):
        message = _("The last four digits belong to many: add a place or a period.")
        raise Refused(message, fields={"place": message})
    facts = {
        "by": sought.kind,
        "what_for": purpose,
        "sought": fingerprint(f"{sought.kind}:{sought.value}"),
        "place": place.code if place else None,
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
    }
    given = {name: value for name, value in facts.items() if value is not None}
    record("person.search", by.post, by=by.actor, at=now, facts=given)
    visible = narrowed_to(
        Petition.objects.visible_to(by).standing(),
        place_path=place.path if place else "",
        since=since,
        until=until,
    )
    hits = visible.filter(pk__in=_people(sought).values("petition"))
    newest = hits.order_by("-received_at", "-pk").values_list("pk", flat=True)
    return in_this_order(list(newest[:MOST_PETITIONS]), hat=by)


def _people(sought: Sought) -> QuerySet[Petitioner]:
    """Return the rows of the open lane that are meant; reporters are in no index (protection §2.7)."""
    match sought.kind:
        case PersonKind.ID_NUMBER:
            meant = Q(id_number_index__in=all_indexes(sought.value, purpose="id_number"))
        case PersonKind.PHONE:
            meant = Q(phone_index__in=all_indexes(sought.value, purpose="phone"))
        case PersonKind.PHONE_TAIL:
            meant = Q(phone_tail_index__in=all_indexes(sought.value, purpose="phone_tail"))
        case PersonKind.INITIALS:
            return Petitioner.objects.alias(initials=initials_of("name_key")).filter(initials=sought.value)
        case PersonKind.NAME:
            meant = Q(name=sought.value)
    return Petitioner.objects.filter(meant)
