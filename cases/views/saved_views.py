"""Saving, sharing and removing views of the ledger, and choosing its columns."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import StaffRequest, wears_hat_of
from cases.actions import saved_views as deeds
from cases.columns import Column
from cases.forms.saved_views import ChooseColumns, SaveView
from cases.ledger_words import view_words
from cases.models import SavedView
from cases.saved_views import COUNTED, counts_of_saved, own_first, question_string, questions_of
from cases.views.asking import READS_LEDGER, asked_list
from lib.errors import NotAllowed, Refused, Unknown


@wears_hat_of(*READS_LEDGER)
@require_http_methods(["GET", "POST"])
@never_cache
def save(request: StaffRequest) -> HttpResponse:
    """Give what the ledger shows a name."""
    listed = asked_list(request)
    form = SaveView(request.POST or None)
    if request.method == "POST" and form.is_valid() and not listed.form.is_unclear:
        try:
            view = deeds.save_view(
                form.cleaned_data["name"],
                listed.form.facts(),
                by_date=listed.by_date,
                columns=listed.columns,
                shared=form.cleaned_data["shared"],
                by=request.hat,
                now=request.now,
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{resolve_url('cases:ledger')}?{question_string(view)}")
    context = {
        "form": form,
        "is_unclear": listed.form.is_unclear,
        "view": view_words(listed.question.view),
        "filters": [(label, words) for name, label, words in listed.form.in_force() if name != "q"],
        "has_number": bool(listed.question.number),
    }
    return render(request, "cases/save_view.html", context, status=422 if request.method == "POST" else 200)


@wears_hat_of(*READS_LEDGER)
@require_GET
@never_cache
def saved(request: StaffRequest) -> HttpResponse:
    """List the views one may use, each with the link to pass on."""
    views = own_first(SavedView.objects.visible_to(request.hat).select_related("owner"), request.hat)
    counts = counts_of_saved(questions_of(views, request.hat), hat=request.hat, now=request.now)
    context = {
        "views": [(view, counts.get(view.pk)) for view in views],
        "counted_exactly": COUNTED,
    }
    return render(request, "cases/saved_views.html", context)


@wears_hat_of(*READS_LEDGER)
@require_GET
@never_cache
def one(request: StaffRequest, view_id: UUID) -> HttpResponse:
    """Lead from the link that was passed on to the ledger; of another organ's view nothing is told (Q6)."""
    view = SavedView.objects.visible_to(request.hat).filter(pk=view_id).first()
    if view is None:
        raise Unknown(_("There is no such view."))
    return redirect(f"{resolve_url('cases:ledger')}?{question_string(view)}")


@wears_hat_of(*READS_LEDGER)
@require_POST
def remove(request: StaffRequest, view_id: UUID) -> HttpResponse:
    """Remove a view."""
    deeds.remove_view(view_id, by=request.hat, now=request.now)
    messages.success(request, _("The view is removed."))
    return redirect("cases:saved_views")


@wears_hat_of(*READS_LEDGER)
@require_POST
def choose_columns(request: StaffRequest) -> HttpResponse:
    """Remember the columns, and go back to the list that was shown."""
    form = ChooseColumns(request.POST)
    if form.is_valid():
        # nothing ticked is a choice too: what always stands
        chosen = form.cleaned_data["columns"] or [Column.DEADLINE]
        deeds.choose_columns(chosen, by=request.hat, now=request.now)
    asked = request.GET.copy()
    for part in ("saved", "at"):
        asked.pop(part, None)
    return redirect(f"{resolve_url('cases:ledger')}?{asked.urlencode()}")
