"""Pieces of the queue that the window, the telephone and the public page share."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from infra.local_settings import Setting, value_of
from leadership.models import DutyDay, Secretary, Ticket
from leadership.reception_states import Came, TicketState
from lib.codes import code_digest, code_digests, new_code
from lib.errors import OutOfTurn, Refused, Unknown
from lib.transactions import require_transaction

MOST_PERSONS = 500
# 代表人: who comes with more than five is received with five of them (Art 21)
_BOOKED_WITHOUT_A_POST = 5


def give_number(
    day: DutyDay, came: Came, *, persons: int, now: datetime, by: Post | None = None
) -> tuple[Ticket, str]:
    """Give out the next number of a held day, with the code that takes a booking back, in clear for this once.

    :raises OutOfTurn: if the day was called off or is over, or all that may be booked is taken
    :raises Refused: if the number of persons is not one a day receives together
    """
    require_transaction("give_number")
    refuse_closed(day, now)
    most = MOST_PERSONS if by else _BOOKED_WITHOUT_A_POST
    if not 1 <= persons <= most:
        words = _("Write how many persons come, %(most)d at most.") % {"most": most}
        raise Refused(words, fields={"persons": words})
    booked = came != Came.HALL
    place = _booked(day) if booked else 0
    if booked and place >= value_of(Setting.BOOKINGS_A_DAY, on=day.day):
        raise OutOfTurn(
            _("Every number of that day that can be booked is taken. Choose another day, or just come.")
        )
    last = day.tickets.aggregate(last=Max("number"))["last"] or 0
    code = new_code() if booked else ""
    ticket = Ticket.objects.create(
        duty_day=day,
        number=last + 1,
        came=came,
        expected=_expected(day, place) if booked else None,
        digest=code_digest(code, keys=settings.QUERY_CODE_KEYS) if booked else None,
        persons=persons,
        taken_at=now,
        taken_by=by,
    )
    return ticket, code


def refuse_closed(day: DutyDay, now: datetime) -> None:
    """Refuse whatever is to be done on a day that was called off or is over.

    :raises OutOfTurn: if it was or is
    """
    if not day.stands:
        raise OutOfTurn(_("This day was called off."))
    if day.is_over(now):
        raise OutOfTurn(_("The reception of this day is over."))


def refuse_early(day: DutyDay, now: datetime) -> None:
    """Refuse what can only have happened on the day itself or after it.

    :raises OutOfTurn: before the day
    """
    if not day.has_come(now):
        raise OutOfTurn(_("That day has not come yet."))


def _booked(day: DutyDay) -> int:
    return day.tickets.exclude(came=Came.HALL).exclude(state=TicketState.CANCELLED).count()


def left_to_book(days: Sequence[DutyDay]) -> Mapping[UUID, int]:
    """Return how many numbers of each of some days can still be booked, as the first of them is set, in two queries."""
    if not days:
        return {}
    most = value_of(Setting.BOOKINGS_A_DAY, on=min(day.day for day in days))
    taken = Ticket.objects.filter(duty_day__in=days).exclude(came=Came.HALL)
    standing = taken.exclude(state=TicketState.CANCELLED).values_list("duty_day")
    booked: dict[UUID, int] = dict(standing.annotate(number=Count("pk")))
    return {day.pk: max(most - booked.get(day.pk, 0), 0) for day in days}


def _expected(day: DutyDay, place: int) -> time:
    """Return about when the booking at a place of the order is called, within the day's hours."""
    began = datetime.combine(date.min, day.begins)
    called = began + timedelta(minutes=place * value_of(Setting.MINUTES_A_TALK, on=day.day))
    return min(called.time(), day.ends)


def booking_of(code: str) -> Ticket | None:
    """Return the booking that waits under a code, held until the transaction ends; nothing if there is none."""
    require_transaction("booking_of")
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("duty_day")
    digests = code_digests(code, keys=settings.QUERY_CODE_KEYS)
    return rows.filter(digest__in=digests, state=TicketState.WAITING).first()


def hold_ticket(ticket_id: UUID) -> Ticket:
    """Return a number with its day, both held, the day first.

    :raises Unknown: if there is none
    """
    require_transaction("hold_ticket")
    found = Ticket.objects.filter(pk=ticket_id).values_list("duty_day", flat=True).first()
    if found is None:
        raise Unknown(_("There is no such number."))
    day = DutyDay.objects.select_for_update(of=("self",)).select_related("post__user", "office").get(pk=found)
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket_id)
    ticket.duty_day = day
    return ticket


def serves(hat: Hat, day: DutyDay, now: datetime) -> bool:
    """Test if a hat is the secretary of whoever sits on a day."""
    serving = Secretary.objects.serving(timezone.localdate(now))
    return serving.filter(post=hat.post, leader=day.post_id).exists()
