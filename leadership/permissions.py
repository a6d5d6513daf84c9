"""Who supervises, recommends, reports and lifts. Each rule is one function; nothing else decides."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post
from accounts.roles import MAY_REGISTER, Role
from assignments.models import ANSWERS, Assignment
from assignments.states import Kind
from cases.models import Petition
from cases.permissions import READS_ALONG
from cases.workflow import HANDLES, Step, refusal_of, seat_of, standing_of
from leadership.meeting_states import MeetingState
from leadership.models import (
    Bulletin,
    BulletinLine,
    DutyDay,
    FieldTrip,
    ForceMember,
    ListItem,
    Meeting,
    MeetingDecision,
    MeetingUnit,
    PetitionLift,
    Slip,
    Sponsorship,
    Station,
    StrikeList,
    TaskForce,
)
from leadership.states import BY_THE_CONFERENCE, NOT_YET_OUT, BulletinState, SlipKind, SlipState

_OFFICE = frozenset({Role.PETITION_OFFICER, Role.SECTION_HEAD, Role.OFFICE_DIRECTOR})
_CONFERENCE = frozenset({Role.JOINT_CONFERENCE_OFFICER, Role.SECTION_HEAD, Role.OFFICE_DIRECTOR})
HEADS = frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR})


def of_the_office(hat: Hat) -> bool:
    """Work on supervision in a petition office."""
    return hat.organ.kind == OrganKind.PETITION_OFFICE and hat.role in _OFFICE


def of_the_conference(hat: Hat) -> bool:
    """Work on supervision in the joint conference's office."""
    return hat.organ.kind == OrganKind.JOINT_CONFERENCE_OFFICE and hat.role in _CONFERENCE


def kinds_for(hat: Hat) -> list[SlipKind]:
    """Return the slips a hat may draw up: the four measures are the joint conference's alone (Art 39(3); R-53)."""
    if of_the_conference(hat):
        return [kind for kind in SlipKind if kind in BY_THE_CONFERENCE]
    if of_the_office(hat):
        return [kind for kind in SlipKind if kind not in BY_THE_CONFERENCE]
    return []


def may_draft(hat: Hat, kind: SlipKind) -> bool:
    """Draw up a slip of a kind."""
    return kind in kinds_for(hat)


def may_revise(hat: Hat, slip: Slip) -> bool:
    """Write a draft anew, take up what the clock opened, or decide that it is not issued."""
    return (
        slip.state in NOT_YET_OUT
        and hat.organ.is_or_carries_on(slip.issuer)
        and may_draft(hat, SlipKind(slip.kind))
    )


def may_issue(hat: Hat, slip: Slip) -> bool:
    """Sign a draft: a head of the issuing office, in the conference's office any of its officers (two persons)."""
    signs = hat.role in HEADS or of_the_conference(hat)
    return (
        slip.state == SlipState.DRAFT
        and hat.organ.is_or_carries_on(slip.issuer)
        and signs
        and may_draft(hat, SlipKind(slip.kind))
    )


def may_urge(hat: Hat, petition: Petition) -> bool:
    """Urge the units that have a petition in hand: its sender, and the office over it."""
    if hat.role not in HANDLES:
        return False
    return refusal_of(Step.URGE, seat_of(petition, hat), standing_of(petition)) is None


def may_verify(hat: Hat, assignment: Assignment) -> bool:
    """Verify a reply, or send it back: whoever supervises in the organ that asked, of an urging whoever urges there."""
    urges = assignment.kind == Kind.URGE and hat.role in HANDLES
    supervises = of_the_office(hat) or of_the_conference(hat) or hat.role == Role.LEADER
    return hat.organ.is_or_carries_on(assignment.asking_organ) and (urges or supervises)


def may_lift_slip(hat: Hat, slip: Slip) -> bool:
    """Lift a slip (解除): a head of the office that issued it."""
    issued = slip.state == SlipState.ISSUED and hat.organ.is_or_carries_on(slip.issuer)
    return issued and (hat.role in HEADS or of_the_conference(hat))


def may_report_urgent(hat: Hat, petition: Petition) -> bool:
    """Report a grave and urgent matter at once, and note to whom it went (Art 25; R-26)."""
    return of_the_office(hat) or (
        hat.role in {Role.REGISTRAR} and hat.organ.kind == OrganKind.PETITION_OFFICE
    )


