"""Pages of the roster, of a day's queue, of journeys with petitions, and of invitations."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.page_deeds import Bound, Deed, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from cases.models import Petition
from cases.views.intake import begin_form
from infra.files import download
from leadership import permissions as may
from leadership import reception_pages, roster_pages
from leadership.actions.receptions import Given
from leadership.actions.trips import fetch_photo
from leadership.finding import duty_day_of, invitation_of, petition_of, ticket_of
from leadership.forms.reception import Period
from leadership.models import DutyDay, FieldTrip
from leadership.reception_deeds import (
    ON_DUTY_DAY,
    ON_HEARD,
    ON_INVITATION,
    ON_RECEPTIONS,
    ON_ROSTER,
    ON_TICKET,
    ON_TRIP,
)
from leadership.rosters import leaders_for, office_for
from leadership.trips import trip_of
from leadership.views.supervision import SUPERVISES
from lib.errors import Unknown
from lib.forms import RefusableForm
from lib.posting import posts_from


def _filled(deed: Deed, request: StaffRequest, posts: list[tuple[int, str]] | None = None) -> RefusableForm:
    """Return a deed's form with what was sent; those that name leaders are told which ones there are."""
    facts: dict[str, Any] = {"posts": posts} if posts is not None and _names_leaders(deed) else {}
    return deed.form(request.POST, files=request.FILES, **facts)


def _names_leaders(deed: Deed) -> bool:
    return hasattr(deed.form, "leaders")


def _leaders(request: StaffRequest, on: date) -> list[tuple[int, str]]:
    return roster_pages.labelled(leaders_for(office_for(request.hat), on=on))


@wears_hat_of(*sorted(may.RECEIVES))
@require_GET
@never_cache
def roster(request: StaffRequest, month: str = "") -> HttpResponse:
    """Show a month of the roster."""
    first = roster_pages.month_of(month, today=timezone.localdate(request.now))
    return _roster(request, first)({}, 200, "")


