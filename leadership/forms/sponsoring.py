"""Naming sponsors, and what a sponsor writes down; fields are named as the deed's parameters are."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from accounts.roles import Role
from leadership.actions.sponsoring import Visited
from leadership.sponsoring import WHICH_LEADER, WHO_SPONSORS
from leadership.states import Duty, SponsorKind
from lib.errors import Words
from lib.forms import PastDay, RefusableForm, day_input

_IN_THE_HOUSE = (SponsorKind.DISTRICT_LEADER, SponsorKind.UNIT_HEAD)
# what a list of posts offers, under headings or plain
Offered = Sequence[tuple[Any, Any]]


def _words(label: Any, most: int, *, rows: int = 2, hint: Any = "", required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=hint, required=required)


class OnPosts(RefusableForm):
    """A form that names a post; which ones are offered is said when it is drawn, the deed decides."""

    def __init__(self, data: Any = None, *, posts: Offered = (), **facts: Any) -> None:
        super().__init__(data, **facts)
        field = self.fields["post"]
        empty = [("", _("Choose"))]
        if isinstance(field, forms.ModelChoiceField):
            field.widget.choices = [*empty, *posts]


class NameSponsor(OnPosts):
    kind = forms.ChoiceField(label=pgettext_lazy("of a sponsorship", "kind"), choices=SponsorKind.choices)
    post = forms.ModelChoiceField(
        label=pgettext_lazy("sponsor", "Who"),
        queryset=Post.objects.all(),
        required=False,
        help_text=_("Nearest to the matter first; the figure is what each sponsors already."),
    )
    outsider = forms.CharField(
        label=_("Name and office"),
        max_length=80,
        required=False,
        help_text=_("He has no post in this house."),
    )
    reason = _words(_("Why it is sponsored"), 500)
    goes_with = {
        "post": ("kind", _IN_THE_HOUSE),
        "outsider": ("kind", (SponsorKind.HIGHER_LEADER,)),
    }
    asked = frozenset({"post", "outsider"})

    def faults(self, facts: Mapping[str, Any]) -> Mapping[str, Words]:
        """Ask for whoever the kind asks for, together with all else that is missing."""
        kind = facts.get("kind")
        if kind in _IN_THE_HOUSE and "post" in facts and facts["post"] is None:
            return {"post": WHO_SPONSORS}
        if kind == SponsorKind.HIGHER_LEADER and not facts.get("outsider", "").strip():
            return {"outsider": WHICH_LEADER}
        return {}


class PassOn(OnPosts):
    post = forms.ModelChoiceField(
        label=_("To whom"), queryset=Post.objects.all(), error_messages={"required": WHO_SPONSORS}
    )
    reason = _words(_("Reason"), 500)


class Release(RefusableForm):
    reason = _words(_("Reason"), 500)


class NoteDuty(RefusableForm):
    duty = forms.ChoiceField(label=_("Which duty"), choices=Duty.choices)
    done_on = PastDay(label=_("Day"), widget=day_input(), initial=timezone.localdate)
    words = _words(
        pgettext_lazy("duty of a sponsor", "What was done"), 1000, hint=_("No names of petitioners.")
    )


class AddStep(RefusableForm):
    words = forms.CharField(label=_("What is to be done"), max_length=300)
    due_on = forms.DateField(label=pgettext_lazy("last day", "Until"), widget=day_input())


class EndStep(RefusableForm):
    step = forms.IntegerField(widget=forms.HiddenInput)
    done_on = PastDay(
        label=_("Done on"),
        widget=day_input(),
        required=False,
        help_text=_("Empty: it is dropped, with the reason."),
    )
    outcome = forms.CharField(label=_("What came of it, or why it is dropped"), max_length=500)


class NoteVisit(RefusableForm):
    visited_on = PastDay(label=_("Day"), widget=day_input(), initial=timezone.localdate)
    place = forms.CharField(label=pgettext_lazy("of a visit", "Place"), max_length=120)
    companions = forms.CharField(
        label=_("Who went along"), max_length=200, required=False, help_text=_("Units and offices.")
    )
    persons_met = forms.IntegerField(label=_("Persons met"), min_value=0, max_value=1000, initial=1)
    result = _words(pgettext_lazy("of a visit", "What came of it"), 1000, hint=_("No names of petitioners."))

    def visited(self) -> Visited:
        """Return what was typed, as the deed takes it."""
        return Visited(**self.cleaned_data)


class Complete(RefusableForm):
    result = _words(_("Result"), 1000, rows=3, hint=_("No names of petitioners."))
    upload = forms.FileField(label=pgettext_lazy("sponsorship", "What shows it"))


class NameSecretary(OnPosts):
    post = forms.ModelChoiceField(
        label=_("Secretary"), queryset=Post.objects.filter(role=Role.LEADER_SECRETARY)
    )


class DismissSecretary(RefusableForm):
    secretary = forms.IntegerField(widget=forms.HiddenInput)
