"""Our side of a reconciliation, read in a fixed number of statements however long the list is (Q43)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import CharField, F, Func, Max, Q
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ
from audit.models import Entry
from cases.models import Handling, Petition, Reconciliation
from cases.reconciling.comparing import Asked, Ours
from cases.reconciling.rows import same_number
from cases.states import FROM_ABOVE, Routing


def asked_of(reconciliation: Reconciliation) -> Asked:
    """Return what a reconciliation's list is a list of."""
    return Asked(reconciliation.source, reconciliation.from_on, reconciliation.to_on)


def ours_of(reconciliation: Reconciliation, numbers: Iterable[str], hat: Hat) -> list[Ours]:
    """Return the petitions from above that a list is held against, of the office it was sent to and its forerunners.

    That is whatever stands under one of its numbers, and whatever is of its superior and period. The sealed lane is
    not asked: a number that stands there alone is one that is not here (Q1).
    """
    asked = asked_of(reconciliation)
    period = Q(superior_date__range=(asked.from_on, asked.to_on))
    if asked.source:
        period &= Q(source=asked.source)
    if reconciliation.superior_organ:
        period &= Q(superior_organ=reconciliation.superior_organ)
    organs = Organ.objects.of_today(reconciliation.organ)
    rows = (
        Petition.objects.visible_to(hat)
        .filter(register_organ__in=organs, source__in=sorted(FROM_ABOVE))
        .exclude(superior_number="")
        .annotate(compared_number=_Compared(F("superior_number")))
        .filter(period | Q(compared_number__in={same_number(number) for number in numbers if number}))
    )
    petitions = list(rows.select_related("register_organ__carried_on_by").order_by("pk"))
    finished = _finished_on([one.pk for one in petitions if one.routing == Routing.FINISHED])
    leading = _leading([one.pk for one in petitions])
    return [_as_compared(one, finished.get(one.pk), leading.get(one.pk, [])) for one in petitions]


class _Compared(Func):
    """A number as `same_number` writes it."""

    template = r"upper(regexp_replace(normalize(%(expressions)s, NFKC), '\s', '', 'g'))"
    output_field = CharField()


def _as_compared(petition: Petition, finished_on: date | None, leading: Collection[Organ]) -> Ours:
    return Ours(
        petition_id=petition.pk,
        number=petition.superior_number,
        source=petition.source,
        routing=petition.routing,
        sent_on=petition.superior_date,
        received_on=timezone.localdate(petition.received_at),
        due_on=petition.superior_due_on,
        finished_on=finished_on,
        units=tuple(organ.short_name for organ in leading),
        unit_names=_names([petition.register_organ, *leading]),
    )


def _names(organs: Iterable[Organ]) -> frozenset[str]:
    """Return what a superior may call these organs: by name, in short, or as whoever carries them on."""
    today = [organ.carried_on_by for organ in organs if organ.carried_on_by_id]
    return frozenset(
        name for organ in (*organs, *filter(None, today)) for name in (organ.name, organ.short_name)
    )


def _leading(petition_ids: Collection[UUID]) -> Mapping[UUID, list[Organ]]:
    leading: dict[UUID, list[Organ]] = defaultdict(list)
    handlings = Handling.objects.filter(petition__in=petition_ids, ended_at=None)
    for handling in handlings.select_related("organ__carried_on_by").order_by("sent_at", "pk"):
        leading[handling.petition_id].append(handling.organ)
    return leading


def _finished_on(petition_ids: Collection[UUID]) -> Mapping[UUID, date]:
    """Return the day of 办结 by the audit; none of a petition that arrived here as finished."""
    finished = Entry.objects.filter(
        verb="petition.finish",
        subject_kind=Petition._meta.label_lower,
        subject_id__in=[str(pk) for pk in petition_ids],
    )
    last = finished.values_list("subject_id").annotate(last=Max("at"))
    return {UUID(subject_id): timezone.localdate(at) for subject_id, at in last}
