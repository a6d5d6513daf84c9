"""What of hearings waits for a person: on the first page of whoever decides on them or arranges them."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.models import Organ
from assignments.models import ANSWERS
from hearings import permissions as may
from hearings.decision_states import DecisionHearingState
from hearings.models import DecisionHearing, PlannedDecision, RiskAssessment, RiskPoint
from hearings.states import HEARD, HearingState
from lib.keyset import capped_count


def risks_that_wait_for(hat: Hat) -> int:
    """Return how many submitted risk assessments a hat may decide on (capped): those it wrote nothing of."""
    if hat.role not in may.DECIDES:
        return 0
    rows = RiskAssessment.objects.submitted().exclude(drawer=hat.user)
    rows = rows.exclude(pk__in=RiskPoint.objects.filter(writer=hat.user).values("assessment"))
    mine = PlannedDecision.objects.prepared().filter(organ__in=Organ.objects.of_today(hat.organ))
    return capped_count(rows.filter(draft__decision__in=mine))


def opinions_that_wait_for(hat: Hat) -> int:
    """Return how many public hearings of a hat's organ have opinions to be studied (capped; [L27] Art 18)."""
    if hat.role not in ANSWERS:
        return 0
    mine = PlannedDecision.objects.prepared().filter(organ__in=Organ.objects.of_today(hat.organ))
    rows = DecisionHearing.objects.filter(state=DecisionHearingState.RECORDED, draft__decision__in=mine)
    return capped_count(rows)


def waits_for(hat: Hat) -> Iterator[tuple[str | Promise, str, int]]:
    """Yield what waits for a hat: words, icon, how many (capped)."""
    if hat.role not in may.ARRANGES:
        return
    rows = may.hearings_for(hat).filter(organ__in=Organ.objects.of_today(hat.organ))
    if hat.role in may.DECIDES:
        asked = rows.filter(state=HearingState.ASKED).exclude(noter=hat.user)
        yield _("Hearings to decide on"), "scale", capped_count(asked)
    yield _("Hearings to call"), "calendar-event", capped_count(rows.filter(state=HearingState.GRANTED))
    held = [HearingState.CALLED, *HEARD, HearingState.CONCLUDED]
    yield _("Hearings to hold and close"), "users-group", capped_count(rows.filter(state__in=held))
