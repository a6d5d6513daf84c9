"""The roster, the queue, journeys and invitations; fields are named as the deed's parameters are."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from leadership.actions.inviting import Offered
from leadership.actions.receptions import Talk
from leadership.actions.roster import Order
from leadership.actions.trips import Journey, Taken
from leadership.reception_states import Came, Counted, InvitationState, Outcome, Told, Weekday
from lib.forms import PastDay, RefusableForm, day_input

Leaders = Sequence[tuple[int, str]]
_NO_NAMES = _("No names of petitioners.")
_ONE_OF_THEM = _(
    "One petition: chosen above, or by its number. Further ones are added on the journey's page."
)


def _hour() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def _words(label: Any, most: int, *, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=hint)


class OnLeaders(RefusableForm):
    """A form that names a leader; which ones are offered is said when it is drawn, the deed decides."""

    leaders = ("post",)

    def __init__(self, data: Any = None, *, posts: Leaders = (), **facts: Any) -> None:
        super().__init__(data, **facts)
        self.offer(posts)

    def offer(self, posts: Leaders) -> None:
        """Offer these leaders."""
        for name in self.leaders:
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.widget.choices = [("", _("Choose")), *posts]


class PlanMonth(RefusableForm):
    """Asks for nothing."""


class EnterRotation(OnLeaders):
    leaders = ("fixed_post",)
    since = forms.DateField(
        label=pgettext_lazy("first day", "From"), widget=day_input(), initial=timezone.localdate
    )
    posts = forms.CharField(
        label=_("Leaders in their order"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One name a line, as the list beside it shows them; take out who does not sit."),
    )
    fixed_weekday = forms.TypedChoiceField(
        label=_("Weekday on which the same one sits each week"),
        choices=[("", pgettext_lazy("weekday", "None")), *Weekday.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    fixed_post = forms.ModelChoiceField(
        label=_("Who sits on it"), queryset=Post.objects.all(), required=False
    )
    place = forms.CharField(label=pgettext_lazy("of a reception", "Place"), max_length=120)
    begins = forms.TimeField(label=pgettext_lazy("of a reception", "Begins"), widget=_hour())
    ends = forms.TimeField(label=pgettext_lazy("of a reception", "Ends"), widget=_hour())

    def __init__(self, data: Any = None, *, posts: Leaders = (), **facts: Any) -> None:
        self.by_line = {words: key for key, words in posts}
        super().__init__(data, posts=posts, **facts)
        self.fields["posts"].initial = "\n".join(self.by_line)

    def faults(self, facts: Mapping[str, Any]) -> Mapping[str, str | Promise]:
        """Refuse a line that names nobody of the list."""
        unknown = [line for line in _lines(facts.get("posts", "")) if line not in self.by_line]
        return (
            {"posts": _("A line names nobody who receives here. Write it as the list did.")}
            if unknown
            else {}
        )

    def order(self) -> Order:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        fixed = typed["fixed_post"]
        return Order(
            since=typed["since"],
            post_ids=[self.by_line[line] for line in _lines(typed["posts"])],
            place=typed["place"],
            begins=typed["begins"],
            ends=typed["ends"],
            fixed_weekday=typed["fixed_weekday"],
            fixed_post_id=fixed.pk if fixed else None,
        )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class EnterDay(OnLeaders):
    day = forms.DateField(label=_("Day"), widget=day_input())
    post = forms.ModelChoiceField(label=pgettext_lazy("roster", "Who receives"), queryset=Post.objects.all())
    anyway = forms.BooleanField(
        label=_("He receives also if it is a day of rest, or may be one"), required=False
    )


class Substitute(OnLeaders):
    post = forms.ModelChoiceField(label=_("Who sits instead"), queryset=Post.objects.all())
    reason = _words(_("Reason"), 300)


class CallOff(RefusableForm):
    reason = _words(_("Reason"), 300)


class SetTarget(OnLeaders):
    counted = forms.ChoiceField(label=_("What is counted"), choices=Counted.choices)
    weekly = forms.IntegerField(label=_("Times a week"), min_value=0, max_value=20)
    since = forms.DateField(
        label=pgettext_lazy("first day", "From"), widget=day_input(), initial=timezone.localdate
    )
    post = forms.ModelChoiceField(
        label=pgettext_lazy("of a target", "Of whom"),
        queryset=Post.objects.all(),
        required=False,
        help_text=_("Empty: of every leader."),
    )


class TakeNumber(RefusableForm):
    came = forms.ChoiceField(
        label=_("How it is taken"), choices=[each for each in Came.choices if each[0] != Came.ONLINE]
    )
    persons = forms.IntegerField(
        label=pgettext_lazy("of a reception", "Persons"), min_value=1, max_value=500, initial=1
    )


class Call(RefusableForm):
    """Asks for nothing."""


class LetGo(RefusableForm):
    state = forms.ChoiceField(
        label=_("Why it leaves the queue"),
        choices=[
            ("absent", pgettext_lazy("number of the queue", "Did not come")),
            ("cancelled", pgettext_lazy("number of the queue", "Cancelled")),
        ],
    )


class NoteTalk(RefusableForm):
    outcome = forms.ChoiceField(
        label=pgettext_lazy("of a reception", "What came of it"), choices=Outcome.choices
    )
    number = forms.CharField(label=_("Number of the petition in hand"), max_length=40, required=False)
    persons = forms.IntegerField(label=pgettext_lazy("of a reception", "Persons"), min_value=1, max_value=500)
    words = _words(_("What was said to the visitor"), 1000, hint=_NO_NAMES)
    goes_with = {"number": ("outcome", (Outcome.IN_HAND,))}
    asked = frozenset({"number"})

    def talk(self) -> Talk:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return Talk(**{**typed, "outcome": Outcome(typed["outcome"])})


class TakeOn(RefusableForm):
    reason = _words(_("Why he takes it on"), 500)


class TakesAlong(RefusableForm):
    """A form that names a petition: one that the leader sponsors, chosen, or any other one, by its number.

    Which ones are offered is said when it is drawn, the deed decides.
    """

    sponsored = forms.CharField(
        label=_("Petition taken along that the leader sponsors"), required=False, widget=forms.Select
    )
    number = forms.CharField(
        label=_("Or another petition: its number"), max_length=40, required=False, help_text=_ONE_OF_THEM
    )

    def offer_sponsored(self, petitions: Sequence[tuple[str, Any]]) -> None:
        """Offer these petitions, each by its number and what it is called, under their leaders' names or plain."""
        self.fields["sponsored"].widget.choices = [("", _("Choose")), *petitions]

    def faults(self, facts: Mapping[str, Any]) -> Mapping[str, str | Promise]:
        """Refuse none and both."""
        named = [name for name in ("sponsored", "number") if facts.get(name)]
        return {} if len(named) == 1 else {"number": _ONE_OF_THEM}

    @property
    def taken_number(self) -> str:
        """The number of the petition that was chosen or typed."""
        return str(self.cleaned_data["sponsored"] or self.cleaned_data["number"])


