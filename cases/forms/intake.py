"""The registration form: what was typed becomes an `Intake`, or every field says what it still needs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from stdnum.cn import ric

from accounts.models import Organ
from cases.intake import FromAbove, Intake, Person, Reported
from cases.models import ContentCategory
from cases.names import people_of_list
from cases.states import (
    FROM_ABOVE,
    Channel,
    IdType,
    PersonRole,
    PowerLevel,
    Purpose,
    ReportedKind,
    Source,
)
from lib.crypto import normalise_id_number
from lib.forms import TablerForm
from places.lookup import county_of, find
from places.models import Place

MOMENT = "%Y-%m-%d %H:%M"
# Room enough for the longest letter seen; the national field of 4,000 is cut at exchange, not here.
LONGEST_TEXT = 50_000
TEXTAREA = {"rows": 5}
# The one character the database cannot keep is refused in words, not dropped in silence.
NO_NUL = {
    "null_characters_not_allowed": _(
        "The text holds a character that cannot be kept. Remove it and save again."
    )
}


class CategoryField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """The categories of today, those of the second level under their first."""

    def label_from_instance(self, obj: ContentCategory) -> str:
        return obj.name


def grouped_categories(today: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the choices of a category field, under the heading of their first level."""
    rows = ContentCategory.objects.valid_on(timezone.localdate(today)).order_by("path")
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        first_level, _separator, rest = row.label.partition(" › ")
        groups.setdefault(first_level, []).append((str(row.pk), rest or row.name))
    return list(groups.items())


