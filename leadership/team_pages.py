"""What the pages of teams show: the team around a petition, task forces, and who stands at a leader's side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Post
from accounts.page_deeds import Bound, Offer
from accounts.roles import ADMINISTRATORS, Role
from cases.hanging import Hanging
from cases.models import Handling, Petition
from cases.sections import Section
from deadlines.lamps import Lamp
from leadership import permissions as may
from leadership.at_stations import given_of, stations_that_take
from leadership.forms.stations import GiveToStation
from leadership.forms.teams import EnterRole, FormForce, Pair
from leadership.models import ForcePetition, Pairing, StationPetition, TaskForce, TeamMember, TeamRole
from leadership.reading import read_of
from leadership.rosters import office_for
from leadership.sponsor_pages import title_of
from leadership.team_deeds import ON_FORCE, ON_TEAM
from leadership.teams import around
from leadership.titles import Titled, titles_of

_LISTED = 200


def section(on: Hanging, hat: Hat, _now: datetime) -> Section | None:
    """Return the piece on the case page; where there is neither team nor station only those see it who staff one."""
    petition = on.petition
    rows = around(petition) if {"team", "task_forces"} & set(on.there) else []
    given = list(given_of(petition).filter(assignment__ended_at=None)) if "stations" in on.there else []
    staffs = may.may_staff_teams(hat)
    if not rows and not given and not staffs:
        return None
    context = {
        "petition": petition,
        "members": [row for row in rows if not row.is_force],
        "forces": [row for row in rows if row.is_force],
        "given": given,
        "staffs": staffs,
    }
    return Section("leadership/_team.html", context)


def team_page(petition: Petition, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return the team around a petition, which of the five supporting roles nobody has, and who left it."""
    rows = TeamMember.objects.filter(petition=petition).select_related("role", "post__user", "post__organ")
    members = list(rows.filter(ended_at=None).order_by("role__place", "pk"))
    taken = {member.role_id for member in members}
    support = TeamRole.objects.filter(is_support=True, ended_on=None).order_by("place")
    return {
        "petition": petition,
        "title": title_of(petition),
        "members": members,
        "left": rows.exclude(ended_at=None).order_by("-ended_at"),
        "lacking": [role for role in support if role.pk not in taken],
        "forces": ForcePetition.objects.filter(petition=petition, ended_at=None).select_related("force"),
        "staffs": may.may_staff_teams(hat) and not petition.is_void,
        "given": [Given(row, row.assignment.lamp(now), _opens(row, hat)) for row in given_of(petition)],
        "offers": list(_of_team(petition, hat, bound, on=timezone.localdate(now))),
        "wrong": bound.get(("team", "leave")),
    }


@dataclass(frozen=True)
class Given:
    """A station that has, or had, a petition, with what is asked of it; `opens` for who asked or is asked."""

    row: StationPetition
    lamp: Lamp
    opens: bool


def _opens(row: StationPetition, hat: Hat) -> bool:
    asked = row.assignment
    asking = hat.organ.is_or_carries_on(asked.asking_organ)
    return asking or (asked.organ is not None and hat.organ.is_or_carries_on(asked.organ))


def _of_team(petition: Petition, hat: Hat, bound: Bound, *, on: date) -> Iterator[Offer]:
    if not may.may_staff_teams(hat) or petition.is_void:
        return
    form: Any = bound.get(("team", "join")) or ON_TEAM["join"].form(auto_id="id-join-%s")
    led = Handling.objects.filter(petition=petition, ended_at=None).values("organ")
    part = petition.involvements.filter(ended_at=None, post__isnull=False).values("post")
    posts = Post.objects.held_on(on).filter(Q(organ__in=led) | Q(pk__in=part) | Q(organ=hat.organ))
    form.offer(_named(posts))
    yield Offer(ON_TEAM["join"], form, "leadership:on_team", petition.pk)
    stations = stations_that_take(office_for(hat))
    if petition.is_open and stations:
        given = bound.get(("team", "give-to-station")) or GiveToStation(auto_id="id-give-to-station-%s")
        if isinstance(given, GiveToStation):
            given.offer(stations)
        yield Offer(ON_TEAM["give-to-station"], given, "leadership:on_team", petition.pk)


def _named(posts: Any) -> list[tuple[Any, str]]:
    rows = posts.exclude(role__in=sorted(ADMINISTRATORS | {Role.SEALED_LANE_OFFICER}))
    return [
        (post.pk, f"{post.organ} {post.user.name} {post.title}".strip())
        for post in rows.select_related("organ", "user").order_by("organ__code", "pk")
    ]


