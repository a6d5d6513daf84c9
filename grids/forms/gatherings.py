"""Gatherings in the calendar and how they went; fields are named as the deed's parameters are."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grids.actions.gatherings import GatheringFacts, Held, SeriesFacts
from grids.gathering_states import NUMBERS_ONLY, GatheringKind, Repeat
from grids.models import Grid
from lib.forms import RefusableForm, TablerForm, day_input


class EnterGathering(RefusableForm):
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a gathering", "What it is"), choices=GatheringKind.choices
    )
    topic = forms.CharField(
        label=pgettext_lazy("of a gathering", "Topic"),
        max_length=100,
        help_text=_("A matter, never a person."),
    )
    place = forms.CharField(label=pgettext_lazy("of a gathering", "Place"), max_length=60)
    held_on = forms.DateField(
        label=pgettext_lazy("of a gathering", "Day"), widget=day_input(), initial=timezone.localdate
    )
    grid = forms.ModelChoiceField(
        label=pgettext_lazy("of a gathering", "Grid"),
        queryset=Grid.objects.none(),
        required=False,
        empty_label=_("All grids"),
    )

    def offer(self, grids: QuerySet[Grid]) -> None:
        """Let these grids be chosen."""
        field = self.fields["grid"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = grids

    def facts(self) -> GatheringFacts:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return GatheringFacts(
            kind=GatheringKind(typed["kind"]),
            topic=typed["topic"],
            place=typed["place"],
            held_on=typed["held_on"],
            grid_id=typed["grid"].pk if typed["grid"] else None,
        )


class EnterSeries(RefusableForm):
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a gathering", "What it is"), choices=GatheringKind.choices
    )
    topic = forms.CharField(
        label=pgettext_lazy("of a gathering", "Topic"),
        max_length=100,
        help_text=_("A matter, never a person."),
    )
    place = forms.CharField(label=pgettext_lazy("of a gathering", "Place"), max_length=60)
    repeat = forms.ChoiceField(label=pgettext_lazy("of a gathering", "How often"), choices=Repeat.choices)
    first_on = forms.DateField(
        label=pgettext_lazy("first day", "From"),
        widget=day_input(),
        initial=timezone.localdate,
        help_text=_("It comes again on the same day of the week, of the ten days or of the month."),
    )
    until_on = forms.DateField(label=pgettext_lazy("last day", "Until"), widget=day_input(), required=False)

    def facts(self) -> SeriesFacts:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return SeriesFacts(
            **{**typed, "kind": GatheringKind(typed["kind"]), "repeat": Repeat(typed["repeat"])}
        )


class NoteGathering(RefusableForm):
    attendance = forms.IntegerField(label=_("How many came"), min_value=0, max_value=5000)
    matters = forms.IntegerField(
        label=_("Matters"),
        min_value=0,
        max_value=500,
        required=False,
        help_text=_("Of mediation and counselling: numbers alone."),
    )
    settled = forms.IntegerField(
        label=pgettext_lazy("of a gathering", "Settled"), min_value=0, max_value=500, required=False
    )
    agreement = forms.CharField(
        label=_("What was agreed"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("No names of residents."),
    )
    follow_up_on = forms.DateField(label=_("To be followed up by"), widget=day_input(), required=False)

    def fit(self, kind: str) -> None:
        """Ask a room for its numbers, and any other gathering for what was agreed."""
        for name in ("agreement", "follow_up_on") if kind in NUMBERS_ONLY else ("matters", "settled"):
            del self.fields[name]

    def held(self) -> Held:
        """Return what was typed, as the deed takes it."""
        return Held(**self.cleaned_data)


class FollowUp(RefusableForm):
    effect = forms.CharField(
        label=pgettext_lazy("of a gathering", "What came of it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GatheringFilter(TablerForm):
    """What the calendar is narrowed by."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("of a gathering", "What it is"),
        required=False,
        choices=[("", _("All kinds")), *GatheringKind.choices],
    )
