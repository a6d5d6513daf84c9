"""Who of an organ reads a petition, and pressing its unit, as entries of the table in `cases.deeds`."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from cases.actions import reading
from cases.deed import Deed, Facts
from cases.forms import reading as forms
from cases.workflow import Step


def _give_reader(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return reading.give_reader(petition_id, facts["post"], by=by, now=now)


def _chase(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return reading.chase(petition_id, words=facts["words"], by=by, now=now)


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
    Deed("chase", forms.Chase, _("Chase the unit"), _("The unit was pressed."), _chase, "way", Step.CHASE),
)
