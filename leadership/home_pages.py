"""The leader's home: what waits for his decision first, then what he sponsors; his secretary's page of the same."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from accounts.page_deeds import Bound, Offer
from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import Kind
from cases.ledger import LampColour, lamps, midnight_after, midnight_of
from cases.models import Petition, Petitioner
from deadlines.lamps import Lamp
from leadership import permissions as may
from leadership.forms.instructing import DropPhrase, KeepPhrase
from leadership.forms.sponsoring import DismissSecretary, NameSecretary
from leadership.home_figures import sits_today, steps_soon, year_of
from leadership.instruction_deeds import ON_INSTRUCTION
from leadership.instruction_pages import Question, marked, of_decision
from leadership.instructions import seconds_left
from leadership.meeting_states import MeetingState
from leadership.models import (
    DecisionRequest,
    DutyDay,
    Instruction,
    Invitation,
    LetterReading,
    LiftAddressee,
    Phrase,
    Secretary,
    Sponsorship,
)
from leadership.offers import to_take
from leadership.reception_figures import week_of
from leadership.reception_states import InvitationState
from leadership.sponsor_pages import covered
from leadership.states import DecisionState, InstructionState
from lib.keyset import page_of
from lib.masking import mask_text

# whose day begins on this page
LEADERS = frozenset({Role.LEADER, Role.LEADER_SECRETARY})
# of what waits; the others come up as these are seen to
_LISTED = 20
# of what is sponsored; some leaders sponsor that many
_A_PAGE = 30
_A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """A question that waits, with the petition it is on."""

    question: Question
    title: str
    late: bool


@dataclass(frozen=True)
class Said:
    """An instruction that waits for his word, or that he can still undo."""

    row: Instruction
    title: str
    offers: Collection[Offer] = ()
    # for so long it can be undone
    seconds: int = 0


@dataclass(frozen=True)
class Lifted:
    """A matter that was lifted to him."""

    assignment: Assignment
    title: str
    number: str
    lamp: Lamp
    # what was asked of him opens for himself; his secretary goes to the petition
    url: str
    # to take it, in one step
    offers: Collection[Offer] = ()


@dataclass(frozen=True)
class Taken:
    """A matter that he took, and that stays with him until it is lifted further, sent down or over."""

    row: LiftAddressee
    title: str
    number: str


@dataclass(frozen=True)
class Ahead:
    """What stands in a leader's coming days, with the page it is found on."""

    day: date
    begins: time
    what: str
    place: str
    url: str
    # a secretary may work for several
    leader: str


