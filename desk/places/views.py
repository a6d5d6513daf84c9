"""Finding a division, and the administrator's pages of the tree."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from accounts.roles import Role
from lib.errors import Refused
from lib.htmx import wants_fragment
from places import actions, lookup
from places.forms import AddPlace, ReplacePlace
from places.models import Place


@wears_a_hat
@require_GET
def find(request: StaffRequest) -> HttpResponse:
    """Suggest divisions of the county the hat's organ lies in: options for a field, or a page of its own."""
    words = request.GET.get("q", "")[: lookup.LONGEST]
    found = lookup.find(words, lookup.county_of(request.hat.organ.place.path))
    template = "places/_options.html" if wants_fragment(request) else "places/find.html"
    response = render(request, template, {"found": found, "words": words})
    patch_vary_headers(response, ["HX-Request"])
    return response


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "")[: lookup.LONGEST]
    context = {
        "words": words,
        "found": lookup.find(words, "", limit=50),
        "roots": Place.objects.current().filter(parent=None).order_by("code"),
    }
    return render(request, "places/index.html", context)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_GET
def place(request: StaffRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Place.objects.named_in_full(), pk=pk)
    context = {
        "place": shown,
        "above": Place.objects.above(shown),
        "children": Place.objects.current().filter(parent=shown).order_by("code"),
        "predecessions": shown.predecessions.select_related("predecessor").order_by("since", "pk"),
        "successions": shown.successions.select_related("successor").order_by("since", "pk"),
    }
    return render(request, "places/place.html", context)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, pk: int) -> HttpResponse:
    parent = get_object_or_404(Place.objects.current(), pk=pk)
    form = AddPlace(request.POST or None, parent=parent)
    if form.is_valid():
        try:
            added = actions.add(
                parent_id=parent.pk, by=request.hat.actor, now=request.now, **form.cleaned_data
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, form.done)
            return redirect("places:place", added.pk)
    return _form_page(request, "places/add.html", parent, form)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def replace(request: StaffRequest, pk: int) -> HttpResponse:
    old = get_object_or_404(Place.objects.current(), pk=pk)
    form = ReplacePlace(request.POST or None, place=old)
    if form.is_valid():
        given = form.cleaned_data
        together = [old.pk, *(other.pk for other in given.pop("others"))]
        try:
            actions.replace(together, by=request.hat.actor, now=request.now, **given)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, form.done)
            return redirect("places:place", old.pk)
    return _form_page(request, "places/replace.html", old, form)


def _form_page(
    request: StaffRequest, template: str, about: Place, form: AddPlace | ReplacePlace
) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"place": about, "form": form}, status=status)
