"""The deeds of deciding on repeats, as entries of the table in `cases.deeds`."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from cases.actions import repeating
from cases.deed import Deed, Facts
from cases.forms import repeats as forms
from cases.states import RepeatOutcome
from cases.workflow import Step


def _decide_repeat(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return repeating.decide_repeat(
        petition_id,
        facts["earlier"],
        outcome=RepeatOutcome(facts["outcome"]),
        same_person=facts["same_person"],
        reason=facts["reason"],
        by=by,
        now=now,
    )


def _reverse_repeat(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return repeating.reverse_repeat(petition_id, facts["decision"], reason=facts["reason"], by=by, now=now)


REPEAT_DEEDS = (
    Deed(
        "decide_repeat",
        forms.DecideRepeat,
        _("Keep the decision"),
        _("The decision on the two petitions is kept."),
        _decide_repeat,
        "repeats",
        Step.DECIDE_REPEAT,
    ),
    Deed(
        "reverse_repeat",
        forms.ReverseRepeat,
        _("Take the decision back"),
        _("The decision is taken back."),
        _reverse_repeat,
        "repeats",
        Step.REVERSE_REPEAT,
    ),
)
