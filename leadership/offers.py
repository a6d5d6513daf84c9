"""Which deeds a page offers a hat, each with its form as it stands: empty, or as it was sent and refused."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.page_deeds import Bound, Deed, Offer
from assignments.models import Assignment
from assignments.states import OWED, STANDING, STANDS, Kind, LiftState, Span, State, Tier
from cases.models import Handling, Petition
from leadership import permissions as may
from leadership.actions.answers import TAKEN_BACK
from leadership.deeds import ON_ASKED, ON_BULLETIN, ON_LIFT, ON_PETITION, ON_SLIP
from leadership.forms.supervision import (
    LeaveOut,
    Lift,
    Lower,
    OnOrgans,
    SetSpan,
    WriteSlip,
)
from leadership.lifts import tier_of, whom_span_reaches
from leadership.meeting_states import DecisionKind
from leadership.models import (
    Bulletin,
    BulletinLine,
    LiftAddressee,
    Meeting,
    MeetingDecision,
    PetitionLift,
    Slip,
)
from leadership.slips import meetings_that_decide
from leadership.states import TO_WHO_LEADS, BulletinState, SlipKind, SlipState
from lib.forms import RefusableForm

# of how many meetings one is chosen as the one that decided a measure
_MEETINGS = 24


def units_that_lead(petition: Petition) -> QuerySet[Organ]:
    """Return the units that lead something of a petition."""
    led = Handling.objects.filter(petition=petition, ended_at=None)
    return Organ.objects.current().filter(pk__in=led.values("organ"))


def _only(units: QuerySet[Organ]) -> Organ | None:
    """Return the unit that is meant because there is no other."""
    found = list(units[:2])
    return found[0] if len(found) == 1 else None


def of_petition(
    petition: Petition, hat: Hat, bound: Bound, *, today: date, kind: SlipKind | None = None
) -> Iterator[Offer]:
    """Yield what a hat may begin on a petition; `kind` is the slip that was chosen to be drawn up."""

    def offer(slug: str, **facts: Any) -> Offer:
        deed = ON_PETITION[slug]
        form = bound.get(("petition", slug)) or deed.form(**facts)
        return Offer(deed, form, "leadership:on_petition", petition.pk)

    leading = units_that_lead(petition)
    others = leading.exclude(pk__in=Organ.objects.of_today(hat.organ).values("pk"))
    only = _only(others)
    if may.may_urge(hat, petition):
        yield offer("urge", organs=others, initial={"organ": only})
    refused = bound.get(("petition", "draft-slip"))
    if refused is not None or (kind is not None and may.may_draft(hat, kind)):
        organs = leading if kind in TO_WHO_LEADS else None
        initial = {
            "kind": kind,
            "addressee": only if kind in TO_WHO_LEADS else None,
            "meeting": _meeting_that_took(kind, petition),
        }
        yield _with_meetings(offer("draft-slip", kind=kind, organs=organs, initial=initial), hat)
    if petition.is_open and may.may_place(hat):
        yield _filled(offer("set-span"), petition, today)
        yield _filled(offer("lift"), petition, today)
    if may.may_report_urgent(hat, petition) and not petition.is_void:
        yield offer("report-urgent")


def _with_meetings(offer: Offer, hat: Hat) -> Offer:
    """Say in the form of a measure which meetings may have decided it."""
    if isinstance(offer.form, WriteSlip) and "meeting" in offer.form.fields:
        offer.form.offer_meetings(meetings_that_decide(hat.organ)[:_MEETINGS])
    return offer


def _meeting_that_took(kind: SlipKind | None, petition: Petition) -> Meeting | None:
    """Return the latest meeting whose minutes take this measure on a petition."""
    taken = MeetingDecision.objects.filter(petition=petition, kind=DecisionKind.MEASURE, measure=kind or "")
    found = taken.select_related("meeting").order_by("-meeting__meets_at").first()
    return found.meeting if found is not None else None


def _filled(offer: Offer, petition: Petition, today: date) -> Offer:
    """Say in a form before whom a petition comes with each choice."""
    if isinstance(offer.form, SetSpan):
        found = {span: whom_span_reaches(petition, span, on=today) for span in Span}
        stays = str(_("stays where it is"))
        named = {span: "；".join(_name(whom.asked) for whom in each) for span, each in found.items()}
        offer.form.say_whom({span: names or stays for span, names in named.items()})
    elif isinstance(offer.form, Lift):
        offer.form.above(tier_of(petition))
    return offer


def _name(asked: Post | Organ) -> str:
    return f"{asked.user.name} {asked.title}" if isinstance(asked, Post) else str(asked)


def of_slip(slip: Slip, hat: Hat, bound: Bound) -> Iterator[Offer]:
    """Yield what a hat may do with a slip."""

    def offer(slug: str, **facts: Any) -> Offer:
        deed = ON_SLIP[slug]
        form = bound.get(("slip", slug)) or deed.form(**facts)
        return Offer(deed, form, "leadership:on_slip", slip.pk)

    version = {"initial": {"version": slip.version}}
    drew_it_up = slip.document is not None and slip.document.drafter_id == hat.user.pk
    if may.may_issue(hat, slip) and not drew_it_up:
        yield offer("issue", **version)
        yield offer("return", **version)
    if may.may_revise(hat, slip):
        kind = SlipKind(slip.kind)
        organs = units_that_lead(slip.petition) if kind in TO_WHO_LEADS else None
        yield _with_meetings(offer("revise", kind=kind, organs=organs, initial=_said(slip)), hat)
        yield offer("discard")
    if may.may_lift_slip(hat, slip):
        yield offer("lift")


def _said(slip: Slip) -> dict[str, Any]:
    names = (
        "kind",
        "version",
        "addressee",
        "ground",
        "grade",
        "facts",
        "evidence",
        "act",
        "advice",
        "due_on",
        *("again_because", "delay_because", "elsewhere_because", "sooner_because"),
        *("meeting", "held_at", "held_where", "called"),
    )
    return {name: getattr(slip, name) for name in names}


def of_bulletin(bulletin: Bulletin, lines: Sequence[BulletinLine], hat: Hat, bound: Bound) -> Iterator[Offer]:
    """Yield what a hat may do with a month's bulletin: write in it, leave out, issue, and withdraw it afterwards."""
    for slug in _slugs_of_bulletin(bulletin, hat) if lines else ():
        deed = ON_BULLETIN[slug]
        written = {"version": bulletin.version, "words": bulletin.words}
        form = bound.get(("bulletin", slug)) or deed.form(initial=written)
        if isinstance(form, LeaveOut):
            form.offer((line.pk, f"{line.organ} {line.petition.number}") for line in lines)
        yield Offer(deed, form, "leadership:on_bulletin", bulletin.pk)