def may_place(hat: Hat) -> bool:
    """Say how far a matter reaches, lift it, and decide on what the rules propose: office or joint conference."""
    return of_the_office(hat) or of_the_conference(hat)


def may_take_back(hat: Hat, lift: PetitionLift) -> bool:
    """Take back what nobody took yet: the post that lifted it by hand."""
    return lift.rule_id is None and lift.raised_by_id == hat.post.pk and may_place(hat)


def may_decide_proposals(hat: Hat) -> bool:
    """Decide whether what a rule proposes is lifted."""
    return may_place(hat) and (hat.role in HEADS or of_the_conference(hat))


def meetings_for(hat: Hat) -> QuerySet[Meeting]:
    """Return which meetings a hat reads: those of its place, a unit those it is called to or was given a task by."""
    rows = Meeting.objects.all()
    if may_place(hat):
        return rows.filter(organ__place=hat.organ.place_id)
    if hat.role in READS_ALONG:
        return rows.filter(organ__place__path__startswith=hat.organ.place.path)
    if hat.role in ANSWERS:
        ours = Organ.objects.of_today(hat.organ)
        called = MeetingUnit.objects.filter(meeting=OuterRef("pk"), organ__in=ours)
        given = MeetingDecision.objects.of_open_lane().filter(meeting=OuterRef("pk"), organ__in=ours)
        return rows.filter(Q(Exists(called)) | Q(state=MeetingState.ISSUED) & Q(Exists(given)))
    return rows.none()


def reads_whole_meetings(hat: Hat) -> bool:
    """Read agenda and decisions whole; a unit reads what it sees anyway and what is asked of it (Q6)."""
    return may_place(hat) or hat.role in READS_ALONG


def may_write_meeting(hat: Hat, meeting: Meeting) -> bool:
    """Call a meeting, put its agenda together and write its minutes: office or joint conference of its place."""
    return may_place(hat) and hat.organ.place_id == meeting.organ.place_id


def may_sign_minutes(hat: Hat, meeting: Meeting) -> bool:
    """Sign minutes: a head, in the conference's office any of its officers; never who wrote them (two persons)."""
    signs = hat.role in HEADS or of_the_conference(hat)
    return signs and may_write_meeting(hat, meeting) and meeting.noter_id != hat.user.pk


def chairs(*, on: date) -> QuerySet[Post]:
    """Return who may chair a meeting: leaders, and the heads of the petition office."""
    held = Post.objects.held_on(on)
    return held.filter(role__in=[Role.LEADER, Role.OFFICE_DIRECTOR]).select_related("user", "organ")


def posts_that_answer(organ: Organ, *, on: date) -> list[int]:
    """Return the posts that answer for a unit."""
    held = Post.objects.held_on(on).filter(organ=organ, role__in=sorted(ANSWERS))
    return list(held.values_list("pk", flat=True))


def may_enter_meeting_kinds(hat: Hat) -> bool:
    """Enter kinds of meetings and how often they come: a head of the office, the conference's office."""
    return may_decide_proposals(hat)


def lists_for(hat: Hat) -> QuerySet[StrikeList]:
    """Return which lists to strike off a hat reads: those of its place, a unit those with an item of its own."""
    rows = StrikeList.objects.all()
    if may_place(hat):
        return rows.filter(organ__place=hat.organ.place_id)
    if hat.role in READS_ALONG:
        return rows.filter(organ__place__path__startswith=hat.organ.place.path)
    if hat.role in ANSWERS:
        ours = Organ.objects.of_today(hat.organ)
        own = ListItem.objects.of_open_lane().filter(list=OuterRef("pk"), organ__in=ours)
        return rows.filter(Exists(own))
    return rows.none()


def may_open_lists(hat: Hat) -> bool:
    """Open a list to strike off: office or joint conference."""
    return may_place(hat)


def may_write_list(hat: Hat, rows: StrikeList) -> bool:
    """Put items on a list, strike them off and look at them again: office or joint conference of its place."""
    return may_place(hat) and hat.organ.place_id == rows.organ.place_id


def may_staff_teams(hat: Hat) -> bool:
    """Put teams and task forces together, pair leaders with commissioners: office or joint conference."""
    return may_place(hat)


