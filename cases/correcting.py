"""What a corrected value must be (Q18)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Petition
from cases.states import Purpose


def faults_of_value(petition: Petition, field: str, value: Any) -> Mapping[str, str]:
    """Return what keeps a field from taking a value, by field: what registering would have refused.

    Asked before the effects are shown, and again by the deed.
    """
    wrong: Mapping[str, str] = {}
    if field == "purpose" and value == Purpose.REPORT_ACCUSATION:
        wrong = {
            field: _(
                "A report or accusation is sealed: use “Seal”, which takes it out of the open lane at once."
            )
        }
    if field == "received_at":
        if value > petition.registered_at:
            wrong = {field: _("It cannot have been received after it was registered.")}
        elif timezone.localdate(value) < petition.petition_date:
            wrong = {
                field: _(
                    "The petition is dated %(day)s and cannot have been received before that. If that date is "
                    "wrong, correct “Date on the petition” first."
                )
                % {"day": petition.petition_date.isoformat()}
            }
    if (
        field == "petition_date"
        and isinstance(value, date)
        and value > timezone.localdate(petition.received_at)
    ):
        wrong = {
            field: _(
                "The petition was received on %(day)s and cannot be dated after that. If that day is wrong, correct "
                "“Received” first."
            )
            % {"day": timezone.localdate(petition.received_at).isoformat()}
        }
    outside = field == "place" and petition.register_organ.looks_after_a_place
    if outside and not value.path.startswith(petition.register_organ.place.path):
        wrong = {
            field: _("This place lies outside. Choose the district, and write the place into “Exact place”.")
        }
    if field == "petitioner_count" and value < petition.people.count():
        wrong = {field: _("More persons than that are named on it.")}
    return wrong
