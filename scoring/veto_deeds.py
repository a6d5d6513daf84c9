"""The deeds of 一票否优 as their page offers them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from scoring.actions import vetoes
from scoring.forms import vetoes as forms


def _propose(_key: object, form: Any, by: Hat, now: datetime) -> object:
    typed = dict(form.cleaned_data)
    return vetoes.propose_veto(organ_id=typed.pop("organ").pk, **typed, by=by, now=now)


PROPOSE_VETO = Deed(
    "propose_veto",
    forms.ProposeVeto,
    _propose,
    _("Propose to withhold the excellent rating"),
    _("Proposed; the unit is heard before anything is decided."),
)
ON_VETO = table(
    Deed(
        "hear_unit",
        forms.HearUnit,
        plain(vetoes.hear_unit),
        _("Write down what the unit said"),
        pgettext_lazy("a veto", "Heard; the joint conference decides."),
    ),
    Deed(
        "decide_veto",
        forms.DecideVeto,
        plain(vetoes.decide_veto),
        pgettext_lazy("a veto", "Decide for the joint conference"),
        _("Decided; the mark stands beside the unit."),
    ),
    Deed(
        "drop_veto",
        forms.EndVeto,
        plain(vetoes.drop_veto),
        pgettext_lazy("a veto", "Drop the proposal"),
        pgettext_lazy("a veto", "Dropped; it stays to be read."),
    ),
    Deed(
        "lift_veto",
        forms.EndVeto,
        plain(vetoes.lift_veto),
        pgettext_lazy("a veto", "Lift it"),
        pgettext_lazy("a veto", "Lifted."),
    ),
)