@dataclass(frozen=True)
class Side:
    """A leader with those at his side."""

    leader: Post
    pairings: Sequence[Pairing]


def teams_page(hat: Hat, *, now: datetime, bound: Bound | None = None) -> dict[str, Any]:
    """Return the task forces a hat reads, and for the office who stands at which leader's side and the roles."""
    bound = bound or {}
    today = timezone.localdate(now)
    standing = Q(members__ended_at=None)
    forces = may.forces_for(hat).annotate(
        strength=Count("members", filter=standing, distinct=True),
        cases=Count(
            "petitions", filter=Q(petitions__ended_at=None, petitions__petition__sealed=False), distinct=True
        ),
    )
    whole = may.reads_whole_meetings(hat)
    staffs = may.may_staff_teams(hat)
    return {
        "forces": forces.filter(resolved_at=None).order_by("formed_at", "pk"),
        "resolved": forces.exclude(resolved_at=None).order_by("-resolved_at"),
        "sides": _sides(hat) if whole else [],
        "roles": TeamRole.objects.filter(ended_on=None).order_by("place", "pk") if staffs else [],
        "force_form": (bound.get(("forces", "form")) or FormForce(auto_id="id-force-%s")) if staffs else None,
        "pair_form": _pair_form(hat, bound, on=today) if staffs else None,
        "role_form": (bound.get(("roles", "enter")) or EnterRole(auto_id="id-role-%s"))
        if may.may_enter_meeting_kinds(hat)
        else None,
        "staffs": staffs,
    }


def _sides(hat: Hat) -> list[Side]:
    """Return pairings by leader, leaders in the order of their organs, never of a number."""
    rows = Pairing.objects.filter(ended_at=None, leader__organ__place__path__startswith=hat.organ.place.path)
    related = rows.select_related(
        "leader__user", "leader__organ", "commissioner__user", "commissioner__organ"
    ).order_by("leader__organ__path", "leader", "pk")
    by_leader: dict[int, list[Pairing]] = {}
    for row in related:
        by_leader.setdefault(row.leader_id, []).append(row)
    return [Side(found[0].leader, found) for found in by_leader.values()]


def _pair_form(hat: Hat, bound: Bound, *, on: date) -> Any:
    form = bound.get(("pairings", "pair")) or Pair(auto_id="id-pair-%s")
    held = Post.objects.held_on(on).filter(organ__place__path__startswith=hat.organ.place.path)
    leaders = _named(held.filter(role=Role.LEADER))
    free = held.filter(role__in=[Role.CASE_OFFICER, Role.PETITION_OFFICER, Role.SECTION_HEAD, Role.UNIT_HEAD])
    if isinstance(form, Pair):
        form.offer(leaders, _named(free.exclude(paired_with__ended_at=None, paired_with__isnull=False)))
    return form


@dataclass(frozen=True)
class Taken:
    """One petition of a task force, as this hat reads it."""

    row: ForcePetition
    petition: Titled
    opens: bool


def force_page(force: TaskForce, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return one task force: who works in it, its petitions as far as this hat reads them (Q2), and its history."""
    rows = force.members.select_related("role", "post__user", "post__organ")
    taken = force.petitions.filter(ended_at=None).filter(read_of(hat, "petition")).select_related("petition")
    found = list(taken.order_by("taken_at", "pk")[:_LISTED])
    titles = titles_of({row.petition_id for row in found})
    opens = set(Petition.objects.visible_to(hat).filter(pk__in=titles).values_list("pk", flat=True))
    return {
        "force": force,
        "members": rows.filter(ended_at=None).order_by("role__place", "pk"),
        "left": rows.exclude(ended_at=None).order_by("-ended_at"),
        "petitions": [
            Taken(row, titles[row.petition_id], row.petition_id in opens)
            for row in found
            if row.petition_id in titles
        ],
        "staffs": may.may_staff_teams(hat) and force.resolved_at is None,
        "offers": list(_of_force(force, hat, bound, on=timezone.localdate(now))),
        "wrong": next((form for (_where, slug), form in bound.items() if slug in {"leave", "give-up"}), None),
    }


def _of_force(force: TaskForce, hat: Hat, bound: Bound, *, on: date) -> Iterator[Offer]:
    if not may.may_staff_teams(hat) or force.resolved_at is not None:
        return
    for slug in ("join", "take", "resolve"):
        deed = ON_FORCE[slug]
        form: Any = bound.get(("force", slug)) or deed.form(auto_id=f"id-{slug}-%s")
        if slug == "join":
            held = Post.objects.held_on(on).filter(organ__place__path__startswith=hat.organ.place.path)
            form.offer(_named(held))
        yield Offer(deed, form, "leadership:on_force", force.pk)