def _roster(request: StaffRequest, first: date) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = roster_pages.roster_page(request.hat, first, now=request.now, bound=bound)
        return render(request, "leadership/roster.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.RECEIVES))
@posts_from("leadership:roster_month", "month")
@never_cache
def on_roster(request: StaffRequest, month: str, slug: str) -> HttpResponse:
    """Plan a month, enter an order or a single day."""
    today = timezone.localdate(request.now)
    first = roster_pages.month_of(month, today=today)
    deed = deed_of(ON_ROSTER, slug)
    form = _filled(deed, request, _leaders(request, today))
    done = do(request, deed, first, form, ("roster", slug), _roster(request, first))
    return done if isinstance(done, HttpResponse) else redirect("leadership:roster_month", month)


@wears_hat_of(*sorted(may.RECEIVES))
@require_GET
@never_cache
def duty_day(request: StaffRequest, day_id: UUID) -> HttpResponse:
    """Show one day: who sits, and the queue."""
    return _day(request, duty_day_of(request.hat, day_id))({}, 200, "")


def _day(request: StaffRequest, row: DutyDay) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = roster_pages.day_page(request.hat, row, now=request.now, bound=bound)
        return render(request, "leadership/duty_day.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.RECEIVES))
@posts_from("leadership:duty_day", "day_id")
@never_cache
def on_duty_day(request: StaffRequest, day_id: UUID, slug: str) -> HttpResponse:
    """Give out a number, let another leader sit, or call a day off."""
    row = duty_day_of(request.hat, day_id)
    deed = deed_of(ON_DUTY_DAY, slug)
    form = _filled(deed, request, _leaders(request, row.day))
    done = do(request, deed, day_id, form, ("duty_day", slug), _day(request, row))
    if isinstance(done, Given):
        _say_number(request, done)
    return done if isinstance(done, HttpResponse) else redirect("leadership:duty_day", day_id)


def _say_number(request: StaffRequest, given: Given) -> None:
    """Say the number, and for a booking the code, which is shown this once."""
    number = {"number": given.ticket.number, "code": given.code}
    said = _("Number %(number)d.") if not given.code else _("Number %(number)d. To take it back: %(code)s")
    messages.info(request, said % number)


@wears_hat_of(*sorted(may.RECEIVES))
@require_GET
def ticket(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """Lead to the day a number is of."""
    return redirect("leadership:duty_day", ticket_of(request.hat, ticket_id, now=request.now).duty_day_id)


@wears_hat_of(*sorted(may.RECEIVES))
@posts_from("leadership:ticket", "ticket_id")
@never_cache
def on_ticket(request: StaffRequest, ticket_id: UUID, slug: str) -> HttpResponse:
    """Call a number, write what came of it, or let the leader take it on."""
    row = duty_day_of(request.hat, ticket_of(request.hat, ticket_id, now=request.now).duty_day_id)
    deed = deed_of(ON_TICKET, slug)
    name = (f"ticket:{ticket_id}", slug)
    done = do(request, deed, ticket_id, deed.form(request.POST), name, _day(request, row))
    return done if isinstance(done, HttpResponse) else redirect("leadership:duty_day", row.pk)


@wears_hat_of(*sorted(may.WINDOW | frozenset(SUPERVISES)))
@require_POST
def register_visitor(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """Open the form of registering under the number's own key, so that what is registered is found again."""
    row = ticket_of(request.hat, ticket_id, now=request.now)
    if not row.waits or not row.duty_day.has_come(request.now):
        return redirect("leadership:duty_day", row.duty_day_id)
    return begin_form(request, row.pk, persons=row.persons)


@wears_hat_of(*sorted(may.RECEIVES))
@require_GET
@never_cache
def receptions(request: StaffRequest) -> HttpResponse:
    """Show what each leader did in a period, and the journeys."""
    return _receptions(request)({}, 200, "")


def _receptions(request: StaffRequest) -> Draw:
    today = timezone.localdate(request.now)
    asked: Mapping[str, Any] = (
        request.GET
        if request.GET.get("since")
        else {
            "since": today.replace(month=1, day=1).isoformat(),
            "until": today.isoformat(),
        }
    )
    form = Period(asked)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = reception_pages.receptions_page(
            request.hat, form, now=request.now, bound=bound, number=request.GET.get("page")
        )
        return render(request, "leadership/receptions.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.RECEIVES))
@never_cache
def on_receptions(request: StaffRequest, office_id: int, slug: str) -> HttpResponse:
    """Write down a journey, or set how often a week leaders receive."""
    if office_for(request.hat).pk != office_id:
        raise Unknown(_("There is no such page."))
    if request.method != "POST":
        return redirect("leadership:receptions")
    today = timezone.localdate(request.now)
    deed = deed_of(ON_RECEPTIONS, slug)
    form = _filled(deed, request, _leaders(request, today))
    done = do(request, deed, today, form, ("receptions", slug), _receptions(request))
    if isinstance(done, HttpResponse):
        return done
    if isinstance(done, FieldTrip):
        return redirect("leadership:trip", done.pk)
    return redirect("leadership:receptions")


@wears_a_hat
@require_GET
@never_cache
def trip(request: StaffRequest, trip_id: UUID) -> HttpResponse:
    """Show one journey."""
    return _trip(request, trip_of(request.hat, trip_id, request.now))({}, 200, "")


def _trip(request: StaffRequest, row: FieldTrip) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = reception_pages.trip_page(request.hat, row, now=request.now, bound=bound)
        return render(request, "leadership/trip.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_a_hat
@posts_from("leadership:trip", "trip_id")
@never_cache
def on_trip(request: StaffRequest, trip_id: UUID, slug: str) -> HttpResponse:
    """Add a petition or a picture to a journey, or strike it out."""
    row = trip_of(request.hat, trip_id, request.now)
    deed = deed_of(ON_TRIP, slug)
    done = do(request, deed, trip_id, _filled(deed, request), ("trip", slug), _trip(request, row))
    return done if isinstance(done, HttpResponse) else redirect("leadership:trip", trip_id)


@wears_a_hat
@require_GET
@never_cache
def trip_photo(request: StaffRequest, trip_id: UUID, photo_id: int) -> FileResponse:
    """Save a picture of a journey."""
    return download(fetch_photo(trip_id, photo_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def heard(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show who received on a petition, and who offers a talk."""
    return _heard(request, petition_of(request.hat, petition_id))({}, 200, "")


def _heard(request: StaffRequest, petition: Petition) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = reception_pages.heard_page(petition, request.hat, now=request.now, bound=bound)
        return render(request, "leadership/heard.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_a_hat
@posts_from("leadership:heard", "petition_id")
@never_cache
def on_heard(request: StaffRequest, petition_id: UUID, slug: str) -> HttpResponse:
    """Invite the petitioner to a talk."""
    petition = petition_of(request.hat, petition_id)
    deed = deed_of(ON_HEARD, slug)
    form = _filled(deed, request, _leaders(request, timezone.localdate(request.now)))
    done = do(request, deed, petition_id, form, ("heard", slug), _heard(request, petition))
    return done if isinstance(done, HttpResponse) else redirect("leadership:heard", petition_id)


@wears_a_hat
@require_GET
def invitation(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Lead to the page an invitation stands on."""
    return redirect("leadership:heard", invitation_of(request.hat, invitation_id).petition_id)


@wears_a_hat
@posts_from("leadership:invitation", "invitation_id")
@never_cache
def on_invitation(request: StaffRequest, invitation_id: UUID, slug: str) -> HttpResponse:
    """Write what the petitioner said to it, what came of it, or take it back."""
    petition = petition_of(request.hat, invitation_of(request.hat, invitation_id).petition_id)
    deed = deed_of(ON_INVITATION, slug)
    name = (f"invitation:{invitation_id}", slug)
    done = do(request, deed, invitation_id, deed.form(request.POST), name, _heard(request, petition))
    return done if isinstance(done, HttpResponse) else redirect("leadership:heard", petition.pk)
