"""What the clerk and whoever leads through a hearing write; fields are named as the deeds' parameters."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from cases.forms.units import UnitField
from hearings.actions.concluding import Conclusion, Promise
from hearings.forms.words import Offered, offer, words
from hearings.states import Vote
from lib.forms import RefusableForm, day_input


class Nothing(RefusableForm):
    """Asks for nothing."""


class OpenHearing(RefusableForm):
    recusal_asked = forms.BooleanField(
        label=_("The chair asked whether anybody is to recuse himself, and it was settled"), required=False
    )


class NotePresence(RefusableForm):
    seat_id = forms.IntegerField(widget=forms.HiddenInput)
    came = forms.TypedChoiceField(
        label=_("Did he come?"),
        choices=[
            ("yes", pgettext_lazy("presence", "Came")),
            ("no", pgettext_lazy("presence", "Did not come")),
        ],
        coerce=lambda typed: typed == "yes",
    )


class WriteEntry(RefusableForm):
    """One entry of the record, under the key its page made for it, with the version that was seen."""

    entry_id = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-version": ""}), min_value=0)
    seat_id = forms.IntegerField(label=_("Who speaks"), widget=forms.Select, required=False)
    text = words(pgettext_lazy("of a record", "What was said"), 4000, rows=4)

    def offer(self, seats: Offered) -> None:
        """Offer who may speak."""
        offer(self, "seat_id", [("", _("Nobody: what happened")), *seats])


class ShowExhibit(RefusableForm):
    seat_id = forms.IntegerField(label=_("Shown by"), widget=forms.Select)
    what = forms.CharField(label=_("What is shown"), max_length=200)

    def offer(self, seats: Offered) -> None:
        """Offer who may have shown it."""
        offer(self, "seat_id", seats)


class NoteVote(RefusableForm):
    seat_id = forms.IntegerField(widget=forms.HiddenInput)
    vote = forms.ChoiceField(label=pgettext_lazy("of a panel member", "Vote"), choices=Vote.choices)
    words = forms.CharField(
        label=_("Reasons"), max_length=1000, required=False, help_text=_("Needed unless it is plain support.")
    )


class MakePromise(RefusableForm):
    """What is promised; the persons who may answer for it are said when it is drawn."""

    words = words(pgettext_lazy("of a commitment", "What is done"), 1000)
    organ = UnitField(
        label=_("Which unit"), queryset=Organ.objects.current().order_by("code"), to_field_name="code"
    )
    responsible = forms.ModelChoiceField(label=_("Who answers for it there"), queryset=Post.objects.all())
    due_on = forms.DateField(label=_("Done by"), widget=day_input())

    def offer(self, posts: Offered) -> None:
        """Offer who may answer for it."""
        offer(self, "responsible", [("", _("Choose")), *posts])

    def promise(self) -> Promise:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return Promise(
            words=typed["words"],
            organ_id=typed["organ"].pk,
            responsible_id=typed["responsible"].pk,
            due_on=typed["due_on"],
        )


class DropPromise(RefusableForm):
    commitment_id = forms.UUIDField(widget=forms.HiddenInput)


class Conclude(RefusableForm):
    outcome = forms.ChoiceField(label=_("Conclusion"), choices=Vote.choices, widget=forms.RadioSelect)
    facts = words(_("Facts found"), 4000, rows=3)
    disputes = words(_("Points in dispute"), 2000, required=False)
    basis = words(_("What is recommended, with its legal basis"), 2000, rows=3)
    announced = forms.BooleanField(label=_("Announced at the hearing"), required=False)

    def conclusion(self) -> Conclusion:
        """Return what was typed, as the deed takes it."""
        return Conclusion(**{**self.cleaned_data, "outcome": Vote(self.cleaned_data["outcome"])})


class SignRecord(RefusableForm):
    seat_id = forms.IntegerField(widget=forms.HiddenInput)
    refused_why = forms.CharField(
        label=_("Why the signature was refused"),
        max_length=300,
        required=False,
        help_text=_("Empty: the record was signed."),
    )


class Publish(RefusableForm):
    words = words(
        _("What is published"), 4000, rows=6, hint=_("No name and no number of anybody of the petition.")
    )
