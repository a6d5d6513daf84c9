"""What leaders' receptions, journeys and invitations show: figures, one journey, and their piece on the case page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.page_deeds import Bound, Offer
from accounts.roles import Role
from cases.hanging import Hanging
from cases.models import Petition
from cases.sections import Act, Section
from leadership import permissions as may
from leadership.forms.reception import Period, TakesAlong
from leadership.models import (
    FieldCase,
    FieldTrip,
    FieldTripQuerySet,
    Invitation,
    Secretary,
    Sponsorship,
    Ticket,
)
from leadership.reception_deeds import ON_HEARD, ON_INVITATION, ON_RECEPTIONS, ON_TRIP
from leadership.reception_figures import figures
from leadership.reception_states import INVITED, InvitationState
from leadership.roster_pages import labelled
from leadership.rosters import leaders_for, office_for
from leadership.sponsor_pages import title_of
from leadership.titles import titles_of
from leadership.trips import serves_leader

_LISTED = 50
# to choose from; the number of any other one is typed
_OFFERED = 200


@dataclass(frozen=True)
class Went:
    """A journey in the list, with the petitions of it that the reader may open."""

    trip: FieldTrip
    taken: Sequence[FieldCase]

    @property
    def words(self) -> str:
        """What came of the journey; of a sponsor's visit, what came of it for the petition."""
        return self.trip.result or " ".join(dict.fromkeys(case.result for case in self.taken))


def receptions_page(
    hat: Hat, form: Period, *, now: datetime, bound: Bound, number: str | None = None
) -> dict[str, Any]:
    """Return what each leader did in a period, and a page of the journeys this hat reads, the latest first."""
    today = timezone.localdate(now)
    office = office_for(hat)
    since, until = today.replace(month=1, day=1), today
    if form.is_valid():
        since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    leaders = figures(office, since=since, until=until, today=today)
    trips = _trips_of(hat, today).filter(went_on__gte=since, went_on__lte=until)
    listed = trips.select_related("post__user").order_by("-went_on", "-pk")
    page = Paginator(listed, _LISTED).get_page(number)
    return {
        "form": form,
        "since": since,
        "until": until,
        "leaders": leaders,
        "page": page,
        "standing": trips.standing().count(),
        "trips": _went(hat, list(page)),
        "reads_all": _reads_all(hat),
        "offers": list(_of_receptions(hat, office, bound, today)),
    }


def _went(hat: Hat, trips: Sequence[FieldTrip]) -> list[Went]:
    seen = Petition.objects.visible_to(hat).filter(sealed=False)
    rows = FieldCase.objects.filter(trip__in=trips, petition__in=seen).select_related("petition")
    taken: dict[UUID, list[FieldCase]] = {}
    for case in rows.order_by("pk"):
        taken.setdefault(case.trip_id, []).append(case)
    return [Went(trip, taken.get(trip.pk, [])) for trip in trips]


def _reads_all(hat: Hat) -> bool:
    return may.may_place(hat) or hat.role == Role.INSPECTOR


def _trips_of(hat: Hat, today: date) -> FieldTripQuerySet:
    rows = FieldTrip.objects.all()
    if _reads_all(hat):
        return rows.filter(post__in=leaders_for(office_for(hat), on=today))
    serving = Secretary.objects.serving(today).filter(post=hat.post).values("leader")
    return rows.filter(post__in=[hat.post.pk, *serving.values_list("leader", flat=True)])


def writable_leaders(hat: Hat, office: Organ, today: date) -> list[Post]:
    """Return the leaders whose journeys and invitations a hat writes down."""
    leaders = leaders_for(office, on=today)
    if may.may_place(hat):
        return list(leaders)
    served = set(Secretary.objects.serving(today).filter(post=hat.post).values_list("leader", flat=True))
    return [post for post in leaders if post.pk == hat.post.pk or post.pk in served]


def _of_receptions(hat: Hat, office: Organ, bound: Bound, today: date) -> Iterator[Offer]:
    mine = writable_leaders(hat, office, today)
    slugs = [("note-trip", mine)] if mine else []
    if may.may_keep_rosters(hat):
        slugs.append(("set-target", mine))
    for slug, posts in slugs:
        deed = ON_RECEPTIONS[slug]
        form = bound.get(("receptions", slug)) or deed.form(posts=labelled(posts))
        if isinstance(form, TakesAlong):
            form.offer_sponsored(_sponsored_by(mine, hat))
        yield Offer(deed, form, "leadership:on_receptions", office.pk)


def _sponsored_by(leaders: Sequence[Post], hat: Hat) -> list[tuple[str, Any]]:
    """Return what leaders sponsor, of what a hat sees, by number and covered title; of several under their names."""
    seen = Petition.objects.visible_to(hat).filter(sealed=False)
    rows = Sponsorship.objects.standing().filter(post__in=leaders, petition__in=seen)
    taken = rows.order_by("post", "-begun_at", "pk").values_list("post__user__name", "petition")[:_OFFERED]
    titles = titles_of([petition for _name, petition in taken])
    offered: dict[str, list[tuple[str, str]]] = {}
    for name, petition in taken:
        one = titles[petition]
        offered.setdefault(name, []).append((one.number, f"{one.title} · {one.number}"))
    return list(offered.items()) if len(leaders) > 1 else [one for few in offered.values() for one in few]


