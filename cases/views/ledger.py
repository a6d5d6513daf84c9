"""The ledger: the petitions a hat sees, nearest deadline first."""

import unicodedata
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import MAY_REGISTER, Role
from cases.backdated import Late, late_days
from cases.chosen import offered_to
from cases.columns import ALWAYS, USUAL, Column
from cases.counting import counts_of_views
from cases.deeds import DEEDS
from cases.forms.ledger import LedgerFilter
from cases.ledger import (
    LampColour,
    View,
    due_key,
    in_lamp,
    in_view,
    leading_units,
    whole_numbers,
)
from cases.ledger_words import MINE, VIEWS, WAITING_VIEWS
from cases.marks import Mark
from cases.models import Petition, SavedView
from cases.permissions import may_take_ledger_out
from cases.readers import readers_of
from cases.repeats import repeats_among
from cases.rows import rows_of
from cases.saved_views import COUNTED, counts_of_saved, question_string, questions_of, views_above
from cases.views.asking import READS_LEDGER, asked_list
from cases.workflow import HANDLES
from lib.keyset import COUNTED_EXACTLY, capped_count, page_of

# What may be done to ticked rows (`cases.views.chosen`), each with its icon.
_ICONS = {"route": "send", "sign_for": "circle-check", "give_reader": "user-plus", "urge": "bell"}


@wears_hat_of(*READS_LEDGER)
@require_GET
@never_cache
def ledger(request: StaffRequest) -> HttpResponse:
    """List petitions by nearest deadline, or by date, filtered, a page at a time."""
    listed = asked_list(request)
    form, question = listed.form, listed.question
    rows = listed.found.for_list()
    if Column.CATEGORY in listed.columns:
        rows = rows.select_related("content_category")
    page = page_of(
        rows,
        by="received_at" if listed.by_date else due_key(request.hat),
        cursor=request.GET.get("at"),
        descending=listed.by_date,
    )
    shown = [*VIEWS]
    if request.hat.role in HANDLES:
        # behind those that wait for the organ, before those that only narrow
        shown.insert(3, MINE)
    if question.view in WAITING_VIEWS:
        shown.append((question.view, WAITING_VIEWS[question.view]))
    is_counted = question.is_a_view_alone and not form.is_unclear
    # everything there ever was asks nobody for anything: how much it is, is counted where it is shown
    counted = [
        view for view, _label in shown if view is not View.ALL or (is_counted and question.view is view)
    ]
    counts = counts_of_views(counted, hat=request.hat, now=request.now)
    context = {
        "form": form,
        "question": question,
        "rows": rows_of(
            page.rows,
            now=request.now,
            leading=leading_units(page.rows),
            repeats=repeats_among([petition.pk for petition in page.rows], request.hat),
            readers=readers_of(petition.pk for petition in page.rows)
            if Column.READER in listed.columns
            else None,
        ),
        "marks": [mark for mark in Mark if mark is not Mark.SEALED],
        "page": page,
        "count": counts[question.view] if is_counted else capped_count(listed.found),
        "may_register": request.hat.role in MAY_REGISTER,
        "counted_exactly": COUNTED_EXACTLY,
        "counted_of_saved": COUNTED,
        "views": [(view, label, counts.get(view)) for view, label in shown],
        "saved_views": _saved_views(request),
        "saved": listed.saved,
        "columns": listed.columns,
        "column_choice": [(column, column in listed.columns) for column in Column if column not in ALWAYS],
        "by_date": listed.by_date,
        "may_choose": True,
        "ledger_deeds": [(DEEDS[name], _ICONS[name]) for name in offered_to(request.hat)],
        "may_take_out": may_take_ledger_out(request.hat),
        "chips": _chips(request, form),
    }
    return render(request, "cases/ledger.html", context)


def _saved_views(request: StaffRequest) -> list[tuple[SavedView, str, int | None]]:
    """Return the saved views above the ledger: each with its question and its count, where it can still be asked."""
    views = views_above(request.hat)
    counts = counts_of_saved(questions_of(views, request.hat), hat=request.hat, now=request.now)
    return [(view, question_string(view), counts.get(view.pk)) for view in views]


def _chips(request: StaffRequest, form: LedgerFilter) -> list[tuple[str, str, str]]:
    """Return each filter in force as its label, its value in words, and the address without it."""
    chips = []
    for name, label, words in form.in_force():
        remaining = {key: one for key, one in request.GET.items() if key not in {name, "at", "saved"}}
        chips.append((label, words, f"?{urlencode(remaining)}"))
    return chips


@wears_hat_of(Role.SEALED_LANE_OFFICER)
@require_GET
@never_cache
def sealed_ledger(request: StaffRequest) -> HttpResponse:
    """List the sealed petitions granted to this post, nearest deadline first (Q2)."""
    asked_for = request.GET.get("view", View.ALL)
    view = View(asked_for) if asked_for in set(View) else View.ALL
    granted = in_view(Petition.objects.sealed_to(request.hat), view, hat=request.hat, now=request.now)
    lamp = request.GET.get("lamp")
    if lamp in set(LampColour):
        granted = in_lamp(granted, LampColour(lamp), now=request.now)
    by_date = request.GET.get("order") == "received"
    page = page_of(
        granted.for_list(),
        by="received_at" if by_date else "next_due_at",
        cursor=request.GET.get("at"),
        descending=by_date,
    )
    context = {
        "rows": rows_of(page.rows, now=request.now),
        "page": page,
        "count": capped_count(granted),
        "columns": USUAL,
        "by_date": by_date,
        "view": view,
    }
    return render(request, "cases/sealed_ledger.html", context)


@wears_hat_of(Role.INSPECTOR, Role.OFFICE_DIRECTOR)
@require_GET
@never_cache
def backdated(request: StaffRequest) -> HttpResponse:
    """List the days that were typed more than one working day late, each with its evidence (Q25)."""
    asked = request.GET.get("of", "")
    kind = Late(asked) if asked in Late.values else Late.RECEIVED
    rows, page, count = late_days(request.hat, kind, cursor=request.GET.get("at"))
    context = {"rows": rows, "page": page, "count": count, "kind": kind, "kinds": Late}
    return render(request, "cases/backdated.html", context)


@wears_hat_of(*READS_LEDGER)
@require_GET
@never_cache
def enquire(request: StaffRequest) -> HttpResponse:
    """Find the case of somebody who asks, by the whole number or its last digits (Q15)."""
    number = unicodedata.normalize("NFKC", request.GET.get("number", "")).strip().upper()
    meant = whole_numbers(number, request.hat, on=timezone.localdate(request.now)) or [number]
    fitting = list(Petition.objects.visible_to(request.hat).filter(number__in=meant)[:2]) if number else []
    # several series of a place may share the digits: then the letters are asked for
    found = fitting[0] if len(fitting) == 1 else None
    if found is not None:
        return redirect("cases:petition", found.pk)
    return render(request, "cases/enquire.html", {"number": number}, status=404 if number else 200)
