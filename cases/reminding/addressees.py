"""Whom a band is told to: the organ whose period it is, and those above it (deadlines.md §5; Q2, Q29)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from accounts.models import Organ, OrganKind, Post
from accounts.roles import Role
from cases.models import PetitionClock, Recusal, ReportedParty, SealedGrant
from cases.parts import organs_kept_out
from notices.models import Audience

# who handles, in a unit as in an office; a township's clerk registers and handles in one (Q30)
_OFFICERS = frozenset({Role.CASE_OFFICER, Role.PETITION_OFFICER, Role.REGISTRAR})
_LEADERS = frozenset({Role.UNIT_HEAD, Role.OFFICE_DIRECTOR})
_OF_THE_OFFICE = frozenset({Role.PETITION_OFFICER, Role.SECTION_HEAD})
_ROLES: Mapping[Audience, frozenset[Role]] = {
    Audience.OFFICERS: _OFFICERS,
    Audience.HEADS: frozenset({Role.SECTION_HEAD}),
    Audience.LEADERS: _LEADERS,
}
# where nobody of the audience is there, the next of these who is (Q29)
_WHO_STEPS_IN = (Audience.OFFICERS, Audience.HEADS, Audience.LEADERS)
OfPetition = TypeVar("OfPetition", ReportedParty, SealedGrant)


class Addressees:
    """The posts that some periods are told to, read with a fixed number of queries for all of them."""

    def __init__(self, clocks: Collection[PetitionClock], *, now: datetime) -> None:
        """Read for clocks whose organ and petition are at hand."""
        petitions = {clock.petition_id for clock in clocks}
        self._offices = list(
            Organ.objects.current().filter(kind=OrganKind.PETITION_OFFICE).select_related("place")
        )
        self._organs = self._with_those_above(clocks)
        self._posts = self._posts_of(set(self._organs) | {office.pk for office in self._offices}, now)
        self._named = _by_petition(ReportedParty.objects.filter(petition__in=petitions))
        self._lane = _by_petition(
            SealedGrant.objects.filter(
                petition__in=petitions,
                ended_at=None,
                post__in=Post.objects.held_on(timezone.localdate(now)),
                post__user__is_active=True,
            ).select_related("post")
        )
        withdrawn = Recusal.objects.filter(petition__in=petitions, withdrawn=True)
        self._withdrawn = set(withdrawn.values_list("petition", "user"))

    def of(self, clock: PetitionClock, audience: Collection[str]) -> list[int]:
        """Return the posts that an audience of a clock is today; none if nobody is left who could be told.

        A sealed petition's are those of the lane who may read it, whatever the audience (Q2). Whoever an open one
        names is passed over, and his unit for the next-higher organ (Q2); so is who withdrew from it (R-33).
        """
        named = self._named.get(clock.petition_id, [])
        accused = {party.user_id for party in named if party.user_id}
        if clock.petition.sealed:
            grants = self._lane.get(clock.petition_id, [])
            return sorted(grant.post_id for grant in grants if grant.post.user_id not in accused)
        kept_out = organs_kept_out(named) if named else set()
        organ = self._organ_for(clock, kept_out)
        found: set[int] = set()
        for one in audience:
            found |= self._told(clock, Audience(one), organ, accused)
        return sorted(found)

    def _told(
        self, clock: PetitionClock, audience: Audience, organ: Organ | None, accused: set[int]
    ) -> set[int]:
        if audience == Audience.OFFICE:
            return self._of_the_office(clock, accused)
        steps = _WHO_STEPS_IN[_WHO_STEPS_IN.index(audience) :]
        passed: set[int] = set()
        while organ is not None and organ.pk not in passed:
            for step in steps:
                if posts := self._free(clock, organ.pk, _ROLES[step], accused):
                    return posts
            passed.add(organ.pk)
            organ, steps = self._organs.get(organ.next_higher_id or 0), (Audience.LEADERS,)
        return self._of_the_office(clock, accused)

    def _of_the_office(self, clock: PetitionClock, accused: set[int]) -> set[int]:
        around = [
            office for office in self._offices if clock.petition.place_path.startswith(office.place.path)
        ]
        for office in sorted(around, key=lambda one: len(one.place.path), reverse=True):
            if posts := self._free(clock, office.pk, _OF_THE_OFFICE | _LEADERS, accused):
                return posts
        return set()

    def _free(
        self, clock: PetitionClock, organ_id: int, roles: Collection[Role], accused: set[int]
    ) -> set[int]:
        return {
            post.pk
            for post in self._posts[organ_id]
            if post.role in roles
            and post.user_id not in accused
            and (clock.petition_id, post.user_id) not in self._withdrawn
        }

    def _organ_for(self, clock: PetitionClock, kept_out: set[int]) -> Organ | None:
        """Return the organ of today that answers for a clock, or the next above it that the petition does not name."""
        organ = self._organs.get(clock.organ.carried_on_by_id or clock.organ_id)
        passed: set[int] = set()
        while organ is not None and organ.pk in kept_out and organ.pk not in passed:
            passed.add(organ.pk)
            organ = self._organs.get(organ.next_higher_id or 0)
        return organ

    def _with_those_above(self, clocks: Collection[PetitionClock]) -> dict[int, Organ]:
        """Return the organs of some clocks and all that stand above them, four levels being the most there are."""
        found: dict[int, Organ] = {}
        wanted = {clock.organ.carried_on_by_id or clock.organ_id for clock in clocks}
        while wanted:
            found |= Organ.objects.in_bulk(wanted)
            above = {organ.next_higher_id for organ in found.values() if organ.next_higher_id is not None}
            wanted = above - set(found)
        return found

    def _posts_of(self, organ_ids: Collection[int], now: datetime) -> Mapping[int, list[Post]]:
        roles = frozenset[Role]().union(*_ROLES.values(), _OF_THE_OFFICE)
        held = Post.objects.held_on(timezone.localdate(now)).filter(user__is_active=True)
        posts: defaultdict[int, list[Post]] = defaultdict(list)
        for post in held.filter(organ__in=organ_ids, role__in=sorted(roles)):
            posts[post.organ_id].append(post)
        return posts


def _by_petition(rows: Iterable[OfPetition]) -> Mapping[UUID, list[OfPetition]]:
    found: defaultdict[UUID, list[OfPetition]] = defaultdict(list)
    for row in rows:
        found[row.petition_id].append(row)
    return found
