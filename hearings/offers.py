"""Which deeds the page of a hearing offers a hat, each with its form as it stands."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Post
from accounts.page_deeds import Bound, Offer
from accounts.roles import Role
from assignments.models import ANSWERS
from cases.models import Handling
from hearings import permissions as may
from hearings.deeds import ON_HEARING
from hearings.models import Hearing, HearingRoom, Panelist, Seat
from hearings.records import name_of
from hearings.states import HEARD, NOTIFIED, HearingState, SeatRole, Step
from lib.masking import mask_name

_SITS = ANSWERS | {Role.HEARING_CLERK}


def of_hearing(
    hearing: Hearing,
    hat: Hat,
    bound: Bound,
    seats: Sequence[Seat],
    names: Mapping[int, str],
    *,
    now: datetime,
) -> Iterator[Offer]:
    """Yield what a hat may do with a hearing besides what stands at its lines."""
    for slug in _slugs(hearing, hat, seats):
        deed = ON_HEARING[slug]
        form: Any = bound.get(("hearing", slug)) or deed.form(
            auto_id=f"id-{slug}-%s", initial=_said(hearing, slug)
        )
        _fill(form, slug, hearing, seats, dict(names), on=timezone.localdate(now))
        yield Offer(deed, form, "hearings:on_hearing", hearing.pk)


def _slugs(hearing: Hearing, hat: Hat, seats: Sequence[Seat]) -> Iterator[str]:
    state = HearingState(hearing.state)
    if state == HearingState.ASKED and may.decides(hat, hearing):
        yield "decide"
    if may.arranges(hat, hearing):
        yield from _of_state(hearing, state, seats)
    elif state in HEARD and may.writes_record(hat, hearing):
        yield "show-exhibit"
    if may.may_publish(hat, hearing):
        yield "publish"
    if may.may_call_off(hat, hearing) and state != HearingState.ASKED:
        yield "call-off"


def _of_state(hearing: Hearing, state: HearingState, seats: Sequence[Seat]) -> Iterator[str]:
    """Yield what whoever arranges a hearing may do with it, the main deed first."""
    roles = {seat.role for seat in seats}
    if state == HearingState.GRANTED:
        yield "call"
    if state == HearingState.CALLED:
        yield "open"
        if SeatRole.PANEL not in roles:
            yield "draw-panel"
        elif not hearing.papers.filter(begins_at=hearing.begins_at).exists():
            yield "issue-notice"
        yield from ("choose-panelist", "note-notice", "put-off")
    if state == HearingState.OPEN:
        yield "conclude" if hearing.step == Step.ANNOUNCEMENT else "next-step"
        yield from ("show-exhibit", "suspend")
    if state == HearingState.SUSPENDED:
        yield from ("resume", "show-exhibit")
    if state == HearingState.CONCLUDED:
        yield "close"
    if state in {HearingState.OPEN, HearingState.CONCLUDED} and (hearing.step or 0) >= Step.COMMENTS:
        yield "promise"
    if hearing.is_arranged or hearing.is_heard:
        yield from ("seat-representative", "seat-officer", "seat-other")


def _said(hearing: Hearing, slug: str) -> dict[str, Any]:
    """Return with what a form begins."""
    if slug == "publish":
        return {"words": hearing.basis}
    if slug == "draw-panel":
        return {"count": hearing.procedure.least_panel}
    return {}


def _fill(
    form: Any, slug: str, hearing: Hearing, seats: Sequence[Seat], names: dict[int, str], *, on: date
) -> None:
    """Offer in a form the rooms, posts and persons of this hearing."""
    if slug == "call":
        rooms = HearingRoom.objects.filter(organ__place=hearing.organ.place_id, ended_at=None).order_by(
            "name"
        )
        form.offer([(room.pk, room.name) for room in rooms], _posts(_of_place(hearing, on=on)))
    elif slug == "choose-panelist":
        sat = {seat.panelist_id for seat in seats}
        members = Panelist.objects.filter(ended_at=None, organ__place=hearing.organ.place_id)
        rows = members.exclude(pk__in=[key for key in sat if key]).order_by("kind", "name")
        form.offer([(row.pk, f"{row.name} {row.get_kind_display()}") for row in rows])
    elif slug == "seat-representative":
        here = {seat.position for seat in seats}
        free = [(number, mask_name(name)) for number, name in sorted(names.items()) if number not in here]
        form.offer(free)
    elif slug in {"seat-officer", "promise"}:
        led = Handling.objects.filter(petition=hearing.petition_id, ended_at=None).values("organ")
        held = Post.objects.held_on(on).filter(Q(organ__in=led) | Q(organ=hearing.organ_id))
        form.offer(_posts(held.filter(role__in=sorted(ANSWERS))))
    elif slug in {"note-notice", "show-exhibit"}:
        told = [seat for seat in seats if slug == "show-exhibit" or seat.role in NOTIFIED]
        form.offer([(seat.pk, _covered(seat, names)) for seat in told])


def _covered(seat: Seat, names: dict[int, str]) -> str:
    name = name_of(seat, names)
    of_house = seat.post_id or seat.panelist_id
    return f"{name if of_house else mask_name(name)} {seat.get_role_display()}"


def _of_place(hearing: Hearing, *, on: date) -> Any:
    held = Post.objects.held_on(on).filter(role__in=sorted(_SITS | {Role.LEADER}))
    return held.filter(organ__place=hearing.organ.place_id)


def _posts(rows: Any) -> list[tuple[Any, str]]:
    return [
        (post.pk, f"{post.organ} {post.user.name} {post.title}".strip())
        for post in rows.select_related("organ", "user").order_by("organ__code", "pk")
    ]
