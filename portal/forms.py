"""The public page's forms, and the office's for what stands on it; fields are named as the deed's parameters are."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from cases.forms.units import UnitField
from grids.event_states import Origin, Rating
from grids.filing import NewEvent
from grids.models import EventType, Grid
from infra.files import MOST_PIXELS_OF_ANYBODY, Checked, check
from leadership.actions.pressure import Pressed
from lib.errors import Refused
from lib.forms import RefusableForm, day_input
from portal.actions import Guide
from portal.states import Wish

# who pressed is no organ of the petition
ELSE = "-"


class LookUp(RefusableForm):
    number = forms.CharField(
        label=_("Number of the petition"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "code-in"}),
        help_text=_(
            "It stands on the slip you were given, as LS2026-004127; of what you told through a grid's code, "
            "as MS48 2719 3055 61."
        ),
    )
    code = forms.CharField(
        label=_("Query code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-in",
            }
        ),
        help_text=_("Twelve signs. Small letters and missing hyphens do not matter."),
    )


class ReportPressure(RefusableForm):
    """That somebody pressed the petitioner over his petition, or over how he rates it (indicators.md §4)."""

    about = forms.ChoiceField(label=_("Who pressed you"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=pgettext_lazy("pressure", "What happened"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def offer(self, organs: Sequence[tuple[str, str]]) -> None:
        """Let one of these organs be chosen by its code, or somebody else."""
        field = cast("forms.ChoiceField", self.fields["about"])
        field.choices = [*organs, (ELSE, _("Somebody else, or I would rather not say"))]

    def told(self) -> Pressed:
        """Return what was told; somebody else is no organ."""
        code = self.cleaned_data["about"]
        about = Organ.objects.get(code=code) if code != ELSE else None
        return Pressed(words=self.cleaned_data["words"], about_id=about.pk if about else None)


class Book(RefusableForm):
    persons = forms.IntegerField(
        label=_("How many of you come"), min_value=1, max_value=5, initial=1, help_text=_("At most five.")
    )


class RateTold(RefusableForm):
    """What a resident says of what he told; nothing is chosen for him."""

    key = forms.CharField(widget=forms.HiddenInput)
    rating = forms.ChoiceField(label=_("Is it solved?"), choices=Rating.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words, if you like"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TakeBack(RefusableForm):
    code = forms.CharField(
        label=_("Code of the booking"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-in",
            }
        ),
    )


class Tell(RefusableForm):
    """What a resident tells through a grid's code; whether it names a cadre is asked before the text (Q3)."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    names_cadre = forms.ChoiceField(
        label=_("Is it about a grid worker, a grid leader, or a cadre of the village, community or street?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
        help_text=_(
            "If yes, it goes sealed to the petition office of the district. The grid, the community and the street "
            "learn nothing of it, not even that something was told."
        ),
    )
    wish = forms.ChoiceField(
        label=_("What do you want done?"),
        choices=Wish.choices,
        initial=Wish.HERE,
        widget=forms.RadioSelect,
        help_text=_("You may petition at any time, also later and whatever becomes of this."),
    )
    type = forms.ModelChoiceField(
        label=pgettext_lazy("of a matter", "What it is about"), queryset=EventType.objects.none()
    )
    title = forms.CharField(label=pgettext_lazy("of a matter", "In one line"), max_length=60)
    text = forms.CharField(
        label=pgettext_lazy("of a matter", "What happened"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    spot = forms.CharField(
        label=pgettext_lazy("of a matter", "Where exactly"), max_length=100, required=False
    )
    is_dangerous = forms.BooleanField(
        label=pgettext_lazy("of a matter", "There is danger now"),
        required=False,
        help_text=_("Where life is in danger, call 119, 110 or 120 first."),
    )
    contact = forms.CharField(
        label=_("How you may be reached"),
        max_length=60,
        required=False,
        help_text=_("Only if you want to be called. It is kept sealed."),
    )
    photo = forms.FileField(
        label=pgettext_lazy("of a matter", "Photo"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=_("Where and with which telephone it was taken is removed."),
    )

    def offer(self, types: QuerySet[EventType]) -> None:
        """Let these types be chosen."""
        type_ = self.fields["type"]
        if isinstance(type_, forms.ModelChoiceField):
            type_.queryset = types

    def event(self, grid: Grid) -> NewEvent:
        """Return what was typed about a grid, as the deed takes it."""
        typed = self.cleaned_data
        words = {name: typed[name] for name in ("title", "text", "spot", "is_dangerous", "contact")}
        return NewEvent(grid_id=grid.pk, type_id=typed["type"].pk, origin=Origin.QR, **words)

    def photos(self) -> list[Checked]:
        """Return the picture that came along, drawn anew.

        :raises Refused: if it is none
        """
        photo = self.cleaned_data["photo"]
        if not photo:
            return []
        checked = check(photo, most_pixels=MOST_PIXELS_OF_ANYBODY)
        if not checked.content_type.startswith("image/"):
            words = _("Choose a picture (JPG, PNG).")
            raise Refused(words, fields={"photo": words})
        return [checked]


class Publish(RefusableForm):
    text = forms.CharField(
        label=_("Chinese text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "lang": "zh-CN"})
    )
    text_en = forms.CharField(
        label=_("English text"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
        required=False,
        help_text=_("Empty: the Chinese text is shown."),
    )


_ONE_A_LINE = _("One a line, in their order.")


def _lines(label: Any, most: int, *, lang: str, required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4, "lang": lang})
    return forms.CharField(
        label=label, max_length=most, widget=area, help_text=_ONE_A_LINE, required=required
    )


class PostGuide(RefusableForm):
    """A service guide; the organs its keeper may write for are said when it is drawn."""

    organ = UnitField(
        label=_("Which unit's service"),
        queryset=Organ.objects.current().order_by("code"),
        to_field_name="code",
    )
    title = forms.CharField(label=pgettext_lazy("of a guide", "Title"), max_length=120)
    steps = _lines(_("Steps"), 4000, lang="zh-CN")
    papers = _lines(_("Papers to bring, all of them"), 4000, lang="zh-CN")
    valid_from = forms.DateField(label=_("Valid from"), widget=day_input())
    valid_to = forms.DateField(
        label=_("Valid to"), widget=day_input(), required=False, help_text=_("Empty: until it is replaced.")
    )
    title_en = forms.CharField(label=_("English title"), max_length=200, required=False)
    steps_en = _lines(_("Steps in English"), 6000, lang="en", required=False)
    papers_en = _lines(_("Papers in English"), 6000, lang="en", required=False)

    def guide(self) -> Guide:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        return Guide(organ_id=typed.pop("organ").pk, **typed)
