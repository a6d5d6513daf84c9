"""The ledger (台账) as questions: which petitions of those a hat sees, in what order."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from accounts.roles import Role
from assignments.models import Assignment
from cases.counted import counted
from cases.models import (
    Claim,
    Extension,
    Handling,
    KeepCheck,
    Petition,
    PetitionClock,
    PetitionDocument,
    Petitioner,
    PetitionQuerySet,
    Reader,
    Recusal,
    Remedy,
    RepeatDecision,
    VoidProposal,
    Withdrawal,
)
from cases.people import has_withdrawn, is_dead
from cases.sponsored import is_sponsored
from cases.states import FROM_ABOVE, OPEN, Channel, Receipt, Routing
from cases.workflow import RULES, Step, sits_in_judgement
from documents.models import Posting, ServiceRecord
from documents.states import NOT_YET_OUT, State
from lib.among import among_given, array_of
from lib.prepared import Given, prepared
from notices.models import Kind, Notice
from places.models import Place


class View(StrEnum):
    """The ready-made views above the ledger."""

    OPEN = "open"
    TO_ROUTE = "to_route"
    TO_SIGN_FOR = "to_sign_for"
    # given to the reader's own post to read and work on (我经办)
    MINE = "mine"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    COLLECTIVE = "collective"
    FROM_ABOVE = "from_above"
    # what waits for a decision of the reader's own organ
    OBJECTIONS = "objections"
    PAPERS = "papers"
    TO_SERVE = "to_serve"
    EXTENSIONS = "extensions"
    VOIDS = "voids"
    WITHDRAWALS = "withdrawals"
    RECUSALS = "recusals"
    KEEPS = "keeps"
    # pairs that somebody put off to decide later (Q14)
    REPEATS = "repeats"
    # nothing is missing any more, and whose step it is was called
    TO_FINISH = "to_finish"
    # the reader's own organ reviews an opinion on it, and its paper is not with everybody yet (Art 35, 36)
    REMEDIES = "remedies"
    # an opinion on it is contested, whoever reviews it
    CONTESTED = "contested"
    # an order or a measure stands (Art 39(3), 40)
    SUPERVISED = "supervised"
    # a leader answers for it (包案)
    SPONSORED = "sponsored"
    ALL = "all"


class LampColour(StrEnum):
    """The lamp as a filter (Q27)."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    # no period runs on it, so no lamp is lit
    DARK = "dark"


# what falls due within these days is near
SOON = timedelta(days=7)
# the running number of a petition, with or without its leading noughts (Q16)
_RUNNING_NUMBER = re.compile(r"[0-9]{1,6}")
# letters of the office, year, six digits (Q16)
WHOLE_NUMBER = re.compile(r"[A-Z]{2,7}\d{4}-\d{6}")


@dataclass(frozen=True)
class Question:
    """What the ledger was asked for; empty parts do not narrow it."""

    view: View = View.OPEN
    lamp: LampColour | None = None
    routing: Routing | None = None
    channel: Channel | None = None
    place_path: str = ""
    leading_organ: Organ | None = None
    register_organ_id: int | None = None
    since: date | None = None
    until: date | None = None
    # a number from its beginning, or whole ones where the last digits were typed
    number: str = ""
    numbers: Sequence[str] = ()
    # what a figure counts, as its word (`cases.counted`)
    figure: str = ""

    @property
    def means_void(self) -> bool:
        """Test if everything is asked for and what is void is meant: by its state, or by a whole number (Q18).

        Also by a figure: of a past day it counts what became void later.
        """
        named = bool(self.numbers) or WHOLE_NUMBER.fullmatch(self.number) is not None
        return self.view is View.ALL and (named or bool(self.figure) or self.routing is Routing.VOID)

    @property
    def is_a_view_alone(self) -> bool:
        """Test if nothing narrows it but its view."""
        return self == Question(view=self.view)


def question_of(
    facts: Mapping[str, str], *, place: Place | None, unit: Organ | None, organ: Organ | None
) -> Question:
    """Return the question that a filter's codes ask, with the rows that three of them name.

    :raises ValueError: for a code that there is not
    """
    return Question(
        view=View(facts.get("view") or View.OPEN),
        lamp=LampColour(facts["lamp"]) if facts.get("lamp") else None,
        routing=Routing(facts["routing"]) if facts.get("routing") else None,
        channel=Channel(facts["channel"]) if facts.get("channel") else None,
        place_path=place.path if place else "",
        leading_organ=unit,
        register_organ_id=organ.pk if organ else None,
        since=date.fromisoformat(facts["since"]) if facts.get("since") else None,
        until=date.fromisoformat(facts["until"]) if facts.get("until") else None,
        number=facts.get("q", ""),
        figure=facts.get("figure", ""),
    )


