"""What events are asked for: days, category, form, purpose."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import ContentCategory, ExportPurpose
from lib.forms import RefusableForm, TablerForm, day_input
from reports.states import LogForm


def _category() -> "forms.ModelChoiceField[ContentCategory]":
    return forms.ModelChoiceField(
        label=pgettext_lazy("of a report", "Content category"),
        queryset=ContentCategory.objects.filter(parent=None).order_by("path"),
        required=False,
        empty_label=_("All categories"),
    )


class AskLog(RefusableForm):
    since = forms.DateField(label=_("Registered from"), widget=day_input())
    until = forms.DateField(label=_("To, this day included"), widget=day_input())
    category = _category()
    form = forms.ChoiceField(label=pgettext_lazy("of an event log", "Form"), choices=LogForm.choices)
    purpose = forms.ChoiceField(
        label=pgettext_lazy("export", "What for"),
        choices=[("", _("Choose what it is for")), *ExportPurpose.choices],
    )

    def parameters(self) -> dict[str, Any]:
        """Return what the deed takes; people name the last day, which belongs to it."""
        typed = self.cleaned_data
        last: date = typed["until"]
        return {
            "form": LogForm(typed["form"]),
            "since": typed["since"],
            "until": last + timedelta(days=1),
            "category_id": typed["category"].pk if typed["category"] else None,
            "purpose": ExportPurpose(typed["purpose"]),
        }


class Flow(TablerForm):
    """Which petitions the ways between steps are of: registered in these days, of this category."""

    since = forms.DateField(label=_("Registered from"), required=False, widget=day_input())
    until = forms.DateField(label=_("To, this day included"), required=False, widget=day_input())
    category = _category()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean(self) -> None:
        read = self.cleaned_data
        read["since"] = read.get("since") or self._today.replace(month=1, day=1)
        read["until"] = read.get("until") or self._today
        if read["until"] < read["since"]:
            self.add_error("until", _("This day lies before the first one. Change one of the two."))