class IntakeForm(TablerForm):
    """Everything but people and claims, which have rows of their own.

    The page beside it says what the petitioner answers for (Art 19(2), 47(3); R-04); nothing scores it.
    """

    channel = forms.ChoiceField(
        label=_("Channel"), choices=Channel, widget=forms.RadioSelect, initial=Channel.VISIT
    )
    source = forms.ChoiceField(label=_("Source"), choices=Source, initial=Source.SELF_RECEIVED)
    received_at = forms.DateTimeField(
        label=_("Received"), input_formats=[MOMENT, "%Y-%m-%d", "%Y-%m-%dT%H:%M"]
    )
    backdating_evidence = forms.CharField(
        label=_("Evidence of the day of receipt"),
        required=False,
        max_length=200,
        help_text=_("Needed when it lies more than one working day back, such as the receipt stamp."),
    )
    petition_date = forms.DateField(label=_("Date on the petition"), required=False)
    addressee = forms.CharField(label=_("Addressed to"), required=False, max_length=80)
    superior_organ = forms.CharField(label=_("Superior organ"), required=False, max_length=80)
    superior_number = forms.CharField(label=_("Superior's number"), required=False, max_length=60)
    superior_date = forms.DateField(label=_("Superior's date"), required=False)
    superior_due_on = forms.DateField(label=_("Superior's due day"), required=False)

    petitioner_count = forms.IntegerField(
        label=_("Number of petitioners"), min_value=1, max_value=9999, initial=1
    )
    involved_count = forms.IntegerField(
        label=_("People affected"), required=False, min_value=1, max_value=9_999_999
    )
    is_joint_letter = forms.BooleanField(label=_("Joint letter"), required=False)
    is_anonymous = forms.BooleanField(label=_("Anonymous"), required=False)
    visit_level_ok = forms.NullBooleanField(
        label=_("Visit at the lawful level"),
        required=False,
        help_text=_(
            "The competent organ's own level or one above (Art 20). Registering never depends on it."
        ),
    )
    name_list = forms.CharField(
        label=_("Paste a list of names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One person a line, from a sheet or typed: name, identity number, telephone, address."),
    )

    title = forms.CharField(label=pgettext_lazy("petition", "Title"), max_length=120)
    text = forms.CharField(
        label=_("Claims and facts, in the petitioner's own words"),
        max_length=LONGEST_TEXT,
        strip=False,
        error_messages=NO_NUL,
        widget=forms.Textarea(attrs=TEXTAREA),
    )
    summary = forms.CharField(
        label=_("Neutral summary"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose, initial=Purpose.REQUEST)
    content_category = CategoryField(label=_("Content category"), queryset=ContentCategory.objects.none())
    names_a_wrongdoer = forms.BooleanField(
        label=_("Names an official or a unit as wrongdoer"),
        required=False,
        help_text=_("Seals the whole petition at once; only the sealed lane reads it (Art 30)."),
    )
    report_text = forms.CharField(
        label=_("Only this part reports a wrongdoer"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        error_messages=NO_NUL,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Registered apart and sealed; the rest goes on openly without these words."),
    )
    reported_kind = forms.ChoiceField(
        label=_("Reported"), required=False, choices=[("", "—"), *ReportedKind.choices]
    )
    reported_organ = forms.ModelChoiceField(
        label=_("Unit reported, or the person's unit"), required=False, queryset=Organ.objects.none()
    )
    reported_name = forms.CharField(label=_("Person reported"), required=False, max_length=60)
    reported_post = forms.CharField(label=_("Position"), required=False, max_length=60)
    reported_area = forms.CharField(label=_("Area"), required=False, max_length=80)

    place_text = forms.CharField(
        label=_("Place of the problem"),
        required=False,
        max_length=60,
        help_text=_("Name, code, or the first letters of its pinyin."),
    )
    place = forms.CharField(required=False, widget=forms.HiddenInput)
    place_detail = forms.CharField(label=_("Exact place"), required=False, max_length=120)
    power_level = forms.ChoiceField(label=_("Whose power"), choices=PowerLevel, initial=PowerLevel.UNCLEAR)
    litigation_related = forms.BooleanField(label=_("Litigation-related"), required=False)
    is_urgent = forms.BooleanField(label=_("Grave or urgent (Art 25)"), required=False)
    public_consent = forms.NullBooleanField(label=_("Agrees to publication"), required=False)
    on_behalf_of = forms.ModelChoiceField(
        label=_("Taken in by"), required=False, queryset=Organ.objects.none(), empty_label=_("This office")
    )

    def __init__(self, *args: Any, now: datetime, office: Organ, within_path: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate(now)
        self.within_path = within_path
        # places that the typed words may mean; the page asks which one
        self.place_candidates: list[Place] = []
        category = self.fields["content_category"]
        category.queryset = ContentCategory.objects.valid_on(today)  # type: ignore[attr-defined]  # a ModelChoiceField
        category.choices = [("", _("Choose")), *grouped_categories(now)]  # type: ignore[attr-defined]  # same
        organs = Organ.objects.valid_on(today).order_by("path")
        self.fields["reported_organ"].queryset = organs  # type: ignore[attr-defined]  # same
        self.fields["on_behalf_of"].queryset = organs.filter(  # type: ignore[attr-defined]  # same
            parent=office, number_prefix=None
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_place(cleaned)
        self._clean_from_above(cleaned)
        self._clean_report(cleaned)
        return cleaned

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        """A code was chosen, or the typed words are looked up and a person confirms what they mean."""
        code = (cleaned.get("place") or "").strip()
        chosen = Place.objects.current().filter(code=code).first() if code else None
        if chosen is not None:
            cleaned["place_id"] = chosen.pk
            return
        words = (cleaned.get("place_text") or "").strip()
        if not words:
            self.add_error("place_text", _("Say where the problem lies."))
            return
        self.place_candidates = [found.place for found in find(words, county_of(self.within_path))]
        if self.place_candidates:
            self.add_error("place_text", _("Confirm which place is meant."))
        else:
            self.add_error(
                "place_text", _("No place of this name was found. Try a part of it, or its first letters.")
            )

    def _clean_from_above(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("source") not in FROM_ABOVE:
            return
        for name in ("superior_organ", "superior_number", "superior_date"):
            if not cleaned.get(name):
                self.add_error(name, _("A petition from above keeps the superior's own particulars."))

    def _clean_report(self, cleaned: dict[str, Any]) -> None:
        """A report says who is reported, so that exactly he is kept out (Art 30)."""
        reports = (
            cleaned.get("purpose") == Purpose.REPORT_ACCUSATION
            or cleaned.get("names_a_wrongdoer")
            or cleaned.get("report_text")
        )
        if not reports:
            return
        if not cleaned.get("reported_kind"):
            self.add_error("reported_kind", _("Say whether a person or a unit is reported."))
        elif not cleaned.get("reported_organ") and not cleaned.get("reported_name"):
            self.add_error(
                "reported_name", _("Name the person or the unit reported, so that they are kept out.")
            )

    def reported(self) -> tuple[Reported, ...]:
        """Return who is reported, from a form that is valid."""
        facts = self.cleaned_data
        if not facts["reported_kind"]:
            return ()
        organ = facts["reported_organ"]
        return (
            Reported(
                kind=ReportedKind(facts["reported_kind"]),
                organ_id=organ.pk if organ else None,
                name=facts["reported_name"],
                post_title=facts["reported_post"],
                area=facts["reported_area"],
            ),
        )

    def from_above(self) -> FromAbove | None:
        """Return the superior's particulars, from a form that is valid."""
        facts = self.cleaned_data
        if facts["source"] not in FROM_ABOVE:
            return None
        return FromAbove(
            facts["superior_organ"],
            facts["superior_number"],
            facts["superior_date"],
            facts["superior_due_on"],
        )


class PersonForm(TablerForm):
    """One person on the petition."""

    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), required=False, max_length=60)
    role = forms.ChoiceField(
        label=pgettext_lazy("person on a petition", "Role"),
        choices=PersonRole,
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

    def clean_id_number(self) -> str:
        typed = self.cleaned_data["id_number"]
        number: str = normalise_id_number(typed)
        if number and self.data.get(self.add_prefix("id_type"), IdType.RESIDENT) == IdType.RESIDENT:
            if not is_well_formed(number):
                raise forms.ValidationError(
                    _("A digit is wrong: this is no valid identity number. Compare, or clear it.")
                )
            return number
        return str(typed).strip()

    def person(self) -> Person | None:
        """Return the person of a valid row, nobody for an empty one."""
        facts = self.cleaned_data
        if not facts.get("name") or facts.get("DELETE"):
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


class BasePeople(BaseFormSet):  # type: ignore[type-arg]  # generic in the stubs only
    """The people's rows together."""

    def clean(self) -> None:
        rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        named = [row for row in rows if row.get("name") and not row.get("DELETE")]
        for position, row in enumerate(named, 1):
            acts_for = row.get("acts_for")
            if acts_for and (acts_for > len(named) or acts_for == position):
                raise forms.ValidationError(_("An agent or guardian stands for another person of the list."))
            if row.get("role") in {PersonRole.AGENT, PersonRole.GUARDIAN} and not acts_for:
                raise forms.ValidationError(_("Say whom the agent or guardian stands for."))
        minors = {position for position, row in enumerate(named, 1) if row.get("under_14")}
        guarded = {row.get("acts_for") for row in named if row.get("role") == PersonRole.GUARDIAN}
        if minors - guarded:
            raise forms.ValidationError(_("A petitioner under 14 comes through a guardian."))


PeopleFormSet = formset_factory(
    PersonForm, formset=BasePeople, extra=0, min_num=1, max_num=200, can_delete=True, can_delete_extra=True
)
ClaimFormSet = formset_factory(ClaimForm, extra=0, min_num=1, max_num=20)


class Registration:
    """The registration form with its rows of people and claims, as one thing."""

    def __init__(self, content: QueryDict | None, *, now: datetime, office: Organ, within_path: str) -> None:
        self.content = content
        initial = {"received_at": timezone.localtime(now).strftime(MOMENT)}
        self.main = IntakeForm(content, initial=initial, now=now, office=office, within_path=within_path)
        self.people = PeopleFormSet(content, prefix="people")
        self.claims = ClaimFormSet(content, prefix="claims")

    @property
    def rows(self) -> list[BaseFormSet]:  # type: ignore[type-arg]  # generic in the stubs only
        """Return the rows of people and of claims, for the list of what to correct."""
        return [self.people, self.claims]

    def is_valid(self) -> bool:
        """Test all three; every fault is collected, not the first alone."""
        valid = [self.main.is_valid(), self.people.is_valid(), self.claims.is_valid()]
        if all(valid) and not self.main.cleaned_data["is_anonymous"] and not self._people():
            self.main.add_error("is_anonymous", _("Name the petitioner, or tick “Anonymous”."))
            return False
        return all(valid)

    def _people(self) -> Sequence[Person]:
        rows = [person for form in self.people for person in [form.person()] if person is not None]
        return [*rows, *people_of_list(self.main.cleaned_data["name_list"])]

    def quiet(self) -> None:
        """Show what was typed without what is missing: a draft is not yet asked to be complete."""
        for form in [self.main, *self.people.forms, *self.claims.forms]:
            form._errors = forms.utils.ErrorDict()
        for rows in self.rows:
            # `full_clean` fills these two; the stubs do not know them
            vars(rows).update(_errors=[], _non_form_errors=rows.error_class())

    def intake(self) -> Intake:
        """Return what was typed as facts, from a form that is valid."""
        facts = self.main.cleaned_data
        organ = facts["on_behalf_of"]
        return Intake(
            channel=Channel(facts["channel"]),
            source=Source(facts["source"]),
            purpose=Purpose(facts["purpose"]),
            title=facts["title"],
            text=facts["text"],
            summary=facts["summary"],
            received_at=facts["received_at"],
            petition_date=facts["petition_date"],
            backdating_evidence=facts["backdating_evidence"],
            from_above=self.main.from_above(),
            addressee=facts["addressee"],
            place_id=facts["place_id"],
            place_detail=facts["place_detail"],
            content_category_id=facts["content_category"].pk,
            petitioner_count=facts["petitioner_count"],
            involved_count=facts["involved_count"],
            is_joint_letter=facts["is_joint_letter"],
            is_anonymous=facts["is_anonymous"],
            litigation_related=facts["litigation_related"],
            is_urgent=facts["is_urgent"],
            power_level=PowerLevel(facts["power_level"]),
            visit_level_ok=facts["visit_level_ok"],
            public_consent=facts["public_consent"],
            on_behalf_of_id=organ.pk if organ else None,
            claims=tuple(
                form.cleaned_data["wording"] for form in self.claims if form.cleaned_data.get("wording")
            ),
            people=tuple(self._people()),
            names_a_wrongdoer=facts["names_a_wrongdoer"],
            reported=self.main.reported(),
            report_text=facts["report_text"],
        )


def is_well_formed(number: str) -> bool:
    """Test length and check digit of an identity number.

    Not its county: cards keep the code of a county that has since been renamed or merged.
    """
    return len(number) == 18 and number[:17].isdecimal() and ric.calc_check_digit(number[:17]) == number[17]