def home_page(
    hat: Hat,
    *,
    now: datetime,
    cursor: str | None = None,
    lamp: str | None = None,
    bound: Bound | None = None,
) -> dict[str, Any]:
    """Return the page of a leader, or of the leaders a secretary works for, in a fixed number of queries.

    A cursor turns the page of what is sponsored, a lamp keeps what shows it; one that is none keeps all.
    """
    today = timezone.localdate(now)
    leaders = whose_day(hat, now)
    seen = Petition.objects.visible_to(hat)
    asked = DecisionRequest.objects.filter(
        leader__in=leaders, state=DecisionState.WAITING, petition__in=seen
    ).select_related("petition", "leader__user", "asking_organ", "instruction")
    noted = Instruction.objects.filter(
        leader__in=leaders, petition__in=seen, state__in=[InstructionState.NOTED, InstructionState.HELD]
    ).select_related("petition", "leader__user", "leader__organ", "author", "person")
    letters = LetterReading.objects.filter(leader__in=leaders, petition__in=seen, read_at=None)
    owed = Assignment.objects.owed().filter(post__in=leaders, kind=Kind.LIFTED)
    # what was sealed meanwhile is neither shown nor counted (Q2)
    lifts = LiftAddressee.objects.filter(lift__petition__in=seen).select_related(
        "lift", "assignment__clock", "assignment__post__user"
    )
    questions, all_questions = _first(asked.order_by("due_on", "pk"))
    said = [row for row in noted.order_by("entered_at", "pk")[:_LISTED] if _shows(row, hat)]
    lifted, all_lifted = _first(lifts.filter(assignment__in=owed).order_by("assignment__clock__due_at", "pk"))
    taken, all_taken = _first(lifts.held_by(leaders))
    chosen, all_letters = _first(
        letters.select_related("petition", "leader__user").order_by("chosen_on", "pk")
    )
    read = marked(chosen)
    keys = {row.petition_id for row in [*questions, *said, *chosen]}
    keys |= {one.lift.petition_id for one in [*lifted, *taken]}
    titles = titles_of_seen(seen, keys)
    mine = Sponsorship.objects.standing().of_hat(hat, on=today).filter(petition__in=seen)
    waits = [_waiting(row, titles[row.petition_id][1], hat, bound or {}, today) for row in questions]
    # what he has just signed or confirmed waits for nobody
    noted_ones = [row for row in said if not row.is_held]
    return {
        "waiting": len(noted_ones) + all_questions + all_lifted + all_letters,
        "behind": all_questions - len(questions) + all_lifted - len(lifted) + all_letters - len(read),
        "is_leader": hat.role == Role.LEADER,
        "waits": waits,
        "said": [
            Said(
                row,
                titles[row.petition_id][1],
                list(_offers(row, hat, now)),
                seconds_left(row, now=now),
            )
            for row in said
        ],
        "lifted": [
            Lifted(
                one.assignment,
                titles[one.lift.petition_id][1],
                titles[one.lift.petition_id][0],
                one.assignment.lamp(now),
                reverse("leadership:asked", args=[one.assignment_id])
                if hat.role == Role.LEADER
                else reverse("cases:petition", args=[one.lift.petition_id]),
                to_take(one.lift, one) if hat.role == Role.LEADER else (),
            )
            for one in lifted
        ],
        "taken": [
            Taken(one, titles[one.lift.petition_id][1], titles[one.lift.petition_id][0]) for one in taken
        ],
        "taken_behind": all_taken - len(taken),
        "letters": [(letter, titles[letter.row.petition_id][1]) for letter in read],
        **_sponsors(mine, cursor, LampColour(lamp) if lamp in set(LampColour) else None, now),
        "running": _running(leaders, seen),
        "ahead": _ahead(leaders, hat, now),
        "sits": sits_today(leaders, hat, now=now),
        "steps": steps_soon(mine, today=today),
        "week": week_of(hat.post, today=today) if hat.role == Role.LEADER else None,
        "year": year_of(hat.post, today=today) if hat.role == Role.LEADER else None,
        "secretaries": _secretaries(hat),
        "name_form": _name_form(hat, bound or {}, now),
        "phrases": _phrases(hat),
        "phrase_form": (bound or {}).get(("phrase", "keep")) or KeepPhrase(),
        "leaders": Post.objects.filter(pk__in=leaders).select_related("user"),
        "of_several": len(leaders) > 1,
    }


def _first(rows: Any) -> tuple[list[Any], int]:
    """Return the first of some rows, and how many there are in all, with one query."""
    found = list(rows.annotate(in_all=Window(Count("pk")))[:_LISTED])
    return found, found[0].in_all if found else 0


def _sponsors(
    mine: QuerySet[Sponsorship], cursor: str | None, lamp: LampColour | None, now: datetime
) -> dict[str, Any]:
    """Return a page of what is sponsored, the nearest last day first, and how many there are by their lamp."""
    kept = mine.filter(petition__in=Petition.objects.filter(lamps(now)[lamp])) if lamp else mine
    page = page_of(kept, by="petition__next_due_at", cursor=cursor, size=_A_PAGE)
    shown = Sponsorship.objects.filter(pk__in=[row.pk for row in page.rows]).order_by(
        "petition__next_due_at", "pk"
    )
    petitions = Petition.objects.filter(pk__in=mine.values("petition"))
    counts = {colour.value: Count("pk", filter=lit) for colour, lit in lamps(now).items()}
    lit = petitions.aggregate(**counts)
    home = f"{reverse('leadership:home')}?" + (f"lamp={lamp}&" if lamp else "")
    return {
        "lamp": lamp,
        # every petition shows exactly one lamp (Q27)
        "sponsors": sum(lit.values()),
        "cases": covered(shown, now=now),
        "lamps": lit,
        "newer_url": f"{home}at={page.before}#sponsored" if page.before else "",
        "older_url": f"{home}at={page.after}#sponsored" if page.after else "",
    }


def _waiting(row: DecisionRequest, title: str, hat: Hat, bound: Bound, today: date) -> Waiting:
    return Waiting(Question(row, list(of_decision(row, hat, bound))), title, row.due_on < today)


def whose_day(hat: Hat, now: datetime) -> list[int]:
    """Return the leaders whose pages a hat reads as its own: the leader himself, or those a secretary works for."""
    if hat.role == Role.LEADER:
        return [hat.post.pk]
    serving = Secretary.objects.serving(timezone.localdate(now)).filter(post=hat.post)
    return list(serving.values_list("leader", flat=True))


