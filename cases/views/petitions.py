"""The case page and the deeds on it, in whichever lane the hat reads."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import StaffRequest, wears_a_hat
from cases import permissions as may
from cases.actions import attachments, corrections, notes, people, prints, sealing
from cases.actions.looks import look
from cases.actions.people import PersonField
from cases.forms import correct as correct_forms
from cases.forms import notes as forms
from cases.intake import Reported
from cases.models import Petition
from cases.models.notes import ConductArticle, SafetyKind, VerifiedBy
from cases.models.voids import VoidGround
from cases.pages import case_page
from cases.parts import find_readable
from cases.states import AttachmentKind, Purpose, ReportedKind
from infra.files import check, download
from infra.local_settings import Setting, value_of
from lib.errors import Refused, Unknown, Words


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
    petition_id: UUID,
    *,
    status: int = 200,
    refusal: Words | None = None,
    forms_in_error: Mapping[str, Form] | None = None,
) -> HttpResponse:
    petition = _seen(request, petition_id)
    context = case_page(petition, request.hat, now=request.now, kind=request.GET.get("timeline", ""))
    response = render(
        request,
        "cases/petition.html",
        {**context, "refusal": refusal, **(forms_in_error or {})},
        status=status,
    )
    response["Cache-Control"] = "no-store"
    return response


@wears_a_hat
@require_GET
def petition(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show where a petition stands and what may be done."""
    look(petition_id, by=request.hat, now=request.now)
    return _page(request, petition_id)


