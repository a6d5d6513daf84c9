"""Day, room, chair, clerk and panel of a hearing, and who was told in time (hearing.md §3, §4, §7)."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from accounts.roles import ADMINISTRATORS, Role
from audit.parts import record
from cases.models import Petitioner
from cases.parts import users_kept_out
from documents.models import Document
from documents.numbering import letters_of
from hearings.arithmetic import drawn
from hearings.models import Hearing, HearingNotice, HearingRoom, Panelist, Pause, Seat
from hearings.papers import issue_notice
from hearings.parts import (
    first_day,
    free,
    hold_arranged,
    investigated,
    need,
    standing_seats,
    take,
    tell_seats,
)
from hearings.states import (
    ARRANGED,
    HEARD,
    IN_WORDS,
    NOTIFIED,
    HearingState,
    NoticeMode,
    PauseGround,
    SeatRole,
)
from infra.numbers import take_number
from lib.errors import OutOfTurn, Refused, Unknown

_SEATED = ARRANGED | HEARD


@dataclass(frozen=True, kw_only=True)
class Called:
    """When and where a hearing is held, who chairs it and who keeps its record."""

    begins_at: datetime
    ends_at: datetime
    room_id: int
    chair_id: int
    clerk_id: int
    # empty: it is public
    closed_why: str = ""


@transaction.atomic(durable=True)
def call_hearing(hearing_id: UUID, called: Called, *, by: Hat, now: datetime) -> Hearing:
    """Call a hearing that was granted, or was put off: day, room, chair and clerk, each booked for that time.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not arrange it
    :raises OutOfTurn: if it is not granted, or is called already
    :raises Refused: for a day sooner than the notice allows, a room or person that is taken, or a chair or clerk
        who investigated the petition, withdrew from it, or is named in it
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.GRANTED})
    room, chair, clerk = _refuse_impossible(hearing, called, now=now)
    for seat in hearing.seats.filter(role__in=[SeatRole.CHAIR, SeatRole.CLERK], left_at=None):
        _leave(hearing, seat, _("Another day was set."), now=now)
    hearing.begins_at, hearing.ends_at, hearing.room = called.begins_at, called.ends_at, room
    hearing.is_public, hearing.closed_why = not called.closed_why.strip(), called.closed_why.strip()
    hearing.state = HearingState.CALLED
    Seat.objects.create(hearing=hearing, role=SeatRole.CHAIR, post=chair)
    Seat.objects.create(hearing=hearing, role=SeatRole.CLERK, post=clerk)
    seats = standing_seats(hearing)
    take(hearing, seats, field="begins_at", room=True)
    if not hearing.number:
        hearing.number = _number(hearing, on=timezone.localdate(now))
    fields = ("begins_at", "ends_at", "room", "is_public", "closed_why", "state", "number")
    hearing.save(update_fields=fields)
    tell_seats(hearing, [seat.post for seat in seats if seat.post], now=now)
    facts = {"on": timezone.localdate(called.begins_at).isoformat()}
    record("petition.call_hearing", hearing.petition, by=by.actor, at=now, facts=facts)
    return hearing


