"""Registering in the browser: drafts, the form, the deadlines it would start, the slip."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.hats import Hat
from accounts.models import Organ
from accounts.requests import StaffRequest, wears_a_hat
from cases import permissions as may
from cases import slips
from cases.actions.attachments import add_to_draft, remove_from_draft
from cases.actions.drafts import discard_draft, save_draft
from cases.actions.register import Registered, register
from cases.actions.repeating import keep_choices
from cases.categories import find_categories
from cases.category_suggestions import Suggestion, is_suggesting, suggest_categories
from cases.forms.intake import NameSheet, Registration, with_names
from cases.forms.notes import Attach
from cases.models import Draft, Petition
from cases.names import NameList, read_file
from cases.rules import clocks_to_start
from cases.secrets import open_field
from cases.states import FROM_ABOVE, AttachmentKind, Purpose, Source
from cases.views.repeats import choices_in, panel_of, typed_choices
from deadlines.parts import Preview, preview
from infra.files import check
from infra.local_settings import Setting, value_of
from lib.errors import NotAllowed, Refused, Stale, Unknown
from lib.ids import uuid7
from places.lookup import LONGEST

# What the form carries that is not part of what is registered.
_NOT_CONTENT = frozenset({"csrfmiddlewaretoken", "hat", "do", "seen_version", "take_category"})

# In the session: the identities given to new forms, which nothing else knows before their first save.
_BEGUN = "forms_begun"
_MOST_BEGUN = 50


@wears_a_hat
@require_GET
def new(request: StaffRequest) -> HttpResponse:
    """Give a form an identity of its own, so that sending it twice registers it once."""
    return begin_form(request, uuid7())


def begin_form(request: StaffRequest, form_id: UUID, *, persons: int = 1) -> HttpResponse:
    """Open an empty form under an identity of its own, or go on with the one begun under it.

    An empty one begins with so many petitioners.
    """
    if not (may.may_register(request.hat) or may.registers_for_office(request.hat)):
        raise NotAllowed(_("Your post does not register petitions."))
    begun = [each for each in request.session.get(_BEGUN, []) if each != str(form_id)]
    request.session[_BEGUN] = [*begun, str(form_id)][-_MOST_BEGUN:]
    form = reverse("cases:draft", args=[form_id])
    return redirect(f"{form}?{urlencode({'persons': persons})}" if persons > 1 else form)


@wears_a_hat
@require_GET
@never_cache
def drafts(request: StaffRequest) -> HttpResponse:
    """List one's own parked drafts, oldest first."""
    rows = Draft.objects.filter(post=request.hat.post).order_by("received_at")
    parked = [(draft, _heading(_content_of(draft))) for draft in rows]
    return render(request, "cases/drafts.html", {"parked": parked, "now": request.now})


def _heading(content: QueryDict) -> dict[str, Any]:
    return {
        "title": content.get("title", ""),
        "channel": content.get("channel", ""),
        "name": content.get("people-0-name", ""),
    }


