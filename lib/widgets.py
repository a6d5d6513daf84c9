"""Form fields drawn by plain functions, since a case page has twenty forms and the templates of fields took most of its
time: a thousand options are three templates each to Django.
"""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from django.forms import BaseForm, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

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
    error = _words("err-msg d-block", f"{field.auto_id}_error", " ".join(map(str, field.errors)))
    return error + _words("form-hint", f"{field.auto_id}_helptext", field.help_text)


def _words(css: str, key: str, words: str | Promise) -> SafeString:
    return format_html('<span class="{}" id="{}">{}</span>', css, key, words) if words else SafeString()


def field_box(field: BoundField, label: str = "", *, hide_label: bool = False, css: str = "") -> SafeString:
    """Return one field with label, hint and error. `label` stands instead of its own; a hidden field has none."""
    if field.is_hidden:
        return SafeString(field)
    widget, wrong = field.field.widget, bool(field.errors)
    box = f"{'err ' if wrong else ''}mb-3 {css}"
    required = " req" if getattr(field, "is_asked", field.field.required) else ""
    called = label or field.label
    if isinstance(widget, CheckboxInput):
        return format_html(
            '<div class="{}"><label class="form-check mb-0">{}<span class="form-check-label{}">{}</span></label>'
            "{}</div>",
            *(box, field, required, called, field_words(field)),
        )
    look = f"form-label{required}{' visually-hidden' if hide_label else ''}"
    if field.use_fieldset:
        shown = _choices(field) if isinstance(widget, RadioSelect | CheckboxSelectMultiple) else field
        described = _attributes({"attrs": {"aria-describedby": field.aria_describedby or False}})
        return format_html(
            '<fieldset class="pick {}" id="{}"{}><legend class="{}">{}</legend>{}{}</fieldset>',
            *(box, field.auto_id, mark_safe(described + ' tabindex="-1"' * wrong)),  # noqa: S308 - escaped above
            *(look, called, shown, field_words(field)),
        )
    return format_html(
        '<div class="{}"><label class="{}" for="{}">{}</label>{}{}</div>',
        *(box, look, field.id_for_label, called, field, field_words(field)),
    )


def field_boxes(form: BaseForm) -> SafeString:
    """Return the fields of a form, one below the other."""
    return SafeString("".join(field_box(field) for field in form))


def _choices(field: BoundField) -> SafeString:
    """Return radio buttons or boxes to tick, each inside its label."""
    choices = format_html_join(
        "",
        '<label class="choice" for="{}">{}<span>{}</span></label>',
        ((option.id_for_label, option.tag(), option.choice_label) for option in field),
    )
    return format_html('<div class="picks">{}</div>', choices)
