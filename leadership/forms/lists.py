"""Lists to strike off; fields are named as the deeds' parameters are."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from cases.forms.units import UnitField
from leadership.actions.lists import NewItem
from leadership.list_states import ListSource
from lib.forms import PastDay, RefusableForm, day_input


def _words(label: Any, most: int, *, rows: int = 2, hint: Any = "", required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=hint, required=required)


class OpenList(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a list", "Name"), max_length=80)
    source = forms.ChoiceField(
        label=pgettext_lazy("of a list", "Source"), choices=[("", _("Choose")), *ListSource.choices]
    )
    number = forms.CharField(label=_("Number of the paper that brought it"), max_length=80, required=False)


class AddItem(RefusableForm):
    number = forms.CharField(
        label=_("Petition number"),
        max_length=20,
        required=False,
        help_text=_("Or the matter in words, if it is none."),
    )
    matter = forms.CharField(
        label=pgettext_lazy("of an item", "Matter"),
        max_length=200,
        required=False,
        help_text=_("No names of petitioners."),
    )
    act = _words(_("What is to be shown"), 1000)
    organ = UnitField(
        label=_("Which unit"), queryset=Organ.objects.current().order_by("code"), to_field_name="code"
    )
    responsible = forms.ModelChoiceField(
        label=_("Who answers for it there"), queryset=Post.objects.all(), required=False
    )
    due_on = forms.DateField(label=_("Done by"), widget=day_input())
    listed_on = PastDay(label=_("On the list since"), widget=day_input(), required=False)

    def __init__(self, data: Any = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        self.offer(())

    def offer(self, posts: Sequence[tuple[Any, str]]) -> None:
        """Offer persons to choose from."""
        self.fields["responsible"].widget.choices = [("", _("Choose")), *posts]

    def item(self) -> NewItem:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return NewItem(
            act=typed["act"],
            organ_id=typed["organ"].pk,
            due_on=typed["due_on"],
            number=typed["number"],
            matter=typed["matter"],
            responsible_id=typed["responsible"].pk if typed["responsible"] else None,
            listed_on=typed["listed_on"],
        )


class StrikeOff(RefusableForm):
    words = _words(_("What was verified"), 500)


class DrawLookBack(RefusableForm):
    size = forms.IntegerField(label=pgettext_lazy("look back", "How many"), min_value=1, initial=10)


class Look(RefusableForm):
    looked_id = forms.IntegerField(widget=forms.HiddenInput)
    holds = forms.TypedChoiceField(
        label=_("Does it still hold?"),
        choices=[
            ("yes", pgettext_lazy("look back", "It holds")),
            ("no", pgettext_lazy("look back", "It does not: put the item back")),
        ],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
    )
    words = _words(_("What was found"), 500)
