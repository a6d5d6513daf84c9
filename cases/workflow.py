"""How a petition moves: the whole table of steps, and the functions that alone write a state (law.md §3).

The table is plain data over a `Seat` and a `Standing`, so that it can be asked without a database. What a step needs
besides (a paper, a finding) is asked by its action, and told to the page by `cases.standing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post
from accounts.roles import Role
from audit.parts import record
from cases.models import Handling, Involvement, KeepCheck, Petition, Recusal, ReportedParty
from cases.parts import touch
from cases.states import OPINION_IS_OUT, Basis, EndKind, HandlingState, Receipt, Routing
from lib.errors import NotAllowed, OutOfTurn
from lib.many_rows import write_changed
from lib.prepared import Given, Prepared, prepared
from lib.transactions import require_transaction


class Step(StrEnum):
    """The steps there are; registering is where a petition begins."""

    VOID = "void"
    ROUTE = "route"
    COUNTERSIGN_KEEP = "countersign_keep"
    DECIDE_REPEAT = "decide_repeat"
    REVERSE_REPEAT = "reverse_repeat"
    JOIN_PENDING = "join_pending"
    TELL_WHERE = "tell_where"
    DELIVER_WORD = "deliver_word"
    SIGN_FOR = "sign_for"
    OBJECT = "object"
    DECIDE_RETURN = "decide_return"
    OPEN_DISPUTE = "open_dispute"
    SETTLE_DISPUTE = "settle_dispute"
    ACCEPT = "accept"
    DECLINE = "decline"
    CONVERT = "convert"
    NOTE_PROGRESS = "note_progress"
    ASK_CO_HANDLING = "ask_co_handling"
    FEED_BACK = "feed_back"
    ASK_EXTENSION = "ask_extension"
    DECIDE_EXTENSION = "decide_extension"
    FIND = "find"
    DRAFT_OPINION = "draft_opinion"
    DRAFT_NOTICE = "draft_notice"
    UPLOAD_PAPER = "upload_paper"
    ISSUE_PAPER = "issue_paper"
    RETURN_PAPER = "return_paper"
    DELIVER_PAPER = "deliver_paper"
    PROPOSE_SERVICE = "propose_service"
    DECIDE_SERVICE = "decide_service"
    EXECUTE = "execute"
    RECUSE = "recuse"
    REPORT_COMPLETION = "report_completion"
    DECIDE_REPORT = "decide_report"
    REPORT_UPWARD = "report_upward"
    NOTE_SENT_BACK = "note_sent_back"
    FINISH = "finish"
    REOPEN = "reopen"
    PROPOSE_RESOLVED = "propose_resolved"
    CONFIRM_RESOLVED = "confirm_resolved"
    ASK_RECUSAL = "ask_recusal"
    DECIDE_RECUSAL = "decide_recusal"
    NOTE_WITHDRAWAL = "note_withdrawal"
    CONFIRM_WITHDRAWAL = "confirm_withdrawal"
    REVOKE_WITHDRAWAL = "revoke_withdrawal"
    NOTE_DEATH = "note_death"
    NAME_SUCCESSOR = "name_successor"
    END_AFTER_DEATH = "end_after_death"
    NOTE_ATTEMPT = "note_attempt"
    CHANGE_AGENT = "change_agent"
    STUDY_SUGGESTION = "study_suggestion"
    THANK = "thank"
    CHECK_KEEP = "check_keep"
    GIVE_READER = "give_reader"
    URGE = "urge"


class Place(StrEnum):
    """Where a hat stands towards a petition: in the organ that sent it, that leads it, or that assists.

    The petition office stands over an organ of its place that handles what it registered itself, and the head of a
    higher organ over a head whose recusal was asked for. It looks at a keeping that was drawn where every head of the
    organ below had a hand in it (Q13).
    """

    SENDS = "sends"
    LEADS = "leads"
    ASSISTS = "assists"
    OVERSEES = "oversees"
    JUDGES = "judges"
    LOOKS = "looks"


@dataclass(frozen=True)
class Seat:
    """A hat as the rules see it."""

    role: Role
    places: frozenset[Place]
    recused: bool = False


@dataclass(frozen=True)
class Standing:
    """Where a petition and one handling of it stand; no handling where the step needs none."""

    routing: Routing
    receipt: Receipt | None = None
    state: HandlingState | None = None


@dataclass(frozen=True)
class Rule:
    """Who takes a step from where, and from which states; `None` for a track the step does not ask about."""

    place: frozenset[Place]
    roles: frozenset[Role]
    routings: frozenset[Routing]
    receipts: frozenset[Receipt] | None = None
    states: frozenset[HandlingState] | None = None


_SENDER = frozenset({Place.SENDS})
_LEADER = frozenset({Place.LEADS})
_EITHER = frozenset({Place.SENDS, Place.LEADS})
_ANY = frozenset({Place.SENDS, Place.LEADS, Place.ASSISTS})
# who may say that a petition ended otherwise: the office and never the unit that leads (Q19)
_OFFICE_OVER = frozenset({Place.SENDS, Place.OVERSEES})

# 承办: whoever works on petitions in an organ (Q30)
HANDLES = frozenset(
    {Role.CASE_OFFICER, Role.PETITION_OFFICER, Role.SECTION_HEAD, Role.OFFICE_DIRECTOR, Role.UNIT_HEAD}
)
# a registrar at the front desk signs for what comes in, and decides nothing
SIGNS = HANDLES | {Role.REGISTRAR}
# 分管或主要负责人: papers are approved by them before issue (documents.md §1)
APPROVES = frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR, Role.UNIT_HEAD})
# 机关、单位负责人: nobody else extends (Art 34; R-36, Q9)
HEADS = frozenset({Role.OFFICE_DIRECTOR, Role.UNIT_HEAD})
# the office's own work on what it registered
_OFFICE = frozenset({Role.PETITION_OFFICER, Role.SECTION_HEAD, Role.OFFICE_DIRECTOR})
_COUNTERSIGNS = frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR, Role.UNIT_HEAD})

_REGISTERED = frozenset({Routing.REGISTERED})
_GOING_ON = frozenset({Routing.REGISTERED, Routing.ROUTED})
_AFTER_ROUTING = frozenset({Routing.REGISTERED, Routing.ROUTED, Routing.FINISHED})
_ENDED = frozenset({Routing.ENDED})
_NOT_VOID = frozenset(Routing) - {Routing.VOID}
_HELD = frozenset({Receipt.RECEIVED})
_S = HandlingState
_REVIEWED = frozenset({_S.UNDER_REVIEW})
_AT_WORK = frozenset({_S.INVESTIGATING})
# what is left then is service, carrying out and reporting back
_DECIDED = frozenset({_S.NOT_ACCEPTED, *OPINION_IS_OUT})

RULES: Mapping[Step, Rule] = {
    # Q18: while nothing has been done on it, by a second person
    Step.VOID: Rule(_SENDER, frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR}), _REGISTERED),
    # Art 22(1), 23(1): the organ that registered decides where each claim goes
    Step.ROUTE: Rule(_SENDER, HANDLES, _REGISTERED),
    # Q13
    Step.COUNTERSIGN_KEEP: Rule(_SENDER, _COUNTERSIGNS, _REGISTERED),
    # data-standard §6; Q14: whoever registers may decide, an officer takes it back; also on what is finished
    Step.DECIDE_REPEAT: Rule(_SENDER, SIGNS, _NOT_VOID),
    Step.REVERSE_REPEAT: Rule(_SENDER, HANDLES, _NOT_VOID),
    # Q11: the same matter, pending at this level
    Step.JOIN_PENDING: Rule(_SENDER, HANDLES, _REGISTERED),
    # Art 23(1)(2); R-20: the written word of where it went, and its posting or service (Q24)
    Step.TELL_WHERE: Rule(_SENDER, HANDLES, _GOING_ON),
    Step.DELIVER_WORD: Rule(_SENDER, SIGNS, _AFTER_ROUTING),
    # Q22: 签收
    Step.SIGN_FOR: Rule(_LEADER, SIGNS, _GOING_ON, frozenset({Receipt.DELIVERED}), _REVIEWED),
    # Art 23(3); R-22: before it has decided on any claim
    Step.OBJECT: Rule(_LEADER, HANDLES, _GOING_ON, _HELD, _REVIEWED),
    Step.DECIDE_RETURN: Rule(_SENDER, HANDLES, _GOING_ON, frozenset({Receipt.OBJECTION_PENDING}), _REVIEWED),
    # Art 24; R-24: by whoever sends it, or by the organ that leads and objects
    Step.OPEN_DISPUTE: Rule(_EITHER, HANDLES, _GOING_ON),
    Step.SETTLE_DISPUTE: Rule(_SENDER, HANDLES, _GOING_ON),
    # Art 23, 31: claim by claim (Q10)
    Step.ACCEPT: Rule(_LEADER, HANDLES, _GOING_ON, _HELD, frozenset({_S.UNDER_REVIEW, _S.INVESTIGATING})),
    Step.DECLINE: Rule(_LEADER, HANDLES, _GOING_ON, _HELD, frozenset({_S.UNDER_REVIEW, _S.INVESTIGATING})),
    # deadlines.md §1, §4: the simple track fails, before acceptance (T11) or after it (T12)
    Step.CONVERT: Rule(_LEADER, HANDLES, _GOING_ON, _HELD, _AT_WORK | _REVIEWED),
    # also where nothing was accepted: attempts to reach the petitioner are logged (Q19)
    Step.NOTE_PROGRESS: Rule(_LEADER, HANDLES, _GOING_ON, _HELD, frozenset(HandlingState) - {_S.EXECUTED}),
    # Q10
    Step.ASK_CO_HANDLING: Rule(_LEADER, HANDLES, _GOING_ON, _HELD, _AT_WORK | _REVIEWED),
    Step.FEED_BACK: Rule(frozenset({Place.ASSISTS}), HANDLES, _GOING_ON),
    # Art 34; R-36
    Step.ASK_EXTENSION: Rule(_LEADER, HANDLES, _GOING_ON, _HELD, _AT_WORK),
    Step.DECIDE_EXTENSION: Rule(_LEADER, HEADS, _GOING_ON, _HELD, _AT_WORK),
    # Art 27, 32
    Step.FIND: Rule(_LEADER, HANDLES, _GOING_ON, _HELD, _AT_WORK),
    Step.DRAFT_OPINION: Rule(_LEADER, HANDLES, _GOING_ON, _HELD, _AT_WORK),
    # Art 23: a notice that was sent back is drawn up anew
    Step.DRAFT_NOTICE: Rule(_LEADER, HANDLES, _GOING_ON, _HELD),
    # Q24: papers made elsewhere
    Step.UPLOAD_PAPER: Rule(_LEADER, HANDLES, _GOING_ON, _HELD),
    # documents.md §1: who may approve a draft may send it back instead
    Step.ISSUE_PAPER: Rule(_LEADER, APPROVES, _GOING_ON, _HELD),
    Step.RETURN_PAPER: Rule(_LEADER, APPROVES, _GOING_ON, _HELD),
    Step.DELIVER_PAPER: Rule(_LEADER, SIGNS, _AFTER_ROUTING, _HELD),
    # Q18: by the organ whose paper it is, confirmed by one who approves papers
    Step.PROPOSE_SERVICE: Rule(_EITHER, SIGNS, _AFTER_ROUTING),
    Step.DECIDE_SERVICE: Rule(_EITHER, APPROVES, _AFTER_ROUTING),
    # Art 32: the organ presses for what it supported
    Step.EXECUTE: Rule(_LEADER, HANDLES, _AFTER_ROUTING, _HELD, frozenset({_S.EXECUTING})),
    # Art 28(3); R-33: whoever works on it may have to withdraw
    Step.RECUSE: Rule(_ANY, SIGNS, _GOING_ON),
    # Art 22(1)(3); T6: the unit reports on what was assigned, whoever assigned it takes the report or sends it back
    Step.REPORT_COMPLETION: Rule(_LEADER, HANDLES, _GOING_ON, _HELD, _DECIDED),
    Step.DECIDE_REPORT: Rule(_SENDER, HANDLES, _GOING_ON, _HELD, _DECIDED),
    # Q21; sent back, also what was finished goes on
    Step.REPORT_UPWARD: Rule(_SENDER, HANDLES, _GOING_ON),
    Step.NOTE_SENT_BACK: Rule(_SENDER, HANDLES, _AFTER_ROUTING),
    Step.FINISH: Rule(_SENDER, HANDLES, frozenset({Routing.ROUTED})),
    # Q41: what the call-back desk found to be finished falsely
    Step.REOPEN: Rule(
        _OFFICE_OVER, frozenset({Role.SECTION_HEAD, Role.OFFICE_DIRECTOR}), frozenset({Routing.FINISHED})
    ),
    # data-standard §7: apart from finishing
    Step.PROPOSE_RESOLVED: Rule(_EITHER, HANDLES, frozenset({Routing.ROUTED, Routing.FINISHED})),
    Step.CONFIRM_RESOLVED: Rule(
        _SENDER, _OFFICE | {Role.UNIT_HEAD}, frozenset({Routing.ROUTED, Routing.FINISHED})
    ),
    # asked for by the petitioner and noted by whoever hears it; a leading body has leaders and no unit head
    Step.ASK_RECUSAL: Rule(_EITHER, SIGNS, _GOING_ON),
    Step.DECIDE_RECUSAL: Rule(frozenset({Place.JUDGES}), HEADS | {Role.LEADER}, _GOING_ON),
    # Q19
    Step.NOTE_WITHDRAWAL: Rule(_EITHER, SIGNS, _GOING_ON),
    Step.CONFIRM_WITHDRAWAL: Rule(_OFFICE_OVER, _OFFICE | {Role.UNIT_HEAD}, _GOING_ON),
    Step.REVOKE_WITHDRAWAL: Rule(_OFFICE_OVER, _OFFICE | {Role.UNIT_HEAD}, _GOING_ON | _ENDED),
    Step.NOTE_DEATH: Rule(_EITHER, HANDLES, _GOING_ON),
    # who turns up after the end still continues
    Step.NAME_SUCCESSOR: Rule(_SENDER, HANDLES, _GOING_ON | _ENDED),
    Step.END_AFTER_DEATH: Rule(_OFFICE_OVER, _OFFICE | {Role.UNIT_HEAD}, _GOING_ON),
    Step.NOTE_ATTEMPT: Rule(_EITHER, SIGNS, _GOING_ON),
    Step.CHANGE_AGENT: Rule(_SENDER, HANDLES, _GOING_ON),
    # Art 29; Q20
    Step.STUDY_SUGGESTION: Rule(_LEADER, HANDLES, _GOING_ON, _HELD, _AT_WORK),
    Step.THANK: Rule(_EITHER, HANDLES, frozenset({Routing.ROUTED, Routing.FINISHED})),
    # Q13: by a third person
    Step.CHECK_KEEP: Rule(frozenset({Place.SENDS, Place.LOOKS}), _COUNTERSIGNS, _AFTER_ROUTING),
    # 经办人: each organ that works on it says who of its own reads it
    Step.GIVE_READER: Rule(_ANY, HANDLES, _GOING_ON),
    # 催办, by whoever sent it to the unit, and by the office over it
    Step.URGE: Rule(_OFFICE_OVER, HANDLES, _GOING_ON),
}


class Reason(StrEnum):
    """Why a step cannot be taken."""

    NOT_YOURS = "not_yours"
    RECUSED = "recused"
    NOT_NOW = "not_now"


_WORDS: Mapping[Reason, Promise] = {
    Reason.NOT_YOURS: _("Your post does not take this step."),
    Reason.RECUSED: _("You are recused from this petition (Art 28(3))."),
    Reason.NOT_NOW: _("The petition has moved on. Reload the page to see where it stands."),
}


def refusal_of(step: Step, seat: Seat, standing: Standing) -> Reason | None:
    """Return why a seat may not take a step from where the petition stands, or nothing if it may."""
    rule = RULES[step]
    if seat.role not in rule.roles or not rule.place & seat.places:
        return Reason.NOT_YOURS
    if seat.recused and step is not Step.RECUSE:
        return Reason.RECUSED
    asked = (
        (standing.routing, rule.routings),
        (standing.receipt, rule.receipts),
        (standing.state, rule.states),
    )
    if any(allowed is not None and now not in allowed for now, allowed in asked):
        return Reason.NOT_NOW
    return None


def check(step: Step, petition: Petition, hat: Hat, handling: Handling | None = None) -> None:
    """Refuse a step that this hat may not take, or not now, on a locked petition.

    :raises NotAllowed: if the step is not this hat's, or its wearer withdrew
    :raises OutOfTurn: if it does not follow from where the petition stands
    """
    reason = refusal_of(step, seat_of(petition, hat, handling), standing_of(petition, handling))
    if reason is Reason.NOT_NOW:
        raise OutOfTurn(_WORDS[reason])
    if reason is not None:
        raise NotAllowed(_WORDS[reason])


def seat_of(petition: Petition, hat: Hat, handling: Handling | None = None) -> Seat:
    """Return where a hat stands towards a petition and one handling of it; a successor stands for its forerunner."""
    return with_handling(_seat_without(petition, hat), hat, handling)


def with_handling(seat: Seat, hat: Hat, handling: Handling | None) -> Seat:
    """Return a seat as it is towards one handling more."""
    if handling is None or not hat.organ.is_or_carries_on(handling.organ):
        return seat
    return replace(seat, places=seat.places | {Place.LEADS})


def _seat_without(petition: Petition, hat: Hat) -> Seat:
    """Ask everything that makes a seat in one statement: it is asked at every deed and on every page."""
    sends = hat.organ.is_or_carries_on(petition.register_organ)
    from_above = hat.organ.kind == OrganKind.PETITION_OFFICE and not sends
    over_its_place = (
        from_above and hat.sees_its_place and petition.place_path.startswith(hat.organ.place.path)
    )
    asked = _SEATS[over_its_place, from_above]
    known = {
        "petition": petition.pk,
        "organ": hat.organ.pk,
        "user": hat.user.pk,
        "registering": petition.register_organ_id,
    }
    ((assists, oversees, looks, some_wait, withdrew, named),) = asked(**known)
    places = {
        Place.SENDS: sends,
        Place.ASSISTS: assists,
        Place.OVERSEES: oversees,
        Place.LOOKS: looks,
        Place.JUDGES: some_wait and _judges_one_of(petition, hat),
    }
    taken = frozenset(place for place, is_taken in places.items() if is_taken)
    return Seat(hat.role, taken, recused=withdrew or named)


def _assisting(organ: Given) -> QuerySet[Involvement]:
    """Return the part that an organ has in a petition because it was asked to help."""
    standing = Involvement.objects.filter(petition=OuterRef("pk"), organ=organ, ended_at=None)
    return standing.filter(bases__contains=[Basis.ASSISTS])


def _leading_its_own(registering: Given) -> QuerySet[Handling]:
    """Return what the registering organ leads itself: a petition office above it stands over that (Q19)."""
    return Handling.objects.filter(petition=OuterRef("pk"), organ=registering, ended_at=None)


def _put_before(organ: Given) -> QuerySet[KeepCheck]:
    """Return the drawn keepings of an organ below that were put before this petition office (Q13)."""
    ours = Organ.objects.of_today(organ)
    return KeepCheck.objects.filter(route__petition=OuterRef("pk"), looks__in=ours, looked_at=None)


def _seat_asked(*, over_its_place: bool, from_above: bool) -> Prepared[tuple[bool, ...]]:
    no = Value(value=False)

    @prepared
    def asked(
        petition: Given, organ: Given, user: Given, registering: Given
    ) -> QuerySet[Petition, tuple[bool, ...]]:
        return Petition.objects.filter(pk=petition).values_list(
            Exists(_assisting(organ)),
            Exists(_leading_its_own(registering)) if over_its_place else no,
            Exists(_put_before(organ)) if from_above else no,
            Exists(Recusal.objects.filter(petition=OuterRef("pk"), withdrawn=None)),
            Exists(Recusal.objects.filter(petition=OuterRef("pk"), withdrawn=True, user=user)),
            # whoever a petition names as wrongdoer takes no step of it, also when it is sealed no longer
            Exists(ReportedParty.objects.filter(petition=OuterRef("pk"), user=user)),
        )

    return asked


# what is asked of a seat: by whether the hat looks after the petition's place from above, and stands above at all
_SEATS = {
    (over, above): _seat_asked(over_its_place=over, from_above=above)
    for over in (False, True)
    for above in (False, True)
}


def _judges_one_of(petition: Petition, hat: Hat) -> bool:
    waiting = petition.recusals.filter(withdrawn=None).select_related("judge")
    return any(judges(hat, one) for one in waiting)


def judges(hat: Hat, recusal: Recusal) -> bool:
    """Test if a hat decides on a recusal: a head of the organ that judges, and in a body without one its leaders."""
    return recusal.judge is not None and hat.organ.is_or_carries_on(recusal.judge) and sits_in_judgement(hat)


def sits_in_judgement(hat: Hat) -> bool:
    """Test if a hat decides on the recusals that its organ decides on."""
    if hat.role in HEADS:
        return True
    heads = Post.objects.filter(organ=hat.organ, role__in=sorted(HEADS), held_to=None)
    return hat.role == Role.LEADER and not heads.exists()


def standing_of(petition: Petition, handling: Handling | None = None) -> Standing:
    """Return where a petition stands, and one handling of it."""
    if handling is None:
        return Standing(Routing(petition.routing))
    return Standing(Routing(petition.routing), Receipt(handling.receipt), HandlingState(handling.state))


def check_open(petition: Petition) -> None:
    """Refuse a deed on a petition that is void: nothing hangs on it any more (Q18).

    :raises OutOfTurn: if it is void
    """
    if petition.routing == Routing.VOID:
        raise OutOfTurn(_("This petition is void; nothing more is written on it."))


# These deeds are nothing but the move; the others have an entry of their own beside it.
MOVES: Mapping[Step, str] = {Step.VOID: "petition.void", Step.FINISH: "petition.finish"}


def move(
    petition: Petition,
    target: Routing,
    *,
    step: Step,
    by: Hat,
    at: datetime,
    ended_as: EndKind | None = None,
) -> None:
    """Write a locked petition's state and who moved it (invariant 10). The step was checked by `check`.

    `ended_as` is the kind of an end that is not 办结 (Q19).
    """
    before, petition.routing = petition.routing, target
    petition.ended_as = ended_as or ""
    touch(petition, now=at, also=["routing", "ended_as"])
    facts = {"before": before, "after": target} | ({"ended_as": ended_as} if ended_as else {})
    record(MOVES.get(step, "petition.move"), petition, by=by.actor, at=at, facts=facts)


_MOVED = (
    *("receipt", "state", "received_at", "received_by", "deemed_received"),
    *("accepted_on", "quiet_since_at", "opinion", "ended_at", "known_at"),
)


def move_handling(
    handling: Handling, *, at: datetime, receipt: Receipt | None = None, state: HandlingState | None = None
) -> None:
    """Write a handling's receipt or state on a locked petition. The deed writes the audit entry."""
    require_transaction("move_handling")
    handling.receipt = receipt or handling.receipt
    handling.state = state or handling.state
    handling.known_at = at
    handling.save(update_fields=_MOVED)


def move_handlings(handlings: Sequence[Handling], *, at: datetime, receipt: Receipt) -> None:
    """Write the receipt of many handlings on locked petitions, as `move_handling` does for one."""
    require_transaction("move_handlings")
    for handling in handlings:
        handling.receipt, handling.known_at = receipt, at
    write_changed(handlings, ["receipt", "received_at", "deemed_received", "known_at"])
