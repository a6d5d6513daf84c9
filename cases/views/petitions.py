"""The case page and the deeds on it, in whichever lane the hat reads."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import CharField
from django.http import FileResponse, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.requests import StaffRequest, wears_a_hat
from cases import permissions as may
from cases import slips
from cases.actions import attachments, corrections, papers, people, prints, sealed_word, sealing, urging
from cases.actions.looks import look
from cases.actions.people import PersonField
from cases.correcting import faults_of_value
from cases.deeds import BY_SLUG
from cases.forms import correct as correct_forms
from cases.ledger import next_to_route
from cases.models import Petition
from cases.pages import case_page
from cases.papers_page import version_of_paper
from cases.parts import find_readable, is_readable
from documents.working_copy import working_copy_of
from infra.files import download, hand_out
from infra.local_settings import Setting, value_of
from lib.errors import Refused, Stale, Unknown, Words
from lib.forms import RefusableForm
from lib.posting import posts_from


def _seen(request: StaffRequest, petition_id: UUID) -> Petition:
    """Return a petition this hat reads, with what the page's head shows.

    :raises Unknown: if there is none, or none for this hat
    """
    petition = find_readable(petition_id, request.hat)
    if petition is None:
        raise Unknown(_("There is no such petition."))
    return petition


def _page(
    request: StaffRequest,
    petition: Petition,
    *,
    status: int = 200,
    refusal: Words | None = None,
    bound: Mapping[str, RefusableForm] | None = None,
) -> HttpResponse:
    kind = request.GET.get("timeline", "")
    context = case_page(petition, request.hat, now=request.now, kind=kind, bound=bound or {})
    context["sitting"] = "sitting" in request.GET
    context["kept"] = _kept(bound or {}) if status in {403, 409} else []
    response = render(request, "cases/petition.html", {**context, "refusal": refusal}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _kept(bound: Mapping[str, RefusableForm]) -> list[tuple[str, str]]:
    """Return the texts that were typed into a deed that is no longer possible, so that nothing is lost (Q32)."""
    return [
        (str(form.fields[name].label or ""), form.data.get(name, ""))
        for form in bound.values()
        for name, field in form.fields.items()
        if isinstance(field, CharField) and not field.widget.is_hidden and form.data.get(name)
    ]


@wears_a_hat
@require_GET
def petition(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show where a petition stands and what may be done."""
    return _page(request, look(petition_id, by=request.hat, now=request.now))


@wears_a_hat
@posts_from("cases:petition", "petition_id")
@never_cache
def reveal(request: StaffRequest, petition_id: UUID, person_id: UUID) -> HttpResponse:
    """Show one covered field: in place to a script, on a page of its own without one."""
    field = request.POST.get("field", "")
    if field not in set(PersonField):
        raise Unknown(_("There is no such field."))
    shown = people.reveal(petition_id, person_id, field=PersonField(field), by=request.hat, now=request.now)
    seconds = value_of(Setting.REVEAL_SECONDS, on=request.now.date())
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"value": shown.value, "seconds": seconds})
    context = {"shown": shown, "petition_id": petition_id, "seconds": seconds}
    return render(request, "cases/revealed.html", context)


