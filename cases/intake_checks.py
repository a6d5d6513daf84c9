"""What keeps an intake from being registered, asked the same of one and of a thousand."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from cases.intake import Intake
from cases.rules import faults_of_people, faults_of_superior, is_backdated
from lib.days import local_day
from lib.errors import Refused

# the first versions of the rules begin here (deadlines/seed/rules.toml)
OLDEST = date(2004, 1, 1)


def check_people(intake: Intake) -> None:
    """Refuse people who cannot be registered as they stand, and a superior without particulars (R-09, Q19, Q21).

    :raises Refused: naming the fields
    """
    faults = {
        **faults_of_people(intake.people, is_anonymous=intake.is_anonymous),
        **faults_of_superior(intake.source, intake.from_above),
    }
    if faults:
        raise Refused(_("Some fields need another look."), fields=faults)


def check_dates(intake: Intake, *, now: datetime, working_day_before: date) -> None:
    """Refuse a date that lies in the future, before what it depends on, or too far back without evidence (Q25).

    `now` is when it is registered, `working_day_before` the last working day before that.

    :raises Refused: naming the fields
    """
    received_on = local_day(intake.received_at)
    wrong = {}
    # A minute of grace: the page's clock and the server's are two clocks.
    if intake.received_at > now + timedelta(minutes=1):
        wrong["received_at"] = _("The time of receipt cannot lie in the future.")
    elif received_on < OLDEST:
        wrong["received_at"] = _("The day of receipt lies before every rule there is. Check the year.")
    elif is_backdated(received_on, working_day_before) and not intake.backdating_evidence.strip():
        wrong["backdating_evidence"] = _(
            "The day of receipt lies more than one working day back. Say what proves it, such as the receipt stamp."
        )
    if intake.petition_date and intake.petition_date > received_on:
        wrong["petition_date"] = _("The petition cannot be dated after it was received.")
    if intake.from_above and intake.from_above.due_on and intake.from_above.due_on < received_on:
        wrong["superior_due_on"] = _("The superior's due day lies before the day of receipt.")
    if wrong:
        raise Refused(_("A date needs another look."), fields=wrong)
