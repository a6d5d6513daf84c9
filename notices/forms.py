"""What the inbox posts."""

from django import forms
from django.core.validators import RegexValidator


class MarkRead(forms.Form):
    """The unread notices that a page showed, their ids joined by commas."""

    shown = forms.CharField(max_length=1000, validators=[RegexValidator(r"\A\d{1,18}(,\d{1,18})*\Z")])

    def clean_shown(self) -> list[int]:
        """Return the ids."""
        return [int(notice_id) for notice_id in self.cleaned_data["shown"].split(",")]
