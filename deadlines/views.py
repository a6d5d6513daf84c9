"""Calendar and rules, for the system administrator."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import Role
from deadlines import actions
from deadlines.calendars import missing_year
from deadlines.forms import AddVersion, LoadYear
from deadlines.models import CalendarYear, Rule
from deadlines.pages import WEEKDAYS, compare, months_of
from deadlines.versions import next_version
from deadlines.years import YearPreview, preview_year
from lib.errors import Refused


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def calendar(request: StaffRequest) -> HttpResponse:
    """Show a year; look at what a notice would do, then load it (Q26)."""
    form = LoadYear(request.POST or None)
    foreseen = None
    if form.is_valid():
        try:
            if request.POST.get("do") == "load":
                return _load(request, form)
            foreseen = preview_year(form.cleaned_data["text"])
        except Refused as refusal:
            form.refuse(refusal)
    return _calendar_page(request, form, foreseen)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_GET
def calendar_of(request: StaffRequest, year: int) -> HttpResponse:
    """Lead to the page of a year, where its notice is entered."""
    return redirect(f"{reverse('deadlines:calendar')}?year={year}")


def _load(request: StaffRequest, form: LoadYear) -> HttpResponse:
    loaded = actions.load_year(**form.cleaned_data, by=request.hat, now=request.now)
    words = ngettext(
        "%(year)s is loaded; %(number)d open deadline got another day.",
        "%(year)s is loaded; %(number)d open deadlines got another day.",
        loaded.moved.total,
    )
    messages.success(request, words % {"year": loaded.year.year, "number": loaded.moved.total})
    return redirect(f"{reverse('deadlines:calendar')}?year={loaded.year.year}")


def _calendar_page(request: StaffRequest, form: LoadYear, foreseen: YearPreview | None) -> HttpResponse:
    today = timezone.localdate(request.now)
    years = list(CalendarYear.objects.select_related("loaded_by__user").order_by("year"))
    asked = request.GET.get("year", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    shown = next((year for year in years if year.year == wanted), None)
    context = {
        "form": form,
        "foreseen": foreseen,
        "years": years,
        "wanted": wanted,
        "shown": shown,
        "weekdays": WEEKDAYS,
        "months": months_of(shown.year) if shown else [],
        "missing": missing_year(today),
        "today": today,
    }
    return render(request, "deadlines/calendar.html", context, status=422 if form.errors else 200)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_GET
def rules(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate(request.now)
    in_force = sorted(Rule.objects.in_force(today), key=_by_number)
    coming = {rule.code: rule for rule in Rule.objects.filter(valid_from__gt=today)}
    lines = [(rule, coming.get(rule.code)) for rule in in_force]
    return render(request, "deadlines/rules.html", {"lines": lines})


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def rule(request: StaffRequest, code: str) -> HttpResponse:
    """Show a rule's versions; look at what the next one would change, then add it."""
    versions = list(Rule.objects.filter(code=code).order_by("-version"))
    if not versions:
        raise Http404
    last = versions[0]
    form = AddVersion(request.POST or None, last=last)
    context = {"code": code, "versions": versions, "last": last, "form": form}
    if form.is_valid():
        valid_from, changed = form.cleaned_data["valid_from"], form.changed
        try:
            if request.POST.get("do") == "add":
                actions.add_rule_version(
                    code, valid_from=valid_from, changed=changed, by=request.hat, now=request.now
                )
                messages.success(request, _("The new version is entered."))
                return redirect("deadlines:rule", code)
            following = next_version(last, valid_from=valid_from, changed=changed)
            compared = compare(last, following, started_at=request.now)
            context |= {"following": following, "compared": compared}
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "deadlines/rule.html", context, status=422 if form.errors else 200)


def _by_number(rule: Rule) -> tuple[int, str]:
    """Sort T2 before T10, and T1 before T1a."""
    digits = "".join(letter for letter in rule.code if letter.isdecimal())
    return int(digits or 0), rule.code