def due_key(hat: Hat) -> str:
    """Return the column that the hat's index by deadline is made of."""
    return "next_due_at" if hat.sees_its_place else "involvements__next_due_at"


def in_order(rows: PetitionQuerySet, *, hat: Hat, by_date: bool) -> PetitionQuerySet:
    """Return rows in the order in which the ledger pages through them: nearest deadline first, or newest first."""
    if by_date:
        return rows.order_by("-received_at", "-pk")
    return rows.order_by(F(due_key(hat)).asc(nulls_last=True), "pk")


def in_view(rows: PetitionQuerySet, view: View, *, hat: Hat, now: datetime) -> PetitionQuerySet:
    """Keep what belongs to a ready-made view; what waits is what waits for the hat's own organ.

    No view has what is void, “everything” neither (Q18).
    """
    of_open = conditions_of_open(now, now + SOON)
    if view in of_open:
        return _owed(rows, hat).open().filter(of_open[view])
    return in_lasting_view(rows, view, hat=hat)


def in_lasting_view(rows: PetitionQuerySet, view: View, *, hat: Hat) -> PetitionQuerySet:
    """Do the same for a view that asks nothing of the time."""
    if view is View.ALL:
        return rows.standing()
    rows = _owed(rows, hat)
    if view is View.KEEPS:
        # what was kept is looked at also once it is finished (Q13)
        rows = rows.filter(routing__in=sorted(RULES[Step.CHECK_KEEP].routings))
    elif view in {View.REPEATS, View.REMEDIES, View.CONTESTED}:
        # a petition may be finished before anybody decides, and before its opinion is contested
        rows = rows.standing()
    else:
        rows = rows.open()
    return rows.filter(_condition(view, hat))


def _owed(rows: PetitionQuerySet, hat: Hat) -> PetitionQuerySet:
    return rows.waits_in_the_lane() if hat.role == Role.SEALED_LANE_OFFICER else rows


def _condition(view: View, hat: Hat) -> Q:
    ours = Organ.objects.of_today(hat.organ)
    handled = Handling.objects.filter(petition=OuterRef("pk"), ended_at=None)
    match view:
        case View.TO_ROUTE:
            unrouted = Q(Exists(Claim.objects.filter(petition=OuterRef("pk"), route=None)))
            # whoever reads along counts what the office has to route, as the office itself does
            routes = hat.role in RULES[Step.ROUTE].roles
            own = Q(register_organ__in=ours) if routes else Q(register_organ__kind=OrganKind.PETITION_OFFICE)
            return Q(routing=Routing.REGISTERED) & unrouted & own
        case View.TO_SIGN_FOR:
            delivered = handled.filter(receipt=Receipt.DELIVERED)
            return Q(Exists(delivered if hat.sees_its_place else delivered.filter(organ__in=ours)))
        case View.MINE:
            read_here = Reader.objects.filter(petition=OuterRef("pk"), post=hat.post.pk, ended_at=None)
            return Q(Exists(read_here))
        case View.OBJECTIONS:
            return Q(Exists(handled.filter(sender__in=ours, receipt=Receipt.OBJECTION_PENDING)))
        case View.PAPERS:
            # who drew a paper up does not approve it (documents.md §1)
            papers = PetitionDocument.objects.filter(
                petition=OuterRef("pk"), handling__ended_at=None, document__organ__in=ours
            )
            waiting = papers.filter(document__state__in=sorted(NOT_YET_OUT))
            return Q(Exists(waiting.exclude(document__drafter=hat.user.pk)))
        case View.TO_SERVE:
            return _papers_to_serve(ours)
        case View.EXTENSIONS:
            asked = Extension.objects.filter(handling__petition=OuterRef("pk"), handling__ended_at=None)
            return Q(Exists(asked.filter(organ__in=ours, decided_at=None)))
        case View.VOIDS:
            proposed = VoidProposal.objects.filter(petition=OuterRef("pk"), decided_at=None)
            return Q(Exists(proposed), register_organ__in=ours)
        case View.WITHDRAWALS:
            return _withdrawals_to_confirm(hat, ours)
        case View.RECUSALS:
            asked_of_us = Recusal.objects.filter(petition=OuterRef("pk"), judge__in=ours, withdrawn=None)
            others = asked_of_us.exclude(user=hat.user.pk)
            return Q(Exists(others)) if sits_in_judgement(hat) else Q(pk__in=[])
        case View.KEEPS:
            drawn = KeepCheck.objects.filter(
                route__petition=OuterRef("pk"), route__ended_at=None, looks__in=ours, looked_at=None
            )
            return Q(Exists(drawn.exclude(Q(kept_by=hat.user.pk) | Q(countersigned_by=hat.user.pk))))
        case View.REPEATS:
            # of which the hat sees both, so that no count tells of one it may not know (Q6)
            visible = Petition.objects.visible_to(hat).standing()
            put_off = RepeatDecision.objects.waiting().filter(petition=OuterRef("pk"))
            return Q(Exists(put_off.filter(earlier__in=visible.values("pk"))), register_organ__in=ours)
        case View.TO_FINISH:
            called = Notice.objects.standing().filter(kind=Kind.CAN_BE_FINISHED)
            of_this = called.filter(subject_id=Cast(OuterRef("pk"), CharField()))
            return Q(Exists(of_this), routing=Routing.ROUTED, register_organ__in=ours)
        case View.REMEDIES:
            owed = PetitionClock.objects.open().filter(remedy__isnull=False, organ__in=ours)
            return Q(pk__in=owed.values("petition"))
        case View.CONTESTED:
            return Q(pk__in=Remedy.objects.going_on().values("petition"))
        case View.SUPERVISED:
            return Q(pk__in=Assignment.objects.supervised())
        case View.SPONSORED:
            return Q(is_sponsored(OuterRef("pk")))
        case _:
            message = f"{view} is no view that waits for anybody"
            raise ValueError(message)


