"""The deeds on reports of figures: pages and the programs' door are both made from them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from reports.written import actions
from reports.written.forms import BeginAnalysis, ReturnReport, Versioned, WriteReport


def _begin(_key: None, form: Any, by: Hat, now: datetime) -> object:
    return actions.begin_analysis(form.topic(), by=by, now=now)


BEGIN_ANALYSIS = Deed(
    "begin_analysis",
    BeginAnalysis,
    _begin,
    _("Draw up an analysis"),
    _("Drawn up: write causes and recommendations."),
)
ON_REPORT = table(
    Deed("write", WriteReport, plain(actions.write_report), _("Write in the report"), _("Written.")),
    Deed(
        "hand_in",
        Versioned,
        plain(actions.hand_in_report),
        _("Hand it in for approval"),
        _("Handed in; another person approves it."),
    ),
    Deed(
        "approve",
        Versioned,
        plain(actions.approve_report),
        pgettext_lazy("a report", "Approve"),
        _("Approved; it can be issued."),
    ),
    Deed(
        "return",
        ReturnReport,
        plain(actions.return_report),
        pgettext_lazy("a report", "Send it back"),
        _("Sent back to be written otherwise."),
    ),
    Deed(
        "issue",
        Versioned,
        plain(actions.issue_report),
        _("Issue the report"),
        _("Issued; whom it goes to is told."),
    ),
)
