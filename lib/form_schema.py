"""A form told to programs: the fields it reads, as the schema names them. The form itself stays the one that judges."""

from typing import Any

from django import forms
from rest_framework import serializers

_KINDS: tuple[tuple[type[forms.Field], type[serializers.Field]], ...] = (  # type: ignore[type-arg]
    (forms.NullBooleanField, serializers.BooleanField),
    (forms.BooleanField, serializers.BooleanField),
    (forms.ModelChoiceField, serializers.CharField),
    (forms.IntegerField, serializers.IntegerField),
    (forms.DateTimeField, serializers.DateTimeField),
    (forms.DateField, serializers.DateField),
    (forms.UUIDField, serializers.UUIDField),
    (forms.FileField, serializers.FileField),
)


def serializer_of(form: type[forms.Form], *, name: str) -> type[serializers.Serializer]:  # type: ignore[type-arg]
    """Return a serializer class with the form's fields, for the schema only."""
    fields = {field_name: _told(field) for field_name, field in form.base_fields.items()}
    return type(name, (serializers.Serializer,), {"__doc__": form.__doc__, **fields})


def _told(field: forms.Field) -> serializers.Field:  # type: ignore[type-arg]
    words: dict[str, Any] = {"required": field.required, "help_text": str(field.label or "")}
    if isinstance(field, forms.ModelChoiceField):
        return serializers.CharField(**words)
    if isinstance(field, forms.ChoiceField):
        choices = list(field.widget.choices)
        return serializers.ChoiceField(choices=choices, allow_blank=not field.required, **words)
    kind = next((told for asked, told in _KINDS if isinstance(field, asked)), serializers.CharField)
    limits: dict[str, Any] = {}
    if kind is serializers.IntegerField:
        limits = {
            "min_value": getattr(field, "min_value", None),
            "max_value": getattr(field, "max_value", None),
        }
    if kind is serializers.CharField:
        limits = {"max_length": getattr(field, "max_length", None), "allow_blank": not field.required}
    return kind(**words, **limits)
