"""The study of a demo suggestion, which stands before its answer (Q20)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from accounts.hats import Hat
from cases.actions.suggestions import study_suggestion
from cases.models import Claim
from cases.states import OUTCOMES_OF_SUGGESTIONS, Outcome
from config.demo.timetable import draw


def study_before(
    outcome: Outcome,
    handling_id: UUID,
    number: int,
    said: Mapping[str, Sequence[str]],
    *,
    by: Hat,
    now: datetime,
) -> None:
    """Let the unit's people study what is answered as a suggestion, in words that the claim's own words choose."""
    if outcome not in OUTCOMES_OF_SUGGESTIONS:
        return
    claim = Claim.objects.get(handling=handling_id, number=number)
    who, words = (said[part][draw(claim.wording, part, len(said[part]))] for part in ("who", "words"))
    study_suggestion(
        claim.petition_id,
        handling_id,
        number,
        organ_id=None,
        who=who,
        words=words,
        studied_on=timezone.localdate(now),
        by=by,
        now=now,
    )