def _do(
    request: StaffRequest, petition_id: UUID, form: Form, name: str, deed: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Run a deed with a form's facts; what is wrong with it stands beside the field, with everything typed."""
    _seen(request, petition_id)
    if not form.is_valid():
        return _page(request, petition_id, status=422, forms_in_error={name: form})
    try:
        deed(form.cleaned_data)
    except Refused as refusal:
        if refusal.http_status in {403, 404}:
            raise
        for field, message in refusal.fields.items():
            form.add_error(field if field in form.fields else None, str(message))
        words = None if refusal.fields else refusal.message
        return _page(
            request, petition_id, status=refusal.http_status, refusal=words, forms_in_error={name: form}
        )
    if find_readable(petition_id, request.hat) is None:
        # It left this hat's sight by the deed itself, as sealing does.
        return redirect("cases:ledger")
    return redirect("cases:petition", petition_id)


@wears_a_hat
@require_POST
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
@require_POST
@never_cache
def reissue_code(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Issue the query code anew and show it for this once."""
    found, code = people.reissue_code(petition_id, by=request.hat, now=request.now)
    return render(request, "cases/slip.html", {"reissued": found, "code": code})


@wears_a_hat
@require_POST
def enquiry(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Note an enquiry."""
    return _do(
        request,
        petition_id,
        forms.Enquiry(request.POST),
        "enquiry_form",
        lambda facts: notes.note_enquiry(
            petition_id,
            by_phone=facts["by_phone"],
            verified_by=VerifiedBy(facts["verified_by"]),
            told=facts["told"],
            by=request.hat,
            now=request.now,
        ),
    )


@wears_a_hat
@require_POST
def safety(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Write a safety note."""
    return _do(
        request,
        petition_id,
        forms.Safety(request.POST),
        "safety_form",
        lambda facts: notes.note_safety(
            petition_id,
            kind=SafetyKind(facts["kind"]),
            observed_fact=facts["observed_fact"],
            action_taken=facts["action_taken"],
            by=request.hat,
            now=request.now,
        ),
    )


@wears_a_hat
@require_POST
def close_safety(request: StaffRequest, petition_id: UUID, note_id: int) -> HttpResponse:
    """Close a safety note."""
    notes.close_safety_note(petition_id, note_id, by=request.hat, now=request.now)
    return redirect("cases:petition", petition_id)


@wears_a_hat
@require_POST
def conduct(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Write a conduct record."""
    return _do(
        request,
        petition_id,
        forms.Conduct(request.POST),
        "conduct_form",
        lambda facts: notes.note_conduct(
            petition_id,
            article=ConductArticle(facts["article"]),
            what_happened=facts["what_happened"],
            by=request.hat,
            now=request.now,
        ),
    )


@wears_a_hat
@require_POST
def take_original(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Take in a paper."""
    return _do(
        request,
        petition_id,
        forms.TakeOriginal(request.POST),
        "original_form",
        lambda facts: notes.take_original(
            petition_id, what=facts["what"], sheets=facts["sheets"], by=request.hat, now=request.now
        ),
    )


@wears_a_hat
@require_POST
def return_original(request: StaffRequest, petition_id: UUID, original_id: int) -> HttpResponse:
    """Give a paper back."""
    notes.return_original(petition_id, original_id, by=request.hat, now=request.now)
    return redirect("cases:petition", petition_id)


@wears_a_hat
@require_POST
def attach(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Add a file."""
    return _do(
        request,
        petition_id,
        forms.Attach(request.POST, request.FILES),
        "attach_form",
        lambda facts: attachments.add_to_petition(
            petition_id,
            file=check(facts["upload"]),
            kind=AttachmentKind(facts["kind"]),
            by=request.hat,
            now=request.now,
        ),
    )


@wears_a_hat
@require_GET
@never_cache
def file(request: StaffRequest, petition_id: UUID, attachment_id: UUID) -> FileResponse:
    """Save a file."""
    return download(attachments.fetch(petition_id, attachment_id, by=request.hat, now=request.now))


@wears_a_hat
@require_POST
def quarantine(request: StaffRequest, petition_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Put a file under quarantine."""
    reason = request.POST.get("reason", "")
    attachments.quarantine(petition_id, attachment_id, reason=reason, by=request.hat, now=request.now)
    return redirect("cases:petition", petition_id)


@wears_a_hat
@require_POST
def seal(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Seal a petition that names a wrongdoer after all."""
    return _do(
        request,
        petition_id,
        forms.Seal(request.POST),
        "seal_form",
        lambda facts: sealing.seal(
            petition_id,
            reason=facts["reason"],
            reported=[
                Reported(
                    kind=ReportedKind(facts["reported_kind"]),
                    organ_id=facts["reported_organ"].pk if facts["reported_organ"] else None,
                    name=facts["reported_name"],
                    post_title=facts["reported_post"],
                )
            ],
            by=request.hat,
            now=request.now,
        ),
    )


@wears_a_hat
@require_POST
def unseal(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Return a petition to the open lane."""
    return _do(
        request,
        petition_id,
        forms.Unseal(request.POST),
        "unseal_form",
        lambda facts: sealing.unseal(
            petition_id,
            reason=facts["reason"],
            purpose=Purpose(facts["purpose"]) if facts["purpose"] else None,
            by=request.hat,
            now=request.now,
        ),
    )


@wears_a_hat
@require_POST
def let_in(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Let one more post into a sealed petition."""
    return _do(
        request,
        petition_id,
        forms.LetIn(request.POST),
        "let_in_form",
        lambda facts: sealing.let_in(
            petition_id,
            post_id=facts["post_id"],
            reason=facts["reason"],
            sees_reporter=facts["sees_reporter"],
            by=request.hat,
            now=request.now,
        ),
    )


@wears_a_hat
@require_POST
def shut_out(request: StaffRequest, petition_id: UUID, post_id: int) -> HttpResponse:
    """End a grant."""
    sealing.shut_out(petition_id, post_id=post_id, by=request.hat, now=request.now)
    return redirect("cases:petition", petition_id)


@wears_a_hat
@require_POST
def propose_void(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Propose to void a double entry or a test."""
    return _do(
        request,
        petition_id,
        forms.ProposeVoid(request.POST),
        "void_form",
        lambda facts: corrections.propose_void(
            petition_id,
            ground=VoidGround(facts["ground"]),
            stays_number=facts["stays_number"],
            reason=facts["reason"],
            by=request.hat,
            now=request.now,
        ),
    )


@wears_a_hat
@require_POST
def decide_void(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Confirm or refuse a proposal to void."""
    corrections.decide_void(
        petition_id, confirm=request.POST.get("do") == "confirm", by=request.hat, now=request.now
    )
    return redirect("cases:petition", petition_id)


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
    status = 200
    if request.method == "POST" and form.is_valid():
        if field == "received_at" and request.POST.get("do") != "confirm":
            context = {"petition": found, "form": form, "field": field, "moves": form.moves(now=request.now)}
            return render(request, "cases/correct.html", context)
        try:
            corrections.correct(
                petition_id,
                field=field,
                value=form.cleaned_data["value"],
                reason=form.cleaned_data["reason"],
                seen_version=form.cleaned_data["seen_version"],
                by=request.hat,
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.http_status
        else:
            return redirect("cases:petition", petition_id)
    elif request.method == "POST":
        status = 422
    return render(
        request, "cases/correct.html", {"petition": found, "form": form, "field": field}, status=status
    )


@wears_a_hat
@require_POST
@never_cache
def print_card(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """The registration card (D01) on A4, masked; printing it is written down."""
    printed = prints.print_card(petition_id, by=request.hat, now=request.now)
    found = _seen(request, printed.pk)
    return render(request, "cases/card.html", case_page(found, request.hat, now=request.now, kind=""))
