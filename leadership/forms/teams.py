"""Teams, task forces and pairings; fields are named as the deeds' parameters are."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from leadership.models import TeamRole
from leadership.teams import Named
from lib.forms import RefusableForm

Offered = Sequence[tuple[Any, Any]]


def _words(label: Any, most: int, *, rows: int = 2, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), help_text=hint
    )


class Join(RefusableForm):
    role = forms.ModelChoiceField(
        label=pgettext_lazy("of a team", "Role"),
        queryset=TeamRole.objects.filter(ended_on=None).order_by("place", "pk"),
        empty_label=None,
    )
    post = forms.ModelChoiceField(
        label=pgettext_lazy("of a team", "Post"), queryset=Post.objects.all(), required=False
    )
    outsider = forms.CharField(
        label=_("Or in words: name and unit"),
        max_length=80,
        required=False,
        help_text=_("A lawyer, a mediator, a delegate. A petitioner has no place in a team."),
    )

    def __init__(self, data: Any = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        self.offer(())

    def offer(self, posts: Offered) -> None:
        """Offer posts to choose from."""
        self.fields["post"].widget.choices = [("", _("Choose")), *posts]

    def named(self) -> Named:
        """Return what was typed, as the deeds take it."""
        typed = self.cleaned_data
        return Named(
            role_id=typed["role"].pk,
            post_id=typed["post"].pk if typed["post"] else None,
            outsider=typed["outsider"],
        )


class Leave(RefusableForm):
    member_id = forms.IntegerField(widget=forms.HiddenInput)
    reason = _words(_("Reason"), 300)


class FormForce(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a task force", "Name"), max_length=80)
    topic = _words(pgettext_lazy("of a task force", "Topic"), 300)


class TakePetition(RefusableForm):
    number = forms.CharField(label=_("Petition number"), max_length=20)


class GiveUp(RefusableForm):
    petition_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = _words(_("Reason"), 300)


class Resolve(RefusableForm):
    result = _words(pgettext_lazy("of a task force", "Result"), 1000, rows=3)


class Pair(RefusableForm):
    leader = forms.ModelChoiceField(
        label=pgettext_lazy("of a pairing", "Leader"), queryset=Post.objects.all()
    )
    commissioner = forms.ModelChoiceField(label=_("Commissioner"), queryset=Post.objects.all())

    def __init__(self, data: Any = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        self.offer((), ())

    def offer(self, leaders: Offered, commissioners: Offered) -> None:
        """Offer posts to choose from."""
        self.fields["leader"].widget.choices = [("", _("Choose")), *leaders]
        self.fields["commissioner"].widget.choices = [("", _("Choose")), *commissioners]


class EndPairing(RefusableForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class EnterRole(RefusableForm):
    code = forms.SlugField(label=_("Code"), max_length=30)
    name = forms.CharField(label=pgettext_lazy("of a role in a team", "Name"), max_length=40)
    is_support = forms.BooleanField(
        label=_("One of the five that support a petition (五包一)"), required=False
    )
