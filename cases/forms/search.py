"""What the one search box and the search for a person take."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from cases import permissions as may
from cases.search import Order, Question
from cases.states import SearchPurpose
from cases.typed import LONGEST, Sought, Typed, person_of, read
from lib.forms import RefusableForm, TablerForm, day_input
from places.lookup import county_of
from places.models import Level, Place
from places.names import KINDS, stem

# of this many divisions with one name, one that holds them all is among the first
MOST_OF_A_NAME = 20
_WRONG_WAY_ROUND = _("This day lies before the first one. Change one of the two.")


class _Narrowing(TablerForm):
    """A place and a period, each of which may be left open."""

    place = forms.ModelChoiceField(
        label=_("Place"),
        required=False,
        queryset=Place.objects.none(),
        to_field_name="code",
        empty_label=_("Any place"),
    )
    since = forms.DateField(label=_("Received from"), required=False, widget=day_input())
    until = forms.DateField(label=_("Received until"), required=False, widget=day_input())

    def __init__(self, *args: Any, hat: Hat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hat = hat
        inside = Place.objects.current().inside(county_of(hat.organ.place.path))
        townships = inside.filter(level=Level.TOWNSHIP).order_by("path")
        self.fields["place"].queryset = townships  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            del self.cleaned_data["since"]
            self.add_error("until", _WRONG_WAY_ROUND)
        return self.cleaned_data


class SearchForm(_Narrowing):
    """The box, and what narrows it. Words that name a division of the district are a place, unless one says no."""

    q = forms.CharField(
        label=pgettext_lazy("box", "Search"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "id": "q-here",
                "placeholder": _("Number, place or words of the matter"),
                "autocomplete": "off",
            }
        ),
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            (Order.NEWEST, _("Newest first")),
            (Order.DEADLINE, _("Nearest deadline first, open ones only")),
        ],
    )
    as_words = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, hat: Hat, **kwargs: Any) -> None:
        super().__init__(*args, hat=hat, **kwargs)
        if may.may_search_people(hat):
            self.fields["q"].widget.attrs["placeholder"] = _(
                "Number, name, telephone, place or words of the matter"
            )

    field_order = ("q", "place", "since", "until", "order", "as_words")

    @cached_property
    def typed(self) -> Typed:
        """What the box can mean; nothing where it is too long."""
        return read(self.cleaned_data.get("q") or "")

    @cached_property
    def place_named(self) -> Place | None:
        """The one division that a word names, in full or without the word for its kind: 下安 is 下安村.

        Of several that bear the name, the one the others lie in, as 吴城镇 with its 吴城村; else none, until the
        township beside the box says which. A division's full name goes before the half of another's.
        """
        terms = self.typed.terms
        if not terms or self.cleaned_data.get("as_words"):
            return None
        in_full = Q(short_name__in=terms) | Q(name__in=terms)
        without_kind = Q(short_name__in=[term + kind for term in terms for kind in KINDS])
        return self._one_of(in_full) or self._one_of(without_kind)

    def _one_of(self, named: Q) -> Place | None:
        chosen = self.cleaned_data.get("place")
        within = chosen.path if chosen else county_of(self.hat.organ.place.path)
        inside = Place.objects.current().inside(within).filter(named)
        found = list(inside.named_in_full().order_by(Length("path"), "pk")[:MOST_OF_A_NAME])
        if found and all(other.path.startswith(found[0].path) for other in found):
            return found[0]
        return None

    def question(self) -> Question:
        """Return what is asked; valid forms only."""
        facts = self.cleaned_data
        typed, place = self.typed, facts.get("place")
        if self.place_named is not None:
            place = self.place_named
            named = {place.short_name, place.name, stem(place.short_name)}
            terms = tuple(term for term in typed.terms if term not in named)
            typed = replace(typed, terms=terms)
        return Question(
            typed=typed,
            place_path=place.path if place else "",
            since=facts.get("since"),
            until=facts.get("until"),
            order=Order(facts.get("order") or Order.NEWEST),
        )

    def address(self) -> str:
        """Return the question as an address carries it; of what may stand in one."""
        given = {name: self.data.get(name, "").strip() for name in self.fields}
        return urlencode({name: value for name, value in given.items() if value})


class PersonSearchForm(_Narrowing, RefusableForm):
    """Whom one looks for, and what for (Q5)."""

    sought = forms.CharField(
        label=_("Identity number, telephone or name"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Whole numbers; of a telephone also the last four digits, with a place or a period. "
            "A name in full, or its pinyin initials."
        ),
    )
    purpose = forms.ChoiceField(label=_("What for"), choices=[("", _("Choose")), *SearchPurpose.choices])
    field_order = ("sought", "purpose", "place", "since", "until")

    def clean_sought(self) -> Sought:
        """Return the person as he is looked for."""
        person = person_of(self.cleaned_data["sought"])
        if person is None:
            raise forms.ValidationError(_("This is neither a whole number nor a name."))
        return person
