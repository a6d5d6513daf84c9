"""Rows of a list of petitions, as words: lamp, what, where, how (design §5, Tables and lists)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organ
from cases.marks import Mark, marks_of
from cases.models import Claim, Petition, Petitioner
from cases.remedy_states import IN_REMEDY, Stage
from cases.states import OPEN, Channel, EndKind, Routing
from deadlines.lamps import Band, Colour, Lamp, lamp_of
from lib.among import among_given, array_of
from lib.masking import mask_name, mask_text
from lib.prepared import Given, prepared


@dataclass(frozen=True)
class LedgerRow:
    """One petition as a list shows it; every name covered."""

    petition: Petition
    lamp: Lamp
    title: str
    name: str
    others: int
    township: str
    place: str
    state: str
    # the last day of the nearest statutory period, where one runs
    last_day: date | None
    marks: Sequence[Mark]
    # who leads it; `None` where the list does not ask
    units: Sequence[Organ] | None = None
    # who of its organs reads it (经办人), where the list asks
    readers: Sequence[str] = ()
    # to the discipline organ
    handed_over: bool = False

    @property
    def channel(self) -> str:
        return str(Channel(self.petition.channel).label)


def rows_of(
    petitions: Iterable[Any],
    *,
    now: datetime,
    leading: Mapping[UUID, Sequence[Organ]] | None = None,
    repeats: Collection[UUID] = (),
    readers: Mapping[UUID, Sequence[str]] | None = None,
) -> list[LedgerRow]:
    """Return the rows of petitions loaded by `for_list`, in two further queries: who brought them, where they stand.

    `leading` says who leads each, `repeats` which of them are repeats, `readers` who reads each,
    where the list shows it.
    """
    petitions, today = list(petitions), timezone.localdate(now)
    if not petitions:
        return []
    # Asked for those of one page: in the statement that looks for them the database works out the state of all.
    keys = array_of([petition.pk for petition in petitions])
    stand = {key: flags for key, *flags in _states(keys=keys)}
    named: dict[UUID, list[str]] = defaultdict(list)
    for key, name in _representatives(keys=keys):
        named[key].append(name)
    rows = []
    for petition in petitions:
        to_sign_for, handed_over, supervised, sponsored, in_remedy = stand[petition.pk]
        row = row_of(
            petition,
            lamp=lamp_of_petition(petition, now, handed_over=handed_over),
            state=state_words(
                petition, to_sign_for=to_sign_for, handed_over=handed_over, in_remedy=in_remedy
            ),
            title=petition.words.title,
            names=named[petition.pk],
            marks=marks_of(
                petition,
                is_repeat=petition.pk in repeats,
                is_supervised=supervised,
                is_sponsored=sponsored,
            ),
            units=None if leading is None else leading.get(petition.pk, ()),
            readers=(readers or {}).get(petition.pk, ()),
            handed_over=handed_over,
            today=today,
        )
        rows.append(row)
    return rows


@prepared
def _states(keys: Given) -> QuerySet[Petition, tuple[Any, ...]]:
    found = ("to_sign_for", "handed_over", "supervised", "sponsored", "in_remedy")
    return Petition.objects.filter(pk__in=among_given(keys)).with_state().values_list("pk", *found)


@prepared
def _representatives(keys: Given) -> QuerySet[Petitioner, tuple[UUID, str]]:
    seated = Petitioner.objects.filter(petition__in=among_given(keys)).exclude(representative_no=None)
    return seated.order_by("petition", "representative_no").values_list("petition", "name")


def lamp_of_petition(
    petition: Petition, now: datetime, *, over_on: date | None = None, handed_over: bool = False
) -> Lamp:
    """Return the lamp of a petition; of one that is over what became of it, with the day where it is known.

    A report handed over to the discipline organ, on which no period runs any more, is over for whoever handed it over.
    """
    if handed_over and petition.sealed and petition.next_due_at is None:
        said = _("Handed over")
        return Lamp(Colour.DONE, Band.MET, said=f"{said} {over_on:%Y-%m-%d}" if over_on else said)
    if petition.routing in OPEN or petition.next_due_at is not None:
        return lamp_of(petition.next_due_at, petition.next_amber_at, now)
    finished = petition.routing == Routing.FINISHED
    over = EndKind(petition.ended_as).label if petition.ended_as else Routing(petition.routing).label
    said = f"{over} {over_on:%Y-%m-%d}" if over_on else str(over)
    return Lamp(Colour.DONE if finished else Colour.NOT_RUNNING, Band.MET, said=said)


def state_words(
    petition: Petition,
    *,
    to_sign_for: bool,
    handed_over: bool = False,
    in_remedy: str | None = None,
    claims: Collection[Claim] = (),
) -> str:
    """Return where a petition stands: what is open of its way, also where an organ has not signed for it (Q22).

    With its claims said more closely: which of them have no way yet while others have one, or that their keeping is
    not countersigned (Q13). A sealed one that went to the discipline organ says so (R-13). While an opinion on it is
    reviewed or re-examined, that is where it stands (Art 35, 36).
    """
    if handed_over and petition.sealed:
        return _("Handed over to the discipline organ")
    if in_remedy and not petition.sealed:
        return str(IN_REMEDY[Stage(in_remedy)].label)
    if petition.routing == Routing.ROUTED and to_sign_for and not petition.sealed:
        return _("To be signed for")
    words = str(Routing(petition.routing).label)
    if petition.routing != Routing.REGISTERED or petition.sealed or not claims:
        return words
    left = [str(claim.number) for claim in claims if claim.route_id is None]
    if not left:
        return _("Keeping to be countersigned")
    if len(left) == len(claims):
        return words
    return _("%(state)s: claim %(numbers)s") % {"state": words, "numbers": "、".join(left)}


def row_of(
    petition: Petition,
    *,
    lamp: Lamp,
    state: str,
    title: str,
    names: Sequence[str],
    marks: Sequence[Mark],
    units: Sequence[Organ] | None,
    readers: Sequence[str] = (),
    handed_over: bool = False,
    today: date,
) -> LedgerRow:
    """Return one row from its parts; of the petition its own columns are read, and its place."""
    place = petition.place
    is_village = place.level == "village"
    return LedgerRow(
        petition=petition,
        lamp=lamp,
        title=mask_text(title, names=names),
        name=mask_name(names[0]) if names else "",
        others=petition.petitioner_count,
        township=place.parent.short_name if is_village and place.parent else place.short_name,
        place=place.short_name if is_village else "",
        state=state,
        last_day=None if lamp.days_left is None else today + timedelta(days=lamp.days_left),
        marks=marks,
        units=units,
        readers=readers,
        handed_over=handed_over,
    )
