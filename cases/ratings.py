"""Whom a petitioner may rate and until when, and who reads it before that (Q28; P-12; indicators.md §4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from cases.models import Handling, Petition, Petitioner, PetitionRating, QueryCode, Route
from cases.states import HandlingState, Routing
from cases.timeline import over_on
from documents.models import ServiceRecord
from infra.local_settings import Setting, value_of
from lib.errors import Unknown
from lib.transactions import require_transaction

# the reply of such a handling was handed over
REPLIED = frozenset({HandlingState.SERVED, HandlingState.EXECUTING, HandlingState.EXECUTED})
_OVER = frozenset({Routing.FINISHED, Routing.ENDED})


@dataclass(frozen=True)
class Window:
    """Whom the main petitioner may rate, for which reply, and until when; no last day while the matter goes on.

    Without a handling it is the office.
    """

    organ: Organ
    handling: Handling | None
    closes_on: date | None
    said: PetitionRating | None

    def is_open(self, today: date) -> bool:
        return self.closes_on is None or today <= self.closes_on

    @property
    def key(self) -> str:
        """The word that stands for it in a form."""
        return "office" if self.handling is None else str(self.handling.pk)


def windows_of(petition: Petition, *, now: datetime) -> Sequence[Window]:
    """Return whom a petition lets be rated by now, the office first; closed windows too.

    What is sealed or void is not rated, nor what concerns litigation (law.md §4, P08): the figures leave it out.
    """
    if petition.sealed or petition.is_void or petition.litigation_related:
        return []
    said = {each.handling_id: each for each in _standing(petition)}
    return [*_of_the_office(petition, said.get(None)), *_of_replies(petition, said, now)]


def _standing(petition: Petition) -> Iterator[PetitionRating]:
    """Yield what stands: of the office, and of each reply that was not revoked since."""
    rows = PetitionRating.objects.standing().filter(petition=petition).select_related("handling")
    return (each for each in rows if each.handling is None or each.reply_id == each.handling.opinion_id)


def _of_the_office(petition: Petition, said: PetitionRating | None) -> Iterator[Window]:
    office = petition.register_organ
    routes = Route.objects.filter(petition=petition, ended_at=None)
    if office.kind != OrganKind.PETITION_OFFICE or not any(route.holds for route in routes):
        return
    ended_on = over_on(petition) if petition.routing in _OVER else None
    yield Window(office, None, _last_day(ended_on) if ended_on else None, said)


def _of_replies(
    petition: Petition, said: dict[UUID | None, PetitionRating], now: datetime
) -> Iterator[Window]:
    rows = Handling.objects.filter(petition=petition, ended_at=None, state__in=sorted(REPLIED))
    replied = list(rows.exclude(opinion=None).select_related("organ").order_by("sent_at", "pk"))
    served = dict(
        ServiceRecord.objects.standing()
        .filter(document__in=[handling.opinion_id for handling in replied])
        .values_list("document")
        .annotate(last=Max("served_on"))
    )
    today = timezone.localdate(now)
    for handling in replied:
        # a settled dispute has a reply that nobody was served yet
        last = served.get(handling.opinion_id)
        if last is not None and last <= today:
            yield Window(handling.organ, handling, _last_day(last), said.get(handling.pk))


def _last_day(since: date) -> date:
    return since + timedelta(days=value_of(Setting.RATING_DAYS, on=since))


def reads_before_it_closes(hat: Hat, petition: Petition) -> bool:
    """Test if a hat reads ratings while they may still be changed: the office, where it handled nothing itself.

    Nobody of an organ that is rated does, and so the office does not read what is said of itself (protection §2.12).
    """
    if hat.organ.kind != OrganKind.PETITION_OFFICE:
        return False
    return not petition.handlings.filter(organ__in=Organ.objects.of_today(hat.organ), ended_at=None).exists()


def is_read_by(window: Window, hat: Hat, *, outside: bool, today: date) -> bool:
    """Test if a hat reads what was said; `outside` is whether it `reads_before_it_closes`."""
    if not window.is_open(today):
        return True
    return outside and not hat.organ.is_or_carries_on(window.organ)


def hold_by_code(code_id: int) -> tuple[Petition, QueryCode]:
    """Return the petition of a query code that holds, held until the transaction ends.

    :raises Unknown: if the code was issued anew, or the petition is sealed by now
    """
    require_transaction("hold_by_code")
    known = QueryCode.objects.filter(pk=code_id).values_list("petition", flat=True)
    rows = Petition.objects.select_for_update(of=("self",), no_key=True).select_related("register_organ")
    petition = rows.filter(pk__in=known, sealed=False).first()
    code = QueryCode.objects.select_related("petitioner").filter(pk=code_id, replaced_at=None).first()
    if petition is None or code is None:
        raise Unknown(_("This page is no longer open. Look the petition up again."))
    return petition, code


def person_of(code: QueryCode) -> Petitioner | None:
    """Return whose code it is: the main petitioner's where it is the petition's own (Q17); nobody if he is unnamed."""
    main = Petitioner.objects.filter(petition=code.petition_id, is_main=True)
    return code.petitioner or main.first()
