"""Forms whose fields wear the page's classes and say what is wrong in the office's words, so that no form has to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from django import forms
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorList
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lib.errors import Refused

# What the list of what to correct is made from; in quotes: Django names its formsets' kind only for the type checker.
Filled: TypeAlias = (
    "BaseForm | BaseFormSet[BaseForm] | BoundField | ErrorList"
    " | Iterable[BaseForm | BaseFormSet[BaseForm] | BoundField | ErrorList] | None"
)

_CHECKED = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


def css_of(widget: forms.Widget) -> str:
    """Return the class Tabler gives this kind of field; none for hidden ones and those made of several."""
    if widget.is_hidden or isinstance(widget, forms.MultiWidget):
        return ""
    if isinstance(widget, _CHECKED):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


class PageField(BoundField):
    """A field as the page draws it: `components/_field.html` gives it label, hint and error."""

    @property
    def is_asked(self) -> bool:
        """Test if the page marks it: it is required, or the deed asks for it where it applies."""
        return bool(self.field.required or self.name in getattr(self.form, "asked", ()))

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        drawn = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        classes = (css_of(drawn), str(drawn.attrs.get("class") or ""), str(built.get("class") or ""))
        css = " ".join(filter(None, classes))
        return {**built, "class": css} if css else built


_DASHES = "---------"
_CHOOSE, _CHOOSE_FROM_LIST = _("Choose one."), _("Choose from the list.")
_WHOLE_NUMBER = _("Write a whole number.")
# What Django says about a field of each kind, said again as one says it at a window: what to do now. A later kind
# that fits adds to the earlier ones.
_SAID_HERE: tuple[tuple[type[forms.Field], Mapping[str, Promise]], ...] = (
    (
        forms.Field,
        {
            "required": _("Fill this in."),
            "max_length": _("At most %(limit_value)d characters; now there are %(show_value)d."),
            "min_length": _("At least %(limit_value)d characters; now there are %(show_value)d."),
            "min_value": _("Not below %(limit_value)s."),
            "max_value": _("Not above %(limit_value)s."),
            "null_characters_not_allowed": _("There are signs in it that cannot be stored. Write it again."),
        },
    ),
    (forms.IntegerField, {"invalid": _WHOLE_NUMBER}),
    (forms.DateField, {"invalid": _("Write the day like 2026-03-02.")}),
    (forms.DateTimeField, {"invalid": _("Write day and time like 2026-03-02 09:30.")}),
    (forms.UUIDField, {"invalid": _CHOOSE_FROM_LIST}),
    (forms.RegexField, {"invalid": _("This is not written as it should be. Check it.")}),
    (forms.ChoiceField, {"required": _CHOOSE, "invalid_choice": _CHOOSE_FROM_LIST}),
    (forms.ModelChoiceField, {"required": _CHOOSE, "invalid_choice": _CHOOSE_FROM_LIST}),
    (
        forms.ModelMultipleChoiceField,
        {
            "required": _("Choose at least one."),
            "invalid_list": _CHOOSE_FROM_LIST,
            "invalid_pk_value": _CHOOSE_FROM_LIST,
        },
    ),
    (forms.BooleanField, {"required": _("Tick this first.")}),
    (
        forms.FileField,
        {
            "required": _("Choose a file."),
            "invalid": _("No file came along. Choose it again."),
            "missing": _("No file came along. Choose it again."),
            "empty": _("This file is empty. Choose another."),
            "max_length": _("The file's name is too long. Shorten it to %(max)d characters."),
        },
    ),
)


def _say_it_here(fields: Mapping[str, forms.Field]) -> None:
    """Put the office's words in place of Django's; what a field says in words of its own stays."""
    for field in fields.values():
        for code, djangos_words, message in _said_of(type(field)):  # type: ignore[arg-type]  # a class has a hash
            if field.error_messages.get(code) is djangos_words:
                field.error_messages[code] = message  # type: ignore[assignment]  # shown when it is read


@cache
def _said_of(kind_of_field: type[forms.Field]) -> Sequence[tuple[str, object, Promise]]:
    """Return what fields of a kind say here: the code, Django's words for it, the office's."""
    said_here: dict[str, Promise] = {}
    for kind, words in _SAID_HERE:
        if issubclass(kind_of_field, kind):
            said_here |= words
    return [(code, _djangos_words(kind_of_field, code), words) for code, words in said_here.items()]


def _say_what_is_not_chosen(fields: Mapping[str, forms.Field]) -> None:
    """Put words in place of Django's line of dashes; what a field says in words of its own stays."""
    for field in fields.values():
        if isinstance(field, forms.ModelChoiceField) and field.empty_label == _DASHES:
            field.empty_label = str(_("Choose")) if field.required else "—"


