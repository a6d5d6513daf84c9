"""Notes of the diary, courtyards and household cards; fields are named as the deed's parameters are."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grids.actions.ground import CourtyardFacts, Given
from grids.diary_steps import NewNote
from grids.ground_states import About, Help
from grids.models import Grid
from lib.forms import RefusableForm, day_input


class WriteNote(RefusableForm):
    """A note; its key comes with the form, so that sending it twice writes it once."""

    note_id = forms.UUIDField(widget=forms.HiddenInput)
    grid = forms.ModelChoiceField(label=_("Grid"), queryset=Grid.objects.none())
    about = forms.ChoiceField(label=_("What it is about"), choices=About.choices)
    subject = forms.CharField(
        label=_("Which place or service"), max_length=60, help_text=_("A house or a stairwell, no door.")
    )
    text = forms.CharField(
        label=pgettext_lazy("of a note", "Note"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("No names, no telephone or identity numbers. It is removed by itself."),
    )

    def offer(self, grids: QuerySet[Grid]) -> None:
        """Let these grids be chosen."""
        field = self.fields["grid"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = grids

    def note(self) -> NewNote:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return NewNote(
            grid_id=typed["grid"].pk,
            about=About(typed["about"]),
            subject=typed["subject"],
            text=typed["text"],
        )


class CourtyardForm(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a courtyard", "Name"), max_length=40)
    buildings = forms.IntegerField(label=_("Buildings"), min_value=1, max_value=500)
    stairwells = forms.IntegerField(label=_("Stairwells"), min_value=0, max_value=2000)
    contact = forms.CharField(
        label=_("Whom to call"),
        max_length=40,
        help_text=_("Of who serves the place, such as its property company."),
    )
    phone = forms.CharField(label=_("Work telephone"), max_length=30)
    hydrants = forms.CharField(label=_("Hydrants"), max_length=200, required=False)
    valves = forms.CharField(label=_("Valves of water, gas and power"), max_length=200, required=False)
    meeting_point = forms.CharField(label=_("Meeting point"), max_length=100, required=False)
    plan = forms.FileField(label=_("Plan of the courtyard"), required=False)

    def facts(self) -> CourtyardFacts:
        """Return what was typed, as the deed takes it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "plan"}
        return CourtyardFacts(**typed)


class EnterCard(RefusableForm):
    help = forms.ChoiceField(
        label=pgettext_lazy("of a household card", "For which service"), choices=Help.choices
    )
    purpose = forms.CharField(
        label=pgettext_lazy("of a household card", "For what"),
        max_length=100,
        help_text=_("As it was told to the household."),
    )
    door = forms.CharField(label=_("House and door"), max_length=60, help_text=_("It is kept sealed."))
    words = forms.CharField(
        label=_("What was given for it"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only what the service needs. Nothing about petitions, faith or opinions."),
    )
    contact = forms.CharField(label=_("How to be reached"), max_length=60, required=False)
    expires_on = forms.DateField(label=_("Kept until"), widget=day_input())
    agreed = forms.BooleanField(
        label=_("The household wishes it and was told for what and until when"),
        help_text=_("It may take it back at any time; the card is then removed."),
    )

    def given(self) -> Given:
        """Return what was typed, as the deed takes it."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        return Given(**{**typed, "help": Help(typed["help"])})