@wears_a_hat
@require_http_methods(["GET", "POST"])
@never_cache
def draft(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    """Show a form, saved or new; take what its buttons ask for."""
    registered = Petition.objects.visible_to(request.hat).filter(submission_id=draft_id).first()
    if registered is not None and request.method == "GET":
        return redirect("cases:petition", registered.pk)
    if request.method == "GET":
        if not _is_known(request, draft_id):
            raise Unknown(_("There is no such draft."))
        return _form_page(request, draft_id, None)
    return _take(request, draft_id)


def _is_known(request: StaffRequest, draft_id: UUID) -> bool:
    """Test if this post saved a form under this identity, or this session was given it for a new one.

    Somebody else's draft answers as one that never was (Q6).
    """
    saved = Draft.objects.filter(pk=draft_id).values_list("post", flat=True).first()
    if saved is not None:
        return saved == request.hat.post.pk
    return str(draft_id) in request.session.get(_BEGUN, [])


def _take(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    """Do what the pressed button asks for. Whatever it is, what was typed is kept."""
    pressed = request.POST.get("do", "save")
    content = request.POST.copy()
    # A sheet that was chosen is read whichever button was pressed, or it would be lost without a word.
    read: NameList | None = None
    if "names_file" in request.FILES or pressed == "upload_names":
        try:
            read = _names_read(request)
        except Refused as refusal:
            _keep(request, draft_id, content)
            return _form_page(request, draft_id, content, unread=refusal, status=422)
        with_names(content, read)
    if pressed in {"register", "register_print"}:
        return _register(request, draft_id, content, at_once=pressed == "register_print")
    if pressed in {"add_person", "add_claim"}:
        prefix = "people" if pressed == "add_person" else "claims"
        content[f"{prefix}-TOTAL_FORMS"] = str(_number(content, f"{prefix}-TOTAL_FORMS", 1) + 1)
    if taken := request.POST.get("take_category"):
        content["content_category"] = taken
    try:
        saved = _save(request, draft_id, content)
    except Stale as stale:
        return _form_page(request, draft_id, content, refusal=stale, status=409)
    if pressed == "attach" and request.FILES.get("upload"):
        return _attach(request, draft_id, content)
    if pressed == "park":
        return redirect("cases:drafts")
    if pressed == "new":
        return redirect("cases:intake")
    content["seen_version"] = str(saved.version)
    suggestions = _suggestions(request, draft_id, content) if pressed == "suggest" else ()
    return _form_page(
        request, draft_id, content, read=read, looked=pressed == "look", suggestions=suggestions
    )


def _names_read(request: StaffRequest) -> NameList:
    """Read the sheet of names that was sent along.

    :raises Refused: if there is none, or it cannot be read
    """
    upload = request.FILES.get("names_file")
    if not isinstance(upload, UploadedFile):
        raise Refused(_("Choose the sheet first."))
    return read_file(upload)


def _attach(request: StaffRequest, draft_id: UUID, content: QueryDict) -> HttpResponse:
    form = Attach(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, draft_id, content, attach=form, status=422)
    try:
        checked = check(form.cleaned_data["upload"])
    except Refused as refusal:
        form.add_error("upload", str(refusal.message))
        return _form_page(request, draft_id, content, attach=form, status=422)
    add_to_draft(
        draft_id,
        file=checked,
        kind=AttachmentKind(form.cleaned_data["kind"]),
        by=request.hat,
        now=request.now,
    )
    return redirect("cases:draft", draft_id)


def _save(request: StaffRequest, draft_id: UUID, content: QueryDict) -> Draft:
    kept = {name: values for name, values in content.lists() if name not in _NOT_CONTENT}
    form = _registration(request, content)
    form.main.is_valid()
    return save_draft(
        draft_id,
        content=kept,
        received_at=min(form.main.cleaned_data.get("received_at") or request.now, request.now),
        seals=bool(content.get("report_text", "").strip()),
        seals_whole=_seals_whole(content),
        seen_version=_number(content, "seen_version", 0),
        by=request.hat,
        now=request.now,
    )


def _number(content: QueryDict, name: str, default: int) -> int:
    """Return a number that the page itself wrote into the form; the default for one bent on its way."""
    written = content.get(name, "")
    return int(written) if written.isdecimal() else default


def _seals_whole(content: QueryDict) -> bool:
    """Test if purpose or tick make all of it a report (Q1)."""
    return bool(content.get("purpose") == Purpose.REPORT_ACCUSATION or content.get("names_a_wrongdoer"))


def _reports(request: StaffRequest, draft_id: UUID, content: QueryDict) -> bool:
    """Test if any part of a form reports a wrongdoer, or of its draft ever did: the open lane looks nothing up (Q1)."""
    if _seals_whole(content) or content.get("report_text", "").strip():
        return True
    return Draft.objects.filter(pk=draft_id, post=request.hat.post, sealed=True).exists()


def _register(request: StaffRequest, draft_id: UUID, content: QueryDict, *, at_once: bool) -> HttpResponse:
    form = _registration(request, content)
    if not form.is_valid():
        _keep(request, draft_id, content)
        return _form_page(request, draft_id, content, form=form, status=422)
    try:
        done = register(
            draft_id,
            form.intake(),
            by=request.hat,
            now=request.now,
        )
    except Refused as refusal:
        form.refuse(refusal.fields or {"": refusal.message})
        _keep(request, draft_id, content)
        return _form_page(request, draft_id, content, form=form, status=refusal.http_status)
    if not done.petition.sealed and (choices := choices_in(content)):
        keep_choices(done.petition.pk, choices, by=request.hat, now=request.now)
    return _slip(request, done, at_once=at_once)


def _keep(request: StaffRequest, draft_id: UUID, content: QueryDict) -> None:
    """Save what could not be registered, so that a closed window loses nothing; an older window's text stays in it."""
    try:
        content["seen_version"] = str(_save(request, draft_id, content).version)
    except Stale:
        return


def _slip(request: StaffRequest, done: Registered, *, at_once: bool) -> HttpResponse:
    """Lead on to the slip, which shows each code for once (Q31); the form is no new one any more."""
    begun = request.session.get(_BEGUN, [])
    request.session[_BEGUN] = [one for one in begun if one != str(done.petition.submission_id)]
    sheets = slips.slips_of(done.petition, done.codes.values())
    if done.report:
        sheets += slips.slips_of(done.report.petition, done.report.codes.values())
    case = None if done.petition.sealed else done.petition.pk
    kept = slips.Slips(sheets, case, print_at_once=at_once)
    slips.keep(request.session, done.petition.submission_id, kept, by=request.hat)
    return redirect("cases:slip", done.petition.submission_id)


def _registration(request: StaffRequest, content: QueryDict | None) -> Registration:
    office = _office(request.hat)
    return Registration(
        content,
        now=request.now,
        office=office,
        within_path=office.place.path,
        persons=_number(request.GET, "persons", 1),
    )


def _office(hat: Hat) -> Organ:
    """Return the organ whose number series a registration of this hat takes from."""
    return hat.organ.parent if may.registers_for_office(hat) and hat.organ.parent else hat.organ


def _content_of(draft: Draft) -> QueryDict:
    """Return a saved form as the page sent it."""
    content = QueryDict(mutable=True)
    saved: dict[str, list[str]] = json.loads(open_field("draft", draft.pk, "content", draft.content_sealed))
    for name, values in saved.items():
        content.setlist(name, values)
    return content


def _form_page(
    request: StaffRequest,
    draft_id: UUID,
    content: QueryDict | None,
    *,
    form: Registration | None = None,
    attach: Attach | None = None,
    refusal: Refused | None = None,
    read: NameList | None = None,
    unread: Refused | None = None,
    looked: bool = False,
    suggestions: Sequence[Suggestion] = (),
    status: int = 200,
) -> HttpResponse:
    """Render the form with what was typed, or what was saved, or empty.

    `read` is what an uploaded list of names gave, `unread` why it could not be read; `looked` that earlier petitions
    are asked for.
    """
    saved = Draft.objects.filter(pk=draft_id, post=request.hat.post).first()
    if content is None and saved is not None:
        content = _content_of(saved)
        content["seen_version"] = str(saved.version)
    shown = form or _registration(request, content)
    sheet = NameSheet()
    if unread is not None:
        sheet = NameSheet({})
        sheet.add_error("names_file", str(unread.message))
    threshold = value_of(Setting.COLLECTIVE_THRESHOLD, on=timezone.localdate(request.now))
    asks_for_names = shown.asks_for_names(threshold)
    if form is None and content is not None:
        # A draft is unfinished by nature: show what was typed, and complain only when registering.
        shown.quiet()
    context = {
        "draft_id": draft_id,
        "draft": saved,
        "form": shown,
        "asked": form is not None,
        "attach": attach or Attach(),
        "attachments": saved.attachments.filter(removed_at=None).select_related("file") if saved else [],
        "seen_version": content.get("seen_version", "0") if content is not None else "0",
        "refusal": refusal,
        "read": read,
        "sheet": sheet,
        "asks_for_names": asks_for_names,
        "collective_threshold": threshold,
        "suggests": is_suggesting(),
        "suggestions": suggestions,
        "deadlines": _deadlines(request, content),
        "parked_count": Draft.objects.filter(post=request.hat.post).exclude(pk=draft_id).count(),
        "from_above": sorted(FROM_ABOVE),
        "choices": typed_choices(content) if content is not None else [],
        "earlier": _panel(request, draft_id, content) if looked and content is not None else None,
    }
    return render(request, "cases/intake.html", context, status=status)


def _deadlines(request: StaffRequest, content: QueryDict | None) -> list[Preview]:
    """Return the clocks that registering now would start, with their days and the way to them."""
    form = _registration(request, content if content is not None else QueryDict())
    form.main.is_valid()
    received_at = min(form.main.cleaned_data.get("received_at") or request.now, request.now)
    due_on = form.main.cleaned_data.get("superior_due_on")
    source = form.main.cleaned_data.get("source") or Source.SELF_RECEIVED
    codes = clocks_to_start(
        Source(source),
        by_petition_office=_office(request.hat).looks_after_a_place,
        has_superior_due_day=due_on is not None,
    )
    return [preview(code, started_at=received_at, set_day=due_on if code == "T6" else None) for code in codes]


@wears_a_hat
@require_GET
def find_category(request: StaffRequest) -> HttpResponse:
    """Suggest content categories for what was typed so far."""
    found = find_categories(request.GET.get("q", "")[:LONGEST], on=timezone.localdate(request.now))
    return render(request, "cases/_category_options.html", {"found": found})


@wears_a_hat
@require_POST
@never_cache
def suggest_category(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    """Suggest content categories for the text typed so far; posted, so that no text stands in an address."""
    if not _is_known(request, draft_id):
        raise Unknown(_("There is no such draft."))
    suggestions = _suggestions(request, draft_id, request.POST)
    return render(request, "cases/_category_suggestions.html", {"suggestions": suggestions})


def _suggestions(request: StaffRequest, draft_id: UUID, content: QueryDict) -> Sequence[Suggestion]:
    """Return the categories suggested for a form as typed; none where any part of it reports a wrongdoer (Q1)."""
    if _reports(request, draft_id, content):
        return ()
    today = timezone.localdate(request.now)
    return suggest_categories(content.get("title", ""), content.get("text", ""), on=today)


@wears_a_hat
@require_POST
def autosave(request: StaffRequest, draft_id: UUID) -> JsonResponse:
    """Keep a form while it is typed. Answers with the version that the next save must name."""
    try:
        saved = _save(request, draft_id, request.POST.copy())
    except Refused as refusal:
        return JsonResponse(
            {"code": refusal.code, "message": str(refusal.message)}, status=refusal.http_status
        )
    at = timezone.localtime(saved.saved_at)
    return JsonResponse({"version": saved.version, "saved_at": at.strftime("%H:%M"), "sealed": saved.sealed})


@wears_a_hat
@require_POST
def deadlines_preview(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    """Show the deadlines again for the day just typed."""
    return render(request, "cases/_deadlines_preview.html", {"deadlines": _deadlines(request, request.POST)})


def _panel(request: StaffRequest, draft_id: UUID, content: QueryDict) -> dict[str, Any]:
    """Return what the panel shows for a form as typed, read anew: the one that is shown says nothing of its faults."""
    if _reports(request, draft_id, content):
        return {"sealed": True}
    return panel_of(request, draft_id, _registration(request, content), content)


@wears_a_hat
@require_POST
@never_cache
def earlier(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    """Show which earlier petitions what was typed so far may be; nothing of it stands in an address (Q14)."""
    if not _is_known(request, draft_id):
        raise Unknown(_("There is no such draft."))
    return render(request, "cases/_earlier.html", {"earlier": _panel(request, draft_id, request.POST)})


@wears_a_hat
@require_POST
def discard(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    discard_draft(draft_id, by=request.hat, now=request.now)
    return redirect("cases:drafts")


@wears_a_hat
@require_POST
def detach(request: StaffRequest, draft_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Take a file off a draft."""
    remove_from_draft(draft_id, attachment_id, by=request.hat, now=request.now)
    return redirect("cases:draft", draft_id)
