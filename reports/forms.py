"""What figures are asked for: days, universe, and the day whose knowledge counts."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.figures import Asked
from indicators.periods import Period
from indicators.universe import USUAL, Universe
from lib.forms import TablerForm, day_input

# A choice of five years is a thousand columns of months; nobody reads that.
_MOST_DAYS = 5 * 366


class Days(TablerForm):
    """Which days figures are of: people name the last one, which belongs to them. Every part may be left empty."""

    since = forms.DateField(label=_("From"), required=False, widget=day_input())
    until = forms.DateField(label=_("To, this day included"), required=False, widget=day_input())
    universe = forms.ChoiceField(
        label=_("Universe"),
        required=False,
        choices=[
            (Universe.FOUR_LEVELS_1, _("Four levels, version 1")),
            (Universe.WITHOUT_LITIGATION_1, _("Without litigation and calls, version 1")),
        ],
    )
    as_of = forms.DateField(label=_("As known on the evening of"), required=False, widget=day_input())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean(self) -> None:
        read = self.cleaned_data
        read["since"] = read.get("since") or self._today.replace(month=1, day=1)
        read["until"] = read.get("until") or self._today
        if read["until"] < read["since"]:
            self.add_error("until", _("This day lies before the first one. Change one of the two."))
        elif read["until"] - read["since"] > timedelta(days=_MOST_DAYS):
            self.add_error("since", _("Choose five years at most."))
        if read.get("as_of") and read["as_of"] > self._today:
            self.add_error("as_of", _("This day is still to come."))

    def asked(self, place_path: str) -> Asked:
        """Return what a filled-in form asks of a place."""
        read = self.cleaned_data
        period = Period(read["since"], read["until"] + timedelta(days=1))
        return Asked(period, Universe(read["universe"] or USUAL), place_path=place_path, as_of=read["as_of"])