def forces_for(hat: Hat) -> QuerySet[TaskForce]:
    """Return which task forces a hat reads: those of its place, and others those it has a place in."""
    rows = TaskForce.objects.all()
    if may_place(hat):
        return rows.filter(organ__place=hat.organ.place_id)
    if hat.role in READS_ALONG:
        return rows.filter(organ__place__path__startswith=hat.organ.place.path)
    own = ForceMember.objects.filter(force=OuterRef("pk"), post=hat.post, ended_at=None)
    return rows.filter(Exists(own))


# whom drafts and signatures are called to
DRAFTS = _OFFICE | _CONFERENCE
SIGNS = HEADS | {Role.JOINT_CONFERENCE_OFFICER}


def reads_slip(hat: Hat, slip: Slip) -> bool:
    """Read an issued slip: who supervises in the issuing office, and who answers in the unit it is addressed to."""
    if hat.organ.is_or_carries_on(slip.issuer):
        return of_the_office(hat) or of_the_conference(hat)
    return slip.is_out and hat.role in ANSWERS and hat.organ.is_or_carries_on(slip.addressee)


def reads_reports(hat: Hat, petition: Petition) -> bool:
    """Read what was reported as grave and urgent (R-26): who reports so, who places the matter, who reads along."""
    return may_report_urgent(hat, petition) or may_place(hat) or hat.role in READS_ALONG


def bulletins_for(hat: Hat) -> QuerySet[Bulletin]:
    """Return which bulletins a hat reads: its office's, of its place if issued, those that name its unit."""
    rows = Bulletin.objects.all()
    if of_the_office(hat):
        return rows.filter(office__in=Organ.objects.of_today(hat.organ))
    if of_the_conference(hat):
        return rows.filter(office__place=hat.organ.place_id)
    issued = rows.filter(state=BulletinState.ISSUED)
    if hat.role in READS_ALONG:
        return issued.filter(office__place__path__startswith=hat.organ.place.path)
    if hat.role in ANSWERS:
        return issued.filter(Exists(_lines_of(hat).filter(bulletin=OuterRef("pk"))))
    return rows.none()


def _lines_of(hat: Hat) -> QuerySet[BulletinLine]:
    own = Q(organ__in=Organ.objects.of_today(hat.organ))
    return BulletinLine.objects.filter(own, left_out="", petition__sealed=False)


def reads_all_of(hat: Hat) -> bool:
    """Read the matters of all units in a bulletin, and its paper; a unit reads its own matters (Q6)."""
    return of_the_office(hat) or of_the_conference(hat) or hat.role in READS_ALONG


def answers_for_bulletin(hat: Hat, bulletin: Bulletin) -> bool:
    """Issue a bulletin, leave a matter out before, withdraw it: a head of its office, the conference's office there."""
    of_it = of_the_office(hat) and hat.role in HEADS and hat.organ.is_or_carries_on(bulletin.office)
    return of_it or (of_the_conference(hat) and hat.organ.place_id == bulletin.office.place_id)


def may_write_in_bulletin(hat: Hat, bulletin: Bulletin) -> bool:
    """Add words to a bulletin before it is issued: whoever issues it, and the officers of its office."""
    of_it = of_the_office(hat) and hat.organ.is_or_carries_on(bulletin.office)
    return bulletin.state == BulletinState.DRAWN and (of_it or answers_for_bulletin(hat, bulletin))


def may_name_sponsors(hat: Hat) -> bool:
    """Say who sponsors a petition, release him or pass it to another: office or joint conference."""
    return may_place(hat)


def works_on(hat: Hat, sponsorship: Sponsorship, *, serves: bool) -> bool:
    """Write down plan, duties, visits and result: the sponsor, whoever `serves` him as secretary, and the office."""
    return sponsorship.post_id == hat.post.pk or serves or may_place(hat)


def may_name_secretaries(hat: Hat) -> bool:
    """Say who one's secretary is: the leader himself, and nobody in his stead."""
    return hat.role == Role.LEADER and hat.acts_for is None


def may_sign_instructions(hat: Hat) -> bool:
    """Sign an instruction: the leader himself with his own account, nobody for him."""
    return hat.role == Role.LEADER and hat.acts_for is None


def may_keep_phrases(hat: Hat) -> bool:
    """Keep phrases of one's own: leaders, and the secretaries who enter what they wrote."""
    return hat.role in {Role.LEADER, Role.LEADER_SECRETARY}


