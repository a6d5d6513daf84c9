"""Asking for a hearing, deciding on it, calling it, and who takes part; fields are named as the deeds' parameters."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from hearings.actions.arranging import Called
from hearings.actions.asking import Asked
from hearings.forms.words import Offered, moment, offer, words
from hearings.models import HearingRoom, Panelist, ProcedureSet
from hearings.states import IN_WORDS, Applicant, Ground, NoticeMode, PanelKind, PauseGround, SeatRole
from lib.forms import PastDay, RefusableForm, day_input


class AskHearing(RefusableForm):
    """That a hearing is asked for; the procedures in force here are said when it is drawn."""

    procedure = forms.ModelChoiceField(label=_("By which procedure"), queryset=ProcedureSet.objects.all())
    asked_by = forms.ChoiceField(label=_("Who asks"), choices=Applicant.choices)
    ground = forms.ChoiceField(label=pgettext_lazy("of a hearing", "Ground"), choices=Ground.choices)
    reason = words(_("Reason"), 1000, rows=3)
    applied_on = PastDay(label=_("Asked for on"), widget=day_input())

    def offer(self, procedures: Offered) -> None:
        """Offer the procedures to choose from."""
        offer(self, "procedure", procedures)

    def asking(self) -> Asked:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return Asked(
            procedure_id=typed["procedure"].pk,
            asked_by=Applicant(typed["asked_by"]),
            ground=Ground(typed["ground"]),
            reason=typed["reason"],
            applied_on=typed["applied_on"],
        )


class DecideHearing(RefusableForm):
    agree = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[
            ("yes", pgettext_lazy("on a hearing", "Hold it")),
            ("no", pgettext_lazy("on a hearing", "Decline it")),
        ],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
    )
    reason = words(_("Why it is declined"), 500, required=False)


class CallHearing(RefusableForm):
    """When, where and under whom; rooms and posts are said when it is drawn."""

    begins_at = moment(_("Begins"))
    ends_at = moment(_("Ends"))
    room = forms.ModelChoiceField(label=_("Room"), queryset=HearingRoom.objects.filter(ended_at=None))
    chair = forms.ModelChoiceField(
        label=pgettext_lazy("seat at a hearing", "Chair"),
        queryset=Post.objects.all(),
        help_text=_("Nobody who investigated the petition."),
    )
    clerk = forms.ModelChoiceField(
        label=pgettext_lazy("seat at a hearing", "Clerk"), queryset=Post.objects.all()
    )
    closed_why = forms.CharField(
        label=_("Why it is not public"),
        max_length=300,
        required=False,
        help_text=_("Empty: it is public. Not public are secrets, privacy and the like."),
    )

    def offer(self, rooms: Offered, posts: Offered) -> None:
        """Offer rooms and posts to choose from."""
        offer(self, "room", rooms)
        offer(self, "chair", posts)
        offer(self, "clerk", posts)

    def called(self) -> Called:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return Called(
            begins_at=typed["begins_at"],
            ends_at=typed["ends_at"],
            room_id=typed["room"].pk,
            chair_id=typed["chair"].pk,
            clerk_id=typed["clerk"].pk,
            closed_why=typed["closed_why"],
        )


class CallOff(RefusableForm):
    reason = words(_("Reason"), 300)


class Put(RefusableForm):
    ground = forms.ChoiceField(label=pgettext_lazy("of a pause", "Ground"), choices=PauseGround.choices)
    why = words(pgettext_lazy("of a pause", "Why"), 300)


class DrawPanel(RefusableForm):
    count = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=11,
        help_text=_("An odd number; the number of the draw is kept, so that it can be drawn again."),
    )


class ChoosePanelist(RefusableForm):
    panelist = forms.ModelChoiceField(
        label=pgettext_lazy("seat at a hearing", "Panel member"),
        queryset=Panelist.objects.filter(ended_at=None),
    )

    def offer(self, members: Offered) -> None:
        """Offer the members of the registry."""
        offer(self, "panelist", members)


class SeatRepresentative(RefusableForm):
    """Which person of the petition takes part; they are said when it is drawn, with their names covered."""

    position = forms.IntegerField(label=_("Who of the petition"), widget=forms.Select)

    def offer(self, people: Offered) -> None:
        """Offer the people of the petition."""
        offer(self, "position", people)


class SeatOfficer(RefusableForm):
    post = forms.ModelChoiceField(
        label=pgettext_lazy("seat at a hearing", "Officer of the organ"), queryset=Post.objects.all()
    )

    def offer(self, posts: Offered) -> None:
        """Offer the posts of the organs that lead something of the petition."""
        offer(self, "post", posts)


class SeatOther(RefusableForm):
    role = forms.ChoiceField(
        label=_("As what"), choices=[choice for choice in SeatRole.choices if choice[0] in IN_WORDS]
    )
    words = forms.CharField(label=_("Name and profession"), max_length=80)


class LetLeave(RefusableForm):
    seat_id = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label=_("Why no longer"), max_length=300)


class NoteNotice(RefusableForm):
    """The notice to one person; who is told and was not yet is said when it is drawn."""

    seat_id = forms.IntegerField(label=_("To whom"), widget=forms.Select)
    mode = forms.ChoiceField(label=_("How"), choices=NoticeMode.choices)
    told_on = PastDay(label=_("Received on"), widget=day_input())
    proof = forms.CharField(
        label=_("What shows it"),
        max_length=200,
        help_text=_("Signature on the receipt, number of the letter."),
    )
    agreed = forms.BooleanField(label=_("Agreed in writing to a shorter notice"), required=False)

    def offer(self, seats: Offered) -> None:
        """Offer who is told."""
        offer(self, "seat_id", seats)


class EnterRoom(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a hearing room", "Name"), max_length=120)


class EnterPanelist(RefusableForm):
    name = forms.CharField(label=pgettext_lazy("of a panel member", "Name"), max_length=60)
    kind = forms.ChoiceField(label=pgettext_lazy("of a panel member", "Kind"), choices=PanelKind.choices)
    from_where = forms.CharField(label=_("Office or profession"), max_length=120, required=False)
