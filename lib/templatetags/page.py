"""What every page's template needs: icons, addresses with a changed question, the list of what to correct."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from django import template
from django.forms import BaseForm, BaseFormSet
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# In quotes: Django names its formsets' kind only for the type checker.
Filled: TypeAlias = "BaseForm | BaseFormSet[BaseForm] | Iterable[BaseForm | BaseFormSet[BaseForm]] | None"


@dataclass(frozen=True)
class Fault:
    """One thing to correct. `target` is the id of the field it belongs to, empty for the whole form."""

    label: str
    message: str
    target: str


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw an icon of `config/icons.txt` as large as the text. Without a label it is decoration."""
    look = f"ti {css}".strip()
    drawing = format_html('<use href="{}#{}"/>', static("img/icons.svg"), name)
    if not label:
        return format_html('<svg class="{}" aria-hidden="true">{}</svg>', look, drawing)
    return format_html('<svg class="{}" role="img" aria-label="{}">{}</svg>', look, label, drawing)


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
def faults_of(*filled: Filled) -> list[Fault]:
    """List everything to correct in forms, formsets and lists of them, in the order of the page."""
    return [fault for one in filled for fault in _faults(one or None)]


def _faults(filled: Filled) -> Iterator[Fault]:
    if isinstance(filled, BaseForm):
        yield from (Fault("", str(message), "") for message in filled.non_field_errors())
        for field in filled:
            yield from (
                Fault(str(field.label), str(message), field.id_for_label or field.auto_id)
                for message in field.errors
            )
    elif isinstance(filled, BaseFormSet):
        yield from (Fault("", str(message), "") for message in filled.non_form_errors())
        for form in filled:
            yield from _faults(form)
    elif filled is not None:
        for one in filled:
            yield from _faults(one)
