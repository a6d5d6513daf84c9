"""The pages of everybody's day, and of those who look after the system."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from accounts.roles import Role
from deadlines.models import CalendarYear
from desk.administration import doors_of
from desk.audit import AuditQuestion, chain_state, entries_for
from desk.audit_lines import lines_of
from desk.calendar_moves import periods_moved, tasks_moved
from desk.health import state_of_the_house, sweep_lines
from desk.my_work import my_work as work_of
from desk.sweep_words import skipped_words, sweep_words
from desk.tonight import tonight as what_is_due_tonight
from infra.models import SweepRun
from infra.timetable import periods
from leadership.home_pages import LEADERS
from leadership.views.home import draw as leaders_home
from lib.keyset import page_of


@wears_a_hat
@require_GET
@never_cache
def my_work(request: StaffRequest) -> HttpResponse:
    """What must be done first today; a leader's day begins with what waits for his decision."""
    if request.hat.role in LEADERS:
        return leaders_home(request)
    return render(request, "desk/my_work.html", work_of(request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def calendar_moves(request: StaffRequest, year: int) -> HttpResponse:
    """Which of one's own last days a new calendar moved, before and now (Q26)."""
    loaded = CalendarYear.objects.filter(year=year).first()
    if loaded is None:
        raise Http404
    context = {
        "year": loaded,
        "periods": periods_moved(loaded, request.hat),
        "tasks": list(tasks_moved(loaded, request.hat)),
    }
    return render(request, "desk/calendar_moves.html", context)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
@require_GET
def administration(request: StaffRequest) -> HttpResponse:
    """The doors this administrator has."""
    return render(request, "desk/administration.html", {"doors": doors_of(request.hat.role)})


@wears_hat_of(Role.AUDIT_ADMINISTRATOR)
@require_GET
@never_cache
def audit(request: StaffRequest) -> HttpResponse:
    """What was done, newest first; what concerns sealed petitions is not here."""
    form = AuditQuestion(request.GET)
    page = page_of(entries_for(form), by="at", cursor=request.GET.get("at"), descending=True, key="id")
    in_force = sum(bool(value) for value in form.cleaned_data.values())
    context = {
        "form": form,
        "in_force": in_force,
        "page": page,
        "lines": lines_of(page.rows),
        "chain": chain_state(),
    }
    return render(request, "desk/audit.html", context)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_GET
@never_cache
def health(request: StaffRequest) -> HttpResponse:
    """Whether the house runs as it should, in words."""
    context = {"checks": state_of_the_house(request.now), "sweeps": sweep_lines(request.now)}
    return render(request, "desk/health.html", context)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_GET
@never_cache
def tonight(request: StaffRequest) -> HttpResponse:
    """Show what the next sweeps would do, in numbers, without doing it."""
    return render(request, "desk/tonight.html", {"tonight": what_is_due_tonight(now=request.now)})


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_GET
@never_cache
def sweep(request: StaffRequest, name: str) -> HttpResponse:
    """The runs of one sweep, newest first: the proof that it ran."""
    if name not in periods():
        raise Http404
    page = page_of(
        SweepRun.objects.filter(sweep=name), by="started_at", cursor=request.GET.get("at"), descending=True
    )
    runs = [(run, skipped_words(run.skipped)) for run in page.rows]
    return render(request, "desk/sweep.html", {"page": page, "runs": runs, "words": sweep_words(name)})
