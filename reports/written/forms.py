"""What is written in reports of figures; fields are named as the deeds' parameters are."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import ContentCategory
from lib.forms import RefusableForm, day_input
from places.models import Place
from reports.written.actions import Topic

_NO_NAMES = _("No names of petitioners, and no numbers of persons.")


def _words(label: Any, most: int = 4000) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, max_length=most, required=False, widget=area, help_text=_NO_NAMES)


class Versioned(RefusableForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class WriteReport(Versioned):
    causes = _words(_("Causes"))
    recommendations = _words(pgettext_lazy("in a report", "Recommendations"))
    other = _words(_("Other matters"))


class ReturnReport(Versioned):
    remark = forms.CharField(
        label=_("What is to be written otherwise"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class BeginAnalysis(RefusableForm):
    subject = forms.CharField(label=pgettext_lazy("of a report", "What it is about"), max_length=60)
    since = forms.DateField(label=_("From"), widget=day_input())
    until = forms.DateField(label=_("To, this day included"), widget=day_input())
    place = forms.ModelChoiceField(
        label=pgettext_lazy("of a report", "Place"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("All of the district"),
    )
    category = forms.ModelChoiceField(
        label=pgettext_lazy("of a report", "Content category"),
        queryset=ContentCategory.objects.filter(parent=None).order_by("path"),
        required=False,
        empty_label=_("All categories"),
    )

    def __init__(self, *args: Any, inside: Place | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if inside is not None:
            field = self.fields["place"]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  it is declared so above
            field.queryset = Place.objects.current().filter(parent=inside).order_by("path")

    def topic(self) -> Topic:
        """Return what a filled-in form asks for; people name the last day, which belongs to it."""
        typed = self.cleaned_data
        last: date = typed["until"]
        return Topic(
            typed["subject"],
            typed["since"],
            last + timedelta(days=1),
            typed["place"].pk if typed["place"] else None,
            typed["category"].pk if typed["category"] else None,
        )
