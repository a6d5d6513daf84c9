"""What the administrators type about people, posts, organs and keys."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.actions.organs import NewName, OrganFacts
from accounts.models import Organ, OrganKind, Policy, Post, User
from accounts.models.policies import LONGEST_IDLE, LONGEST_TRUST
from accounts.roles import NEVER_ON_ONE_PERSON, Role
from lib.forms import RefusableForm, TablerForm
from places.models import Place


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class OrganChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Organ) -> str:
        return obj.name


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.organ.short_name} · {obj.user.name} · {obj.title or obj.get_role_display()}"


class PostsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.user.name} · {obj.title or obj.get_role_display()}"


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name} ({obj.username})"


def _choose(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


class OpenAccount(RefusableForm):
    username = forms.CharField(
        label=_("Staff number"), max_length=40, help_text=_("Capital and small letters are the same.")
    )
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=40)
    phone = forms.CharField(label=_("Work telephone"), max_length=20, required=False)


class GivePost(RefusableForm):
    organ = OrganChoice(label=_("Organ"), queryset=Organ.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    title = forms.CharField(label=_("Title"), max_length=60, required=False)
    held_from = forms.DateField(label=pgettext_lazy("a day", "From"), widget=_day())
    is_steward = forms.BooleanField(
        label=_("Steward: unlocks and resets the accounts of the organ"), required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "organ", Organ.objects.current().order_by("path"))
        self.fields["held_from"].initial = today

    @property
    def deed(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        return {
            "organ_id": given["organ"].pk,
            "role": Role(given["role"]),
            "title": given["title"],
            "held_from": given["held_from"],
            "is_steward": given["is_steward"],
        }


class TakeOver(RefusableForm):
    """Which post takes the open work of one that ends or is handed over."""

    to_post = PostChoice(label=_("Who takes the work over"), queryset=Post.objects.none())

    def __init__(self, *args: Any, post: Post, today: date, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = post.organ.path.strip("/").split("/")
        rows = (
            Post.objects.held_on(today)
            .filter(organ__code__in=codes, user__is_active=True)
            .exclude(pk=post.pk)
        )
        if post.role in NEVER_ON_ONE_PERSON:
            rows = rows.filter(role=post.role)
        else:
            rows = rows.exclude(role__in=NEVER_ON_ONE_PERSON)
        _choose(self, "to_post", rows.select_related("organ", "user").order_by("-organ__path", "pk"))
        self.fields["to_post"].required = required


class AnnounceAbsence(RefusableForm):
    deputy = PersonChoice(
        label=_("Deputy"),
        queryset=User.objects.none(),
        help_text=_(
            'Acts in his own name, "for" the absent one. Somebody of the same organ or one above it.'
        ),
    )
    since = forms.DateField(label=pgettext_lazy("of an absence", "First day"), widget=_day())
    until = forms.DateField(label=pgettext_lazy("of an absence", "Last day"), widget=_day())
    reason = forms.CharField(label=pgettext_lazy("of an absence", "Reason"), max_length=100)

    def __init__(self, *args: Any, post: Post, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = post.organ.path.strip("/").split("/")
        posts = Post.objects.held_on(today).filter(organ__code__in=codes)
        people = User.objects.filter(is_active=True, pk__in=posts.values("user")).exclude(pk=post.user_id)
        _choose(self, "deputy", people.order_by("name", "pk"))
        self.fields["since"].initial = today


class SetPortfolio(RefusableForm):
    organ = OrganChoice(label=_("Department he looks after"), queryset=Organ.objects.none(), required=False)
    place = forms.ModelChoiceField(
        label=_("Or township or street he looks after"), queryset=Place.objects.none(), required=False
    )
    since = forms.DateField(label=pgettext_lazy("a day", "From"), widget=_day())

    def __init__(self, *args: Any, post: Post, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "organ", Organ.objects.current().exclude(pk=post.organ_id).order_by("path"))
        townships = Place.objects.current().inside(post.organ.place.path).filter(level="township")
        _choose(self, "place", townships.order_by("code"))
        self.fields["since"].initial = today


class OrganForm(RefusableForm):
    """What is known of an organ besides its code."""

    name = forms.CharField(label=_("Official name"), max_length=80)
    short_name = forms.CharField(label=pgettext_lazy("of an organ", "Name in daily use"), max_length=40)
    kind = forms.ChoiceField(label=pgettext_lazy("of an organ", "Kind"), choices=OrganKind.choices)
    place = forms.CharField(
        label=_("Division it belongs to"),
        max_length=12,
        help_text=_("Code of the division, such as 141102."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    parent = OrganChoice(label=_("Lies below"), queryset=Organ.objects.none(), required=False)
    next_higher = OrganChoice(
        label=_("Next-higher organ"),
        queryset=Organ.objects.none(),
        required=False,
        help_text=_(
            "Decides review (复查) and re-examination (复核) of what this organ decided (Art 35, 36)."
        ),
    )
    number_prefix = forms.CharField(
        label=_("Number prefix"),
        max_length=6,
        required=False,
        help_text=_("Two to six capital letters if the organ registers petitions itself."),
    )
    political_legal = forms.BooleanField(
        label=_("Political-legal organ"),
        required=False,
        help_text=_(
            "Litigation-related petitions go to it (Art 22(2)): police, justice bureau, political-legal committee."
            " Courts and procuratorates are it by their kind."
        ),
    )

    def __init__(self, *args: Any, organ: Organ | None = None, **kwargs: Any) -> None:
        if organ:
            kwargs["initial"] = {
                "name": organ.name,
                "short_name": organ.short_name,
                "kind": organ.kind,
                "place": organ.place.code,
                "parent": organ.parent_id,
                "next_higher": organ.next_higher_id,
                "number_prefix": organ.number_prefix or "",
                "political_legal": organ.political_legal,
            }
        super().__init__(*args, **kwargs)
        others = Organ.objects.current().order_by("path")
        _choose(self, "parent", others.exclude(path__startswith=organ.path) if organ else others)
        _choose(self, "next_higher", others.exclude(pk=organ.pk) if organ else others)

    def clean_place(self) -> Place:
        place = Place.objects.current().filter(code=self.cleaned_data["place"].strip()).first()
        if place is None:
            raise forms.ValidationError(_("There is no division with this code."))
        return place

    @property
    def facts(self) -> OrganFacts:
        given = self.cleaned_data
        return OrganFacts(
            name=given["name"],
            short_name=given["short_name"],
            kind=OrganKind(given["kind"]),
            place=given["place"].pk,
            parent=given["parent"].pk if given["parent"] else None,
            next_higher=given["next_higher"].pk if given["next_higher"] else None,
            number_prefix=given["number_prefix"].strip().upper() or None,
            political_legal=given["political_legal"],
        )


class MakeOrgan(OrganForm):
    code = forms.CharField(label=pgettext_lazy("of an organ", "Code"), max_length=20)
    since = forms.DateField(label=pgettext_lazy("a day", "Since"), widget=_day())

    field_order = ("code",)


class ReplaceOrgan(RefusableForm):
    """Rename or merge: an organ that exists carries on, or a new one is named."""

    others = forms.ModelMultipleChoiceField(
        label=_("Together with"),
        queryset=Organ.objects.none(),
        required=False,
        help_text=_("Only when several organs are merged."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    successor = OrganChoice(
        label=_("Carried on by an organ that exists"), queryset=Organ.objects.none(), required=False
    )
    code = forms.CharField(label=_("Or by a new one: code"), max_length=20, required=False)
    name = forms.CharField(label=_("Official name"), max_length=80, required=False)
    short_name = forms.CharField(
        label=pgettext_lazy("of an organ", "Name in daily use"), max_length=40, required=False
    )
    since = forms.DateField(
        label=pgettext_lazy("a day", "Since"),
        help_text=pgettext_lazy("an organ", "The first day of the new; the old ends the day before."),
        widget=_day(),
    )
    basis = forms.CharField(
        label=_("Basis"), max_length=200, help_text=_("Issuing body and number of the decision.")
    )

    def __init__(self, *args: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organ.objects.current().exclude(pk=organ.pk).order_by("path")
        _choose(self, "others", others)
        _choose(self, "successor", others)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        new = [given.get("code"), given.get("name"), given.get("short_name")]
        if bool(given.get("successor")) == any(new) or (any(new) and not all(new)):
            words = _("Choose an organ that exists, or give code and both names of a new one.")
            self.add_error("successor", words)
        return given

    @property
    def carried_on_by(self) -> int | NewName:
        given = self.cleaned_data
        if given["successor"]:
            return cast("int", given["successor"].pk)
        return NewName(given["code"], given["name"], given["short_name"])


class SplitOrgan(RefusableForm):
    """Make a part of an organ an organ of its own."""

    code = forms.CharField(label=_("Code of the new organ"), max_length=20)
    name = forms.CharField(label=_("Official name"), max_length=80)
    short_name = forms.CharField(label=pgettext_lazy("of an organ", "Name in daily use"), max_length=40)
    posts = PostsChoice(
        label=_("Posts that pass to it"),
        queryset=Post.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each goes with its open work. What is open for the organ itself stays."),
    )
    since = forms.DateField(label=pgettext_lazy("a day", "Since"), widget=_day())
    basis = forms.CharField(
        label=_("Basis"), max_length=200, help_text=_("Issuing body and number of the decision.")
    )

    def __init__(self, *args: Any, organ: Organ, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.not_ended_on(today).filter(organ=organ).select_related("user")
        _choose(self, "posts", posts.order_by("role", "pk"))

    @property
    def new(self) -> NewName:
        given = self.cleaned_data
        return NewName(given["code"], given["name"], given["short_name"])


class SetPolicy(TablerForm):
    """One role's row in the table of times; what was shown travels along, so that only what was changed is set."""

    idle_minutes = forms.IntegerField(
        min_value=1, max_value=LONGEST_IDLE // timedelta(minutes=1), show_hidden_initial=True
    )
    trusted_device_days = forms.IntegerField(
        min_value=0, max_value=LONGEST_TRUST.days, show_hidden_initial=True
    )

    def __init__(self, *args: Any, role: Role, standing: Policy, **kwargs: Any) -> None:
        super().__init__(*args, prefix=role.value, initial=asdict(standing), **kwargs)
        self.role = role
        # each names its role: the columns' heads alone tell nobody who hears the page which row he is in
        self.fields["idle_minutes"].label = _("%(role)s, minutes until the screen locks") % {
            "role": role.label
        }
        self.fields["trusted_device_days"].label = _("%(role)s, days a device stays trusted") % {
            "role": role.label
        }


class MakeToken(RefusableForm):
    post = PostChoice(label=_("Acts from the post"), queryset=Post.objects.none())
    label = forms.CharField(label=_("What it is for"), max_length=80)
    days = forms.IntegerField(label=_("Valid for days"), min_value=1, initial=90)
    may_write = forms.BooleanField(label=_("May write, not only read"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Post.objects.held_on(today).exclude(role__in=NEVER_ON_ONE_PERSON)
        _choose(self, "post", rows.select_related("organ", "user").order_by("organ__path", "pk"))
