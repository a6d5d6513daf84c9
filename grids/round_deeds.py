"""What is done about rounds, as their pages offer it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from grids.actions import rounds
from grids.forms import rounds as forms
from grids.forms.events import Reason


def _enter(_organ: int, form: Any, by: Hat, now: datetime) -> object:
    return rounds.enter_plan(form.facts(), by=by, now=now)


ON_ROUNDS = table(
    Deed(
        "enter_plan",
        forms.EnterPlan,
        _enter,
        _("Plan rounds (排查)"),
        _("Entered; the rounds begin by themselves."),
    )
)
ON_PLAN = table(
    Deed("enter_group", forms.EnterGroup, plain(rounds.enter_group), _("Enter a group"), _("Entered.")),
    Deed("end", Reason, plain(rounds.end_plan), _("End these rounds"), pgettext_lazy("rounds", "Ended.")),
)
ON_ROUND = table(
    Deed("report", forms.ReportRound, plain(rounds.report_round), _("Report the round"), _("Reported.")),
)