def _slugs_of_bulletin(bulletin: Bulletin, hat: Hat) -> Iterator[str]:
    answers = may.answers_for_bulletin(hat, bulletin)
    if bulletin.is_issued and answers:
        yield "withdraw"
    if bulletin.state == BulletinState.WITHDRAWN and answers and not bulletin.another_stands():
        yield "draw-anew"
    if bulletin.state != BulletinState.DRAWN:
        return
    if answers and bulletin.editor_id != hat.user.pk:
        yield "issue"
    if may.may_write_in_bulletin(hat, bulletin):
        yield "write"
    if answers:
        yield "leave-out"


def of_asked(
    assignment: Assignment, hat: Hat, *, asked: bool, slip: Slip | None, bound: Bound
) -> Iterator[Offer]:
    """Yield what a hat may do with an assignment: answer it, or verify the answer."""

    def offer(slug: str) -> Offer:
        deed = ON_ASKED[slug]
        return Offer(deed, bound.get(("asked", slug)) or deed.form(), "leadership:on_asked", assignment.pk)

    if asked and assignment.kind != Kind.LIFTED:
        if assignment.state == State.ASKED:
            yield offer("receive")
        if assignment.state in OWED:
            yield offer("answer" if slip is not None and slip.is_recommendation else "reply")
    if assignment.state == State.REPLIED and may.may_verify(hat, assignment):
        if assignment.kind != Kind.LIST_ITEM:
            yield offer("verify")
        yield offer("send-back")
    if assignment.kind in TAKEN_BACK and assignment.state in STANDING and may.may_verify(hat, assignment):
        yield offer("take-back")


def of_lift(lift: PetitionLift, hat: Hat, *, mine: LiftAddressee | None, bound: Bound) -> Iterator[Offer]:
    """Yield what a hat may do about a lift: those it is put before, the office over it, the conference's office."""
    for slug in _slugs_of_lift(lift, hat, mine):
        deed = ON_LIFT[slug]
        form = bound.get((f"lift:{lift.pk}", slug))
        if form is None and issubclass(deed.form, OnOrgans):
            form = deed.form(organs=units_that_lead(lift.petition))
        form = form or deed.form()
        if isinstance(form, Lower):
            form.say_to(str(unit) for unit in units_that_lead(lift.petition))
        yield Offer(deed, form, "leadership:on_lift", lift.pk)


def to_take(lift: PetitionLift, mine: LiftAddressee) -> list[Offer]:
    """Return the one deed by which a lifted matter is taken by whom it is put before, while he has not; or none."""
    if not _waits_for(lift, mine):
        return []
    return [Offer(ON_LIFT["accept"], ON_LIFT["accept"].form(), "leadership:on_lift", lift.pk)]


def _waits_for(lift: PetitionLift, mine: LiftAddressee) -> bool:
    return lift.state in STANDS and not lift.to_decide and mine.state == LiftState.WAITING


def _slugs_of_lift(lift: PetitionLift, hat: Hat, mine: LiftAddressee | None) -> Iterator[str]:
    stands = lift.state in STANDS
    if lift.state == LiftState.PROPOSED and may.may_decide_proposals(hat):
        yield "decide"
    if lift.state == LiftState.WAITING and may.may_take_back(hat, lift):
        yield "take-back"
    if stands and mine is not None:
        if lift.to_decide:
            if may.of_the_conference(hat):
                yield "decide-tier"
                return
        elif _waits_for(lift, mine):
            yield "accept"
            if not lift.binding:
                yield "give-back"
        if lift.to_tier != Tier.CITY:
            yield "further"
    has_taken = mine is not None and mine.state == LiftState.ACCEPTED
    if lift.state == LiftState.ACCEPTED and (has_taken or may.may_place(hat)):
        yield "lower"
    if lift.to_tier == Tier.CITY and may.may_place(hat) and stands:
        if lift.sent_on is None:
            yield "city"
        elif lift.answered_on is None:
            yield "citys-answer"


def form_of(deed: Deed, data: Any, files: Any, *, organs: QuerySet[Organ] | None) -> RefusableForm:
    """Return a deed's form with what was sent."""
    if issubclass(deed.form, WriteSlip):
        return deed.form(data, organs=None)
    if issubclass(deed.form, OnOrgans):
        return deed.form(data, organs=organs)
    return deed.form(data, files=files)


NOT_ISSUED = frozenset({SlipState.OPENED, SlipState.DRAFT, SlipState.SENT_BACK, SlipState.DISCARDED})
