"""What an administrator says about divisions."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lib.forms import RefusableForm
from places.models import Place


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AddPlace(RefusableForm):
    done = _("The division was added.")

    code = forms.CharField(label=_("code"), max_length=12)
    name = forms.CharField(
        label=_("official name"),
        max_length=60,
        help_text=_("As in the decision, with its suffix; people are shown the name without it."),
    )
    since = forms.DateField(label=pgettext_lazy("a day", "Since"), widget=_day())

    def __init__(self, *args: Any, parent: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = parent.code


class ReplacePlace(RefusableForm):
    """Rename, merge, split or close: which one it is follows from what is entered."""

    done = _("The change was entered.")

    others = forms.ModelMultipleChoiceField(
        label=_("Together with"),
        queryset=Place.objects.none(),
        required=False,
        help_text=_("Only when several divisions are merged."),
        widget=forms.CheckboxSelectMultiple,
    )
    successors = forms.CharField(
        label=_("Carried on by"),
        required=False,
        help_text=_(
            "One a line, code and official name. One line renames or merges, several split, none closes. A"
            " renamed division may keep its code; what lies below moves along."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    since = forms.DateField(
        label=pgettext_lazy("a day", "Since"),
        help_text=_("The first day of the new; the old ends the day before."),
        widget=_day(),
    )
    basis = forms.CharField(
        label=_("basis"),
        max_length=200,
        help_text=_("Issuing body and number of the decision."),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        siblings = Place.objects.current().filter(parent=place.parent_id).exclude(pk=place.pk)
        cast("forms.ModelMultipleChoiceField[Place]", self.fields["others"]).queryset = siblings.order_by(
            "code"
        )
        self.fields["successors"].initial = f"{place.code} {place.name}"

    def clean_successors(self) -> list[tuple[str, str]]:
        """Return codes and names; a line without both is named."""
        written = self.cleaned_data["successors"].splitlines()
        lines = [line.split(maxsplit=1) for line in written if line.strip()]
        for line in lines:
            if len(line) != 2:
                words = _("Each line needs a code and a name: %(line)s")
                raise forms.ValidationError(words, params={"line": line[0]})
        return [(code, name.strip()) for code, name in lines]
