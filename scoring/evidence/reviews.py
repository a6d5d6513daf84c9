"""Opinions that were set aside by the organ next above (Art 35, 36; R-43)."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils import timezone

from cases.models import Remedy
from cases.remedy_states import RemedyOutcome, RemedyState
from scoring.catalogue import Evidence
from scoring.evidence.causes import Cause, Fact
from scoring.states import FactKind

_EVIDENCE_OF: Mapping[str, tuple[Evidence, FactKind]] = {
    RemedyOutcome.REVOKE: (Evidence.REVOKED, FactKind.OPINION_REVOKED),
    RemedyOutcome.REMAND: (Evidence.REMANDED, FactKind.OPINION_REMANDED),
}


def set_aside(*, since: datetime, now: datetime) -> Iterator[Cause]:
    """Yield every opinion that was revoked or sent back from a moment until now, of the organ that had issued it."""
    rows = Remedy.objects.filter(
        state=RemedyState.DECIDED,
        outcome__in=sorted(_EVIDENCE_OF),
        decided_at__gte=since,
        decided_at__lte=now,
        petition__sealed=False,
    )
    for remedy in rows.select_related("petition").order_by("pk").iterator():
        assert remedy.decided_at is not None  # noqa: S101  a decided one has its moment
        evidence, kind = _EVIDENCE_OF[remedy.outcome]
        day = timezone.localdate(remedy.decided_at)
        yield Cause(
            evidence=evidence,
            key=f"remedy:{remedy.pk}",
            organ_id=remedy.contested_organ_id,
            petition=remedy.petition,
            happened_on=day,
            facts=[Fact(kind=kind, happened_on=day, petition_id=remedy.petition_id)],
        )
