"""The rows of the registration form: its people and its claims."""

from dataclasses import replace

from django import forms
from django.forms import BaseForm, formset_factory
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.intake import Person
from cases.states import ROLES_AT_INTAKE, IdType, PersonRole
from lib.forms import Rows, TablerForm


class PersonForm(TablerForm):
    """One person on the petition."""

    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), required=False, max_length=60)
    role = forms.ChoiceField(
        label=pgettext_lazy("person on a petition", "Role"),
        choices=[(role.value, role.label) for role in ROLES_AT_INTAKE],
        initial=PersonRole.REPRESENTATIVE,
    )
    id_type = forms.ChoiceField(label=_("Identity document"), choices=IdType, initial=IdType.RESIDENT)
    id_number = forms.CharField(
        label=_("Identity number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"data-covers": ""}),
    )
    phone = forms.CharField(
        label=pgettext_lazy("of a person", "Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"data-covers": "", "inputmode": "tel"}),
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    under_14 = forms.BooleanField(label=_("Under 14"), required=False)
    acts_for = forms.IntegerField(label=_("Acts for no."), required=False, min_value=1)
    wants_code = forms.BooleanField(label=_("Own query code"), required=False)

    @property
    def is_struck(self) -> bool:
        """Test if the row was taken off."""
        return bool(self["DELETE"].value())

    def person(self) -> Person | None:
        """Return the person of a row whose fields are valid, nobody for an empty one or one taken off."""
        facts = self.cleaned_data
        written = ("name", "id_number", "phone", "address", "under_14", "acts_for", "wants_code")
        if facts.get("DELETE") or not any(facts.get(name) for name in written):
            return None
        return Person(
            name=facts["name"],
            role=PersonRole(facts["role"]),
            id_type=IdType(facts["id_type"]),
            id_number=facts["id_number"],
            phone=facts["phone"],
            address=facts["address"],
            under_14=facts["under_14"],
            acts_for=facts["acts_for"],
            wants_code=facts["wants_code"],
        )


class ClaimForm(TablerForm):
    """One numbered claim."""

    wording = forms.CharField(label=pgettext_lazy("of a petition", "Claim"), required=False, max_length=500)


class BasePeople(Rows):
    """The people's rows together, numbered as the page shows them: rows taken off do not count."""

    def numbered(self) -> list[tuple[PersonForm, int | None]]:
        """Return every row with the number the page shows, none for one taken off."""
        number = 0
        rows: list[tuple[PersonForm, int | None]] = []
        for form in self.forms:
            number += not form.is_struck
            rows.append((form, None if form.is_struck else number))
        return rows

    def first_standing(self) -> PersonForm | None:
        """Return the first row that was not taken off."""
        return next((form for form, number in self.numbered() if number), None)

    def label_of(self, form: BaseForm, field: str) -> str:
        number = next((number for row, number in self.numbered() if row is form), None)
        return (
            gettext("Person %(number)d, %(field)s") % {"number": number, "field": field} if number else field
        )

    def people(self) -> list[tuple[PersonForm, Person]]:
        """Return the persons of valid rows, each with its row; `acts_for` counts persons, no longer rows."""
        standing = [(form, number, form.person()) for form, number in self.numbered()]
        written = [(form, number, person) for form, number, person in standing if person is not None]
        position_of = {number: position for position, (_form, number, _person) in enumerate(written, 1)}
        return [
            (
                form,
                # 0 is nobody's position: an empty row was named, or one that is not there
                replace(person, acts_for=person.acts_for and position_of.get(person.acts_for, 0)),
            )
            for form, _number, person in written
        ]


class BaseClaims(Rows):
    """The claims' rows together, numbered as the page shows them."""

    def label_of(self, form: BaseForm, field: str) -> str:
        return gettext("Claim %(number)d") % {"number": self.forms.index(form) + 1}


PeopleFormSet = formset_factory(
    PersonForm, formset=BasePeople, extra=0, min_num=1, max_num=200, can_delete=True, can_delete_extra=True
)
ClaimFormSet = formset_factory(ClaimForm, formset=BaseClaims, extra=0, min_num=1, max_num=20)
