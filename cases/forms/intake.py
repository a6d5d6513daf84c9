"""The registration form: what was typed becomes an `Intake`, or every field says what it still needs."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from cases.candidates import Sought, sought_as_typed
from cases.forms.people import BasePeople, ClaimFormSet, PeopleFormSet
from cases.forms.place_words import place_meant
from cases.forms.units import UnitField
from cases.intake import FromAbove, Intake, Person, Reported
from cases.models import ContentCategory
from cases.names import BadRow, NameList, as_lines, as_numbered_lines, read_lines
from cases.rules import asks_for_name_list, faults_of_people, faults_of_superior
from cases.sheets import MOST_BYTES, MOST_ROWS
from cases.states import (
    FROM_ABOVE,
    Channel,
    PowerLevel,
    Purpose,
    ReportedKind,
    Source,
)
from lib.errors import Words
from lib.forms import Filled, TablerForm
from lib.tables.limits import MEGABYTE
from places.models import Place

MOMENT = "%Y-%m-%d %H:%M"
# Room enough for the longest letter seen; the national field of 4,000 is cut at exchange, not here.
LONGEST_TEXT = 50_000
TEXTAREA = {"rows": 5}
# of a long list of names, so many are looked for
MOST_PERSONS = 50
# Where a fault of the people belongs: the person's place in the list, from 0, and the field.
_OF_A_PERSON = re.compile(r"people-(\d+)-(\w+)")
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
    """Everything but people and claims, which have rows of their own; its fields in the order of the page.

    The page beside it says what the petitioner answers for (Art 19(2), 47(3); R-04); nothing scores it.
    """

    channel = forms.ChoiceField(
        label=_("Channel"), choices=Channel, widget=forms.RadioSelect, initial=Channel.VISIT
    )
    received_at = forms.DateTimeField(
        label=_("Received"), input_formats=[MOMENT, "%Y-%m-%d", "%Y-%m-%dT%H:%M"]
    )
    petitioner_count = forms.IntegerField(
        label=pgettext_lazy("number", "Petitioners"), min_value=1, max_value=9999, initial=1
    )
    involved_count = forms.IntegerField(
        label=_("People affected"), required=False, min_value=1, max_value=9_999_999
    )
    petition_date = forms.DateField(label=pgettext_lazy("petition", "Dated"), required=False)
    source = forms.ChoiceField(label=_("Source"), choices=Source, initial=Source.SELF_RECEIVED)
    superior_organ = forms.CharField(label=_("Superior organ"), required=False, max_length=80)
    superior_number = forms.CharField(label=_("Superior's number"), required=False, max_length=60)
    superior_date = forms.DateField(label=_("Superior's date"), required=False)
    superior_due_on = forms.DateField(label=_("Superior's due day"), required=False)
    backdating_evidence = forms.CharField(
        label=_("Evidence of the day of receipt"),
        required=False,
        max_length=200,
        help_text=_("Needed when it lies more than one working day back, such as the receipt stamp."),
    )
    addressee = forms.CharField(label=_("Addressed to"), required=False, max_length=80)
    on_behalf_of = forms.ModelChoiceField(
        label=_("Taken in by"), required=False, queryset=Organ.objects.none(), empty_label=_("This office")
    )
    visit_level_ok = forms.NullBooleanField(
        label=_("Visit at the lawful level"),
        required=False,
        help_text=_(
            "The competent organ's own level or one above (Art 20). Registering never depends on it."
        ),
    )

    is_anonymous = forms.BooleanField(label=_("Anonymous"), required=False)
    is_joint_letter = forms.BooleanField(label=_("Joint letter"), required=False)
    name_list = forms.CharField(
        label=_("Paste a list of names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One person a line, from a sheet or typed: name, identity number, telephone, address."),
    )
    rows_to_correct = forms.CharField(
        label=_("Rows to correct"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Each with its line in the list. Correct it here, or take it out and enter the person later."
        ),
    )

    title = forms.CharField(label=pgettext_lazy("petition", "Title"), max_length=120)
    text = forms.CharField(
        label=_("Claims and facts, in the petitioner's own words"),
        max_length=LONGEST_TEXT,
        strip=False,
        error_messages=NO_NUL,
        widget=forms.Textarea(attrs=TEXTAREA),
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose, initial=Purpose.REQUEST)
    content_category = CategoryField(label=_("Content category"), queryset=ContentCategory.objects.none())
    power_level = forms.ChoiceField(
        label=_("Level of authority"), choices=PowerLevel, initial=PowerLevel.UNCLEAR
    )
    summary = forms.CharField(
        label=_("Neutral summary"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    names_a_wrongdoer = forms.BooleanField(
        label=_("The whole petition reports an official or a unit as wrongdoer"),
        required=False,
        help_text=_(
            "Seals the whole petition at once; only the sealed lane reads it (Art 30). Where only a part of it is a "
            "report, do not tick this and write that part below."
        ),
    )
    report_text = forms.CharField(
        label=_("Only this part reports a wrongdoer"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        error_messages=NO_NUL,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Only where the rest is no report: this part is registered apart and sealed, the rest goes on openly "
            "without these words. Leave it empty where the whole petition is sealed."
        ),
    )
    reported_kind = forms.ChoiceField(
        label=_("Reported"), required=False, choices=[("", "—"), *ReportedKind.choices]
    )
    reported_organ = UnitField(
        label=_("Unit reported, or the person's unit"), required=False, queryset=Organ.objects.none()
    )
    reported_name = forms.CharField(
        label=_("Person reported"), required=False, max_length=60,
        help_text=_("A report names the person, or else the unit."),
    )  # fmt: skip
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
    is_urgent = forms.BooleanField(label=_("Grave or urgent (Art 25)"), required=False)
    litigation_related = forms.BooleanField(label=_("Litigation-related"), required=False)
    public_consent = forms.NullBooleanField(label=_("Agrees to publication"), required=False)

    # a report says of whom, wherever it is registered
    asked = frozenset({"reported_kind"})

    def __init__(self, *args: Any, now: datetime, office: Organ, within_path: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate(now)
        self.within_path = within_path
        # places that the typed words may mean; the page asks which one
        self.place_candidates: list[Place] = []
        self.listed = self.corrected = NameList()
        category = self.fields["content_category"]
        category.queryset = ContentCategory.objects.valid_on(today)  # type: ignore[attr-defined]  # a ModelChoiceField
        category.choices = [("", _("Choose")), *grouped_categories(now)]  # type: ignore[attr-defined]  # same
        organs = Organ.objects.valid_on(today).order_by("path")
        self.fields["reported_organ"].queryset = organs  # type: ignore[attr-defined]  # same
        self.fields["on_behalf_of"].queryset = organs.filter(  # type: ignore[attr-defined]  # same
            parent=office, number_prefix=None
        )

    def clean_name_list(self) -> str:
        text: str = self.cleaned_data["name_list"]
        self.listed = read_lines(text)
        _refuse_bad_rows(self.listed)
        return text

    def clean_rows_to_correct(self) -> str:
        text: str = self.cleaned_data["rows_to_correct"]
        self.corrected = read_lines(text, numbered=True)
        _refuse_bad_rows(self.corrected)
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_place(cleaned)
        self._clean_from_above(cleaned)
        self._clean_report(cleaned)
        return cleaned

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        """A code was chosen, or the typed words are looked up and a person confirms what they mean."""
        meant = place_meant(cleaned.get("place") or "", cleaned.get("place_text") or "", self.within_path)
        if meant.place is not None:
            cleaned["place_id"] = meant.place.pk
            return
        self.place_candidates = meant.candidates
        self.add_error("place_text", str(meant.fault))

    def _clean_from_above(self, cleaned: dict[str, Any]) -> None:
        if "source" not in cleaned:
            return
        for name, words in faults_of_superior(Source(cleaned["source"]), _above(cleaned)).items():
            if name not in self.errors:
                self.add_error(name, str(words))

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
        if not cleaned.get("reported_organ") and not cleaned.get("reported_name"):
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
        return _above(facts)


def _above(facts: Mapping[str, Any]) -> FromAbove:
    """Return the superior's particulars as far as they were typed."""
    return FromAbove(
        facts.get("superior_organ", ""),
        facts.get("superior_number", ""),
        facts.get("superior_date"),
        facts.get("superior_due_on"),
    )


