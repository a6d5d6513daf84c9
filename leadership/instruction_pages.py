"""What the page of a petition's instructions, letters and decisions shows, and its piece on the case page."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from accounts.page_deeds import Bound, Offer
from assignments.models import Assignment
from assignments.states import Kind, Move
from audit.models import Entry
from cases.hanging import Hanging
from cases.models import Petition
from cases.sections import Act, Section
from deadlines.calendars import working_days_after
from deadlines.lamps import Lamp
from leadership import permissions as may
from leadership.actions.letters import LETTERS
from leadership.chain import Link, chain_of
from leadership.instruction_deeds import ON_DECISION, ON_INSTRUCTED, ON_INSTRUCTION
from leadership.instructions import leaders_of, seconds_left
from leadership.models import DecisionRequest, Instruction, InstructionTask, LetterReading, Secretary, Slip
from leadership.offers import units_that_lead
from leadership.parts import led_by
from leadership.phrases import phrases_of
from leadership.sponsor_pages import title_of
from leadership.states import IN_FORCE, DecisionState, InstructionState, SlipState

_DAYS_TO_ANSWER = 3


@dataclass(frozen=True)
class Task:
    """What an instruction asks of one unit, with the lamp of it and its answer."""

    task: InstructionTask
    lamp: Lamp | None


@dataclass(frozen=True)
class Given:
    """One instruction as its page shows it."""

    row: Instruction
    tasks: Sequence[Task]
    offers: Sequence[Offer] = ()
    # for so long it can be undone
    seconds: int = 0


@dataclass(frozen=True)
class Letter:
    """A letter chosen for a leader, with its four marks (阅批、交办、督办、办结) and their times."""

    row: LetterReading
    assigned_at: datetime | None
    supervised_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True)
class Question:
    """A decision that is asked, with what this hat may do about it."""

    row: DecisionRequest
    offers: Sequence[Offer] = ()

    @property
    def decides(self) -> bool:
        """Whether this reader is the one who decides."""
        return any(offer.deed.slug == "decide" for offer in self.offers)


def read_by(hat: Hat, *, on: date) -> Q:
    """Return which instructions a hat reads on a petition it sees.

    Whole for office, leaders, secretaries and inspectors; a unit those that ask something of it. What is held back only
    who wrote it (Q33); what was noted and not confirmed the leader, who noted it, his secretary and the office.
    """
    given = Q(state__in=sorted(IN_FORCE))
    own = Organ.objects.of_today(hat.organ)
    asked = Exists(InstructionTask.objects.filter(instruction=OuterRef("pk"), organ__in=own))
    held = Q(state=InstructionState.HELD) & (Q(person=hat.user) | Q(author=hat.user))
    noted = Q(state__in=[InstructionState.NOTED, InstructionState.DECLINED])
    theirs = Q(leader=hat.post) | Q(person=hat.user)
    if may.may_place(hat):
        return given | held | noted
    if may.reads_instructions(hat):
        serving = Secretary.objects.serving(on).filter(post=hat.post).values("leader")
        return given | held | noted & (theirs | Q(leader__in=serving))
    return given & Q(asked) | held | noted & theirs


def instructions_on(petition: Petition, hat: Hat, *, now: datetime) -> list[Given]:
    """Return the instructions on a petition that a hat reads, the latest first."""
    rows = (
        Instruction.objects.filter(read_by(hat, on=timezone.localdate(now)), petition=petition)
        .select_related("leader__organ", "author", "person", "entered_by__organ", "ended_by__user")
        .order_by("-entered_at", "-pk")
    )
    found = list(rows)
    tasks: dict[Any, list[Task]] = {row.pk: [] for row in found}
    asked = InstructionTask.objects.filter(instruction__in=found)
    for task in asked.select_related("organ", "assignment__clock").order_by("pk"):
        lamp = task.assignment.lamp(now) if task.assignment else None
        tasks[task.instruction_id].append(Task(task, lamp))
    return [Given(row, tasks[row.pk], seconds=seconds_left(row, now=now)) for row in found]


def section(on: Hanging, hat: Hat, now: datetime) -> Section | None:
    """Return the piece on the case page: the leaders' words, what is asked of them, and the way to the chain."""
    petition = on.petition
    given = instructions_on(petition, hat, now=now) if "instructions" in on.there else []
    waiting: list[DecisionRequest] = []
    if "decision_requests" in on.there:
        waiting = list(_questions(petition, hat).filter(state=DecisionState.WAITING))
    works = may.may_place(hat) or may.may_sign_instructions(hat) or may.may_note_oral(hat)
    if not (given or waiting or works):
        return None
    context = {"petition": petition, "given": given, "waiting": waiting, "works": works}
    act = Act(_("Instruct"), reverse("leadership:instructed", args=[petition.pk]), "writing-sign")
    return Section("leadership/_instructions.html", context, act if may.may_sign_instructions(hat) else None)


