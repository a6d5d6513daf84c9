"""Pieces of sponsoring that its deeds and its pages share: who may be asked, who reads along, what hangs together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import OrganKind, Portfolio, Post
from accounts.roles import Role
from assignments.seats import About
from audit.parts import record
from cases.locks import lock_several
from cases.models import Handling, Involvement, Petition
from cases.parts import end_basis, involve, users_kept_out
from cases.states import Basis
from leadership.models import Secretary, Sponsorship
from leadership.parts import organs_kept_out
from leadership.states import SponsorKind
from lib.transactions import require_transaction
from lib.trees import paths_above
from notices.models import Kind
from notices.parts import tell

# what is said of a sponsorship that names nobody
WHO_SPONSORS = _("Choose the leader who sponsors it.")
WHICH_LEADER = _("Write the name and the office of the leader.")


class Fits(StrEnum):
    """Why somebody is suggested, the nearest reason first."""

    LEADS = "leads"
    ORGAN = "organ"
    PLACE = "place"
    OTHER = "other"

    @property
    def label(self) -> str | Promise:
        return _FITS[self]


_FITS = {
    Fits.LEADS: pgettext_lazy("why a sponsor is suggested", "His unit leads it"),
    Fits.ORGAN: pgettext_lazy("why a sponsor is suggested", "Looks after the unit (管行业)"),
    Fits.PLACE: pgettext_lazy("why a sponsor is suggested", "Looks after the place (包乡镇)"),
    Fits.OTHER: pgettext_lazy("why a sponsor is suggested", "Neither unit nor place is his"),
}


@dataclass(frozen=True)
class Suggestion:
    """Somebody who may sponsor a petition, why he is named, and how many petitions he sponsors already."""

    post: Post
    fits: Fits
    load: int


def suggestions(petition: Petition, kind: SponsorKind, *, on: date) -> list[Suggestion]:
    """Return who may sponsor a petition: whoever it is nearest to first, of those the one who sponsors least (Q2).

    Left out are those it names, who withdrew, and whose unit it names. Sealed petitions are in no figure.
    """
    posts = list(_candidates(petition, kind, on=on))
    near = _nearness(petition, posts, kind, on=on)
    loads = _loads(posts)
    found = [Suggestion(post, near[post.pk], loads.get(post.pk, 0)) for post in posts]
    order = list(Fits)
    return sorted(found, key=lambda one: (order.index(one.fits), one.load, one.post.pk))


def may_be_asked(post: Post, petition: Petition, kind: SponsorKind, *, on: date) -> bool:
    """Test if a post may sponsor a petition."""
    return any(each.pk == post.pk for each in _candidates(petition, kind, on=on))


def _candidates(petition: Petition, kind: SponsorKind, *, on: date) -> Sequence[Post]:
    if kind is SponsorKind.HIGHER_LEADER:
        return []
    held = (
        Post.objects.held_on(on)
        .filter(user__is_active=True)
        .exclude(user__in=users_kept_out(petition))
        .exclude(organ__in=organs_kept_out(petition))
        .select_related("user", "organ")
        .order_by("pk")
    )
    if kind is SponsorKind.UNIT_HEAD:
        led = Handling.objects.filter(petition=petition, ended_at=None).values("organ")
        return list(held.filter(role=Role.UNIT_HEAD, organ__in=led))
    county = paths_above(petition.place_path)
    leaders = held.filter(role=Role.LEADER, organ__kind=OrganKind.LEADING_BODY, organ__place__path__in=county)
    return list(leaders)


def _nearness(petition: Petition, posts: Collection[Post], kind: SponsorKind, *, on: date) -> dict[int, Fits]:
    if kind is SponsorKind.UNIT_HEAD:
        return {post.pk: Fits.LEADS for post in posts}
    about = about_organs(petition)
    organs = {path for each in about.organ_paths for path in paths_above(each)}
    looked_after = Portfolio.objects.standing_on(on).filter(post__in=posts)
    by_organ = set(looked_after.filter(organ__path__in=organs).values_list("post", flat=True))
    places = paths_above(petition.place_path)
    by_place = set(looked_after.filter(place__path__in=places).values_list("post", flat=True))
    return {
        post.pk: Fits.ORGAN if post.pk in by_organ else Fits.PLACE if post.pk in by_place else Fits.OTHER
        for post in posts
    }


def about_organs(petition: Petition) -> About:
    """Return the units that lead a petition, and where it lies."""
    led = Handling.objects.filter(petition=petition, ended_at=None)
    paths = frozenset(led.values_list("organ__path", flat=True))
    return About(organ_paths=paths, place_path=petition.place_path)


def _loads(posts: Collection[Post]) -> dict[int, int]:
    standing = Sponsorship.objects.standing().filter(post__in=posts)
    return dict(standing.values_list("post").annotate(number=Count("pk")))


def let_in(petition: Petition, *, now: datetime) -> None:
    """Let those who sponsor a held petition, and their secretaries, read it; whoever does so no longer does not."""
    require_transaction("let_in")
    if petition.sealed:
        return
    sponsors = set(
        Sponsorship.objects.standing()
        .filter(petition=petition, post__isnull=False)
        .values_list("post", flat=True)
    )
    serving = Secretary.objects.serving(timezone.localdate(now)).filter(leader__in=sponsors)
    secretaries = set(serving.exclude(post__user__in=users_kept_out(petition)).values_list("post", flat=True))
    wanted = sponsors | secretaries
    parts = Involvement.objects.filter(petition=petition).exclude(post__in=wanted)
    end_basis(parts, Basis.SPONSORS, now=now)
    for post in Post.objects.filter(pk__in=wanted).order_by("pk"):
        involve(petition, Basis.SPONSORS, now=now, post=post)


def chain_of(sponsorship: Sponsorship) -> list[UUID]:
    """Return a sponsorship and those it was taken over from, the latest first: what was done stays in view."""
    found, here = [sponsorship.pk], sponsorship.continues_id
    while here is not None:
        found.append(here)
        here = Sponsorship.objects.values_list("continues", flat=True).get(pk=here)
    return found


def standing_of(petition: Petition) -> list[Sponsorship]:
    """Return who sponsors a petition now, in the order of the kinds."""
    rows = (
        Sponsorship.objects.standing().filter(petition=petition).select_related("post__user", "post__organ")
    )
    order = list(SponsorKind)
    return sorted(rows, key=lambda row: order.index(SponsorKind(row.kind)))


def follow_sponsors_of(leader_ids: Collection[int], *, now: datetime) -> None:
    """Let secretaries follow what leaders sponsor, after it changed who works for whom."""
    require_transaction("follow_sponsors_of")
    sponsored = Sponsorship.objects.standing().filter(post__in=leader_ids)
    keys = sorted(set(sponsored.values_list("petition", flat=True)))
    lock_several(keys)
    for petition in Petition.objects.filter(pk__in=keys, sealed=False).order_by("pk"):
        let_in(petition, now=now)


def begin_sponsorship(
    petition: Petition,
    kind: SponsorKind,
    post: Post | None,
    outsider: str,
    reason: str,
    *,
    by: Hat,
    now: datetime,
    continues: Sponsorship | None = None,
) -> Sponsorship:
    """Let a leader answer for a held petition from now on: he and his secretary read it, and he is told."""
    require_transaction("begin_sponsorship")
    row = Sponsorship.objects.create(
        petition=petition,
        kind=kind,
        post=post,
        outsider=outsider,
        reason=reason,
        begun_at=now,
        begun_by=by.post,
        continues=continues,
    )
    let_in(petition, now=now)
    if post is not None:
        key = f"petition:{petition.pk}:sponsorship:{row.pk}"
        tell([post.pk], Kind.SPONSOR_NAMED, key=key, subject_id=str(petition.pk), now=now)
    facts = {"sponsor": kind, "to_post": post.pk if post else None, "continues": continues is not None}
    record("petition.sponsor", petition, by=by.actor, at=now, facts=facts)
    return row