@transaction.atomic(durable=True)
def put_off(hearing_id: UUID, *, ground: PauseGround, why: str, by: Hat, now: datetime) -> Hearing:
    """Put a called hearing off, with why; room and persons are free again, and those called are told anew later.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not arrange it
    :raises OutOfTurn: if it is not called, or has begun
    :raises Refused: without a reason
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.CALLED})
    words = need(why, "why")
    Pause.objects.create(
        hearing=hearing,
        ground=ground,
        why=words,
        stood_at=hearing.begins_at,
        began_at=now,
        ended_at=now,
        by=by.post,
    )
    hearing.bookings.all().delete()
    hearing.state, hearing.begins_at, hearing.ends_at, hearing.room = HearingState.GRANTED, None, None, None
    hearing.save(update_fields=["state", "begins_at", "ends_at", "room"])
    record("hearing.put_off", hearing, by=by.actor, at=now, facts={"pause": ground})
    return hearing


@transaction.atomic(durable=True)
def draw_panel(hearing_id: UUID, *, count: int, by: Hat, now: datetime) -> list[Seat]:
    """Draw so many panel members from the registry by a seed that is kept, so that anybody can draw them again.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not arrange it
    :raises OutOfTurn: if it is not called, or members sit already
    :raises Refused: for an even number, fewer than the procedure asks for, or more than the registry has free
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.CALLED})
    if hearing.seats.filter(role=SeatRole.PANEL, left_at=None).exists():
        raise OutOfTurn(_("Panel members sit already: replace one at a time."))
    least = hearing.procedure.least_panel
    if count < least or count % 2 == 0:
        words = _("An odd number, and at least %(least)d.") % {"least": least}
        raise Refused(words, fields={"count": words})
    members = {row.pk: row for row in _free_members(hearing)}
    if len(members) < count:
        words = _("The registry has %(free)d who are free at that time.") % {"free": len(members)}
        raise Refused(words, fields={"count": words})
    hearing.draw_seed, hearing.drawn_from = secrets.token_hex(8), sorted(members)
    hearing.save(update_fields=["draw_seed", "drawn_from"])
    seats = [
        Seat.objects.create(hearing=hearing, role=SeatRole.PANEL, panelist=members[key], drawn=True)
        for key in drawn(hearing.drawn_from, count, hearing.draw_seed)
    ]
    take(hearing, seats, field="count")
    facts = {"count": count, "seed": hearing.draw_seed}
    record("hearing.draw_panel", hearing, by=by.actor, at=now, facts=facts)
    return seats