def _papers_to_serve(ours: QuerySet[Organ]) -> Q:
    """Papers of one's own organ that somebody they go to has not in hand; the word of a way not even posted (Q24).

    Who withdrew or died is served nothing (Q19). Two lists joined, and no OR inside one: the database would ask
    of every paper on what is open who has it, before it asks whose it is.
    """
    document, person = OuterRef(OuterRef("document")), OuterRef("pk")
    served = ServiceRecord.objects.standing().filter(document=document, petitioner_ref=person)
    posted = Posting.objects.standing().filter(document=document, petitioner_ref=person)
    seated = Petitioner.objects.filter(petition=OuterRef("petition")).exclude(representative_no=None)
    waiting = seated.exclude(has_withdrawn()).exclude(is_dead()).exclude(Exists(served))
    issued = PetitionDocument.objects.filter(
        organ__in=ours,
        to_petitioners=True,
        routing__in=sorted(OPEN),
        document__state=State.ISSUED,
    )
    of_handlings = issued.filter(Exists(waiting), handling__isnull=False, handling__ended_at=None)
    of_ways = issued.filter(Exists(waiting.exclude(Exists(posted))), route__isnull=False)
    return Q(pk__in=of_handlings.values("petition").union(of_ways.values("petition")), is_anonymous=False)


def _withdrawals_to_confirm(hat: Hat, ours: QuerySet[Organ]) -> Q:
    """Withdrawals that a second person of the office confirms, and not the unit that leads the matter (Q19)."""
    noted = Withdrawal.objects.filter(petition=OuterRef("pk"), confirmed_at=None, ended_at=None)
    led = Handling.objects.filter(petition=OuterRef("pk"), ended_at=None)
    over_it = Q(register_organ__in=ours)
    if hat.organ.kind == OrganKind.PETITION_OFFICE and hat.sees_its_place:
        over_it |= Q(Exists(led.filter(organ=OuterRef("register_organ"))))
    return Q(Exists(noted.exclude(noter=hat.user.pk))) & over_it & ~Q(Exists(led.filter(organ__in=ours)))


def conditions_of_open(now: datetime | Given, soon: datetime | Given) -> Mapping[View, Q]:
    """Return what the views keep that ask nothing but the petition itself; `soon` ends the days that are near."""
    return {
        View.OPEN: Q(),
        View.DUE_SOON: Q(next_due_at__gt=now, next_due_at__lte=soon),
        View.OVERDUE: Q(next_due_at__lte=now),
        View.COLLECTIVE: Q(is_collective=True),
        View.FROM_ABOVE: Q(source__in=sorted(FROM_ABOVE)),
    }


