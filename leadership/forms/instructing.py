"""Instructions, letters and decisions; fields are named as the deed's parameters are."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from accounts.roles import Role
from cases.forms.units import OrganChoice
from leadership.actions.deciding import LONGEST_CHOICE, MOST, Asked
from leadership.instructions import Order
from lib.forms import PastDay, RefusableForm, day_input


def _words(label: Any, most: int, *, rows: int = 2, hint: Any = "", required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=hint, required=required)


class Ordering(RefusableForm):
    """What an instruction says; the units that lead the petition are ticked, any other is named."""

    text = _words(_("The leader's words"), 1000, rows=3, hint=_("Word for word. No names of petitioners."))
    organs = forms.ModelMultipleChoiceField(
        label=_("Units that are to act on it"),
        queryset=Organ.objects.current(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: it is only read."),
    )
    other = OrganChoice(_("Another unit"))
    due_on = forms.DateField(label=_("Reply by"), widget=day_input(), required=False)

    def __init__(self, data: Any = None, *, organs: Any = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        if organs is not None:
            field = self.fields["organs"]
            field.widget.choices = [(organ.pk, organ.short_name) for organ in organs]

    def order(self) -> Order:
        """Return what was typed, as the deeds take it."""
        typed = self.cleaned_data
        named = [*typed["organs"], *([typed["other"]] if typed["other"] else [])]
        organ_ids = tuple(dict.fromkeys(organ.pk for organ in named))
        return Order(text=typed["text"], organ_ids=organ_ids, due_on=typed["due_on"] if organ_ids else None)


class Sign(Ordering):
    """Signed by the leader himself."""


class OfLeader(RefusableForm):
    """A form that names one of the leaders who have part in the petition; which ones is said when it is drawn."""

    def __init__(self, data: Any = None, *, leaders: Any = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        if leaders is not None:
            field = self.fields["leader"]
            offered = [(post.pk, f"{post.user.name} {post.title}") for post in leaders]
            field.widget.choices = offered if len(offered) == 1 else [("", str(_("Choose"))), *offered]


def _leader(label: Any) -> forms.ModelChoiceField:  # type: ignore[type-arg]  # generic in the stubs only
    return forms.ModelChoiceField(label=label, queryset=Post.objects.filter(role=Role.LEADER))


class Enter(Ordering, OfLeader):
    """Entered by his secretary from the paper."""

    leader = _leader(_("Whose words"))
    said_on = PastDay(label=_("Dated"), widget=day_input(), initial=timezone.localdate)
    upload = forms.FileField(label=_("Scan of the paper"))
    field_order = ("leader", "text", "said_on", "upload", "organs", "other", "due_on")

    def __init__(self, data: Any = None, *, organs: Any = None, leaders: Any = None, **facts: Any) -> None:
        super().__init__(data, organs=organs, leaders=leaders, **facts)


class NoteOral(Ordering, OfLeader):
    """Noted by whoever heard it."""

    leader = _leader(_("Whose words"))
    heard_at = forms.DateTimeField(
        label=_("When it was said"),
        widget=forms.DateTimeInput(format="%Y-%m-%d %H:%M", attrs={"placeholder": "2026-03-02 09:30"}),
    )
    heard_where = forms.CharField(label=_("Where it was said"), max_length=120)
    field_order = ("leader", "text", "heard_at", "heard_where", "organs", "other", "due_on")


class Confirm(RefusableForm):
    """A deed that needs no words."""


class Decline(RefusableForm):
    words = _words(_("Why it is not yours"), 500)


class Close(RefusableForm):
    words = _words(_("What was checked"), 500)


class ChooseLetter(OfLeader):
    leader = _leader(pgettext_lazy("letter", "For whom"))
    why = forms.CharField(label=_("Why it was chosen"), max_length=200, required=False)


class AskDecision(OfLeader):
    leader = _leader(_("Who is to decide"))
    stuck = _words(_("Where it is stuck"), 300, hint=_("One line. No names of petitioners."))
    question = forms.CharField(label=_("What exactly is to be decided"), max_length=200)
    choices = _words(
        _("The choices"),
        MOST * (LONGEST_CHOICE + 2),
        rows=MOST,
        hint=_("Two to four, one a line. They become his buttons: “advance the money”, not “agree”."),
    )
    due_on = forms.DateField(label=_("Decision needed by"), widget=day_input())

    def question_asked(self) -> Asked:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return Asked(
            stuck=typed["stuck"],
            question=typed["question"],
            choices=typed["choices"].splitlines(),
            due_on=typed["due_on"],
        )


class Decide(RefusableForm):
    chosen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("In your own words"),
        max_length=900,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Goes with the choice, or stands for itself."),
    )


class ReturnDecision(RefusableForm):
    answer = _words(_("What is missing"), 300)


class WithdrawDecision(RefusableForm):
    answer = _words(_("Why it is no longer asked"), 300)


class EnterSecretary(RefusableForm):
    """The party secretary of a division of this petition's path."""

    place = forms.CharField(label=pgettext_lazy("of a secretary", "Division"), widget=forms.Select)
    name = forms.CharField(label=pgettext_lazy("of a secretary", "Name"), max_length=40)
    title = forms.CharField(label=pgettext_lazy("of a secretary", "Office"), max_length=60, initial="书记")
    since = PastDay(label=_("In office since"), widget=day_input())


class KeepPhrase(RefusableForm):
    words = forms.CharField(label=_("A phrase of your own"), max_length=60)


class DropPhrase(RefusableForm):
    phrase = forms.IntegerField(widget=forms.HiddenInput)
