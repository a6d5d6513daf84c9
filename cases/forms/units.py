"""Units to choose from: under the kind of organ each is, the choice empty in words, narrowed by typing."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ, OrganKind

# a script makes of a list with these words one that is narrowed by typing (static/js/typeahead.js)
NARROWED = {
    "data-narrows": _("No unit of this name"),
    "data-placeholder": _("Name or letters; ↓ all"),
}
CHOOSE_UNIT = _("Choose a unit")
_ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            OrganKind.DEPARTMENT,
            OrganKind.TOWNSHIP,
            OrganKind.COMMUNITY,
            OrganKind.PETITION_OFFICE,
            OrganKind.JOINT_CONFERENCE_OFFICE,
            OrganKind.LEADING_BODY,
            OrganKind.COURT_PROCURATORATE,
            OrganKind.DISCIPLINE_ORGAN,
            OrganKind.STATE_ENTERPRISE,
        )
    )
}

Choices = Iterator[tuple[Any, Any]]


class _ByKind(ModelChoiceIterator):  # type: ignore[type-arg]  # generic in the stubs only
    """The units under the names of their kinds: those that most petitions go to come first."""

    def __iter__(self) -> Choices:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        units = sorted(self.queryset, key=lambda unit: (_ORDER[OrganKind(unit.kind)], unit.code))
        for kind, of_kind in groupby(units, key=lambda unit: OrganKind(unit.kind)):
            yield kind.label, [self.choice(unit) for unit in of_kind]

    def choice(self, obj: Organ) -> tuple[ModelChoiceIteratorValue, str]:
        value, words = super().choice(obj)
        return value, words


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """One unit of those it is given."""

    iterator = _ByKind

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **{"empty_label": CHOOSE_UNIT, **facts})
        self.widget.attrs |= NARROWED


class OrganChoice(UnitField):
    """A unit of today; the code stands first, so that typing its letters finds it without a mouse."""

    def __init__(self, label: Any, **facts: Any) -> None:
        super().__init__(
            label=label,
            queryset=Organ.objects.current().order_by("code"),
            to_field_name="code",
            required=False,
            **facts,
        )

    def label_from_instance(self, obj: Organ) -> str:
        return f"{obj.code} {obj.short_name}"


class OrganChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Several units of today, ticked; a program, or who types, sends their codes as people write them: “ZJ、RS”."""

    iterator = _ByKind
    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: Any, **facts: Any) -> None:
        super().__init__(
            label=label, queryset=Organ.objects.current().order_by("code"), to_field_name="code", **facts
        )

    def label_from_instance(self, obj: Organ) -> str:
        return f"{obj.code} {obj.short_name}"

    def clean(self, value: Any) -> Any:
        sent = [value] if isinstance(value, str) else value or []
        text = ",".join(str(each) for each in sent).replace("、", ",").replace("，", ",").replace(" ", ",")
        return super().clean(sorted({word.upper() for word in text.split(",") if word}))


def choices_now() -> list[tuple[Any, Any]]:
    """Return what a choice of one unit offers, read once where a page has many of them; the empty choice first."""
    # listed by way of `iter`: a list asks how long it will be, which is a statement of its own
    return list(iter(_ByKind(OrganChoice(""))))