@wears_a_hat
@posts_from("cases:petition", "petition_id")
@never_cache
def reissue_code(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Issue the query code anew and show it for this once."""
    found, code = people.reissue_code(petition_id, by=request.hat, now=request.now)
    issued = slips.Slips(slips.slips_of(found, [code]), petition_id, reissued=True)
    slips.keep(request.session, petition_id, issued, by=request.hat)
    return redirect("cases:slip", petition_id)


@wears_a_hat
@posts_from("cases:petition", "petition_id")
def deed(request: StaffRequest, petition_id: UUID, slug: str) -> HttpResponse:
    """Do one deed of the table; what is wrong with it stands beside the field, with everything typed kept."""
    asked = BY_SLUG.get(slug)
    if asked is None:
        raise Unknown(_("There is no such page."))
    if not is_readable(petition_id, request.hat):
        raise Unknown(_("There is no such petition."))
    form = asked.read(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, _seen(request, petition_id), status=422, bound={asked.name: form})
    try:
        asked.act(petition_id, form.cleaned_data, request.hat, request.now)
    except Refused as refusal:
        if isinstance(refusal, Unknown):
            raise
        form.refuse(refusal)
        words = None if refusal.fields else refusal.message
        # as it stands now: what refused it may have come meanwhile
        found = _seen(request, petition_id)
        if isinstance(refusal, Stale):
            form = _with_present_version(form, found)
        status = 422 if refusal.http_status == 400 else refusal.http_status
        return _page(request, found, status=status, refusal=words, bound={asked.name: form})
    messages.success(request, str(asked.done))
    if not is_readable(petition_id, request.hat):
        # It left this hat's sight by the deed itself, as sealing does.
        return redirect("cases:ledger")
    if asked.name == "route" and "sitting" in request.GET:
        return redirect("cases:route_next")
    page = resolve_url("cases:petition", petition_id)
    return redirect(f"{page}#{asked.section}")


def _with_present_version(form: RefusableForm, petition: Petition) -> RefusableForm:
    """Return a form that saw an older state, as typed, ready to be sent again once it was compared (Q32)."""
    again = QueryDict(mutable=True)
    again.update(form.data)
    if "seen_version" in form.fields:
        again["seen_version"] = str(petition.version)
    if "version" in form.fields:
        again["version"] = str(version_of_paper(petition, form.cleaned_data["document"]))
    redrawn = type(form)(again)
    redrawn.is_valid()
    redrawn.add_error(None, _("Somebody changed this petition meanwhile. Compare, and send it again."))
    return redrawn


@wears_a_hat
@require_GET
@never_cache
def route_next(request: StaffRequest) -> HttpResponse:
    """Open the next petition to be routed, the nearest deadline first: one sitting, one after the other."""
    waiting = next_to_route(request.hat)
    if waiting is None:
        messages.success(request, _("Nothing waits to be routed."))
        return redirect("desk:my_work")
    page = resolve_url("cases:petition", waiting.pk)
    return redirect(f"{page}?sitting=1#do-route")


@wears_a_hat
@require_GET
@never_cache
def file(request: StaffRequest, petition_id: UUID, attachment_id: UUID) -> FileResponse:
    """Save a file."""
    return download(attachments.fetch(petition_id, attachment_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def paper(request: StaffRequest, petition_id: UUID, document_id: UUID) -> FileResponse:
    """Save an issued paper."""
    return download(papers.fetch_paper(petition_id, document_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def working_copy(request: StaffRequest, petition_id: UUID, document_id: UUID) -> FileResponse:
    """Save a paper that was drawn up here as a Word file to work with."""
    return hand_out(papers.fetch_working_copy(petition_id, document_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def urging_working_copy(request: StaffRequest, petition_id: UUID, urging_id: int) -> FileResponse:
    """Save the paper of an urging as a Word file to work with."""
    file = urging.fetch_urging(petition_id, urging_id, by=request.hat, now=request.now)
    return hand_out(working_copy_of(file, by=request.hat.user.name, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def urging_paper(request: StaffRequest, petition_id: UUID, urging_id: int) -> FileResponse:
    """Save the paper of an urging."""
    return download(urging.fetch_urging(petition_id, urging_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def handover_paper(request: StaffRequest, petition_id: UUID) -> FileResponse:
    """Save the letter of a handing over to the discipline organ, in the sealed lane."""
    return download(sealing.fetch_handover(petition_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def sealed_word_paper(request: StaffRequest, petition_id: UUID) -> FileResponse:
    """Save the written word to a reporter, in the sealed lane."""
    return download(sealed_word.fetch_word(petition_id, by=request.hat, now=request.now))


@wears_a_hat
def correct(request: StaffRequest, petition_id: UUID, field: str) -> HttpResponse:
    """Put one field right: show the form, then what it would move, then do it (Q18)."""
    found = _seen(request, petition_id)
    if not may.may_correct(request.hat, found):
        raise Unknown(_("There is no such page."))
    form_class = correct_forms.form_for(field)
    if form_class is None:
        raise Unknown(_("There is no such field."))
    form = form_class(request.POST or None, initial=correct_forms.initial_of(found, field), petition=found)
    context: dict[str, Any] = {"petition": found, "form": form, "field": field}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if field in correct_forms.MOVES_CLOCKS and request.POST.get("do") != "confirm":
                if wrong := faults_of_value(found, field, form.cleaned_data["value"]):
                    raise Refused(wrong[field], fields=wrong)
                context["foreseen"] = {"moves": form.moves()}
            else:
                corrections.correct(
                    petition_id,
                    field=field,
                    value=form.cleaned_data["value"],
                    reason=form.cleaned_data["reason"],
                    seen_version=form.cleaned_data["seen_version"],
                    by=request.hat,
                    now=request.now,
                )
                return redirect("cases:petition", petition_id)
        except Refused as refusal:
            form.add_error("value" if field in refusal.fields else None, str(refusal.message))
            status = refusal.http_status
    elif request.method == "POST":
        status = 422
    return render(request, "cases/correct.html", context, status=status)


@wears_a_hat
@posts_from("cases:petition", "petition_id")
@never_cache
def print_card(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """The registration card (D01) on A4, masked; printing it is written down."""
    printed = prints.print_card(petition_id, by=request.hat, now=request.now)
    found = _seen(request, printed.pk)
    return render(request, "cases/card.html", case_page(found, request.hat, now=request.now, kind=""))
