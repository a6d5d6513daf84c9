"""Pages of instructions, letters and decisions."""

from typing import Any
from uuid import UUID

from celery import current_app
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from kombu.exceptions import OperationalError

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from cases.models import Petition
from infra.files import download
from leadership import instruction_pages as pages
from leadership.actions.instructing import fetch_scan
from leadership.finding import decision_of, petition_of
from leadership.given_pages import instructions_page
from leadership.home_pages import LEADERS
from leadership.instruction_deeds import ON_DECISION, ON_INSTRUCTED, ON_INSTRUCTION
from leadership.instructions import UNDO
from leadership.models import Instruction
from leadership.phrases import phrases_of
from leadership.states import InstructionState
from lib.errors import Unknown
from lib.posting import posts_from


@wears_hat_of(*sorted(LEADERS))
@require_GET
@never_cache
def instructions(request: StaffRequest) -> HttpResponse:
    """List what a leader instructed with what came of it; with `?closed=1` what is closed."""
    context = instructions_page(
        request.hat, closed="closed" in request.GET, cursor=request.GET.get("at"), now=request.now
    )
    return render(request, "leadership/instructions.html", context)


@wears_a_hat
@require_GET
@never_cache
def instructed(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show the instructions on a petition, what leaders are asked, and the responsibility chain."""
    return _drawer(request, petition_of(request.hat, petition_id))({}, 200, "")


def _drawer(request: StaffRequest, petition: Petition) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.petition_page(petition, request.hat, now=request.now, bound=bound)
        return render(request, "leadership/instructed.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_a_hat
@posts_from("leadership:instructed", "petition_id")
@never_cache
def on_instructed(request: StaffRequest, petition_id: UUID, slug: str) -> HttpResponse:
    """Instruct, note what was said, choose a letter, or ask a leader to decide."""
    petition = petition_of(request.hat, petition_id)
    deed = deed_of(ON_INSTRUCTED, slug)
    draw = _drawer(request, petition)
    form = deed.form(_with_phrase(request), files=request.FILES)
    if "phrase" in request.POST:
        form.errors.clear()
        return draw({("instructed", slug): form}, 200, "")
    done = do(request, deed, petition_id, form, ("instructed", slug), draw)
    return _after(done, petition_id)


def _with_phrase(request: StaffRequest) -> Any:
    """Return what was sent, with the phrase that was pressed at the end of the words."""
    pressed = request.POST.get("phrase", "")
    phrases = phrases_of(request.hat) if pressed.isdecimal() else []
    if not pressed.isdecimal() or int(pressed) >= len(phrases):
        return request.POST
    sent = request.POST.copy()
    sent["text"] = f"{sent.get('text', '')}{phrases[int(pressed)]}"
    return sent


def _after(done: object, petition_id: UUID) -> HttpResponse:
    """Lead back to the page; the worker is called for when the ten seconds of an instruction are over."""
    if isinstance(done, HttpResponse):
        return done
    if isinstance(done, Instruction) and done.state == InstructionState.HELD:
        try:
            countdown = UNDO.total_seconds() + 1
            current_app.send_task("leadership.tasks.give_instructions", countdown=countdown, retry=False)
        except OperationalError:
            # without a broker the timetable comes round to it within a minute
            pass
    return redirect("leadership:instructed", petition_id)


@wears_a_hat
@require_GET
def instruction(request: StaffRequest, instruction_id: UUID) -> HttpResponse:
    """Lead to the page an instruction stands on."""
    return redirect("leadership:instructed", _instruction(request, instruction_id).petition_id)


@wears_a_hat
@posts_from("leadership:instruction", "instruction_id")
@never_cache
def on_instruction(request: StaffRequest, instruction_id: UUID, slug: str) -> HttpResponse:
    """Undo an instruction, confirm an oral one, or close one that everyone answered."""
    petition = petition_of(request.hat, _instruction(request, instruction_id).petition_id)
    deed = deed_of(ON_INSTRUCTION, slug)
    name = (f"instruction:{instruction_id}", slug)
    done = do(request, deed, instruction_id, deed.form(request.POST), name, _drawer(request, petition))
    return _after(done, petition.pk)


def _instruction(request: StaffRequest, instruction_id: UUID) -> Instruction:
    seen = Petition.objects.visible_to(request.hat)
    read = pages.read_by(request.hat, on=timezone.localdate(request.now))
    found = Instruction.objects.filter(read, pk=instruction_id, petition__in=seen).first()
    if found is None:
        raise Unknown(_("There is no such instruction."))
    return found


@wears_a_hat
@require_GET
@never_cache
def scan(request: StaffRequest, instruction_id: UUID) -> FileResponse:
    """Save the paper of an instruction."""
    return download(fetch_scan(instruction_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
def decision(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Lead to the page a decision stands on."""
    return redirect("leadership:instructed", decision_of(request.hat, request_id).petition_id)


@wears_a_hat
@posts_from("leadership:decision", "request_id")
@never_cache
def on_decision(request: StaffRequest, request_id: UUID, slug: str) -> HttpResponse:
    """Decide, send the question back, or ask it no longer."""
    petition = petition_of(request.hat, decision_of(request.hat, request_id).petition_id)
    deed = deed_of(ON_DECISION, slug)
    name = (f"decision:{request_id}", slug)
    done = do(request, deed, request_id, deed.form(request.POST), name, _drawer(request, petition))
    return _after(done, petition.pk)
