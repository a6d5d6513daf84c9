"""Levels, grids, who stands for them and who helps; fields are named as the deed's parameters are."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from grids.actions.hierarchy import GridFacts
from grids.actions.staff import LiaisonFacts, StaffFacts, TeamFacts
from grids.models import Grid
from grids.states import Band, LiaisonKind, Part, Skill, StaffKind, TeamKind
from lib.forms import RefusableForm, day_input


class Nothing(RefusableForm):
    """A deed that asks for nothing."""


class EnterScheme(RefusableForm):
    levels = forms.CharField(
        label=_("Levels, from the top"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, three or five of them as your street has them. It is entered once."),
    )

    def names(self) -> list[str]:
        """Return what was typed, line by line."""
        typed: str = self.cleaned_data["levels"]
        return typed.splitlines()


class GridForm(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a grid", "Name"), max_length=40)
    place = forms.CharField(
        label=_("Code of the division"), max_length=12, help_text=_("As the list of divisions writes it.")
    )
    area = forms.CharField(
        label=pgettext_lazy("of a grid", "Area"),
        max_length=200,
        help_text=_("Its borders in words; posted for everybody."),
    )
    band = forms.ChoiceField(label=_("People who live there"), choices=Band.choices)
    complaint_phone = forms.CharField(label=_("Complaint telephone"), max_length=30, required=False)

    def facts(self) -> GridFacts:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return GridFacts(
            name=typed["name"],
            place_code=typed["place"],
            area=typed["area"],
            band=Band(typed["band"]),
            complaint_phone=typed["complaint_phone"],
        )


class OpenGrid(GridForm):
    code = forms.CharField(
        label=pgettext_lazy("of a grid", "Code"),
        max_length=20,
        help_text=_("Letters and digits. It stands in the grid's public address and is never used again."),
    )
    field_order = ("code",)


class CloseGrid(RefusableForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class NameStaff(RefusableForm):
    part = forms.ChoiceField(label=pgettext_lazy("in a grid", "As what"), choices=Part.choices)
    kind = forms.ChoiceField(label=pgettext_lazy("in a grid", "From where"), choices=StaffKind.choices)
    level = forms.TypedChoiceField(label=_("Level"), coerce=int, choices=[(1, "1")])
    name = forms.CharField(label=pgettext_lazy("of staff", "Work name"), max_length=40)
    phone = forms.CharField(label=_("Work telephone"), max_length=30, required=False)
    patch = forms.CharField(label=_("Courtyard or building"), max_length=60, required=False)
    skills = forms.MultipleChoiceField(
        label=_("What he is good at"),
        choices=Skill.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    post = forms.ModelChoiceField(
        label=_("His post, if he signs in"), queryset=Post.objects.none(), required=False
    )
    since = forms.DateField(
        label=pgettext_lazy("first day", "From"), widget=day_input(), initial=timezone.localdate
    )

    def offer(self, grid: Grid, posts: QuerySet[Post]) -> None:
        """Let the levels that the grid has, and the posts of its organ, be chosen."""
        names = list(enumerate(grid.scheme.levels, start=1))[grid.level - 1 :]
        level, post = self.fields["level"], self.fields["post"]
        if isinstance(level, forms.TypedChoiceField) and isinstance(post, forms.ModelChoiceField):
            level.choices = names
            post.queryset = posts

    def facts(self) -> StaffFacts:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        post = typed.pop("post")
        coded = {
            "part": Part(typed["part"]),
            "kind": StaffKind(typed["kind"]),
            "skills": [Skill(one) for one in typed["skills"]],
        }
        return StaffFacts(**{**typed, **coded}, post_id=post.pk if post else None)


class EnterTeam(RefusableForm):
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a service team", "What it does"), choices=TeamKind.choices
    )
    name = forms.CharField(label=pgettext_lazy("of a service team", "Name"), max_length=60)
    contact = forms.CharField(label=_("Whom to call"), max_length=40)
    phone = forms.CharField(label=_("Work telephone"), max_length=30)
    members = forms.IntegerField(label=_("Members"), min_value=1, max_value=500)

    def facts(self) -> TeamFacts:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        return TeamFacts(**{**typed, "kind": TeamKind(typed["kind"])})


class EnterLiaison(RefusableForm):
    goes_with = {
        "households": ("kind", (LiaisonKind.HOUSEHOLDS,)),
        "patch": ("kind", (LiaisonKind.HOUSEHOLDS,)),
    }

    kind = forms.ChoiceField(label=pgettext_lazy("liaison", "Who for what"), choices=LiaisonKind.choices)
    name = forms.CharField(label=pgettext_lazy("of staff", "Work name"), max_length=40)
    title = forms.CharField(label=pgettext_lazy("of staff", "Post"), max_length=60)
    phone = forms.CharField(label=_("Work telephone"), max_length=30, required=False)
    households = forms.IntegerField(
        label=_("Households without smartphones"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Only how many and where. Nothing is kept about any of them."),
    )
    patch = forms.CharField(label=_("Courtyard or building"), max_length=60, required=False)
    since = forms.DateField(
        label=pgettext_lazy("first day", "From"), widget=day_input(), initial=timezone.localdate
    )

    def facts(self) -> LiaisonFacts:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        return LiaisonFacts(**{**typed, "kind": LiaisonKind(typed["kind"])})
