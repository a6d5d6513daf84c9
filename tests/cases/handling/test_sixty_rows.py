"""Sixty rows of the table by action, page and programs' door: one answer, and a refusal writes nothing."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import pytest

from accounts.hats import Hat
from accounts.roles import NEVER_ON_ONE_PERSON, Role
from cases import sweeps
from cases.actions import corrections, finishing, routing
from cases.intake import FromAbove
from cases.models import PetitionDocument, Reader, ResolutionEvidence
from cases.models.voids import VoidGround
from cases.states import KeepGround, RouteKind, SimpleGround, Source
from documents.states import DocumentKind
from tests.cases.handling import given
from tests.cases.handling.doors import DONE, NAMES_A_RECORD, through_every_door
from tests.cases.handling.given import STAGES, Case, a_unit
from tests.cases.handling.table import at_these_doors, row_of
from tests.cases.handling.test_stages import STANDS
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

# Q6: these see what their organ has part in; the rest see nothing of a petition that nobody gave them.
SEES = frozenset(
    {
        "registrar", "petition_officer", "section_head", "office_director", "joint_conference_officer",
        "inspector", "hearing_clerk", "score_officer", "case_officer", "unit_head",
    }
)  # fmt: skip
# An administrator or an officer of the sealed lane has no program that acts for him.
ROLES = sorted(set(Role) - NEVER_ON_ONE_PERSON)
# Seats of worlds of their own: the petition office over a township that leads its own petition (test_ends.py), and the
# one above an office whose every head had a hand in a keeping (test_samples.py).
ELSEWHERE = frozenset({"oversees", "looks"})
# Nothing was sent, or it came back: nobody leads.
NOBODY_LEADS = frozenset({"registered", "returned", "void"})
NEEDS_NO_HANDLING = frozenset(
    {
        "route",
        "countersign_keep",
        "recuse",
        "report_upward",
        "finish",
        "propose_resolved",
        "confirm_resolved",
        "ask_recusal",
        "decide_recusal",
        "note_withdrawal",
        "confirm_withdrawal",
        "revoke_withdrawal",
        "note_death",
        "name_successor",
        "end_after_death",
        "note_attempt",
        "change_agent",
        "thank",
        "check_keep",
        "decide_repeat",
        "join_pending",
        "tell_where",
        "open_dispute",
        "settle_dispute",
        "note_sent_back",
        "give_reader",
        "urge",
    }
)


def _kept() -> Case:
    case = given.registered()
    given.route(case, kind=RouteKind.KEEP, keep_ground=KeepGround.THANKS, told="已电话告知")
    return case


def _proposed_void() -> Case:
    case = given.registered()
    corrections.propose_void(
        case.pk, ground=VoidGround.TEST, reason="测试", by=case.office.officer, now=MONDAY
    )
    return case


def _from_above() -> Case:
    above = FromAbove("市信访局", "LL-1", MONDAY.date(), MONDAY.date())
    return given.registered(source=Source.TRANSFERRED_FROM_SUPERIOR, from_above=above)


def _simple() -> Case:
    return given.received(given.routed(simple_ground=SimpleGround.DAILY_LIFE))


def _helped() -> Case:
    case = given.received()
    given.ask_help(case, a_unit("GH"))
    return case


def _asked_extension() -> Case:
    case = given.investigated()
    given.ask_extension(case)
    return case


def _told() -> Case:
    return given.notified(given.served())


def _untold() -> Case:
    """A way decided before its written word was drawn up with it."""
    case = given.guided()
    PetitionDocument.objects.filter(petition=case.pk).delete()
    return case


def _proposed_service() -> Case:
    case = given.served_by_itself()
    given.propose_service(case, a_hat(Role.CASE_OFFICER, organ=case.unit.organ))
    return case


def _proposed_resolved() -> Case:
    case = given.served()
    finishing.propose_resolved(
        case.pk, evidence=ResolutionEvidence.CONFIRMED, words="书面确认", by=case.unit.officer, now=MONDAY
    )
    return case


def _kept_and_drawn() -> Case:
    case = _kept()
    head = a_hat(Role.SECTION_HEAD)
    routing.countersign_keep(case.pk, case.petition.routes.get().pk, agree=True, by=head, now=MONDAY)
    sweeps.sample_keeps(now=given.at(4, 1))
    return case


def _read_by_each() -> Case:
    """Make a petition that each organ gave to one of its own; the step takes it from him."""
    case = given.received()
    for unit in (case.office, case.unit, a_unit("GH")):
        Reader.objects.create(
            petition=case.petition,
            organ=unit.organ,
            post=unit.officer.post,
            given_by=unit.head.post,
            giver=unit.head.user,
            given_at=MONDAY,
        )
    return case


# From where each step is done, with what it needs before it.
HOME: Mapping[str, Callable[[], Case]] = {
    "void": _proposed_void,
    "route": given.registered,
    "countersign_keep": _kept,
    "sign_for": given.routed,
    "object": given.received,
    "decide_return": given.objected,
    "accept": given.received,
    "decline": given.received,
    "convert": _simple,
    "note_progress": given.received,
    "ask_co_handling": given.received,
    "feed_back": _helped,
    "ask_extension": given.investigated,
    "decide_extension": _asked_extension,
    "find": given.accepted,
    "draft_opinion": given.investigated,
    "upload_paper": given.received,
    "issue_paper": given.investigated,
    "return_paper": given.investigated,
    "draft_notice": lambda: given.sent_back(given.investigated(), DocumentKind.D05),
    "deliver_paper": given.opinion_issued,
    "execute": lambda: STAGES["executing"](),
    "recuse": given.received,
    "report_upward": _from_above,
    "finish": _told,
    "propose_resolved": given.served,
    "confirm_resolved": _proposed_resolved,
    "ask_recusal": given.received,
    "decide_recusal": given.recusal_asked,
    "note_withdrawal": given.received,
    "confirm_withdrawal": given.withdrawal_noted,
    "revoke_withdrawal": given.withdrawn,
    "note_death": given.received,
    "name_successor": given.bereaved,
    "end_after_death": given.bereaved,
    "note_attempt": given.received,
    "change_agent": given.received,
    "study_suggestion": given.suggestion,
    "thank": given.suggestion,
    "check_keep": _kept_and_drawn,
    "decide_repeat": given.raised_again,
    "reverse_repeat": given.repeat_decided,
    "join_pending": given.raised_again,
    "tell_where": _untold,
    "deliver_word": given.guided,
    "open_dispute": given.received,
    "settle_dispute": given.disputed,
    "propose_service": given.served_by_itself,
    "decide_service": _proposed_service,
    "report_completion": lambda: given.assigned_and_answered(),
    "decide_report": lambda: given.reported(),
    "note_sent_back": given.reported_upward,
    "give_reader": _read_by_each,
    "urge": given.routed,
}


@dataclass(frozen=True)
class Row:
    """One combination, and the answer the law gives it: done, not yours (403), not now (409), no such thing (404)."""

    step: str
    place: str
    role: str
    stage: str
    answer: int

    def __str__(self) -> str:
        return f"{self.answer}-{self.step}-{self.place}-{self.role}-{self.stage}"


def _answer(step: str, place: str, role: str, stage: str) -> int | None:
    """Return the answer that the table gives, or nothing where the combination cannot be asked."""
    row, needs_handling = row_of(step), step not in NEEDS_NO_HANDLING
    if step in {"void", *NAMES_A_RECORD} or (needs_handling and stage in NOBODY_LEADS):
        return None
    if place == "assists" and stage not in {"received", "investigating"}:
        return None
    if place == "nowhere" or role not in SEES or (place == "leads" and stage in NOBODY_LEADS):
        return 404
    if not row.is_whose(place, role):
        return 403
    routing, receipt, state = STANDS[stage]
    return None if row.is_now(routing, receipt or "", state or "") else 409


def _sixty() -> Sequence[Row]:
    """Draw each step once where it is done, and thirty-five refusals of all three kinds; the same ones every time."""
    drawn = random.Random(2026)
    done = [
        Row(
            row.step,
            drawn.choice(sorted(row.place - ELSEWHERE)),
            drawn.choice(sorted(row.role)),
            "home",
            DONE,
        )
        for row in at_these_doors()
    ]
    places = ["assists", "leads", "nowhere", "sends"]
    refused = [
        Row(*each, answer)
        for each in product(sorted(HOME), places, ROLES, sorted(STAGES))
        if (answer := _answer(*each)) is not None
    ]
    for status, count in ((403, 13), (404, 9), (409, 13)):
        done += drawn.sample([row for row in refused if row.answer == status], count)
    return done


@pytest.mark.parametrize("row", _sixty(), ids=str)
def test_a_row_has_one_answer_at_every_door_and_a_refusal_writes_nothing(monday, row):
    case = HOME[row.step]() if row.answer == DONE else STAGES[row.stage]()
    hat = _hat(case, row)

    answers, wrote = through_every_door(row.step, case, hat)

    assert answers == dict.fromkeys(answers, row.answer)
    assert wrote == dict.fromkeys(wrote, row.answer == DONE)


def _hat(case: Case, row: Row) -> Hat:
    """Put on the hat of the row: a new person, who had no hand in it so far."""
    if row.place == "assists" and row.step != "feed_back":
        given.ask_help(case, a_unit("GH"))
    helper = a_unit("GH").organ
    organs = {
        "sends": case.office.organ,
        "leads": case.unit.organ,
        "assists": helper,
        "nowhere": a_unit("JT").organ,
        "judges": given.the_district(),
    }
    return a_hat(Role(row.role), organ=organs[row.place])
