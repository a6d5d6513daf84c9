"""Who of an organ reads a petition, and urging its unit, as entries of the table in `cases.deeds`."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from cases.actions import reading, urging
from cases.deed import Deed, Facts
from cases.forms import reading as forms
from cases.workflow import Step


def _give_reader(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return reading.give_reader(petition_id, facts["post"], by=by, now=now)


def _urge(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return urging.urge(petition_id, reason=facts["reason"], due_on=facts["due_on"], by=by, now=now)


READING_DEEDS = (
    Deed(
        "give_reader",
        forms.GiveReader,
        _("Give it to a reader"),
        _("The reader is noted."),
        _give_reader,
        "way",
        Step.GIVE_READER,
    ),
    Deed("urge", forms.Urge, _("Urge the unit"), _("The unit was urged."), _urge, "way", Step.URGE),
)
