"""The ledger's question, as the address bar carries it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from cases.ledger import LampColour, Question, View
from cases.states import Channel, Routing
from lib.forms import TablerForm
from places.models import Place

LAMPS = [
    (LampColour.RED, _("Overdue")),
    (LampColour.AMBER, _("Due soon")),
    (LampColour.GREEN, pgettext_lazy("lamp", "In time")),
]


class LedgerFilter(TablerForm):
    """Every part may be left empty; a part that makes no sense narrows nothing and says so."""

    q = forms.CharField(label=_("Petition number"), required=False, max_length=60)
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
    organ = forms.ModelChoiceField(
        label=_("Unit"),
        required=False,
        queryset=Organ.objects.none(),
        to_field_name="code",
        empty_label=_("Any unit"),
    )
    since = forms.DateField(label=_("Received from"), required=False)
    until = forms.DateField(label=_("Received until"), required=False)

    def __init__(self, *args: Any, places: Any, organs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]  # same

    def question(self) -> Question:
        """Return what is asked, leaving out the parts that could not be read."""
        self.is_valid()
        facts = self.cleaned_data
        place, organ = facts.get("place"), facts.get("organ")
        return Question(
            view=View(facts.get("view") or View.OPEN),
            lamp=LampColour(facts["lamp"]) if facts.get("lamp") else None,
            routing=Routing(facts["routing"]) if facts.get("routing") else None,
            channel=Channel(facts["channel"]) if facts.get("channel") else None,
            place_path=place.path if place else "",
            register_organ_id=organ.pk if organ else None,
            since=facts.get("since"),
            until=facts.get("until"),
            number=(facts.get("q") or "").strip(),
        )