def _questions(petition: Petition, hat: Hat) -> Any:
    """Return the decisions asked on a petition as far as a hat reads them: whole, or those of its own organ.

    What the leader decided is not shown before his ten seconds are over (Q33).
    """
    rows = DecisionRequest.objects.filter(petition=petition).select_related(
        "leader__user", "asking_organ", "instruction"
    )
    if not may.reads_instructions(hat):
        rows = rows.filter(asking_organ__in=Organ.objects.of_today(hat.organ))
    return rows.order_by("-asked_at", "-pk")


def petition_page(petition: Petition, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return the page of a petition's instructions, letters and decisions, and of its responsibility chain."""
    today = timezone.localdate(now)
    given = [
        Given(one.row, one.tasks, list(_of_instruction(one.row, hat, bound, now)), one.seconds)
        for one in instructions_on(petition, hat, now=now)
    ]
    chain = chain_of(petition, on=today)
    questions = [_question(row, hat, bound) for row in _questions(petition, hat)]
    return {
        "petition": petition,
        "title": title_of(petition),
        "given": given,
        "questions": questions,
        "reads_all": may.may_place(hat) or may.reads_instructions(hat),
        "decides": any(question.decides for question in questions),
        "letters": letters_of(petition, hat),
        "chain": chain,
        "offers": list(_of_petition(petition, hat, bound, chain, today)),
        "phrases": phrases_of(hat),
    }


def _question(row: DecisionRequest, hat: Hat, bound: Bound) -> Question:
    """Return a question with its offers; to others it waits as long as the leader may still undo his answer (Q33)."""
    if row.instruction is not None and row.instruction.is_held and row.leader_id != hat.post.pk:
        row.state, row.chosen, row.instruction = DecisionState.WAITING, None, None
    return Question(row, list(of_decision(row, hat, bound)))


def of_decision(row: DecisionRequest, hat: Hat, bound: Bound) -> Iterator[Offer]:
    """Yield what a hat may do about a decision that is asked: the leader decides, whoever asked takes it back."""
    if row.state != DecisionState.WAITING:
        return
    slugs = []
    if row.leader_id == hat.post.pk and may.may_sign_instructions(hat):
        slugs = ["decide", "return"]
    elif may.may_ask_decisions(hat) and hat.organ.is_or_carries_on(row.asking_organ):
        slugs = ["withdraw"]
    for slug in slugs:
        deed = ON_DECISION[slug]
        form = bound.get((f"decision:{row.pk}", slug)) or deed.form(auto_id=_ids(slug, row.pk))
        yield Offer(deed, form, "leadership:on_decision", row.pk)


def _of_instruction(row: Instruction, hat: Hat, bound: Bound, now: datetime) -> Iterator[Offer]:
    for slug in _slugs(row, hat, now):
        deed = ON_INSTRUCTION[slug]
        form = bound.get((f"instruction:{row.pk}", slug)) or deed.form(auto_id=_ids(slug, row.pk))
        yield Offer(deed, form, "leadership:on_instruction", row.pk)


def _slugs(row: Instruction, hat: Hat, now: datetime) -> Iterator[str]:
    his = row.leader_id == hat.post.pk and may.may_sign_instructions(hat)
    if seconds_left(row, now=now):
        yield "undo"
    if row.state == InstructionState.NOTED and his:
        yield "confirm"
        yield "decline"
    if row.state == InstructionState.GIVEN and may.may_close_instructions(hat):
        yield "complete"


def _of_petition(
    petition: Petition, hat: Hat, bound: Bound, chain: Sequence[Link], today: date
) -> Iterator[Offer]:
    leaders = list(leaders_of(petition, on=today))
    units = list(units_that_lead(petition).exclude(pk=hat.organ.pk))
    due_on = working_days_after(today, _DAYS_TO_ANSWER)
    for slug in _slugs_of_petition(petition, hat, leaders, today):
        deed = ON_INSTRUCTED[slug]
        facts: dict[str, Any] = {"auto_id": f"id-{slug}-%s"}
        if slug in {"sign", "enter", "note-oral"}:
            facts |= {"organs": units, "initial": {"due_on": due_on, "organs": [unit.pk for unit in units]}}
        if slug == "sign":
            facts["initial"]["text"] = _words_undone(petition, hat)
        if slug in {"enter", "note-oral", "choose-letter", "ask-decision"}:
            facts["leaders"] = leaders
        form = bound.get(("instructed", slug))
        if form is None:
            form = deed.form(**facts)
        else:
            _offer_again(form, deed.form(**facts))
        if slug == "enter-secretary":
            form.fields["place"].widget.choices = [(link.code, link.where) for link in chain if link.code]
        yield Offer(deed, form, "leadership:on_instructed", petition.pk)


def _words_undone(petition: Petition, hat: Hat) -> str:
    """Return what a leader has just undone, to be put right and signed again; nothing once he wrote another one."""
    his = Instruction.objects.filter(petition=petition, person=hat.user)
    undone = his.filter(state=InstructionState.UNDONE).order_by("-entered_at", "-pk").first()
    if undone is None or his.exclude(state=InstructionState.UNDONE).filter(entered_at__gte=undone.entered_at):
        return ""
    return undone.text


def _offer_again(sent: Any, empty: Any) -> None:
    """Let a form that was refused offer the units and leaders that an empty one offers."""
    for name in ("organs", "leader"):
        if name in sent.fields:
            sent.fields[name].widget.choices = empty.fields[name].widget.choices


def _slugs_of_petition(petition: Petition, hat: Hat, leaders: Sequence[Any], today: date) -> Iterator[str]:
    if petition.is_void:
        return
    if LetterReading.objects.filter(petition=petition, leader=hat.post, read_at=None).exists():
        yield "read-letter"
    if may.may_sign_instructions(hat):
        yield "sign"
    serves = Secretary.objects.serving(today).filter(post=hat.post, leader__in=leaders).exists()
    if serves:
        yield "enter"
    if leaders and may.may_note_oral(hat):
        yield "note-oral"
    if leaders and petition.channel in LETTERS and (serves or may.may_place(hat)):
        yield "choose-letter"
    asks = may.may_place(hat) or (may.may_ask_decisions(hat) and led_by(petition, hat.organ))
    if leaders and asks and petition.is_open:
        yield "ask-decision"
    if may.may_enter_chain(hat):
        yield "enter-secretary"


def _ids(slug: str, key: object) -> str:
    return f"id-{slug}-{str(key)[-8:]}-%s"


def letters_of(petition: Petition, hat: Hat) -> list[Letter]:
    """Return for whom a letter was chosen, to who reads instructions whole."""
    if not may.reads_instructions(hat):
        return []
    rows = LetterReading.objects.filter(petition=petition).select_related("leader__user", "chosen_by__user")
    return marked(rows.order_by("chosen_on", "pk"))


def marked(rows: Any) -> list[Letter]:
    """Return letters with their marks: what was asked, supervised and finished is told by what happened.

    Asked and supervised is what followed the choice; what the petition saw before is no mark of this reading.
    """
    found = list(rows)
    keys = [row.petition_id for row in found]
    assigned = _moments(
        Assignment.objects.filter(
            kind=Kind.INSTRUCTION, subject_id__in=[str(key) for key in keys]
        ).values_list("subject_id", "asked_at")
    )
    supervised = _moments(
        Slip.objects.filter(
            petition__in=keys,
            state__in=[SlipState.ISSUED, SlipState.LIFTED],
            assignment__moves__move=Move.ASK,
        ).values_list("petition", "assignment__asked_at")
    )
    finished = _last(
        Entry.objects.filter(
            verb="petition.finish",
            subject_kind=Petition._meta.label_lower,
            subject_id__in=[str(row.petition_id) for row in found if not row.petition.is_open],
        ).values_list("subject_id", "at")
    )
    return [
        Letter(
            row,
            _first_since(assigned[str(row.petition_id)], row.chosen_at),
            _first_since(supervised[str(row.petition_id)], row.chosen_at),
            finished.get(str(row.petition_id)),
        )
        for row in found
    ]


def _moments(pairs: Any) -> defaultdict[str, list[datetime]]:
    moments: defaultdict[str, list[datetime]] = defaultdict(list)
    for key, moment in pairs:
        moments[str(key)].append(moment)
    return moments


def _first_since(moments: Sequence[datetime], since: datetime) -> datetime | None:
    return min((moment for moment in moments if moment >= since), default=None)


def _last(pairs: Any) -> dict[str, datetime]:
    last: dict[str, datetime] = {}
    for key, moment in pairs:
        last[str(key)] = max(moment, last.get(str(key), moment))
    return last
