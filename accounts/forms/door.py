"""What is typed at the door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.sign_in import Attempt
from lib.forms import RefusableForm, TablerForm

_CODE = {"inputmode": "numeric", "autocomplete": "one-time-code"}


class AttemptForm(TablerForm):
    """A form whose secret was tried: it says how often one may try again, and nothing about who exists."""

    # the field that is wrong; none where it may be any of them
    tried: str | None = "password"

    def fail(self, attempt: Attempt) -> None:
        if attempt.is_locked:
            words = _(
                "Sign-in is locked for 15 minutes after five failures. The steward of your organ can unlock it at once."
            )
        else:
            words = ngettext(  # type: ignore[assignment]
                "%(wrong)s You can try %(number)d more time, then sign-in is locked for 15 minutes.",
                "%(wrong)s You can try %(number)d more times, then sign-in is locked for 15 minutes.",
                attempt.tries_left,
            ) % {"wrong": self.wrong, "number": attempt.tries_left}
        self.add_error(self.tried, str(words))

    @property
    def wrong(self) -> str:
        return str(_("Staff number or password is wrong."))


class SignIn(AttemptForm):
    tried = None

    username = forms.CharField(
        label=_("Staff number"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("One-time code"),
        required=False,
        max_length=20,
        help_text=_("Six digits from your authenticator app, or a recovery code. Passkey: leave empty."),
        widget=forms.TextInput(attrs=_CODE),
    )
    trust = forms.BooleanField(
        label=_("This is my own device: ask for no code here for some days"), required=False
    )

    def __init__(self, *args: Any, asks_for_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_for_code:
            del self.fields["code"], self.fields["trust"]

    @property
    def wrong(self) -> str:
        if self.cleaned_data.get("code"):
            return str(_("Staff number, password or code is wrong."))
        return super().wrong


class SecondFactor(AttemptForm):
    tried = "code"

    code = forms.CharField(
        label=_("One-time code"),
        required=False,
        max_length=20,
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={**_CODE, "autofocus": True}),
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)
    trust = forms.BooleanField(
        label=_("This is my own device: ask for no code here for some days"), required=False
    )

    @property
    def wrong(self) -> str:
        return str(_("The code is wrong or was used already."))


class Password(AttemptForm):
    """The present password, asked again before something that a passer-by must not do."""

    password = forms.CharField(
        label=_("Your present password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    @property
    def wrong(self) -> str:
        return str(_("The password is wrong."))


class ChangePassword(Password, RefusableForm):
    new_password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=_("At least ten characters, not only digits, not your name or staff number."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=_("New password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("repeated") and given.get("new_password") != given["repeated"]:
            self.add_error("repeated", _("This is not the same as above."))
        return given


class AddTotp(Password):
    code = forms.CharField(
        label=_("Code the app shows now"), max_length=10, widget=forms.TextInput(attrs={**_CODE, "size": 8})
    )


class AddPasskey(Password):
    name = forms.CharField(
        label=pgettext_lazy("of a passkey", "Name of the key"),
        max_length=40,
        required=False,
        help_text=_("So that you know it again: office computer, my phone."),
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)
