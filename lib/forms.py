"""Forms whose fields wear the page's classes, so that no form names a class of its own."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from lib.errors import Refused

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

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        drawn = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        classes = (css_of(drawn), str(drawn.attrs.get("class") or ""), str(built.get("class") or ""))
        css = " ".join(filter(None, classes))
        return {**built, "class": css} if css else built


class TablerForm(forms.Form):
    """A plain form, one per deed, drawn with Tabler's classes."""

    bound_field_class = PageField


class TablerModelForm(forms.ModelForm):  # type: ignore[type-arg]  # each form names its model in Meta
    """A form over a row of reference data, drawn with Tabler's classes."""

    bound_field_class = PageField


class RefusableForm(TablerForm):
    """A form that can show what the deed refused, at the field it belongs to."""

    def refuse(self, refusal: Refused) -> None:
        known = {name: words for name, words in refusal.fields.items() if name in self.fields}
        for name, words in known.items():
            self.add_error(name, str(words))
        if not known:
            self.add_error(None, str(refusal.message))