class NoteTrip(TakesAlong, OnLeaders):
    leaders = ("leader",)
    leader = forms.ModelChoiceField(label=pgettext_lazy("journey", "Who went"), queryset=Post.objects.all())
    went_on = PastDay(label=_("Day"), widget=day_input(), initial=timezone.localdate)
    place = forms.CharField(label=pgettext_lazy("of a visit", "Place"), max_length=120)
    companions = forms.CharField(
        label=_("Who went along"), max_length=200, required=False, help_text=_("Units and offices.")
    )
    result = _words(_("What came of the journey"), 1000, hint=_NO_NAMES)
    persons_met = forms.IntegerField(label=_("Persons met on it"), min_value=0, max_value=1000, initial=1)
    case_result = _words(pgettext_lazy("of a reception", "What came of it"), 1000, hint=_NO_NAMES)
    field_order = ("leader", "went_on", "place", "companions", "result", "sponsored", "number")

    def journey(self) -> Journey:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return Journey(
            went_on=typed["went_on"],
            place=typed["place"],
            companions=typed["companions"],
            result=typed["result"],
            cases=[Taken(self.taken_number, typed["persons_met"], typed["case_result"])],
        )


class AddCase(TakesAlong):
    persons_met = forms.IntegerField(label=_("Persons met on it"), min_value=0, max_value=1000, initial=1)
    result = _words(pgettext_lazy("of a reception", "What came of it"), 1000, hint=_NO_NAMES)

    def taken(self) -> Taken:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return Taken(self.taken_number, typed["persons_met"], typed["result"])


class AddPhoto(RefusableForm):
    upload = forms.FileField(label=_("Picture of the place"))
    nobody_without_consent = forms.BooleanField(
        label=_("Nobody can be recognised on it, or everybody who can be agreed.")
    )


class StrikeTrip(RefusableForm):
    reason = _words(_("Reason"), 300)


class Invite(OnLeaders):
    leaders = ("leader",)
    leader = forms.ModelChoiceField(
        label=pgettext_lazy("invitation", "Who invites"), queryset=Post.objects.all()
    )
    day = forms.DateField(label=_("Day"), widget=day_input())
    begins = forms.TimeField(label=pgettext_lazy("of a reception", "Begins"), widget=_hour())
    place = forms.CharField(label=pgettext_lazy("of a reception", "Place"), max_length=120)
    told = forms.ChoiceField(
        label=pgettext_lazy("invitation", "How the petitioner was told"),
        choices=Told.choices,
        help_text=_("Say that he may decline, without a reason and without any consequence."),
    )

    def offered(self) -> Offered:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return Offered(
            day=typed["day"], begins=typed["begins"], place=typed["place"], told=Told(typed["told"])
        )


class AnswerInvitation(RefusableForm):
    answer = forms.ChoiceField(
        label=_("What the petitioner says"),
        choices=[
            (state.value, state.label) for state in (InvitationState.ACCEPTED, InvitationState.DECLINED)
        ],
    )


class WithdrawInvitation(RefusableForm):
    """Asks for nothing."""


class NoteInvitedTalk(RefusableForm):
    persons = forms.IntegerField(
        label=pgettext_lazy("of a reception", "Persons"), min_value=1, max_value=500, initial=1
    )
    words = _words(_("What was said to the visitor"), 1000, hint=_NO_NAMES)


class Period(RefusableForm):
    """From which day to which the figures are."""

    since = forms.DateField(label=pgettext_lazy("first day", "From"), widget=day_input())
    until = forms.DateField(label=pgettext_lazy("last day of a period", "Until"), widget=day_input())

    def faults(self, facts: Mapping[str, Any]) -> Mapping[str, str | Promise]:
        """Refuse a period that ends before it begins."""
        since, until = facts.get("since"), facts.get("until")
        wrong = isinstance(since, date) and isinstance(until, date) and until < since
        return {"until": _("It ends before it begins.")} if wrong else {}