@dataclass(frozen=True)
class TakenAlong:
    """A petition of a journey; one the reader does not see stands as a number of persons alone."""

    case: FieldCase
    petition: Petition | None


def trip_page(hat: Hat, trip: FieldTrip, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return one journey with what was taken along, its pictures, and what this hat may add."""
    cases = list(trip.cases.filter(petition__sealed=False).order_by("pk"))
    rows = Petition.objects.visible_to(hat).filter(pk__in=[case.petition_id for case in cases])
    seen = {petition.pk: petition for petition in rows}
    return {
        "trip": trip,
        "cases": [TakenAlong(case, seen.get(case.petition_id)) for case in cases],
        "persons": sum(case.persons_met for case in cases),
        "photos": trip.photos.order_by("pk"),
        "offers": list(_of_trip(hat, trip, now, bound)),
    }


def _of_trip(hat: Hat, trip: FieldTrip, now: datetime, bound: Bound) -> Iterator[Offer]:
    writes = may.writes_trips_of(hat, trip.post_id, serves=serves_leader(hat, trip.post_id, now))
    if trip.struck_at is not None or not writes:
        return
    for deed in ON_TRIP.values():
        form = bound.get(("trip", deed.slug)) or deed.form()
        if isinstance(form, TakesAlong) and trip.post is not None:
            form.offer_sponsored(_sponsored_by([trip.post], hat))
        yield Offer(deed, form, "leadership:on_trip", trip.pk)


@dataclass(frozen=True)
class Invited:
    """An invitation with what may be done about it."""

    row: Invitation
    offers: Sequence[Offer] = ()


def section(on: Hanging, hat: Hat, now: datetime) -> Section | None:
    """Return the piece on the case page: when leaders received on it, went down with it, or offer a talk."""
    there = {"receptions", "field_cases", "invitations"} & set(on.there)
    offers_talk = on.petition.is_open and _may_invite(hat)
    heard = _heard(on.petition) if there else {}
    if not any(heard.values()) and not offers_talk:
        return None
    act = Act(_("Invite to a talk"), reverse("leadership:heard", args=[on.petition.pk]), "calendar-event")
    context = {"petition": on.petition, **heard, "invites": offers_talk}
    his = offers_talk and hat.role == Role.LEADER
    return Section("leadership/_heard.html", context, act if his else None)


def heard_page(petition: Petition, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return the page of who received on a petition, with what this hat may do about each invitation."""
    heard = _heard(petition)
    return {
        "petition": petition,
        "title": title_of(petition),
        **heard,
        "invitations": [
            Invited(row, list(_of_invitation(hat, row, now, bound))) for row in heard["invitations"]
        ],
        "offers": list(_of_petition(petition, hat, now, bound)),
    }


def _heard(petition: Petition) -> dict[str, Any]:
    received = Ticket.objects.filter(petition=petition).select_related(
        "duty_day", "received_by__user", "received_by__organ"
    )
    taken = FieldCase.objects.filter(petition=petition, trip__struck_at=None).select_related(
        "trip__post__user"
    )
    # who declined is told of nowhere: nothing follows from it
    invited = Invitation.objects.filter(petition=petition).exclude(
        state__in=[InvitationState.DECLINED, InvitationState.WITHDRAWN]
    )
    return {
        "received": list(received.order_by("-ended_at", "-pk")[:_LISTED]),
        "taken": list(taken.order_by("-trip__went_on", "-pk")[:_LISTED]),
        "invitations": list(invited.select_related("post__user").order_by("-day", "-pk")[:_LISTED]),
    }


def _inviting(hat: Hat, now: datetime) -> list[Post]:
    if not _may_invite(hat):
        return []
    return writable_leaders(hat, office_for(hat), timezone.localdate(now))


def _may_invite(hat: Hat) -> bool:
    return may.may_place(hat) or hat.role in {Role.LEADER, Role.LEADER_SECRETARY}


def _of_petition(petition: Petition, hat: Hat, now: datetime, bound: Bound) -> Iterator[Offer]:
    posts = _inviting(hat, now)
    if not petition.is_open or not posts:
        return
    deed = ON_HEARD["invite"]
    form = bound.get(("heard", deed.slug)) or deed.form(posts=labelled(posts))
    yield Offer(deed, form, "leadership:on_heard", petition.pk)


def _of_invitation(hat: Hat, row: Invitation, now: datetime, bound: Bound) -> Iterator[Offer]:
    writes = may.writes_trips_of(hat, row.post_id, serves=serves_leader(hat, row.post_id, now))
    if row.state not in INVITED or not writes:
        return
    today = timezone.localdate(now)
    for deed in ON_INVITATION.values():
        if deed.name == "answer" and row.state != InvitationState.OFFERED:
            continue
        if deed.name == "note_talk" and row.day > today:
            continue
        form = bound.get((f"invitation:{row.pk}", deed.slug))
        form = form or deed.form(auto_id=f"id-{deed.slug}-{str(row.pk)[-8:]}-%s")
        yield Offer(deed, form, "leadership:on_invitation", row.pk)
