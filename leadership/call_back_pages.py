"""The call-back desk: who is to be called, whose answer is to be checked, and one call-back (Q41)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.page_deeds import Bound, Offer
from cases.handlings import addressees
from cases.models import Handling
from cases.ratings import REPLIED
from cases.remedies.standing import standings_of
from cases.remedy_states import Chain
from leadership import permissions as may
from leadership.actions.call_backs import ENOUGH_TRIES
from leadership.call_back_deeds import ON_CALL_BACK
from leadership.models import CallBack, CallBackQuerySet
from leadership.titles import titles_of
from lib.errors import Unknown
from lib.keyset import capped_count, page_of

_LISTED = 50
_MAY_ASK = frozenset({Chain.MAY_ASK_REVIEW, Chain.MAY_ASK_REEXAMINATION})
VIEWS = ("call", "check", "done")


def call_backs_for(hat: Hat) -> CallBackQuerySet:
    """Return the call-backs of a hat's desk: the petition office's own, and nobody else's."""
    rows = CallBack.objects.of_desk(hat)
    return rows if may.calls_back(hat) else rows.none()


def call_back_of(hat: Hat, call_back_id: UUID) -> CallBack:
    """Return a call-back of a hat's desk.

    :raises Unknown: if there is none
    """
    rows = call_backs_for(hat).select_related(
        "petition", "office", "rating__organ", "caller", "checker", "draw"
    )
    row = rows.filter(pk=call_back_id).first()
    if row is None:
        raise Unknown(_("There is no such call-back."))
    return row


def waits_for(hat: Hat) -> Iterator[tuple[str, str, int]]:
    """Yield what waits at the desk for a hat: words, view, how many (capped)."""
    rows = call_backs_for(hat)
    yield _("Petitioners to call back"), "call", capped_count(rows.to_call())
    if may.checks_call_backs(hat):
        yield _("Answers to check"), "check", capped_count(rows.to_check().exclude(caller=hat.user))


def desk_page(hat: Hat, *, view: str, cursor: str | None) -> dict[str, Any]:
    """Return a page of the desk: to be called, to be checked, or what is over; by petition, the oldest first."""
    rows = call_backs_for(hat)
    of_view = {"call": rows.to_call(), "check": rows.to_check(), "done": rows.exclude(ended_as="")}
    shown = of_view.get(view, of_view["call"]).select_related("petition")
    page = page_of(shown, by="opened_at", cursor=cursor, size=_LISTED, descending=view == "done")
    titles = titles_of({row.petition_id for row in page.rows})
    return {
        "page": page,
        "view": view if view in VIEWS else "call",
        "rows": [(row, titles.get(row.petition_id)) for row in page.rows],
    }


@dataclass(frozen=True)
class Remedy:
    """What he may ask for against a reply: of whom, until when where that is one day for all."""

    unit: str
    organ: str
    until: Sequence[str]


def call_back_page(row: CallBack, hat: Hat, *, bound: Bound, now: datetime) -> dict[str, Any]:
    """Return one call-back with its attempts, what he may ask for, and what this hat may do."""
    return {
        "call_back": row,
        "petition": titles_of({row.petition_id})[row.petition_id],
        "attempts": row.attempts.select_related("tried_by__user").order_by("-tried_at", "-pk"),
        "remedies": list(_remedies(row, now)) if not row.ended_as else [],
        "offers": list(_offers(row, hat, bound)),
    }


def _remedies(row: CallBack, now: datetime) -> Iterator[Remedy]:
    """Yield what is open to him, so that who calls can say it in time (Art 35, 36)."""
    rows = Handling.objects.filter(petition=row.petition, ended_at=None, state__in=sorted(REPLIED))
    replied = list(rows.select_related("organ").order_by("sent_at", "pk"))
    people = [person.pk for person in addressees(row.petition)]
    for standing in standings_of(replied, people=people, now=now):
        if standing.chain in _MAY_ASK and standing.organ is not None:
            until = sorted({str(term.words) for term in (standing.terms or {}).values()})
            yield Remedy(standing.handling.organ.short_name, standing.organ.name, until)


def _offers(row: CallBack, hat: Hat, bound: Bound) -> Iterator[Offer]:
    for slug in _slugs(row, hat):
        deed = ON_CALL_BACK[slug]
        form: Any = bound.get(("call_back", slug)) or deed.form(auto_id=f"id-{slug}-%s")
        if slug == "check":
            form.of(row.petition)
        yield Offer(deed, form, "leadership:on_call_back", row.pk)


def _slugs(row: CallBack, hat: Hat) -> Iterator[str]:
    if not row.ended_as:
        yield from ("answer", "try", "decline")
        if row.attempts.count() >= ENOUGH_TRIES:
            yield "give-up"
    elif row.is_in_doubt and not row.checked and may.checks_call_backs(hat) and row.caller_id != hat.user.pk:
        yield "check"
