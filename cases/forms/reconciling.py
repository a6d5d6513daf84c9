"""Forms of reconciling with a superior's list: the upload, and the explanation of what differs (Q43)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.reconciliations import LONGEST_EXPLANATION
from cases.states import FROM_ABOVE, Source
from lib.forms import RefusableForm, day_input


class BeginReconciliation(RefusableForm):
    """A superior's list, and what it is a list of."""

    source = forms.ChoiceField(
        label=_("What is on the list?"),
        required=False,
        choices=[
            ("", pgettext_lazy("sources", "Forwarded and assigned from above")),
            *((one.value, one.label) for one in Source if one in FROM_ABOVE),
        ],
    )
    superior_organ = forms.CharField(
        label=_("Superior organ"),
        required=False,
        max_length=80,
        help_text=_("As it stands on the petitions; empty if the list is of all superiors."),
        widget=forms.TextInput(attrs={"list": "known-superiors", "autocomplete": "off"}),
    )
    from_on = forms.DateField(label=_("Sent from"), widget=day_input())
    to_on = forms.DateField(
        label=_("Sent until"),
        widget=day_input(),
        help_text=_("By the superior's date, both days included."),
    )
    upload = forms.FileField(
        label=_("The superior's list"),
        help_text=_(
            ".xlsx, .xls, .csv or .jsonl, up to 20 MB and 20,000 rows. Only numbers, days, states and units are kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.jsonl"}),
    )

    def facts(self) -> dict[str, Any]:
        """Return what `begin_reconciliation` takes besides the file."""
        return {name: self.cleaned_data[name] for name in ("source", "superior_organ", "from_on", "to_on")}


class ExplainDifferences(RefusableForm):
    """Why the ticked cases are recorded differently."""

    explanation = forms.CharField(
        label=_("Explanation for the ticked ones"),
        max_length=LONGEST_EXPLANATION,
        help_text=_("What happened and what was agreed with the superior. No names of petitioners."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        given = data.getlist("differences") if data is not None else []
        self.ticked = [int(one) for one in given if one.isdecimal() and len(one) < 19]