@transaction.atomic(durable=True)
def choose_panelist(hearing_id: UUID, *, panelist_id: int, by: Hat, now: datetime) -> Seat:
    """Seat a panel member who was chosen from the registry, as where the petitioner chose from the list.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not arrange it
    :raises OutOfTurn: if it is not called or has begun
    :raises Refused: if he is not in the registry, sat on it before, or is taken at that time
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.CALLED})
    member = _free_members(hearing).filter(pk=panelist_id).first()
    if member is None:
        words = _("Choose a member of the registry who is free and has not sat on it.")
        raise Refused(words, fields={"panelist": words})
    seat = Seat.objects.create(hearing=hearing, role=SeatRole.PANEL, panelist=member)
    take(hearing, [seat], field="panelist")
    record("hearing.seat", hearing, by=by.actor, at=now, facts={"seat": SeatRole.PANEL})
    return seat


@transaction.atomic(durable=True)
def seat_representative(hearing_id: UUID, *, position: int, by: Hat, now: datetime) -> Seat:
    """Let a person of the petition take part, at most so many as the procedure allows (Art 20(3); Q17).

    :raises Unknown: if this hat does not read it, or nobody has this place on the petition
    :raises NotAllowed: if it does not arrange it
    :raises OutOfTurn: if it is not arranged or under way
    :raises Refused: if the representatives are complete, or the person takes part already
    """
    hearing = hold_arranged(hearing_id, by, _SEATED)
    if not Petitioner.objects.filter(petition=hearing.petition, position=position).exists():
        raise Unknown(_("There is no such person on the petition."))
    here = hearing.seats.filter(role=SeatRole.PETITIONER, left_at=None)
    if here.filter(position=position).exists() or here.count() >= hearing.procedure.most_representatives:
        words = _("The representatives are complete, or this person takes part already.")
        raise Refused(words, fields={"position": words})
    seat = Seat.objects.create(hearing=hearing, role=SeatRole.PETITIONER, position=position)
    record("hearing.seat", hearing, by=by.actor, at=now, facts={"seat": SeatRole.PETITIONER})
    return seat


@transaction.atomic(durable=True)
def seat_officer(hearing_id: UUID, *, post_id: int, by: Hat, now: datetime) -> Seat:
    """Call an officer of an organ to speak for it; he is told.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not arrange it
    :raises OutOfTurn: if it is not arranged or under way
    :raises Refused: if nobody holds the post today, he sits already, is taken, withdrew or is named in the petition
    """
    hearing = hold_arranged(hearing_id, by, _SEATED)
    post = _person(hearing, post_id, "post", now=now)
    if hearing.seats.filter(post=post, left_at=None).exists():
        words = _("This person takes part already.")
        raise Refused(words, fields={"post": words})
    seat = Seat.objects.create(hearing=hearing, role=SeatRole.OFFICER, post=post)
    take(hearing, [seat], field="post")
    if hearing.begins_at is not None:
        tell_seats(hearing, [post], now=now)
    record("hearing.seat", hearing, by=by.actor, at=now, facts={"seat": SeatRole.OFFICER})
    return seat


@transaction.atomic(durable=True)
def seat_other(hearing_id: UUID, *, role: SeatRole, words: str, by: Hat, now: datetime) -> Seat:
    """Let an agent, an expert, a third party or a witness take part, by name and profession.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not arrange it
    :raises OutOfTurn: if it is not arranged or under way
    :raises Refused: without a name, or if the agents are complete
    """
    hearing = hold_arranged(hearing_id, by, _SEATED)
    name = need(words, "words")
    agents = hearing.seats.filter(role=SeatRole.AGENT, left_at=None).count()
    if role not in IN_WORDS or (role == SeatRole.AGENT and agents >= hearing.procedure.most_agents):
        refusal = _("The agents are complete by this procedure.")
        raise Refused(refusal, fields={"role": refusal})
    seat = Seat.objects.create(hearing=hearing, role=role, words=name)
    record("hearing.seat", hearing, by=by.actor, at=now, facts={"seat": role})
    return seat


@transaction.atomic(durable=True)
def let_leave(hearing_id: UUID, *, seat_id: int, why: str, by: Hat, now: datetime) -> Seat:
    """Write that somebody no longer takes part: recusal that was asked for and granted, illness, a wrong entry.

    :raises Unknown: if this hat does not read it, or there is no such seat
    :raises NotAllowed: if it does not arrange it
    :raises OutOfTurn: if it is not arranged or under way
    :raises Refused: without a reason
    """
    hearing = hold_arranged(hearing_id, by, _SEATED)
    words = need(why, "why")
    seat = hearing.seats.filter(pk=seat_id, left_at=None).select_related("post__user", "panelist").first()
    if seat is None:
        raise Unknown(_("Nobody has this seat."))
    _leave(hearing, seat, words, now=now)
    record("hearing.leave", hearing, by=by.actor, at=now, facts={"seat": seat.role})
    return seat


@transaction.atomic(durable=True)
def note_notice(
    hearing_id: UUID,
    *,
    seat_id: int,
    mode: NoticeMode,
    told_on: date,
    proof: str,
    agreed: bool = False,
    by: Hat,
    now: datetime,
) -> HearingNotice:
    """Write how and when the notice of the hearing reached somebody, and what shows it (D21).

    :raises Unknown: if this hat does not read it, or nobody who is told has this seat
    :raises NotAllowed: if it does not arrange it
    :raises OutOfTurn: if it is not called, or this notice is written
    :raises Refused: for a day ahead or before the hearing was decided on, or without proof (Q25)
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.CALLED})
    seat = hearing.seats.filter(pk=seat_id, left_at=None, role__in=sorted(NOTIFIED)).first()
    if seat is None:
        raise Unknown(_("Nobody has this seat."))
    if HearingNotice.objects.filter(seat=seat, begins_at=hearing.opens_at).exists():
        raise OutOfTurn(_("The notice to this person is written."))
    words = need(proof, "proof")
    decided_on = timezone.localdate(hearing.decided_at)
    if not decided_on <= told_on <= timezone.localdate(now):
        refusal = _("The day lies between the decision on the hearing and today (Q25).")
        raise Refused(refusal, fields={"told_on": refusal})
    notice = HearingNotice.objects.create(
        seat=seat,
        begins_at=hearing.opens_at,
        mode=mode,
        told_on=told_on,
        proof=words,
        agreed=agreed,
        noted_by=by.post,
        noted_at=now,
    )
    facts = {"seat": seat.role, "on": told_on.isoformat()}
    record("hearing.note_notice", hearing, by=by.actor, at=now, facts=facts)
    return notice


