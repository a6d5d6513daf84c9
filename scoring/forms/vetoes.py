"""What is done with 一票否优; fields are named as the deeds' parameters."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from cases.forms.units import UnitField
from hearings.forms.words import words as lines
from lib.forms import PastDay, RefusableForm, day_input
from scoring.states import VetoGround

_NOBODY = _("Facts of the unit; no name, telephone or identity of a petitioner.")


class ProposeVeto(RefusableForm):
    organ = UnitField(
        label=pgettext_lazy("of a score entry", "Unit"),
        queryset=Organ.objects.current().order_by("code"),
        to_field_name="code",
    )
    year = forms.IntegerField(label=pgettext_lazy("of a rule set", "Year"), min_value=2020, max_value=2100)
    ground = forms.TypedChoiceField(
        label=pgettext_lazy("of a veto", "Ground"),
        choices=VetoGround.choices,
        coerce=VetoGround,
        widget=forms.RadioSelect,
        help_text=_("There is no other ground, and no number of petitions is one."),
    )
    words = lines(pgettext_lazy("of a veto", "Facts"), 1000, hint=_NOBODY)


class HearUnit(RefusableForm):
    heard_on = PastDay(label=_("Heard on"), widget=day_input())
    heard_words = lines(
        _("What the unit said"),
        1000,
        hint=_("Who spoke for it; where nobody came, that it was called and when."),
    )


class DecideVeto(RefusableForm):
    decision_words = lines(_("By which minutes, and why"), 1000, hint=_NOBODY)


class EndVeto(RefusableForm):
    end_words = lines(_("Why it ends"), 1000, hint=_NOBODY)
