"""What an administrator says about calendar and rules."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deadlines.holiday_notice import Fault, read_notice
from deadlines.models import Extender, Roll, Rule
from lib.forms import RefusableForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FAULTS = {
    Fault.NO_SECTION: _("No numbered holiday with its colon was found: %(where)s"),
    Fault.NO_YEAR: _("The notice does not say which year it is for: %(where)s"),
    Fault.OTHER_YEAR: _("This day is in quite another year: %(where)s"),
    Fault.NO_SUCH_DAY: _("There is no such day: %(where)s"),
    Fault.WRONG_WEEKDAY: _("The day is not on this weekday: %(where)s"),
    Fault.WRONG_COUNT: _("The number of days does not agree: %(where)s"),
    Fault.BACKWARDS: _("This holiday ends before it begins, or lasts too long: %(where)s"),
    Fault.LEFT_OVER: _("It is not said whether this day is free or worked: %(where)s"),
    Fault.TWICE: _("This day is named twice: %(where)s"),
    Fault.NOT_A_WEEKEND: _("Worked in exchange, but a working day anyway: %(where)s"),
}


class LoadYear(RefusableForm):
    source = forms.CharField(
        label=_("Notice"),
        max_length=200,
        help_text=_("Issuing body and number of the notice."),
        widget=forms.TextInput(attrs={"lang": "zh-CN"}),
    )
    text = forms.CharField(
        label=_("Text of the notice"),
        max_length=5000,
        help_text=_("Paste it whole, or type the numbered lines with the year in the first."),
        widget=forms.Textarea(attrs={"rows": 12, "lang": "zh-CN"}),
    )

    def clean_text(self) -> str:
        """Return the text; each place that cannot be right is named."""
        text: str = self.cleaned_data["text"]
        problems = read_notice(text).problems
        if problems:
            raise forms.ValidationError(
                [forms.ValidationError(FAULTS[one.fault], params={"where": one.where}) for one in problems]
            )
        return text


def _number(
    label: "StrOrPromise", *, required: bool = True, words: "StrOrPromise" = ""
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=0,
        max_value=3650,
        help_text=words,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class AddVersion(RefusableForm):
    """The next version of a rule, filled in as the last one stands."""

    valid_from = forms.DateField(
        label=pgettext_lazy("of a rule", "valid from"),
        help_text=_("Tomorrow at the earliest. Periods that run keep the version they started under."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    article = forms.CharField(
        label=_("article"),
        max_length=120,
        help_text=_(
            "“Art 22(1)” is of the Regulations on Petitioning; other laws with their name before it."
        ),
    )
    length = _number(_("length"))
    roll = forms.ChoiceField(
        label=_("last day on a rest day"),
        choices=Roll.choices,
    )
    exclude_start_day = forms.BooleanField(
        label=_("start day not counted"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    extended_by = forms.ChoiceField(
        label=_("extended by"),
        choices=Extender.choices,
    )
    most_extension_days = _number(
        _("extended by at most (days)"), required=False, words=_("Empty: without limit.")
    )
    most_extensions = _number(_("extended how often"), required=False, words=_("Empty: without limit."))
    notice = _number(_("notice from"), words=_("So many left, in the rule's own unit."))
    warn = _number(_("warn from"), words=_("The lamp turns amber."))
    urge = _number(_("urge from"))

    def __init__(self, *args: Any, last: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "valid_from":
                field.initial = getattr(last, name)

    @property
    def changed(self) -> dict[str, Any]:
        """What the new version says, without its day."""
        return {name: value for name, value in self.cleaned_data.items() if name != "valid_from"}
