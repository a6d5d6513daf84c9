"""What every page's template needs: icons, addresses with a changed question, the list of what to correct."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from django import template
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorList
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lib import widgets
from lib.chinese import marked
from lib.forms import Filled, Rows

register = template.Library()


@dataclass(frozen=True)
class Fault:
    """One thing to correct. `target` is the id of the field it belongs to, empty for the whole form."""

    label: str
    message: str
    target: str


@register.filter
def zh(text: object) -> SafeString:
    """Mark the Chinese in what a page of another language shows, for whoever has it read out."""
    return marked(text)


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw an icon of `config/icons.txt` as large as the text. Without a label it is decoration."""
    return _icon(name, str(label), css)


@cache
def _icon(name: str, label: str, css: str) -> SafeString:
    look = f"ti {css}".strip()
    drawing = format_html('<use href="{}#{}"/>', static("img/icons.svg"), name)
    if not label:
        return format_html('<svg class="{}" aria-hidden="true">{}</svg>', look, drawing)
    return format_html('<svg class="{}" role="img" aria-label="{}">{}</svg>', look, label, drawing)


@register.simple_tag
def field_box(field: BoundField, label: str = "", hide_label: bool = False, css: str = "") -> SafeString:
    """Draw one field with label, hint and error; what `components/_field.html` is made of."""
    return widgets.field_box(field, label, hide_label=hide_label, css=css)


@register.simple_tag
def field_boxes(form: BaseForm) -> SafeString:
    """Draw the fields of a form one below the other."""
    return widgets.field_boxes(form)


@register.simple_tag
def field_words(field: BoundField) -> SafeString:
    """Draw hint and error of a field that a page draws by itself."""
    return widgets.field_words(field)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """Return this page's question with some parts changed; `None` or an empty text removes a part."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if isinstance(value, list | tuple):
            parameters.setlist(name, [str(one) for one in value])
        elif value is not None and value != "":
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.simple_tag
def short_day(moment: datetime, now: datetime) -> str:
    """Return the day of a moment as tables show it: 10-16, with its year where that is not this one (design §4)."""
    day, today = timezone.localdate(moment), timezone.localdate(now)
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


@register.simple_tag
def faults_of(*filled: Filled) -> list[Fault]:
    """List everything to correct in forms, formsets and lists of them, in the order of the page."""
    return [fault for one in filled for fault in _faults(one or None)]


def _faults(filled: Filled) -> Iterator[Fault]:
    if isinstance(filled, ErrorList):
        yield from (Fault("", str(message), "") for message in filled)
    elif isinstance(filled, BoundField):
        target = filled.id_for_label or filled.auto_id
        yield from (Fault(str(filled.label), str(message), target) for message in filled.errors)
    elif isinstance(filled, BaseForm):
        yield from _faults(filled.non_field_errors())
        for field in filled:
            yield from _faults(field)
    elif isinstance(filled, BaseFormSet):
        yield from _faults(filled.non_form_errors())
        for form in filled:
            yield from _named(filled, form)
    elif filled is not None:
        for one in filled:
            yield from _faults(one)


def _named(rows: "BaseFormSet[BaseForm]", form: BaseForm) -> Iterator[Fault]:
    """Name each fault of a row so that one knows which row is meant."""
    for fault in _faults(form):
        if fault.label and isinstance(rows, Rows):
            yield replace(fault, label=rows.label_of(form, fault.label))
        else:
            yield fault
