"""The one search box: numbers, places and words under an address of their own, persons by post alone (Q5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import ADMINISTRATORS, Role
from cases import permissions as may
from cases.actions.search import find_person
from cases.forms.search import PersonSearchForm, SearchForm
from cases.fragments import Shown, shown
from cases.ledger import leading_units
from cases.models import Petition
from cases.rows import LedgerRow, rows_of
from cases.search import Found, Question, find
from cases.states import SearchPurpose
from cases.typed import Typed
from lib.errors import Refused

# administrators and the sealed lane have no open petitions to find (protection §6)
SEARCHES = sorted(set(Role) - ADMINISTRATORS - {Role.SEALED_LANE_OFFICER})

# two forms with a place and a period stand on one page
_PERSON_IDS = "person_%s"


@dataclass(frozen=True)
class Hit:
    """One found petition as the page shows it."""

    row: LedgerRow
    shown: Shown


@wears_hat_of(*SEARCHES)
@require_http_methods(["GET", "POST"])
@never_cache
def search(request: StaffRequest) -> HttpResponse:
    """Find petitions. What names nobody goes on to an address of its own; a person's number never stands in one."""
    posted = request.method == "POST"
    form = SearchForm(request.POST if posted else request.GET, hat=request.hat)
    if not form.is_valid():
        return _page(request, form, status=422 if posted else 200)
    typed = form.typed
    if posted and typed.may_stand_in_an_address:
        return redirect(f"{reverse('desk:search')}?{form.address()}")
    if not posted and (typed.is_personal or typed.code):
        # somebody wrote it into the address: it is neither looked for nor left there
        return redirect(f"{reverse('desk:search')}?withheld=1")
    question = form.question()
    found = find(question, hat=request.hat, today=timezone.localdate(request.now))
    return _page(request, form, question=question, found=found)


@wears_hat_of(*SEARCHES)
@require_http_methods(["GET", "POST"])
@never_cache
def search_person(request: StaffRequest) -> HttpResponse:
    """Find the petitions of a person, once it is said what for; the answer has no address to come back to (Q5)."""
    if request.method != "POST":
        return redirect("desk:search")
    person_form = PersonSearchForm(request.POST, auto_id=_PERSON_IDS, hat=request.hat)
    form = SearchForm({}, hat=request.hat)
    if not person_form.is_valid():
        return _page(request, form, person_form=person_form, status=422)
    facts = person_form.cleaned_data
    try:
        petitions = find_person(
            facts["sought"],
            purpose=SearchPurpose(facts["purpose"]),
            place_id=facts["place"].pk if facts.get("place") else None,
            since=facts.get("since"),
            until=facts.get("until"),
            by=request.hat,
            now=request.now,
        )
    except Refused as refusal:
        if not refusal.fields:
            raise
        person_form.refuse(refusal)
        return _page(request, form, person_form=person_form, status=422)
    return _page(request, form, person_form=person_form, found=Found(petitions), of_person=True)


def _page(
    request: StaffRequest,
    form: SearchForm,
    *,
    question: Question | None = None,
    found: Found | None = None,
    person_form: PersonSearchForm | None = None,
    of_person: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Draw the page: the box, what was found, and the way to look for a person for those who may."""
    found = found or Found()
    typed = question.typed if question else Typed()
    may_search_people = may.may_search_people(request.hat)
    if may_search_people and person_form is None:
        # what may be a person's name or number is offered once more, so that nobody types it twice
        sought = request.POST.get("q", "").strip() if typed.person else ""
        person_form = PersonSearchForm(initial={"sought": sought}, auto_id=_PERSON_IDS, hat=request.hat)
    context: dict[str, Any] = {
        "form": form,
        "question": question,
        "typed": typed,
        "hits": _hits(request, found.petitions, typed.terms),
        "has_more": found.more,
        "of_person": of_person,
        "withheld": "withheld" in request.GET,
        "person_form": person_form if may_search_people else None,
        "person_first": bool(typed.person) or bool(person_form and person_form.is_bound),
    }
    return render(request, "desk/search.html", context, status=status)


def _hits(request: StaffRequest, petitions: Sequence[Petition], terms: Sequence[str]) -> list[Hit]:
    if not petitions:
        return []
    rows = rows_of(petitions, now=request.now, leading=leading_units(petitions))
    marked = shown(petitions, terms)
    return [Hit(row, marked[row.petition.pk]) for row in rows]
