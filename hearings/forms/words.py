"""Fields the forms of hearings share."""

from collections.abc import Sequence
from typing import Any

from django import forms

# what a list offers, under headings or plain
Offered = Sequence[tuple[Any, Any]]


def words(label: Any, most: int, *, rows: int = 2, hint: Any = "", required: bool = True) -> forms.CharField:
    """Return a field of several lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=hint, required=required)


def moment(label: Any) -> forms.DateTimeField:
    """Return a field of a day with its time."""
    widget = forms.DateTimeInput(format="%Y-%m-%d %H:%M", attrs={"placeholder": "2026-03-02 09:30"})
    return forms.DateTimeField(label=label, widget=widget)


def offer(form: forms.Form, name: str, choices: Offered) -> None:
    """Let a field of a form offer some choices on the page; what may be chosen the deed decides."""
    form.fields[name].widget.choices = [*choices]
