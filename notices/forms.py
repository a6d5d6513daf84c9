"""What the inbox and the pages about channels post."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ
from deadlines.models import Rule
from deadlines.words import title_of
from lib.forms import RefusableForm, day_input
from notices.models import ROBOTS, Audience, Band, ChannelKind, MessageChannel, Way


class MarkRead(forms.Form):
    """The unread notices that a page showed, their ids joined by commas."""

    shown = forms.CharField(max_length=1000, validators=[RegexValidator(r"\A\d{1,18}(,\d{1,18})*\Z")])

    def clean_shown(self) -> list[int]:
        """Return the ids."""
        return [int(notice_id) for notice_id in self.cleaned_data["shown"].split(",")]


class SetUpChannel(RefusableForm):
    """A way out of the house."""

    goes_with = {
        "organ": ("kind", sorted(ROBOTS)),
        "host": ("kind", [ChannelKind.MAIL]),
        "sender": ("kind", [ChannelKind.MAIL]),
        "account": ("kind", [ChannelKind.MAIL]),
        "signature": ("kind", [ChannelKind.DINGTALK]),
    }
    asked = frozenset({"organ", "host", "sender"})

    kind = forms.ChoiceField(label=_("Kind"), choices=ChannelKind)
    name = forms.CharField(label=pgettext_lazy("of a channel", "Name"), max_length=60)
    organ = forms.ModelChoiceField(
        label=_("Whose group"), queryset=Organ.objects.none(), required=False, empty_label=_("Choose one.")
    )
    host = forms.CharField(label=_("Mail server"), max_length=100, required=False)
    sender = forms.EmailField(label=_("Sender"), required=False)
    account = forms.CharField(label=_("Account at the server"), max_length=100, required=False)
    key = forms.CharField(
        label=_("Key or password"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Of a robot the key alone, not its address. It is sealed and never shown again."),
    )
    signature = forms.CharField(
        label=_("Signing secret of the robot"),
        max_length=100,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organ = self.fields["organ"]
        assert isinstance(organ, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        organ.queryset = Organ.objects.current().order_by("path")


class ReviseChannel(SetUpChannel):
    """What a channel is called and made of; a secret left empty stays as it is, and is never shown."""

    goes_with = {}

    def __init__(self, *args: Any, channel: MessageChannel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = ChannelKind(channel.kind)
        del self.fields["kind"]
        for name, (_field, kinds) in SetUpChannel.goes_with.items():
            if kind not in kinds:
                del self.fields[name]
        self.initial = {name: getattr(channel, name) for name in ("name", "organ", "host", "sender")}
        for name in {"account", "key", "signature"} & set(self.fields):
            self.fields[name].help_text = _("Left empty it stays as it is; it is never shown.")


class SetReminder(RefusableForm):
    """Who is told at a band, from a day on."""

    code = forms.ChoiceField(label=_("Period"), required=False)
    band = forms.ChoiceField(label=pgettext_lazy("of a period", "Band"), choices=Band)
    audience = forms.MultipleChoiceField(
        label=_("Who is told"), choices=Audience, widget=forms.CheckboxSelectMultiple
    )
    ways = forms.MultipleChoiceField(
        label=_("Besides the inbox"), choices=Way, required=False, widget=forms.CheckboxSelectMultiple
    )
    valid_from = forms.DateField(label=_("Holds from"), widget=day_input())

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = Rule.objects.in_force(on).order_by("code").values_list("code", flat=True)
        code = self.fields["code"]
        assert isinstance(code, forms.ChoiceField)  # noqa: S101 - for the type checker
        code.choices = [
            ("", _("Every period without a line of its own")),
            *((one, f"{one} {title_of(one)}") for one in codes),
        ]
