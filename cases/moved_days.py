"""What a new calendar moves on petitions: their next last day, and the word to whoever keeps the period (Q2, Q26)."""

from cases.models import Petition, PetitionClock
from cases.parts import copy_next_due
from cases.reminding.addressees import Addressees
from deadlines.owners import Moved
from lib.transactions import require_transaction
from notices.models import Audience
from notices.parts import tell_of_calendar


def take_moved_days(moved: Moved) -> None:
    """Write the due moments of clocks that a new calendar moved onto their petitions, and tell whose periods they are.

    One word to a post for all its periods, which names none of them; of sealed petitions it stays in the house (Q2).
    """
    require_transaction("take_moved_days")
    for petition in Petition.objects.filter(pk__in={clock.petition_id for clock in moved.clocks}).order_by(
        "pk"
    ):
        copy_next_due(petition)
    keys = [clock.pk for clock in moved.last_days]
    clocks = list(PetitionClock.objects.filter(pk__in=keys).select_related("petition", "organ"))
    addressees = Addressees(clocks, now=moved.at)
    posts: dict[bool, set[int]] = {False: set(), True: set()}
    for clock in clocks:
        posts[clock.petition.sealed] |= set(addressees.of(clock, [Audience.OFFICERS]))
    tell_of_calendar(posts[False], moved.year, key=moved.key, now=moved.at)
    tell_of_calendar(posts[True], moved.year, key=moved.key, inside=True, now=moved.at)
