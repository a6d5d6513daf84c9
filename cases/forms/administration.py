"""Forms of the reference data of petitions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from infra.local_settings import Setting
from lib.forms import RefusableForm


class AddCategory(RefusableForm):
    """A category under another one."""

    parent_code = forms.RegexField(label=_("Code of the category above"), regex=r"^\d{6}$")
    code = forms.RegexField(label=_("Code"), regex=r"^\d{6}$")
    name = forms.CharField(label=_("Name"), max_length=40)


class SetLocal(RefusableForm):
    """One of the district's own numbers."""

    key = forms.ChoiceField(label=_("Setting"), choices=Setting)
    value = forms.IntegerField(label=_("Value"), min_value=1, max_value=9999)
    valid_from = forms.DateField(label=_("Holds from"))
    basis = forms.CharField(label=_("Decision it rests on"), max_length=200)
