"""What a list is taken out for."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import ExportPurpose
from lib.forms import RefusableForm


class TakeOut(RefusableForm):
    """Asked before any list leaves the house; a closed list, so that no name is written beside it."""

    purpose = forms.ChoiceField(
        label=pgettext_lazy("export", "What for"),
        choices=[("", _("Choose what it is for")), *ExportPurpose.choices],
    )
