"""Form fields drawn by plain functions, since a case page has twenty forms and the templates of fields took most of its
time: a thousand options are three templates each to Django.
"""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from django.forms import BaseForm, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lib.chinese import is_chinese_among_others

Drawn = Mapping[str, Any]


def _text(value: object) -> str:
    """Return what may stand in a page; Django's own `conditional_escape` costs three times as much."""
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


def _attributes(widget: Drawn) -> str:
    return "".join(
        f" {_text(name)}" if value is True else f' {name}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Drawn) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{_text(value)}"'
    return f'<input type="{widget["type"]}" name="{_text(widget["name"])}"{said}{_attributes(widget)}>'


def _textarea(widget: Drawn) -> str:
    value = _text(widget["value"] or "")
    # a browser takes the first line break away
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget: Drawn) -> str:
    options = "".join(_groups(widget))
    return f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{options}</select>'


def _groups(widget: Drawn) -> Iterator[str]:
    for name, options, _index in widget["optgroups"]:
        drawn = "".join(map(_option, options))
        yield f'<optgroup label="{_text(name)}"{_language(_text(name))}>{drawn}</optgroup>' if name else drawn


def _option(option: Drawn) -> str:
    label = _text(option["label"])
    return f'<option value="{_text(option["value"])}"{_attributes(option)}{_language(label)}>{label}</option>'


def _language(words: str) -> str:
    return ' lang="zh-CN"' if is_chinese_among_others(words) else ""


_DRAWN: Mapping[str, Callable[[Drawn], str]] = {
    **{
        f"django/forms/widgets/{kind}.html": _input
        for kind in ("date", "datetime", "email", "hidden", "number", "password", "search", "tel", "text")
    },
    "django/forms/widgets/checkbox.html": _input,
    "django/forms/widgets/file.html": _input,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
# One of several to pick: a page draws it beside a label of its own.
_PICKED = frozenset({"django/forms/widgets/radio_option.html", "django/forms/widgets/checkbox_option.html"})


class PlainRenderer(DjangoTemplates):
    """Draws the widgets that pages are full of; leaves rare ones, and forms drawn whole, to Django's templates."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        draw = _DRAWN.get(template_name)
        if draw is None and template_name in _PICKED and not context["widget"].get("wrap_label"):
            draw = _input
        if draw is None:
            return mark_safe(super().render(template_name, context, request))  # noqa: S308 - a template escapes
        return mark_safe(draw(context["widget"]))  # noqa: S308 - each part is escaped where it is drawn


def field_words(field: BoundField) -> SafeString:
    """Return error and hint of a field, under the ids its aria-describedby names."""
    return mark_safe(_field_words(field))  # noqa: S308 - escaped where it is drawn


def _field_words(field: BoundField) -> str:
    error = " ".join(map(str, field.errors)) if field.errors else ""
    hint = field.help_text
    if _was_sent(field):
        hint = f"{hint} {_('Choose the file once more: a browser does not keep it.')}".strip()
    if not error and not hint:
        return ""
    return _words("err-msg d-block", f"{field.auto_id}_error", error) + _words(
        "form-hint", f"{field.auto_id}_helptext", hint
    )


def _was_sent(field: BoundField) -> bool:
    """Test if a file came with a form that is shown again because of a fault."""
    return isinstance(field.field.widget, FileInput) and bool(field.data) and bool(field.form.errors)


def _words(css: str, key: str, words: str | Promise) -> str:
    return f'<span class="{css}" id="{_text(key)}">{_text(words)}</span>' if words else ""


def field_box(field: BoundField, label: str = "", *, hide_label: bool = False, css: str = "") -> SafeString:
    """Return one field with label, hint and error. `label` stands instead of its own; a hidden field has none."""
    return mark_safe(_box(field, label, hide_label=hide_label, css=css))  # noqa: S308 - escaped where it is drawn


def field_boxes(form: BaseForm) -> SafeString:
    """Return the fields of a form, one below the other."""
    return mark_safe("".join(map(_box, form)))  # noqa: S308 - escaped where it is drawn


def _box(field: BoundField, label: str = "", *, hide_label: bool = False, css: str = "") -> str:
    if field.is_hidden:
        return str(field)
    widget, wrong = field.field.widget, bool(field.errors)
    box = f"{'err ' if wrong else ''}mb-3 {_text(css)}"
    required = " req" if getattr(field, "is_asked", field.field.required) else ""
    called, words = _text(label or field.label), _field_words(field)
    if isinstance(widget, CheckboxInput):
        return (
            f'<div class="{box}"><label class="form-check mb-0">{field}'
            f'<span class="form-check-label{required}">{called}</span></label>{words}</div>'
        )
    look = f"form-label{required}{' visually-hidden' if hide_label else ''}"
    if field.use_fieldset:
        shown = _choices(field) if isinstance(widget, RadioSelect | CheckboxSelectMultiple) else str(field)
        described = _attributes({"attrs": {"aria-describedby": field.aria_describedby or False}})
        focused = ' tabindex="-1"' if wrong else ""
        return (
            f'<fieldset class="pick {box}" id="{_text(field.auto_id)}"{described}{focused}>'
            f'<legend class="{look}">{called}</legend>{shown}{words}</fieldset>'
        )
    return (
        f'<div class="{box}"><label class="{look}" for="{_text(field.id_for_label)}">{called}</label>'
        f"{field}{words}</div>"
    )


def _choices(field: BoundField) -> str:
    """Return radio buttons or boxes to tick, each inside its label."""
    drawn = (
        f'<label class="choice" for="{_text(option.id_for_label)}">{_input(option.data)}'
        f"<span>{_text(option.choice_label)}</span></label>"
        for option in field
    )
    return f'<div class="picks">{"".join(drawn)}</div>'