@transaction.atomic(durable=True)
def issue_hearing_notice(hearing_id: UUID, *, by: Hat, now: datetime) -> Document:
    """Issue the notice of a called hearing with its panel, once for the day that stands (D21).

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not arrange it
    :raises OutOfTurn: if it is not called, its panel or somebody to be told is missing, or the day has its notice
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.CALLED})
    roles = [seat.role for seat in standing_seats(hearing)]
    if roles.count(SeatRole.PANEL) < hearing.procedure.least_panel or not any(
        role in NOTIFIED for role in roles
    ):
        raise OutOfTurn(_("Seat the panel and who is to be told first: the notice names them."))
    if hearing.papers.filter(begins_at=hearing.begins_at).exists():
        raise OutOfTurn(_("The notice of this day is issued."))
    document = issue_notice(hearing, by=by, now=now)
    facts = {"kind": document.kind, "number": document.number}
    record("hearing.issue_notice", hearing, by=by.actor, at=now, facts=facts)
    return document


def _refuse_impossible(hearing: Hearing, called: Called, *, now: datetime) -> tuple[HearingRoom, Post, Post]:
    faults: dict[str, str] = {}
    room = HearingRoom.objects.filter(pk=called.room_id, ended_at=None).first()
    if room is None:
        faults["room"] = _("Choose a room.")
    if not called.begins_at < called.ends_at:
        faults["ends_at"] = _("It ends after it begins.")
    soonest = first_day(hearing.procedure, timezone.localdate(now))
    if called.begins_at <= now or timezone.localdate(called.begins_at) < soonest:
        faults["begins_at"] = _("By the days of notice of this procedure not before %(day)s.") % {
            "day": soonest
        }
    if called.chair_id == called.clerk_id:
        faults["clerk"] = _("Chair and clerk are two persons.")
    if faults or room is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    chair = _person(hearing, called.chair_id, "chair", now=now)
    if investigated(hearing.petition, chair.user_id):
        words = _("Who investigated the petition does not chair its hearing.")
        raise Refused(words, fields={"chair": words})
    clerk = _person(hearing, called.clerk_id, "clerk", now=now)
    return room, chair, clerk


def _person(hearing: Hearing, post_id: int, field: str, *, now: datetime) -> Post:
    kept_out = users_kept_out(hearing.petition)
    held = Post.objects.held_on(timezone.localdate(now)).filter(pk=post_id).exclude(user__in=kept_out)
    held = held.exclude(role__in=sorted(ADMINISTRATORS | {Role.SEALED_LANE_OFFICER}))
    post: Post | None = held.select_related("user", "organ").first()
    if post is None:
        words = _("Choose somebody who holds a post today and is not kept out of this petition.")
        raise Refused(words, fields={field: words})
    return post


def _free_members(hearing: Hearing) -> QuerySet[Panelist]:
    """Return the members of the place's registry who never sat on it and are not taken at its time."""
    during = (hearing.begins_at, hearing.ends_at)
    sat = hearing.seats.filter(panelist__isnull=False).values("panelist")
    rows = Panelist.objects.filter(ended_at=None, organ__place=hearing.organ.place_id)
    return rows.exclude(bookings__during__overlap=during).exclude(pk__in=sat)


def _leave(hearing: Hearing, seat: Seat, why: str, *, now: datetime) -> None:
    seat.left_at, seat.left_why = now, why
    seat.save(update_fields=["left_at", "left_why"])
    if seat.post_id or seat.panelist_id:
        free(hearing, seat)


def _number(hearing: Hearing, *, on: date) -> str:
    letters = letters_of(hearing.organ.short_name, seat=hearing.organ.place.short_name)
    serial = take_number(f"hearing/{letters}/{on.year}")
    return f"{letters}听〔{on.year}〕{serial}号"
