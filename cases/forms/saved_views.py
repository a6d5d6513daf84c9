"""What a view is saved as, and which columns the ledger shows."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.columns import ALWAYS, Column
from cases.models import SavedView
from lib.forms import RefusableForm, TablerForm


class SaveView(RefusableForm):
    """A name for what the ledger shows now."""

    name = forms.CharField(
        label=pgettext_lazy("of a view", "Name"),
        max_length=SavedView._meta.get_field("name").max_length,
        help_text=_("Such as “Letters of this quarter”. No name or number of a person."),
    )
    shared = forms.BooleanField(
        label=_("Share it with my unit"),
        required=False,
        help_text=_("Only the filter is shared: each colleague sees what he himself may see."),
    )


class ChooseColumns(TablerForm):
    """Columns besides those that always stand."""

    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        required=False,
        choices=[(column.value, column.label) for column in Column if column not in ALWAYS],
        widget=forms.CheckboxSelectMultiple,
    )