def in_lamp(rows: PetitionQuerySet, lamp: LampColour, *, now: datetime) -> PetitionQuerySet:
    """Keep what shows a lamp as `lamp_of` lights it; every row shows exactly one (Q27)."""
    return rows.filter(lamps(now)[lamp])


def lamps(now: datetime | Given) -> Mapping[LampColour, Q]:
    """Return when a petition shows each lamp; one on which no period runs shows none (Q27)."""
    early = Q(next_amber_at__gt=now) | Q(next_amber_at=None)
    return {
        LampColour.RED: Q(next_due_at__lte=now),
        LampColour.AMBER: Q(next_due_at__gt=now, next_amber_at__lte=now),
        LampColour.GREEN: early & Q(next_due_at__gt=now),
        LampColour.DARK: Q(next_due_at=None),
    }


def next_to_route(hat: Hat) -> Petition | None:
    """Return the petition of the hat's own organ that waits longest for its way, by its nearest last day (Art 22(1)).

    One whose keeping waits for a countersignature has its way decided and is not asked about again.
    """
    if hat.role not in RULES[Step.ROUTE].roles:
        return None
    waiting = Petition.objects.visible_to(hat).filter(routing=Routing.REGISTERED)
    own = waiting.filter(register_organ__in=Organ.objects.of_today(hat.organ))
    return own.filter(claims__route=None).order_by(F("next_due_at").asc(nulls_last=True), "pk").first()


def whole_numbers(typed: str, hat: Hat, *, on: date) -> list[str]:
    """Return the numbers that the last digits stand for: of the organ's own series of this year (Q16).

    An organ without a series reads those of the organs at its place. Anything but one to six digits stands for none.
    """
    if not _RUNNING_NUMBER.fullmatch(typed):
        return []
    prefixes: Iterable[str | None] = [hat.organ.number_prefix]
    if hat.organ.number_prefix is None:
        around = Organ.objects.filter(
            number_prefix__isnull=False, place__path__startswith=hat.organ.place.path
        )
        prefixes = around.values_list("number_prefix", flat=True)
    return [f"{prefix}{on.year}-{int(typed):06d}" for prefix in prefixes]


def leading_units(petitions: Iterable[Petition]) -> Mapping[UUID, list[Organ]]:
    """Return which organs lead petitions of the open lane (责任单位), in one query; none before routing."""
    keys = [petition.pk for petition in petitions if not petition.sealed]
    found: dict[UUID, list[Organ]] = defaultdict(list)
    for handling in _standing_handlings(keys=array_of(keys)) if keys else ():
        found[handling.petition_id].append(handling.organ)
    return found


@prepared
def _standing_handlings(keys: Given) -> QuerySet[Handling]:
    standing = Handling.objects.filter(petition__in=among_given(keys), petition__sealed=False, ended_at=None)
    return standing.select_related("organ").only("petition", "organ").order_by("sent_at", "pk")


def asked(rows: PetitionQuerySet, question: Question, *, hat: Hat, now: datetime) -> PetitionQuerySet:
    """Keep what a question asks for; what is void only where it is asked for by its state or its number."""
    if not question.means_void:
        rows = in_view(rows, question.view, hat=hat, now=now)
    if question.lamp is not None:
        rows = in_lamp(rows, question.lamp, now=now)
    if question.routing:
        rows = rows.filter(routing=question.routing)
    if question.channel:
        rows = rows.filter(channel=question.channel)
    if question.place_path:
        rows = rows.filter(place_path__startswith=question.place_path)
    if question.leading_organ is not None:
        leads = Handling.objects.filter(
            petition=OuterRef("pk"), ended_at=None, organ__in=Organ.objects.of_today(question.leading_organ)
        )
        rows = rows.filter(Exists(leads))
    if question.register_organ_id:
        rows = rows.filter(register_organ_id=question.register_organ_id)
    if question.since:
        rows = rows.filter(received_at__gte=midnight_of(question.since))
    if question.until:
        rows = rows.filter(received_at__lt=midnight_after(question.until))
    if question.numbers:
        rows = rows.filter(number__in=question.numbers)
    elif question.number:
        rows = rows.filter(number__startswith=question.number)
    if question.figure:
        rows = rows.filter(pk__in=counted(question.figure).petitions(hat, now))
    return rows


def midnight_of(day: date) -> datetime:
    """Return when a day of the office begins."""
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def midnight_after(day: date) -> datetime:
    """Return when a day of the office is over."""
    return midnight_of(day + timedelta(days=1))
