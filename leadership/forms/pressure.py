"""Reports of pressure: told at the window, and looked into; fields are named as the deeds' parameters are."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from cases.forms.units import UnitField
from cases.rating_states import TAKEN_DOWN, RatingWay
from leadership.actions.pressure import Pressed
from leadership.pressure_states import PressureFound
from lib.forms import RefusableForm


class TakeDownPressure(RefusableForm):
    """What a petitioner tells of pressure by telephone, on paper or at the window."""

    number = forms.CharField(label=_("Petition number"), max_length=20)
    about = UnitField(
        label=_("Who pressed"),
        queryset=Organ.objects.current().order_by("code"),
        to_field_name="code",
        required=False,
        help_text=_(
            "Leave it empty for somebody else. It goes past this unit, and past all who handle the petition."
        ),
    )
    words = forms.CharField(
        label=_("What happened, in the petitioner's words"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    way = forms.ChoiceField(
        label=pgettext_lazy("of a report", "How it came"),
        choices=[(each.value, each.label) for each in TAKEN_DOWN],
    )

    def told(self) -> Pressed:
        about = self.cleaned_data["about"]
        return Pressed(words=self.cleaned_data["words"], about_id=about.pk if about else None)

    def way_it_came(self) -> RatingWay:
        return RatingWay(self.cleaned_data["way"])


class FindOnPressure(RefusableForm):
    """What was found on a report of pressure."""

    found = forms.ChoiceField(
        label=pgettext_lazy("report of pressure", "What was found"),
        choices=PressureFound.choices,
        widget=forms.RadioSelect,
    )
    finding = forms.CharField(
        label=_("Which facts show it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