def _shows(row: Instruction, hat: Hat) -> bool:
    """Test if what is held back is this reader's own (Q33)."""
    return not row.is_held or hat.user.pk in {row.person_id, row.author_id}


def _offers(row: Instruction, hat: Hat, now: datetime) -> Iterable[Offer]:
    if seconds_left(row, now=now):
        slugs = ["undo"]
    elif not row.is_held and row.leader_id == hat.post.pk and may.may_sign_instructions(hat):
        slugs = ["confirm"]
    else:
        slugs = []
    for slug in slugs:
        deed = ON_INSTRUCTION[slug]
        yield Offer(deed, deed.form(), "leadership:on_instruction", row.pk)


def titles_of_seen(seen: Any, keys: Collection[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """Return number and covered title of petitions a hat sees."""
    names: dict[UUID, list[str]] = {}
    for petition, name in Petitioner.objects.filter(petition__in=keys).values_list("petition", "name"):
        names.setdefault(petition, []).append(name)
    rows = seen.filter(pk__in=keys).values_list("pk", "number", "words__title")
    return {pk: (number, mask_text(title, names=names.get(pk, []))) for pk, number, title in rows}


def _running(leaders: Collection[int], seen: Any) -> int:
    """Return how many of his instructions are not closed yet."""
    given = Instruction.objects.filter(leader__in=leaders, state=InstructionState.GIVEN, petition__in=seen)
    return given.count()


def _ahead(leaders: Collection[int], hat: Hat, now: datetime) -> list[Ahead]:
    """Return what stands in the leader's days from today to the same day next week, in their order."""
    today = timezone.localdate(now)
    until = today + _A_WEEK
    sits = DutyDay.objects.sat().filter(post__in=leaders).between(today, until).select_related("post__user")
    talks = Invitation.objects.filter(
        post__in=leaders,
        day__range=(today, until),
        state__in=[InvitationState.OFFERED, InvitationState.ACCEPTED],
        petition__in=Petition.objects.visible_to(hat),
    ).select_related("post__user")
    meets = may.meetings_for(hat).filter(
        chair__in=leaders,
        meets_at__gte=midnight_of(today),
        meets_at__lt=midnight_after(until),
        state=MeetingState.CALLED,
    )
    rows = [
        *(
            Ahead(
                day.day,
                day.begins,
                _("Receives visitors"),
                day.place,
                reverse("leadership:duty_day", args=[day.pk]),
                day.post.user.name,
            )
            for day in sits
        ),
        *(
            Ahead(
                talk.day,
                talk.begins,
                _("Invited to a talk"),
                talk.place,
                reverse("leadership:heard", args=[talk.petition_id]),
                talk.post.user.name,
            )
            for talk in talks
        ),
        *(
            Ahead(
                timezone.localdate(meeting.meets_at),
                timezone.localtime(meeting.meets_at).time(),
                str(meeting.kind),
                meeting.place,
                reverse("leadership:meeting", args=[meeting.pk]),
                meeting.chaired_by,
            )
            for meeting in meets.select_related("kind", "chair__user")
        ),
    ]
    return sorted(rows, key=lambda row: (row.day, row.begins))


def _secretaries(hat: Hat) -> list[tuple[Secretary, DismissSecretary]]:
    if not may.may_name_secretaries(hat):
        return []
    rows = (
        Secretary.objects.filter(leader=hat.post, ended_at=None).select_related("post__user").order_by("pk")
    )
    return [(row, DismissSecretary(initial={"secretary": row.pk}, auto_id=False)) for row in rows]


def _phrases(hat: Hat) -> list[tuple[Phrase, DropPhrase]]:
    rows = Phrase.objects.filter(post=hat.post).order_by("kept_at", "pk")
    return [(row, DropPhrase(initial={"phrase": row.pk}, auto_id=False)) for row in rows]


def _name_form(hat: Hat, bound: Bound, now: datetime) -> Any:
    if not may.may_name_secretaries(hat):
        return None
    held = Post.objects.held_on(timezone.localdate(now)).filter(role=Role.LEADER_SECRETARY)
    posts = [
        (post.pk, f"{post.user.name} {post.title}") for post in held.select_related("user").order_by("pk")
    ]
    form = bound.get(("secretary", "name"))
    if form is None:
        return NameSecretary(posts=posts)
    form.fields["post"].widget.choices = posts
    return form
