"""Forms of taking in a list: the upload, what its columns are, why it is withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from cases.imports.fields import Field
from cases.models import ContentCategory, ImportBatch
from cases.states import Channel, Purpose
from lib.forms import RefusableForm
from places.models import Place

_COLUMN, _PLACE = "column-", "place-"
# A report is registered by hand, in its own lane (Q1).
_OPEN_PURPOSES = [(one.value, one.label) for one in Purpose if one is not Purpose.REPORT_ACCUSATION]


class Upload(RefusableForm):
    """A file, and where it comes from."""

    source = forms.CharField(
        label=_("Where does the list come from?"),
        max_length=60,
        help_text=_("Use the same words each time: then its columns and its numbers are known again."),
        widget=forms.TextInput(attrs={"list": "known-sources", "autocomplete": "off"}),
    )
    upload = forms.FileField(
        label=_("File"),
        help_text=_(
            ".xlsx, .xls, .csv or .jsonl, up to 100 MB. The sheet and the line of headings are found by themselves."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.jsonl"}),
    )


class Match(RefusableForm):
    """Which column is what, and what the list does not say itself."""

    channel = forms.ChoiceField(label=_("Channel, where the list names none"), choices=Channel)
    purpose = forms.ChoiceField(label=_("Purpose, where the list names none"), choices=_OPEN_PURPOSES)
    category = forms.ModelChoiceField(
        label=_("Content category, where the list names none that is known"),
        queryset=ContentCategory.objects.none(),
        required=False,
        empty_label=pgettext_lazy("content category", "Other (990000)"),
    )
    received_on = forms.DateField(
        label=_("Day of receipt, where the list has none"),
        required=False,
        help_text=_("Those petitions are marked “day unknown”, and no period runs on them."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(
        self, data: Any = None, *, batch: ImportBatch, categories: Any, meant: Mapping[str, Sequence[Place]]
    ) -> None:
        initial = {
            "channel": batch.channel,
            "purpose": batch.purpose,
            "category": batch.category_id,
            "received_on": batch.received_on,
        }
        super().__init__(data, initial=initial)
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]
        self._columns: Sequence[str] = batch.columns
        nothing = ("", pgettext_lazy("column of a list", "Kept beside, as it is"))
        for place, column in enumerate(self._columns):
            self.fields[f"{_COLUMN}{place}"] = forms.ChoiceField(
                label=column,
                choices=[nothing, *Field.choices],
                required=False,
                initial=batch.mapping.get(column, ""),
                help_text=" · ".join(batch.examples.get(column, ())),
            )
        # names of places that are not known here, each with the divisions it may mean
        self._places = list(meant)
        for number, (words, places) in enumerate(meant.items()):
            self.fields[f"{_PLACE}{number}"] = forms.ChoiceField(
                label=words,
                choices=[
                    ("", pgettext_lazy("place of a list", "Stays in words, under your own place")),
                    *((place.code, _within(place)) for place in places),
                ],
                required=False,
                help_text=ngettext("%(number)s row", "%(number)s rows", batch.unknown_places[words])
                % {"number": batch.unknown_places[words]},
            )

    @property
    def columns(self) -> list[Any]:
        """The column fields, in the order of the list."""
        return [self[f"{_COLUMN}{place}"] for place in range(len(self._columns))]

    @property
    def places(self) -> list[Any]:
        """The fields of the names of places, the commonest first."""
        return [self[f"{_PLACE}{number}"] for number in range(len(self._places))]

    @property
    def stated(self) -> list[Any]:
        """What is stated for the whole list."""
        return [self[name] for name in ("channel", "purpose", "category", "received_on")]

    def facts(self) -> dict[str, Any]:
        """Return what `match_list` takes."""
        cleaned = self.cleaned_data
        category = cleaned["category"]
        return {
            "mapping": {column: cleaned[f"{_COLUMN}{place}"] for place, column in enumerate(self._columns)},
            "channel": Channel(cleaned["channel"]),
            "purpose": Purpose(cleaned["purpose"]),
            "category_id": category.pk if category else None,
            "received_on": cleaned["received_on"],
            "places": {words: cleaned[f"{_PLACE}{number}"] for number, words in enumerate(self._places)},
        }


def _within(place: Place) -> str:
    """Return a place with the township it lies in."""
    above = place.parent.short_name if place.parent else ""
    return f"{above} {place.short_name}".strip()


class Withdraw(RefusableForm):
    """Why a whole loading is withdrawn (Q18)."""

    reason = forms.CharField(label=_("Why is it withdrawn?"), max_length=200)
