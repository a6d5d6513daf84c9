"""Looking for earlier petitions while one is typed and on the case page; letters that are the same (Q14)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.requests import StaffRequest, wears_a_hat
from cases.actions.repeating import Choice, look_for_earlier, look_while_typing
from cases.candidates import is_never_repeated
from cases.forms.intake import Registration
from cases.handling_page import asked_on
from cases.parts import find_readable
from cases.repeats_page import TypedCandidate, candidates_on
from cases.states import NEVER_REPEATED, RepeatOutcome
from lib.errors import Unknown
from lib.htmx import wants_fragment
from lib.posting import posts_from

# How the form names what was said about a candidate, each with the candidate's key behind it.
_OUTCOME, _PERSON, _WHY = "same-", "same_person-", "same_why-"
# More than a registrar is ever shown at once, so that a bent form asks for no more than that.
_MOST_CHOICES = 20


def choices_in(content: QueryDict) -> Mapping[UUID, Choice]:
    """Return what was said about candidates in a form; what makes no sense is put off."""
    choices = {}
    for name in [each for each in content if each.startswith(_OUTCOME)][:_MOST_CHOICES]:
        key = name.removeprefix(_OUTCOME)
        said = content.get(name, "")
        try:
            choices[UUID(key)] = Choice(
                outcome=RepeatOutcome(said) if said in RepeatOutcome.values else RepeatOutcome.LATER,
                same_person=bool(content.get(_PERSON + key)),
                reason=content.get(_WHY + key, "").strip()[:300],
            )
        except ValueError:
            continue
    return choices


def typed_choices(content: QueryDict) -> list[tuple[str, str]]:
    """Return the fields in which something was said about candidates, to be carried along."""
    return [
        (name, value)
        for name, value in content.items()
        if name.startswith((_OUTCOME, _PERSON, _WHY)) and isinstance(value, str)
    ]


def panel_of(
    request: StaffRequest, draft_id: UUID, registration: Registration, content: QueryDict
) -> dict[str, Any]:
    """Return what the panel beside the form shows for what was typed so far, nothing of which reports a wrongdoer."""
    if registration.main["purpose"].value() in NEVER_REPEATED:
        return {"candidates": [], "never": True}
    sought = registration.sought(request.now)
    found = look_while_typing(draft_id, sought, by=request.hat, now=request.now)
    choices = choices_in(content)
    shown = [
        TypedCandidate(each, choices.get(each.candidate.petition.pk, Choice()))
        for each in candidates_on(found)
    ]
    return {"candidates": shown, "typing": True, "outcomes": RepeatOutcome.choices}


@wears_a_hat
@posts_from("cases:petition", "petition_id")
@never_cache
def for_petition(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show what may be the same matter as a registered petition: a piece of its page, or a page of its own."""
    found = look_for_earlier(petition_id, by=request.hat, now=request.now)
    petition = find_readable(petition_id, request.hat)
    if petition is None or petition.sealed:
        raise Unknown(_("There is no such petition."))
    context = {
        "petition": petition,
        "candidates": candidates_on(found, petition=petition, asked=asked_on(petition, request.hat)),
        "never": is_never_repeated(petition),
    }
    template = "cases/_candidates.html" if wants_fragment(request) else "cases/earlier.html"
    return render(request, template, context)
