"""The dashboard, what its figures mean, and the periods that were given out."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import Role
from cases.models import Petition
from cases.views.asking import READS_LEDGER
from indicators import actions
from indicators import permissions as may
from indicators.catalogue import CATALOGUE, part_words
from indicators.differences import differences
from indicators.figures import Asked, figures_of
from indicators.measures import MEASURES, Code, Part
from indicators.models import Fact, FrozenPeriod, Recount
from indicators.periods import Period
from indicators.sweeps import complete_until
from indicators.universe import UNIVERSES, Universe
from lib.errors import NotAllowed, Unknown
from reports.dashboard import dashboard as dashboard_of
from reports.forms import Days
from reports.units import COMPARED, SMALL, side_by_side
from reports.words import fact_words
from reports.work import work

READS_FIGURES = sorted(set(READS_LEDGER) - {Role.SEALED_LANE_OFFICER})


@wears_hat_of(*READS_FIGURES)
@require_GET
@never_cache
def dashboard(request: StaffRequest) -> HttpResponse:
    """Show the figures of some days, as this hat may know of them, now or as they were known on a day."""
    form = Days(request.GET, today=timezone.localdate(request.now))
    context = {
        "form": form,
        "may_freeze": may.may_freeze(request.hat),
        "reads_units": may.reads_figures(request.hat),
    }
    if form.is_valid():
        asked = form.asked("")
        context |= {
            "shown": dashboard_of(asked, request.hat, now=request.now),
            "last_day": asked.period.until - timedelta(days=1),
            "universe": UNIVERSES[asked.universe],
            "work": work(asked, request.hat, now=request.now),
            "frozen": _given_out(request).order_by("-since", "-pk")[:12],
        }
    return render(request, "reports/dashboard.html", context)


@wears_hat_of(*READS_FIGURES)
@require_GET
@never_cache
def units(request: StaffRequest) -> HttpResponse:
    """Show the units of a place beside each other, by how they handle: to whoever reads all that is open there."""
    if not may.reads_figures(request.hat):
        raise NotAllowed(_("Units are compared by whoever looks after the whole place."))
    form = Days(request.GET, today=timezone.localdate(request.now))
    context: dict[str, object] = {
        "form": form,
        "indicators": [CATALOGUE[code] for code in COMPARED],
        "small": SMALL,
    }
    if form.is_valid():
        seen = Fact.objects.visible_to(request.hat)
        context["groups"] = side_by_side(form.asked(""), seen, now=request.now)
    return render(request, "reports/units.html", context)


def _given_out(request: StaffRequest) -> QuerySet[FrozenPeriod]:
    """Return what was given out of the reader's place; of figures of a whole place whoever sees all of it reads."""
    if not may.reads_figures(request.hat):
        return FrozenPeriod.objects.none()
    return FrozenPeriod.objects.filter(place=request.hat.organ.place_id)


@wears_hat_of(*READS_FIGURES)
@require_GET
def definitions(request: StaffRequest) -> HttpResponse:
    """Say of every indicator what it counts, and show how last night's second count came out."""
    last = Recount.objects.order_by("-checked_at").first()
    checks = (
        Recount.objects.filter(checked_at=last.checked_at).order_by("pk") if last else Recount.objects.none()
    )
    context = {
        "indicators": [(code, indicator) for code, indicator in CATALOGUE.items()],
        "universes": [(universe, UNIVERSES[universe].words) for universe in Universe],
        "complete_until": complete_until(request.now),
        "checked": last,
        "agreeing": sum(check.agrees for check in checks),
        "differing": [
            (CATALOGUE[Code(check.code)].name, part_words(Part(check.part)), check)
            for check in checks
            if not check.agrees
        ],
    }
    return render(request, "reports/definitions.html", context)


@wears_hat_of(Role.OFFICE_DIRECTOR)
@require_POST
def freeze(request: StaffRequest) -> HttpResponse:
    """Give out the figures of the days that the page shows."""
    form = Days(request.POST, today=timezone.localdate(request.now))
    if not form.is_valid():
        return render(request, "reports/dashboard.html", {"form": form}, status=422)
    asked = form.asked("")
    period = actions.freeze(
        asked.period.since, asked.period.until, universe=asked.universe, by=request.hat, now=request.now
    )
    return redirect("reports:frozen", period.pk)


@wears_hat_of(*READS_FIGURES)
@require_GET
@never_cache
def frozen(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what was given out of a period, beside the same numbers today."""
    period, asked = _found(request, pk)
    today = figures_of(
        MEASURES, replace(asked, as_of=None), Fact.objects.visible_to(request.hat), now=request.now
    )
    rows = []
    for figure in period.figures.order_by("pk"):
        code, part = Code(figure.code), Part(figure.part)
        now = today[code].of if part is Part.ALL else today[code].parts[part]
        rows.append((CATALOGUE[code].name, part_words(part), figure, now))
    context = {"period": period, "rows": rows, "last_day": period.until - timedelta(days=1)}
    return render(request, "reports/frozen.html", context)


@wears_hat_of(*READS_FIGURES)
@require_GET
@never_cache
def frozen_number(request: StaffRequest, pk: int, code: str, part: str) -> HttpResponse:
    """List case by case what lies between a number that was given out and the same number today."""
    period, asked = _found(request, pk)
    figure = period.figures.filter(code=code, part=part).first()
    if figure is None:
        raise Unknown(_("There is no such figure."))
    seen = Fact.objects.visible_to(request.hat)
    found = differences(Code(code), Part(part), asked, seen, now=request.now)
    petitions = Petition.objects.visible_to(request.hat).in_bulk([each.petition_id for each in found])
    rows = [
        (petitions[each.petition_id], each.was_counted, [fact_words(name) for name in each.changed])
        for each in found
        if each.petition_id in petitions
    ]
    context = {
        "period": period,
        "figure": figure,
        "name": CATALOGUE[Code(code)].name,
        "part": part_words(Part(part)),
        "rows": rows,
    }
    return render(request, "reports/frozen_number.html", context)


def _found(request: StaffRequest, pk: int) -> tuple[FrozenPeriod, Asked]:
    period = _given_out(request).filter(pk=pk).select_related("place", "frozen_by__user").first()
    if period is None:
        raise Unknown(_("There is no such period."))
    asked = Asked(Period(period.since, period.until), Universe(period.universe), as_of=period.as_of)
    return period, asked