def _refuse_bad_rows(read: NameList) -> None:
    """Say of each row that cannot be taken where it stands and why."""
    if read.bad:
        raise forms.ValidationError(
            [
                forms.ValidationError(
                    _("Line %(line)d, “%(text)s”: %(reason)s"),
                    params={"line": row.line, "text": row.text, "reason": row.reason},
                )
                for row in read.bad
            ]
        )


class NameSheet(TablerForm):
    """A sheet of names to read into the form."""

    names_file = forms.FileField(
        label=_("Sheet of names, Excel or .csv"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
        help_text=format_lazy(
            _("The first row names the columns. At most {rows} rows and {megabytes} MB."),
            rows=MOST_ROWS,
            megabytes=MOST_BYTES // MEGABYTE,
        ),
    )


class Registration:
    """The registration form with its rows of people and claims, as one thing."""

    def __init__(
        self, content: QueryDict | None, *, now: datetime, office: Organ, within_path: str, persons: int = 1
    ) -> None:
        self.content = content
        initial = {"received_at": timezone.localtime(now).strftime(MOMENT), "petitioner_count": persons}
        self.main = IntakeForm(content, initial=initial, now=now, office=office, within_path=within_path)
        # the factory types its formsets as the plainest one
        self.people = cast(BasePeople, PeopleFormSet(content, prefix="people"))
        self.claims = ClaimFormSet(content, prefix="claims")

    @property
    def rows(self) -> list[BaseFormSet]:  # type: ignore[type-arg]  # generic in the stubs only
        """Return the rows of people and of claims."""
        return [self.people, self.claims]

    @property
    def as_read(self) -> list[Filled]:
        """Return fields and rows as they follow on the page, for the list of what to correct."""
        fields = list(self.main)
        names = [field.name for field in fields]
        after_people, after_claims = names.index("is_anonymous"), names.index("purpose")
        return [
            self.main.non_field_errors(),
            *fields[:after_people],
            self.people,
            *fields[after_people:after_claims],
            self.claims,
            *fields[after_claims:],
        ]

    def is_valid(self) -> bool:
        """Test all three and the people together; every fault is collected, not the first alone."""
        valid = [self.main.is_valid(), self.people.is_valid(), self.claims.is_valid()]
        if valid[1] and not {"is_anonymous", "name_list", "rows_to_correct"} & set(self.main.errors):
            faults = faults_of_people(self._people(), is_anonymous=self.main.cleaned_data["is_anonymous"])
            self.refuse(faults)
            valid.append(not faults)
        return all(valid)

    def refuse(self, faults: Mapping[str, Words]) -> None:
        """Put each fault beside the field it belongs to, as the rules and the deed name fields."""
        rows = [form for form, _person in self.people.people()]
        first = self.people.first_standing()
        for path, words in faults.items():
            of_a_person = _OF_A_PERSON.fullmatch(path)
            index = int(of_a_person[1]) if of_a_person else 0
            if of_a_person and index < len(rows):
                rows[index].add_error(of_a_person[2], str(words))
            elif of_a_person:
                self.main.add_error("name_list", str(words))
            elif path == "people" and first is not None:
                first.add_error("name", str(words))
            elif path == "people":
                self.main.add_error("is_anonymous", str(words))
            else:
                self.main.add_error(path if path in self.main.fields else None, str(words))

    def _people(self) -> Sequence[Person]:
        rows = [person for _form, person in self.people.people()]
        return [*rows, *self.main.listed.people, *self.main.corrected.people]

    def sought(self, now: datetime) -> Sought:
        """Return what earlier petitions are held against, as far as it is typed; faults are no matter here."""
        self.main.is_valid()
        facts = self.main.cleaned_data
        place = Place.objects.filter(pk=facts["place_id"]).first() if "place_id" in facts else None
        category = facts.get("content_category")
        typed = [form.person() for form, number in self.people.numbered() if number and form.is_valid()]
        listed = [*self.main.listed.people, *self.main.corrected.people]
        return sought_as_typed(
            title=facts.get("title", ""),
            text=facts.get("text", ""),
            received_at=facts.get("received_at") or now,
            category_id=category.pk if category else None,
            place_path=place.path if place else "",
            people=[person for person in [*typed, *listed] if person is not None][:MOST_PERSONS],
        )

    def asks_for_names(self, threshold: int) -> bool:
        """Test if a group visit as typed came without its list (data-standard §3, §5)."""
        if self.content is None:
            return False
        self.main.is_valid()
        facts = self.main.cleaned_data
        if not facts.get("channel") or not facts.get("petitioner_count"):
            return False
        return asks_for_name_list(
            Channel(facts["channel"]),
            facts["petitioner_count"],
            named=sum(bool(form["name"].value()) for form, number in self.people.numbered() if number),
            listed=len(self.main.listed.people) + len(self.main.corrected.people),
            threshold=threshold,
        )

    @property
    def bad_rows(self) -> Sequence[BadRow]:
        """Return the rows of the lists that cannot be taken as they stand, for a page that does not yet refuse them."""
        return [*self.main.listed.bad, *self.main.corrected.bad]

    def quiet(self) -> None:
        """Show what was typed without what is missing: a draft is not yet asked to be complete."""
        # once, so that the lists are read
        self.main.is_valid()
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


def with_names(content: QueryDict, read: NameList) -> None:
    """Enter what an uploaded list gave into a form as typed: good rows into the list, the others beside it."""
    for name, lines in (
        ("name_list", as_lines(read.people)),
        ("rows_to_correct", as_numbered_lines(read.bad)),
    ):
        standing = content.get(name, "").splitlines()
        # uploading the same sheet again brings nobody twice
        content[name] = "\n".join([*standing, *(line for line in lines if line not in standing)])
