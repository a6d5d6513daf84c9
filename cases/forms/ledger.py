"""The ledger's question, as the address bar carries it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ
from cases.counted import counted
from cases.ledger import WHOLE_NUMBER, LampColour, Question, View, question_of, whole_numbers
from cases.states import Channel, Routing
from lib.forms import TablerForm, day_input
from places.models import Level, Place

LAMPS = [
    (LampColour.RED, _("Overdue")),
    (LampColour.AMBER, _("Due soon")),
    (LampColour.GREEN, pgettext_lazy("lamp", "In time")),
    (LampColour.DARK, _("No period runs")),
]
# What can be taken away one by one; a view is changed, not taken away.
NARROWS = ("q", "lamp", "routing", "channel", "place", "unit", "organ", "since", "until", "figure")
_LAST_DIGITS = re.compile(r"[0-9]{1,6}")
_BEGINNING_OF_ONE = re.compile(r"[A-Z]{2,7}(\d{0,3}|\d{4}(-\d{0,5})?)")


class LedgerFilter(TablerForm):
    """Every part may be left empty. One that makes no sense is told, and no list is shown as if it were the answer."""

    q = forms.CharField(
        label=_("Petition number"),
        required=False,
        max_length=60,
        # named so that the top bar's search leads to it
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "id": "q-here",
                "placeholder": _("Petition number"),
                "autocomplete": "off",
            }
        ),
    )
    view = forms.ChoiceField(
        required=False, choices=[(view, view) for view in View], widget=forms.HiddenInput
    )
    lamp = forms.ChoiceField(label=_("Lamp"), required=False, choices=[("", _("Any lamp")), *LAMPS])
    routing = forms.ChoiceField(
        label=pgettext_lazy("of a petition", "State"),
        required=False,
        choices=[("", _("Any state")), *Routing.choices],
    )
    channel = forms.ChoiceField(
        label=_("Channel"), required=False, choices=[("", _("Any channel")), *Channel.choices]
    )
    place = forms.ModelChoiceField(
        label=_("Place"),
        required=False,
        queryset=Place.objects.none(),
        to_field_name="code",
        empty_label=_("Any place"),
    )
    unit = forms.ModelChoiceField(
        label=_("Responsible unit"),
        required=False,
        queryset=Organ.objects.none(),
        to_field_name="code",
        empty_label=_("Any responsible unit"),
    )
    organ = forms.ModelChoiceField(
        label=_("Registered by unit"),
        required=False,
        queryset=Organ.objects.none(),
        to_field_name="code",
        empty_label=_("Any registering unit"),
    )
    since = forms.DateField(label=_("Received from"), required=False, widget=day_input())
    until = forms.DateField(label=_("Received until"), required=False, widget=day_input())
    # chosen by opening a figure, never typed
    figure = forms.CharField(
        label=_("Counted in a figure"), required=False, max_length=200, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, places: Any, units: Any, organs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # same
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]  # same

    def clean_q(self) -> str:
        """Return the number in the signs it is stored in, however the keyboard stood."""
        return unicodedata.normalize("NFKC", self.cleaned_data["q"]).strip().upper()

    def clean_figure(self) -> str:
        """Return the word of a figure; one that stands for none is told, not left out (as every part)."""
        word = str(self.cleaned_data["figure"])
        try:
            if word:
                counted(word)
        except ValueError as error:
            raise forms.ValidationError(
                _("There is no such figure. Open it again where it stands.")
            ) from error
        return word

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            del self.cleaned_data["since"]
            self.add_error("until", _("This day lies before the first one. Change one of the two."))

    @property
    def is_unclear(self) -> bool:
        """Test if a part that people fill in cannot be read; an unknown view falls back to the open ones."""
        return bool(set(self.errors) - {"view"})

    @property
    def number_hint(self) -> str | Promise:
        """What the number box did with something that is no whole number; empty where there is nothing to say."""
        typed = self.cleaned_data.get("q", "")
        if not typed or WHOLE_NUMBER.fullmatch(typed):
            return ""
        if _LAST_DIGITS.fullmatch(typed):
            return _(
                "These are the last digits of a number of this year. A whole one looks like LS2026-000001."
            )
        if _BEGINNING_OF_ONE.fullmatch(typed):
            return _("These are the numbers that begin so. A whole one looks like LS2026-000001.")
        return _(
            "This box narrows the list by petition number only: whole, from its beginning, or its last digits. "
            "Names, telephones and words of the matter are looked for in the search box above."
        )

    def facts(self) -> dict[str, str]:
        """Return what is asked as codes, leaving out the parts that are empty or could not be read."""
        self.is_valid()
        codes = {name: _code_of(value) for name, value in self.cleaned_data.items()}
        return {name: code for name, code in codes.items() if code}

    def question(self, hat: Hat, *, on: date) -> Question:
        """Return what is asked, leaving out the parts that could not be read."""
        facts, read = self.facts(), self.cleaned_data
        asked = question_of(facts, place=read.get("place"), unit=read.get("unit"), organ=read.get("organ"))
        return replace(asked, numbers=tuple(whole_numbers(asked.number, hat, on=on)))

    def in_force(self) -> list[tuple[str, str, str]]:
        """Return each part that narrows the list, but for its view: name, label, and value in words."""
        self.is_valid()
        found = []
        for name in NARROWS:
            value = self.cleaned_data.get(name)
            if value:
                field = self.fields[name]
                named = not isinstance(value, Organ | Place) and hasattr(field, "choices")
                words = str(dict(field.choices)[value] if named else value)  # type: ignore[attr-defined]  # just asked
                found.append((name, str(field.label), counted(value).words() if name == "figure" else words))
        return found


def _code_of(value: Any) -> str:
    """Return a value as the address carries it."""
    return value.code if isinstance(value, Organ | Place) else "" if value is None else str(value)


def filter_of(data: Mapping[str, Any], hat: Hat, *, on: date) -> LedgerFilter:
    """Return the ledger's filter as a hat fills it in: its own place, and what exists there on a day.

    A unit that leads nothing is offered too, or the list would tell.
    """
    inside = hat.organ.place.path
    return LedgerFilter(
        data,
        places=Place.objects.inside(inside).filter(level=Level.TOWNSHIP).order_by("path"),
        units=Organ.objects.valid_on(on).filter(place__path__startswith=inside).order_by("path"),
        organs=Organ.objects.filter(place__path__startswith=inside, number_prefix__isnull=False).order_by(
            "path"
        ),
    )
