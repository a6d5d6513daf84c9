"""What this room's sweeps read of many petitions: a fixed number of statements for all that one transaction holds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from accounts.models import Organ, Post
from accounts.roles import Role
from assignments.states import STANDS, Tier
from cases.locks import lock_several
from cases.models import Handling, Petition, Recusal, ReportedParty
from cases.parts import organs_kept_out
from leadership.models import PetitionLift
from leadership.parts import nearest_office, own_office, petition_offices
from leadership.tiers import highest_of


class Matters:
    """Petitions of the open lane, held until the transaction ends, and what decides who is told of them (Q2, R-33).

    :raises RuntimeError: outside a transaction
    """

    def __init__(self, petition_ids: Iterable[UUID], *, now: datetime) -> None:
        lock_several(petition_ids)
        rows = Petition.objects.select_related("register_organ__carried_on_by")
        self._petitions = rows.filter(sealed=False).in_bulk(set(petition_ids))
        self._now = now

    def find(self, petition_id: UUID) -> Petition | None:
        """Return one of them; nothing if it is sealed or over by now."""
        petition = self._petitions.get(petition_id)
        return petition if petition is not None and petition.is_open else None

    def in_open_lane(self, petition_id: UUID) -> Petition | None:
        """Return one of them, over or not; nothing if it is sealed, or no petition."""
        return self._petitions.get(petition_id)

    def office_over(self, petition: Petition) -> Organ | None:
        """Return the petition office that supervises a petition, as `leadership.parts.office_over`."""
        return own_office(petition) or nearest_office(self._offices, petition)

    def is_led_by(self, petition: Petition, organ: Organ) -> bool:
        """Test if an organ leads claims of a petition."""
        return organ.pk in {organ_id for organ_id, _kind in self._led[petition.pk]}

    def tier_of(self, petition: Petition) -> Tier:
        """Return the tier a petition is at, as `leadership.lifts.tier_of`."""
        lifted_to = self._lifted.get(petition.pk)
        if lifted_to is not None:
            return Tier(lifted_to)
        return highest_of([kind for _organ_id, kind in self._led[petition.pk]], petition)

    def organs_kept_out(self, petition: Petition) -> set[int]:
        """Return the units nothing about a petition is sent (Q2)."""
        named = self._named.get(petition.pk)
        return organs_kept_out(named, below=False) if named else set()

    def users_kept_out(self, petition: Petition) -> set[int]:
        """Return whom nothing about a petition is sent, as `cases.parts.users_kept_out` (Q2, R-33)."""
        named = {party.user_id for party in self._named.get(petition.pk, []) if party.user_id is not None}
        return named | self._withdrew[petition.pk]

    def told_in(self, office: Organ, roles: Collection[Role], petition: Petition) -> list[int]:
        """Return the posts of an office that are told of a petition, but for whom it is kept from."""
        kept_out = self.users_kept_out(petition)
        organ_id = office.carried_on_by_id or office.pk
        return [
            post.pk
            for post in self._posts
            if post.organ_id == organ_id and post.role in roles and post.user_id not in kept_out
        ]

    @cached_property
    def _offices(self) -> list[Organ]:
        return petition_offices()

    @cached_property
    def _led(self) -> Mapping[UUID, list[tuple[int, str]]]:
        led: defaultdict[UUID, list[tuple[int, str]]] = defaultdict(list)
        rows = Handling.objects.filter(petition__in=self._petitions, ended_at=None)
        for petition_id, organ_id, kind in rows.values_list("petition", "organ", "organ__kind"):
            led[petition_id].append((organ_id, kind))
        return led

    @cached_property
    def _lifted(self) -> dict[UUID, str]:
        standing = PetitionLift.objects.filter(petition__in=self._petitions, state__in=sorted(STANDS))
        return dict(standing.values_list("petition", "to_tier"))

    @cached_property
    def _named(self) -> Mapping[UUID, list[ReportedParty]]:
        named: defaultdict[UUID, list[ReportedParty]] = defaultdict(list)
        for party in ReportedParty.objects.filter(petition__in=self._petitions):
            named[party.petition_id].append(party)
        return named

    @cached_property
    def _withdrew(self) -> Mapping[UUID, set[int]]:
        withdrew: defaultdict[UUID, set[int]] = defaultdict(set)
        rows = Recusal.objects.filter(petition__in=self._petitions, withdrawn=True).exclude(user=None)
        for petition_id, user_id in rows.values_list("petition", "user"):
            withdrew[petition_id].add(user_id)
        return withdrew

    @cached_property
    def _posts(self) -> list[Post]:
        offices = {self.office_over(petition) for petition in self._petitions.values()} - {None}
        organ_ids = {office.carried_on_by_id or office.pk for office in offices if office is not None}
        held = Post.objects.held_on(timezone.localdate(self._now)).filter(organ__in=organ_ids)
        return list(held.order_by("pk"))
