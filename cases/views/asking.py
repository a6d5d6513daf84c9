"""What the ledger's pages have in common: the list that an address asks for, as this hat sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.requests import StaffRequest
from accounts.roles import ADMINISTRATORS, Role
from cases.columns import Column, columns_in
from cases.forms.ledger import LedgerFilter, filter_of
from cases.ledger import Question, asked, in_order
from cases.models import LedgerColumns, Petition, PetitionQuerySet, SavedView
from lib.prepared import Given, prepared

# administrators and the sealed lane have no open ledger (protection §6)
READS_LEDGER = sorted(set(Role) - ADMINISTRATORS)
# how an address says that the newest stand first
BY_DATE = "received"


@dataclass(frozen=True)
class AskedList:
    """A list of petitions as an address asks for it."""

    form: LedgerFilter
    question: Question
    visible: PetitionQuerySet
    # nothing where a part of the question cannot be read
    found: PetitionQuerySet
    by_date: bool
    columns: Sequence[Column]
    # the saved view that the address was made from, if this hat sees it
    saved: SavedView | None


def asked_list(request: StaffRequest) -> AskedList:
    """Return what this request asks the ledger for."""
    today = timezone.localdate(request.now)
    visible = Petition.objects.visible_to(request.hat)
    saved = _saved(request)
    form = filter_of(request.GET, request.hat, on=today)
    question = form.question(request.hat, on=today)
    return AskedList(
        form=form,
        question=question,
        visible=visible,
        found=visible.none()
        if form.is_unclear
        else asked(visible, question, hat=request.hat, now=request.now),
        by_date=request.GET.get("order") == BY_DATE,
        columns=columns_in(saved.columns if saved else _remembered(request)),
        saved=saved,
    )


def picked(request: StaffRequest, *, most: int) -> list[UUID]:
    """Return the petitions that were ticked, so many at most; what is no key is left out."""
    found = []
    for ticked in request.POST.getlist("picked")[:most]:
        try:
            found.append(UUID(ticked))
        except ValueError:
            continue
    return found


def chosen_rows(request: StaffRequest, listed: AskedList, *, most: int) -> PetitionQuerySet:
    """Return what was ticked, or all of the list where that was asked for, in the list's order, so many at most."""
    if request.POST.get("all") == "yes":
        rows = listed.found
    else:
        rows = listed.visible.filter(pk__in=picked(request, most=most))
    return in_order(rows, hat=request.hat, by_date=listed.by_date)[:most]


def _saved(request: StaffRequest) -> SavedView | None:
    """Return the view that the address names; one that was bent on its way or is not to be known is as none (Q6)."""
    try:
        named = UUID(request.GET.get("saved", ""))
    except ValueError:
        return None
    return SavedView.objects.visible_to(request.hat).filter(pk=named).first()


def _remembered(request: StaffRequest) -> Sequence[str]:
    return _columns_of.first(user=request.hat.user.pk) or ()


@prepared
def _columns_of(user: Given) -> QuerySet[LedgerColumns, Sequence[str]]:
    return LedgerColumns.objects.filter(user=user).values_list("columns", flat=True)