def _let_nothing_be_cut(fields: Mapping[str, forms.Field]) -> None:
    """Let fields take more than they keep: a browser would cut a pasted text without a word, the form says it."""
    for field in fields.values():
        field.widget.attrs.pop("maxlength", None)


def _djangos_words(kind_of_field: type[forms.Field], code: str) -> object:
    """Return what a field of this kind says by itself; nothing where only a validator speaks."""
    said = (getattr(kind, "default_error_messages", {}).get(code) for kind in kind_of_field.__mro__)
    return next((words for words in said if words is not None), None)


class TablerForm(forms.Form):
    """A plain form, one per deed, drawn with Tabler's classes."""

    bound_field_class = PageField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_it_here(self.fields)
        _say_what_is_not_chosen(self.fields)
        _let_nothing_be_cut(self.fields)


class TablerModelForm(forms.ModelForm):  # type: ignore[type-arg]  # each form names its model in Meta
    """A form over a row of reference data, drawn with Tabler's classes."""

    bound_field_class = PageField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_it_here(self.fields)
        _say_what_is_not_chosen(self.fields)
        _let_nothing_be_cut(self.fields)


class Rows(BaseFormSet):  # type: ignore[type-arg]  # generic in the stubs only
    """Rows of one kind, of which the list of what to correct says which one is meant."""

    def label_of(self, form: BaseForm, field: str) -> str:
        """Return what a field of a row is called outside of its row."""
        return field


class PastDay(forms.DateField):
    """A day on which something happened: today at the latest (Q25)."""

    default_error_messages = {"future": _("The day lies in the future.")}

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and value > timezone.localdate():
            raise forms.ValidationError(self.error_messages["future"], code="future")


def day_input() -> forms.DateInput:
    """Return the browser's own calendar, filled in the one form it reads."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RefusableForm(TablerForm):
    """A form that can show what the deed refused, at the field it belongs to.

    `goes_with` names for a field another one and those of its choices with which it is asked for; a script shows it
    with these alone (static/js/page.js), without one every field stands there and the deed decides. `asked` are the
    fields that the page marks although the form lets them through empty: the deed asks for them where they apply.
    """

    goes_with: Mapping[str, tuple[str, Iterable[str]]] = {}
    asked: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (chooser, choices) in self.goes_with.items():
            self.fields[name].widget.attrs |= {
                "data-goes-by": chooser,
                "data-goes-with": " ".join(str(choice) for choice in choices),
            }

    def clean(self) -> dict[str, Any]:
        """Judge what lies between fields also where another one is empty or wrong, so that all faults come at once."""
        for name, words in self.faults(self.cleaned_data).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, str(words))
        return self.cleaned_data

    def faults(self, facts: Mapping[str, Any]) -> Mapping[str, str | Promise]:
        """Return what is wrong between the fields that are right in themselves, by field; the deed judges again.

        `facts` lacks those that are not.
        """
        return {}

    def refuse(self, refusal: Refused) -> None:
        known = {name: words for name, words in refusal.fields.items() if name in self.fields}
        for name, words in known.items():
            self.add_error(name, str(words))
        if not known:
            self.add_error(None, str(refusal.message))
