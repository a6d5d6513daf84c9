"""The ledger on paper: A4 across, what was ticked or the whole view, covered, and written down."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.requests import StaffRequest, wears_hat_of
from cases.actions import prints
from cases.exports.reading import Reader
from cases.ledger_words import view_words
from cases.marks import Mark
from cases.views.asking import READS_LEDGER, asked_list, chosen_rows
from lib.keyset import capped_count

# Some fifteen sheets; a longer list is read in a workbook.
MOST_PRINTED = 500


@wears_hat_of(*READS_LEDGER)
@require_POST
@never_cache
def print_ledger(request: StaffRequest) -> HttpResponse:
    """Show the list as it is printed: title, unit, day, filter, rows."""
    listed = asked_list(request)
    keys = list(chosen_rows(request, listed, most=MOST_PRINTED).values_list("pk", flat=True))
    printed = prints.print_ledger(keys, by=request.hat, now=request.now)
    whole = request.POST.get("all") == "yes"
    context = {
        "rows": Reader(request.hat, now=request.now).rows(printed),
        "columns": listed.columns,
        "by_date": listed.by_date,
        "marks": [mark for mark in Mark if mark is not Mark.SEALED],
        "view": view_words(listed.question.view),
        "filters": [(label, words) for _name, label, words in listed.form.in_force()],
        "whole": whole,
        "on": timezone.localdate(request.now),
        "most": MOST_PRINTED,
        "is_cut": whole and capped_count(listed.found) > MOST_PRINTED,
    }
    return render(request, "cases/printed_ledger.html", context)
