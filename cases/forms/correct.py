"""Forms that put one registered field right (Q18)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.actions.corrections import FACTS, WORDS
from cases.forms.place_words import place_meant
from cases.models import ContentCategory, Petition, PetitionClock, PetitionText
from cases.states import Channel, PowerLevel, Purpose
from deadlines.parts import Preview, preview
from lib.forms import TablerForm
from places.models import Place

MOMENT = "%Y-%m-%d %H:%M"
# Periods run from it: the page shows what would move before it is confirmed (Q18).
MOVES_CLOCKS = frozenset({"received_at"})


class CorrectForm(TablerForm):
    """The new value, the reason, and the version that was seen."""

    value: forms.Field
    reason = forms.CharField(label=pgettext_lazy("of a correction", "Why it is corrected"), max_length=200)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    # as the page shows them, whichever class declares them
    field_order = ("place_text", "value", "reason", "seen_version")

    def __init__(self, *args: Any, petition: Petition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.petition = petition

    def moves(self) -> list[tuple[PetitionClock, Preview]]:
        """Return each clock that would start anew, with the days it would then have."""
        open_clocks = PetitionClock.objects.open().filter(petition=self.petition, start_event="received")
        return [
            (clock, preview(clock.rule.code, started_at=self.cleaned_data["value"], set_day=clock.set_day))
            for clock in open_clocks.select_related("rule")
        ]


class CorrectPlace(CorrectForm):
    """The place: its code, or words of which a person confirms what they mean."""

    place_text = forms.CharField(
        label=_("Place of the problem"),
        required=False,
        max_length=60,
        help_text=_("Name, code, or the first letters of its pinyin."),
    )
    value = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # places that the typed words may mean; the page asks which one
        self.place_candidates: list[Place] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        meant = place_meant(
            cleaned.get("value") or "", cleaned.get("place_text") or "", self.petition.place_path
        )
        cleaned["value"], self.place_candidates = meant.place, meant.candidates
        if meant.place is None:
            self.add_error("place_text", str(meant.fault))
        return cleaned


def _value_field(field: str) -> forms.Field:
    """Return the field that takes the new value, of the kind the column is."""
    label = capfirst((PetitionText if field in WORDS else Petition)._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    made: Mapping[str, forms.Field] = {
        "title": forms.CharField(label=label, max_length=120),
        "summary": forms.CharField(label=label, max_length=4000, required=False, widget=forms.Textarea),
        "channel": forms.ChoiceField(label=label, choices=Channel),
        "purpose": forms.ChoiceField(label=label, choices=Purpose),
        "power_level": forms.ChoiceField(label=_("Level of authority"), choices=PowerLevel),
        "content_category": forms.ModelChoiceField(
            label=label, queryset=ContentCategory.objects.order_by("path")
        ),
        "place_detail": forms.CharField(label=label, max_length=120, required=False),
        "addressee": forms.CharField(label=label, max_length=80, required=False),
        "received_at": forms.DateTimeField(label=label, input_formats=[MOMENT, "%Y-%m-%d"]),
        "petition_date": forms.DateField(label=label),
        "petitioner_count": forms.IntegerField(label=label, min_value=1, max_value=9999),
        "involved_count": forms.IntegerField(label=label, min_value=1, max_value=9_999_999, required=False),
        "visit_level_ok": forms.NullBooleanField(label=label, required=False),
    }
    return made.get(field) or forms.BooleanField(label=label, required=False)


def form_for(field: str) -> type[CorrectForm] | None:
    """Return the form that corrects a field, nothing for one that stays as registered."""
    if field not in FACTS | WORDS:
        return None
    if field == "place":
        return CorrectPlace
    return type("CorrectOneField", (CorrectForm,), {"value": _value_field(field)})


def initial_of(petition: Petition, field: str) -> dict[str, Any]:
    """Return what the form starts from: the present value and the version it was read in."""
    value = getattr(petition.words if field in WORDS else petition, field)
    if isinstance(value, datetime):
        value = timezone.localtime(value).strftime(MOMENT)
    known = {"seen_version": petition.version}
    if isinstance(value, Place):
        # the code stays empty: without scripts it would win over the words that are typed anew
        return known | {"place_text": value.short_name}
    return known | {"value": value}