def may_note_oral(hat: Hat) -> bool:
    """Note what a leader said: whoever works on petitions beside him and heard it (Q33)."""
    return may_place(hat) or hat.role in {Role.LEADER_SECRETARY, Role.UNIT_HEAD}


def may_close_instructions(hat: Hat) -> bool:
    """Close an instruction that everyone answered."""
    return may_place(hat)


def reads_instructions(hat: Hat) -> bool:
    """Read every instruction on a petition one sees; a unit reads those that ask something of it."""
    return may_place(hat) or hat.role in {Role.LEADER, Role.LEADER_SECRETARY, Role.INSPECTOR}


def may_ask_decisions(hat: Hat) -> bool:
    """Ask a leader to decide where a matter is stuck: the office, and the head of a unit that leads it."""
    return may_place(hat) or hat.role == Role.UNIT_HEAD


def may_enter_chain(hat: Hat) -> bool:
    """Enter who is party secretary of a division."""
    return may_place(hat)


def may_keep_rosters(hat: Hat) -> bool:
    """Enter the order of leaders, plan the roster and change it: office or joint conference."""
    return may_place(hat)


def may_change_day(hat: Hat, day: DutyDay, *, serves: bool) -> bool:
    """Name who sits instead on a day: who keeps the roster, the leader himself, whoever `serves` him as secretary."""
    return may_keep_rosters(hat) or hat.post.pk == day.post_id or serves


def reads_queue(hat: Hat, day: DutyDay, *, serves: bool) -> bool:
    """Read the queue of a day: the office's window, who keeps the roster, the leader who sits and his secretary."""
    return works_at_window(hat) or may_change_day(hat, day, serves=serves)


# who gives out numbers, besides those who supervise
WINDOW = frozenset({Role.REGISTRAR})


# who reads the roster and what leaders do: who supervises, leaders and their secretaries, the window
RECEIVES = _OFFICE | _CONFERENCE | WINDOW | {Role.LEADER, Role.LEADER_SECRETARY}


def works_at_window(hat: Hat) -> bool:
    """Give out numbers, call them and note what came of it: who registers in the petition office, and the office."""
    window = hat.organ.kind == OrganKind.PETITION_OFFICE and hat.role in WINDOW
    return window or may_place(hat)


def may_take_on(hat: Hat, day: DutyDay, *, serves: bool) -> bool:
    """Write that the leader takes on what he heard: he himself, his secretary, and who names sponsors."""
    return may_name_sponsors(hat) or hat.post.pk == day.post_id or serves


def writes_trips_of(hat: Hat, leader_id: int | None, *, serves: bool) -> bool:
    """Write down a leader's journeys and invitations: he himself, his secretary, and the office."""
    return may_place(hat) or hat.post.pk == leader_id or serves


def reads_trip(hat: Hat, trip: FieldTrip, *, serves: bool) -> bool:
    """Read a journey: whoever writes it down, and inspectors."""
    return writes_trips_of(hat, trip.post_id, serves=serves) or hat.role == Role.INSPECTOR


# who may sit at the call-back desk of a petition office (Q41)
CALLS_BACK = _OFFICE


def calls_back(hat: Hat) -> bool:
    """Call petitioners back after the end: the petition office, which is outside the unit (Q41)."""
    return of_the_office(hat)


def checks_call_backs(hat: Hat) -> bool:
    """Check what a bad answer says: a head of the petition office, another person than called (Q41)."""
    return of_the_office(hat) and hat.role in HEADS


# before whom reports of pressure are put: heads of an office, and of what stands above it
READS_PRESSURE = HEADS | {Role.UNIT_HEAD, Role.LEADER, Role.JOINT_CONFERENCE_OFFICER}


def finds_on_pressure(hat: Hat) -> bool:
    """Read what was reported about pressure before the hat's organ, and look into it (Q2, Q39)."""
    return hat.role in READS_PRESSURE


def may_give_to_stations(hat: Hat) -> bool:
    """Give a petition to a station: office or joint conference."""
    return may_place(hat)


def notes_services(hat: Hat, station: Station | None) -> bool:
    """Write down what a station did: the office, and who registers in the organ that keeps it."""
    keeps = station is not None and station.organ_id == hat.organ.pk and hat.role in MAY_REGISTER
    return may_place(hat) or keeps
