"""Forms of other ends, recusals, suggestions and samples (Q13, Q19, Q20; R-33)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.handling import FOUR_ROWS, TWO_ROWS, OfClaim
from cases.forms.units import OrganChoice
from cases.intake import Person
from cases.states import AttemptMeans, AttemptResult, IdType, PersonRole, ThanksKind
from lib.forms import PastDay, RefusableForm, day_input


class AskRecusal(RefusableForm):
    """A recusal that the petitioner asks for (Art 28(3); R-33)."""

    post = forms.IntegerField(label=_("Who is asked to withdraw"), widget=forms.Select)
    reason = forms.CharField(
        label=_("What the petitioner gives as the reason"),
        max_length=200,
        widget=forms.Textarea(attrs=TWO_ROWS),
    )


class DecideRecusal(RefusableForm):
    """The head's word on a recusal, with the answer (R-33)."""

    recusal = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("withdraw", _("He withdraws")), ("stay", _("No reason to withdraw"))],
    )
    answer = forms.CharField(
        label=_("Answer and reason for the petitioner"),
        max_length=500,
        widget=forms.Textarea(attrs=TWO_ROWS),
    )


class NoteWithdrawal(RefusableForm):
    """撤回: the petitioner's own words and the day (Q19)."""

    person = forms.UUIDField(label=_("Who withdraws"), widget=forms.Select)
    withdrawn_on = PastDay(label=_("Said on"), widget=day_input())
    words = forms.CharField(
        label=pgettext_lazy("of a withdrawal", "In the petitioner's own words"),
        max_length=1000,
        widget=forms.Textarea(attrs=FOUR_ROWS),
    )


class ConfirmWithdrawal(RefusableForm):
    """The office's word on a withdrawal (Q19)."""

    withdrawal = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("confirm", _("Confirmed with the petitioner: of his own will")),
            ("refuse", _("Not confirmed: it goes on")),
        ],
    )
    why = forms.CharField(
        label=pgettext_lazy("of a withdrawal", "If not, why"), required=False, max_length=300
    )

    goes_with = {"why": ("decision", ["refuse"])}
    asked = frozenset({"why"})


class RevokeWithdrawal(RefusableForm):
    """A withdrawal taken back, because the petitioner wishes it (Q19)."""

    withdrawal = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("How the petitioner said so, and why"), max_length=300)


class WithAttachment(RefusableForm):
    """A deed that a file of the petition may show."""

    attachment = forms.UUIDField(
        label=_("File that shows it"),
        required=False,
        widget=forms.Select,
        help_text=_("Add it under “Attachments” first; words alone do too."),
    )


class NoteDeath(WithAttachment):
    """The death of a petitioner, with what shows it (Q19)."""

    person = forms.UUIDField(label=_("Who died"), widget=forms.Select)
    died_on = PastDay(label=_("Died on"), widget=day_input())
    words = forms.CharField(label=_("What shows it"), max_length=500, widget=forms.Textarea(attrs=TWO_ROWS))
    field_order = ["person", "died_on", "words", "attachment"]


class EndAfterDeath(WithAttachment):
    """The end of a petition that nobody continues (Q19)."""

    words = forms.CharField(
        label=_("Who was asked, and what shows that nobody continues"),
        max_length=500,
        widget=forms.Textarea(attrs=TWO_ROWS),
    )
    field_order = ["words", "attachment"]


class PersonComing(RefusableForm):
    """A person who comes onto a petition later."""

    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=60)
    id_type = forms.ChoiceField(
        label=_("Identity document"), choices=IdType, initial=IdType.RESIDENT, required=False
    )
    id_number = forms.CharField(label=_("Identity number"), required=False, max_length=30)
    phone = forms.CharField(label=pgettext_lazy("of a person", "Telephone"), required=False, max_length=30)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)

    def clean_id_type(self) -> str:
        return self.cleaned_data["id_type"] or IdType.RESIDENT


def person_from(facts: Any, role: PersonRole) -> Person:
    """Return the person that a form named."""
    return Person(
        name=facts["name"],
        role=role,
        id_type=IdType(facts["id_type"]),
        id_number=facts["id_number"],
        phone=facts["phone"],
        address=facts["address"],
        under_14=facts.get("under_14", False),
    )


class NameSuccessor(PersonComing):
    """Who continues in the place of a petitioner who died (Q19)."""

    person = forms.UUIDField(label=_("In whose place"), widget=forms.Select)
    relation = forms.CharField(label=_("Relation to the one who died"), max_length=60)
    under_14 = forms.BooleanField(label=_("Under 14"), required=False)
    guardian_name = forms.CharField(
        label=_("Guardian's name"), required=False, max_length=60, help_text=_("For a child under 14.")
    )
    field_order = ["person", "name", "relation"]


class ChangeAgent(PersonComing):
    """Another agent or guardian; who leaves stays on record (Q19; R-09)."""

    leaving = forms.UUIDField(label=_("Who leaves"), required=False, widget=forms.Select)
    principal = forms.UUIDField(
        label=_("For whom"), required=False, widget=forms.Select, help_text=_("If nobody leaves.")
    )
    role = forms.ChoiceField(
        label=pgettext_lazy("person on a petition", "Role"),
        required=False,
        choices=[
            ("", _("As the one who leaves")),
            (PersonRole.AGENT.value, PersonRole.AGENT.label),
            (PersonRole.GUARDIAN.value, PersonRole.GUARDIAN.label),
        ],
    )
    name = forms.CharField(
        label=_("Name of who comes"), required=False, max_length=60, help_text=_("Empty if nobody comes.")
    )
    reason = forms.CharField(label=_("Reason, and the written power"), max_length=500)
    field_order = ["leaving", "principal", "role", "name"]


class NoteAttempt(RefusableForm):
    """An attempt to reach the petitioner; it ends nothing (Q19)."""

    tried_on = PastDay(label=_("Tried on"), widget=day_input())
    means = forms.ChoiceField(label=_("By what means"), choices=AttemptMeans)
    result = forms.ChoiceField(label=_("What came of it"), choices=AttemptResult)
    words = forms.CharField(label=_("Note"), required=False, max_length=300)


class StudySuggestion(OfClaim):
    """Who studied a suggestion, and what they thought of it (Art 29; Q20)."""

    organ = OrganChoice(_("Studied by"))
    who = forms.CharField(label=_("Department or person"), required=False, max_length=80)
    studied_on = PastDay(label=_("Studied on"), widget=day_input())
    words = forms.CharField(
        label=_("What they thought of it"), max_length=1000, widget=forms.Textarea(attrs=FOUR_ROWS)
    )
    field_order = ["organ", "who", "studied_on", "words"]


class Thank(RefusableForm):
    """Thanks or a reward for a suggestion (Art 29; Q20)."""

    claim = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=99)
    kind = forms.ChoiceField(label=_("How"), choices=ThanksKind)
    thanked_on = PastDay(label=_("Thanked on"), widget=day_input())
    words = forms.CharField(label=_("What it was"), required=False, max_length=300)


class CheckKeep(RefusableForm):
    """What was found on a keeping that was drawn (Q13)."""

    route = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("What you found"),
        choices=[("right", _("Rightly kept")), ("wrong", _("Kept wrongly: it is routed anew"))],
    )
    reason = forms.CharField(label=_("If wrongly, why"), required=False, max_length=300)

    goes_with = {"reason": ("decision", ["wrong"])}
    asked = frozenset({"reason"})
