"""Forms for who answers at a tier, and for what lifts a matter there."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from assignments.actions import RuleFacts, SeatFacts
from assignments.models import Seat
from assignments.states import Span, Tier, Trigger
from lib.forms import RefusableForm, day_input

_CODE = RegexValidator(r"\A[a-z][a-z0-9_]{1,29}\Z", _("Small letters, digits and underscores."))


class Coded(RefusableForm):
    code = forms.CharField(
        label=_("code"),
        max_length=30,
        validators=[_CODE],
        help_text=_("A code that stands gets its next version."),
    )
    valid_from = forms.DateField(label=pgettext_lazy("of a rule", "valid from"), widget=day_input())


class EnterSeat(Coded):
    tier = forms.ChoiceField(label=pgettext_lazy("of a seat", "tier"), choices=Tier.choices)
    span = forms.ChoiceField(
        label=pgettext_lazy("of a seat", "span"),
        required=False,
        choices=[("", pgettext_lazy("span", "None: only by rule or by hand")), *Span.choices],
    )
    organ = forms.ModelChoiceField(label=_("organ of the leaders"), queryset=Organ.objects.current())
    by_portfolio = forms.BooleanField(label=_("by portfolio first"), required=False)
    by_place = forms.BooleanField(
        label=_("the organ of the place first"),
        required=False,
        help_text=_("For townships and communities: whichever the matter lies in."),
    )
    titles = forms.CharField(
        label=_("titles, in order"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line. If the first post is vacant the next one is asked."),
    )
    asks_all = forms.BooleanField(
        label=_("asks each of them"),
        required=False,
        help_text=_(
            "Each line is asked apart, with days of its own. Behind a slash: who is asked while the post is vacant."
        ),
    )
    fallback = forms.ModelChoiceField(
        label=_("office that takes it if nobody is there"), queryset=Organ.objects.current()
    )
    answer_days = forms.IntegerField(label=_("working days to answer"), min_value=1, max_value=60, initial=3)

    def facts(self) -> SeatFacts:
        typed = self.cleaned_data
        return SeatFacts(
            tier=Tier(typed["tier"]),
            organ_id=typed["organ"].pk,
            fallback_id=typed["fallback"].pk,
            answer_days=typed["answer_days"],
            titles=tuple(line.strip() for line in typed["titles"].splitlines() if line.strip()),
            by_portfolio=typed["by_portfolio"],
            asks_all=typed["asks_all"],
            by_place=typed["by_place"],
            span=Span(typed["span"]) if typed["span"] else None,
        )


class EnterRule(Coded):
    trigger = forms.ChoiceField(
        label=pgettext_lazy("of a rule of escalation", "when"), choices=Trigger.choices
    )
    days = forms.IntegerField(label=_("after days"), min_value=0, max_value=3650, initial=0)
    seat_code = forms.ChoiceField(label=_("goes to"))
    acts = forms.BooleanField(
        label=_("acts at once"),
        required=False,
        help_text=_("Otherwise it is proposed to the petition office."),
    )

    def __init__(self, data: Any = None, **facts: Any) -> None:
        super().__init__(data, **facts)
        codes = Seat.objects.filter(valid_to=None).order_by("code").values_list("code", flat=True)
        self.fields["seat_code"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]

    def facts(self) -> RuleFacts:
        typed = self.cleaned_data
        return RuleFacts(
            trigger=Trigger(typed["trigger"]),
            days=typed["days"],
            seat_code=typed["seat_code"],
            acts=typed["acts"],
        )


class EndRule(RefusableForm):
    code = forms.CharField(widget=forms.HiddenInput, max_length=30)
    last_day = forms.DateField(label=_("last day"), widget=day_input())
