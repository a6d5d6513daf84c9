"""Reference data of petitions: content categories and the district's own numbers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import Role
from cases.actions.category_models import end_category_model
from cases.actions.reference import add_category, end_category, set_local
from cases.forms.administration import AddCategory, SetLocal
from cases.models import CategoryModel, ContentCategory
from infra.local_settings import DEFAULTS, Setting, value_of
from infra.models import LocalSetting
from lib.errors import Refused

_MOST_MODELS = 20


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def categories(request: StaffRequest) -> HttpResponse:
    """Show the categories; add one, or end one."""
    form = AddCategory(request.POST if request.POST.get("do") == "add" else None)
    status = 200
    if request.POST.get("do") == "end":
        end_category(request.POST.get("code", ""), by=request.hat, now=request.now)
        return redirect("cases:categories")
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                add_category(**form.cleaned_data, by=request.hat, now=request.now)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                return redirect("cases:categories")
    rows = ContentCategory.objects.order_by("path")
    return render(request, "cases/categories.html", {"form": form, "categories": rows}, status=status)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def category_models(request: StaffRequest) -> HttpResponse:
    """Show what suggests categories, how large it is and what it is worth; let nothing suggest any more."""
    if request.method == "POST":
        end_category_model(by=request.hat, now=request.now)
        return redirect("cases:category_models")
    # what stands on the page, without the weights themselves
    models = CategoryModel.objects.defer("weights").order_by("-trained_at")
    return render(request, "cases/category_models.html", {"models": models[:_MOST_MODELS]})


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def local_settings(request: StaffRequest) -> HttpResponse:
    """Show what the district has set for itself, and set it anew."""
    form = SetLocal(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                facts = {**form.cleaned_data, "key": Setting(form.cleaned_data["key"])}
                set_local(**facts, by=request.hat, now=request.now)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                return redirect("cases:local_settings")
    today = request.now.date()
    in_force = [(setting.label, value_of(setting, on=today), DEFAULTS[setting]) for setting in Setting]
    history = [(Setting(row.key).label, row) for row in LocalSetting.objects.order_by("-valid_from", "key")]
    context = {"form": form, "in_force": in_force, "history": history}
    return render(request, "cases/local_settings.html", context, status=status)
