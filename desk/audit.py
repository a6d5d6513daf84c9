"""The audit as its administrator asks it.

Whatever concerns a sealed petition is left out, what was done before it was sealed too (protection §2.5).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.models import Block, Entry, EntryQuerySet
from cases.models import Petition
from desk.audit_words import GROUPS
from lib.forms import TablerForm, day_input

_NEVER_SHOWN = ("cases.draft", "grids.directreport")


def _deeds() -> list[tuple[Any, Any]]:
    """Return the deeds to choose from, in their groups."""
    return [("", _("Every deed")), *((group, list(deeds.items())) for group, deeds in GROUPS.items())]


class AuditQuestion(TablerForm):
    """Who, what, when. Of a part that makes no sense it is said, and no list is shown that looks like the answer."""

    who = forms.CharField(label=_("Who"), required=False, max_length=60)
    verb = forms.ChoiceField(label=_("Deed"), required=False, choices=_deeds)
    since = forms.DateField(label=_("From"), required=False, widget=day_input())
    until = forms.DateField(label=_("Until"), required=False, widget=day_input())

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            del self.cleaned_data["since"]
            self.add_error("until", _("This day lies before the first one. Change one of the two."))


def entries_for(question: AuditQuestion) -> EntryQuerySet:
    """Return the entries asked for, without those of petitions that are sealed now, and without drafts.

    A draft that ends in no open petition would tell that it was sealed, one thrown away too; what named a cadre is
    nobody's to count (Q3).
    """
    sealed = Petition.objects.filter(sealed=True)
    rows = Entry.objects.exclude(subject_kind__in=_NEVER_SHOWN).exclude(
        subject_kind="cases.petition", subject_id__in=_as_text(sealed, "pk")
    )
    if not question.is_valid():
        return rows.none()
    facts = question.cleaned_data
    if facts.get("who"):
        rows = rows.filter(actor_words__contains=facts["who"])
    if facts.get("verb"):
        rows = rows.filter(verb=facts["verb"])
    if facts.get("since"):
        rows = rows.filter(at__gte=_midnight(facts["since"]))
    if facts.get("until"):
        rows = rows.filter(at__lt=_midnight(facts["until"] + timedelta(days=1)))
    return rows


def _as_text(rows: QuerySet[Any], column: str) -> QuerySet[Any]:
    """Return a column of ids in the form in which the audit names its subjects."""
    return rows.values(as_text=Cast(column, CharField()))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())


@dataclass(frozen=True)
class Chain:
    """Where the chain stands: how many blocks, when the last was closed, how many entries wait."""

    blocks: int
    closed_at: datetime | None
    waiting: int


def chain_state() -> Chain:
    """Return where the chain of blocks stands."""
    last = Block.objects.order_by("-number").first()
    waiting = Entry.objects.filter(seq__gt=last.upto_seq if last else 0).count()
    return Chain(last.number if last else 0, last.closed_at if last else None, waiting)
