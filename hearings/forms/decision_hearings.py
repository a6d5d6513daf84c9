"""Public hearings on planned decisions; fields are named as the deeds' parameters."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from hearings.actions.announcing import Announcement
from hearings.decision_states import Side, Speech, Studied
from hearings.forms.words import Offered, moment, offer
from hearings.forms.words import words as lines
from lib.forms import PastDay, RefusableForm, day_input


class AnnounceHearing(RefusableForm):
    """Day, place and publication; the posts of the organ are said when it is drawn."""

    begins_at = moment(pgettext_lazy("of a hearing", "Begins"))
    place = forms.CharField(label=pgettext_lazy("of a hearing", "Place"), max_length=200)
    selection = lines(
        _("How attendees are selected"),
        1000,
        hint=_("Fair and open; each side has somebody who stands for it."),
    )
    published_on = PastDay(label=_("Draft, explanation, time and place published on"), widget=day_input())
    published_where = forms.CharField(label=_("Published where"), max_length=200)
    chair = forms.ModelChoiceField(
        label=pgettext_lazy("seat at a hearing", "Chair"),
        queryset=Post.objects.all(),
        help_text=_("Nobody who wrote the draft."),
    )
    clerk = forms.ModelChoiceField(
        label=pgettext_lazy("seat at a hearing", "Clerk"), queryset=Post.objects.all()
    )

    def offer(self, posts: Offered) -> None:
        """Offer who may chair it and who may keep its record."""
        offer(self, "chair", posts)
        offer(self, "clerk", posts)

    def announced(self) -> Announcement:
        """Return what was typed, as the deed takes it."""
        typed = dict(self.cleaned_data)
        return Announcement(chair_id=typed.pop("chair").pk, clerk_id=typed.pop("clerk").pk, **typed)


class EnterAttendee(RefusableForm):
    name = forms.CharField(
        label=pgettext_lazy("of an attendee", "Name"),
        max_length=60,
        help_text=_("The list is published by law; no telephone and no identity number."),
    )
    side = forms.ChoiceField(label=pgettext_lazy("of an attendee", "Side"), choices=Side.choices)
    stands_for = forms.CharField(label=_("Which group or unit he stands for"), max_length=120)


class DropAttendee(RefusableForm):
    attendee_id = forms.IntegerField(widget=forms.HiddenInput)


class PublishList(RefusableForm):
    list_published_on = PastDay(label=_("List of attendees published on"), widget=day_input())


class DeliverMaterial(RefusableForm):
    delivered_on = PastDay(
        label=_("Material delivered on"),
        widget=day_input(),
        help_text=_("To everybody on the list who had none yet."),
    )


class NoteAttendance(RefusableForm):
    attendee_id = forms.IntegerField(widget=forms.HiddenInput)
    came = forms.TypedChoiceField(
        label=_("Did he come?"),
        choices=[
            ("yes", pgettext_lazy("presence", "Came")),
            ("no", pgettext_lazy("presence", "Did not come")),
        ],
        coerce=lambda typed: typed == "yes",
    )


class WriteDown(RefusableForm):
    """A line of the record; who came is said when it is drawn."""

    speech = forms.ChoiceField(label=pgettext_lazy("of a record", "What it is"), choices=Speech.choices)
    attendee_id = forms.IntegerField(label=_("Who speaks"), widget=forms.Select, required=False)
    words = lines(pgettext_lazy("of a record", "What was said"), 4000, rows=4)

    def offer(self, attendees: Offered) -> None:
        """Offer who came."""
        offer(self, "attendee_id", [("", _("The organ itself")), *attendees])


class ConfirmRecord(RefusableForm):
    attendee_id = forms.IntegerField(widget=forms.HiddenInput)
    refused_why = forms.CharField(
        label=_("Why the signature was refused"),
        max_length=300,
        required=False,
        help_text=_("Empty: the record was signed."),
    )


class StudyOpinion(RefusableForm):
    entry_id = forms.IntegerField(widget=forms.HiddenInput)
    studied = forms.ChoiceField(
        label=pgettext_lazy("of an opinion", "What became of it"), choices=Studied.choices
    )
    studied_why = forms.CharField(label=pgettext_lazy("of an opinion", "How or why"), max_length=1000)


class CallOffHearing(RefusableForm):
    called_off_why = lines(_("Why it is called off"), 500)
