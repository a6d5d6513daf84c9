"""Pieces of meetings that deeds, sweeps and pages share."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post
from deadlines.calendars import working_days_before
from infra.sweep_runs import Tally
from leadership import permissions as may
from leadership.cadence import stretch_before, stretch_of
from leadership.meeting_states import Cadence, MeetingState
from leadership.models import Meeting, MeetingKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.stretches import Stretch
from lib.transactions import require_transaction
from notices.models import Kind
from notices.parts import tell

# so many working days before a stretch ends the office is told that nothing was called in it
_DAYS_BEFORE = 3


def hold_meeting(meeting_id: UUID, hat: Hat, *, open_only: bool = True) -> Meeting:
    """Return a meeting that a hat may write, held until the transaction ends.

    :raises Unknown: if there is none for this hat
    :raises NotAllowed: if it only reads it
    :raises OutOfTurn: if its minutes are issued, or it was called off
    """
    require_transaction("hold_meeting")
    if not may.meetings_for(hat).filter(pk=meeting_id).exists():
        raise Unknown(_("There is no such meeting."))
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("kind", "organ__place", "chair__user")
        .get(pk=meeting_id)
    )
    if not may.may_write_meeting(hat, meeting):
        raise NotAllowed(_("Your post does not write this meeting."))
    if open_only and not meeting.is_open:
        raise OutOfTurn(_("The minutes are issued, or the meeting was called off."))
    return meeting


def need(words: str, field: str) -> None:
    """Refuse words that are not there.

    :raises Refused: naming the field
    """
    if not words.strip():
        message = _("Fill this in.")
        raise Refused(message, fields={field: message})


def tell_meeting(meeting: Meeting, posts: Iterable[int], *, now: datetime) -> None:
    """Tell posts of a meeting they are called to; anew when its time changes."""
    require_transaction("tell_meeting")
    key = f"meeting:{meeting.pk}:called:{meeting.meets_at:%Y%m%d%H%M}"
    tell(posts, Kind.MEETING_CALLED, key=key, subject_id=str(meeting.pk), now=now)


def convening_offices() -> list[Organ]:
    """Return who watches over meetings of each place: the joint conference's office, else the petition office."""
    offices = Organ.objects.current().filter(
        kind__in=[OrganKind.JOINT_CONFERENCE_OFFICE, OrganKind.PETITION_OFFICE]
    )
    by_place: dict[int, Organ] = {}
    for office in offices.select_related("place").order_by("pk"):
        first = by_place.get(office.place_id)
        if first is None or office.kind == OrganKind.JOINT_CONFERENCE_OFFICE:
            by_place[office.place_id] = office
    return list(by_place.values())


def was_held(kind: MeetingKind, place_id: int, stretch: Stretch, *, called_counts: bool = False) -> bool:
    """Test if a kind of meeting was held at a place within some days, or with `called_counts` is called for one."""
    states = {MeetingState.HELD, MeetingState.ISSUED} | ({MeetingState.CALLED} if called_counts else set())
    begins, ends = _moments(stretch)
    return Meeting.objects.filter(
        kind=kind,
        organ__place=place_id,
        state__in=sorted(states),
        meets_at__gte=begins,
        meets_at__lt=ends,
    ).exists()


def _moments(stretch: Stretch) -> tuple[datetime, datetime]:
    begins = datetime.combine(stretch.first, datetime.min.time())
    ends = datetime.combine(stretch.last + timedelta(days=1), datetime.min.time())
    return timezone.make_aware(begins), timezone.make_aware(ends)


def watch_cadence(*, now: datetime, tally: Tally) -> int:
    """Tell the office of each place of kinds of meetings that are due and not called, or were missed. Return how many.

    A kind is watched from the stretch after its first meeting on, so that nobody is told of what never began.
    """
    kinds = MeetingKind.objects.filter(ended_on=None).exclude(cadence=Cadence.NONE).order_by("pk")
    offices = convening_offices()
    return sum(_watch_one(kind, office, now=now, tally=tally) for kind in kinds for office in offices)


@transaction.atomic(durable=True)
def _watch_one(kind: MeetingKind, office: Organ, *, now: datetime, tally: Tally) -> int:
    today = timezone.localdate(now)
    cadence = Cadence(kind.cadence)
    told = 0
    for stretch, missed in ((stretch_before(cadence, today), True), (stretch_of(cadence, today), False)):
        if stretch is None or not _began_before(kind, office.place_id, stretch):
            continue
        near = missed or today >= working_days_before(stretch.last, _DAYS_BEFORE)
        if not near or was_held(kind, office.place_id, stretch, called_counts=not missed):
            continue
        posts = _who_calls(office, today)
        if not posts:
            tally.skip("nobody_to_tell")
            continue
        key = f"meetings:{kind.pk}:{'missed' if missed else 'due'}:{stretch.last:%Y%m%d}"
        notice = Kind.MEETING_MISSED if missed else Kind.MEETING_DUE
        tell(posts, notice, key=key, subject_id=str(kind.pk), now=now)
        told += 1
    return told


def _began_before(kind: MeetingKind, place_id: int, stretch: Stretch) -> bool:
    begins, _ends = _moments(stretch)
    held = Meeting.objects.filter(kind=kind, organ__place=place_id, meets_at__lt=begins)
    return held.exclude(state=MeetingState.CALLED_OFF).exists()


def _who_calls(office: Organ, on: date) -> list[int]:
    held = Post.objects.held_on(on).filter(organ=office, role__in=sorted(may.SIGNS))
    return list(held.values_list("pk", flat=True))
