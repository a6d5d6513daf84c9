"""What the ready-made views of the ledger are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.ledger import View

VIEWS = [
    (View.OPEN, pgettext_lazy("view of the ledger", "All open")),
    (View.TO_ROUTE, _("To be routed")),
    (View.TO_SIGN_FOR, _("To be signed for")),
    (View.DUE_SOON, _("Due within 7 days")),
    (View.OVERDUE, pgettext_lazy("view of the ledger", "Overdue")),
    (View.COLLECTIVE, _("Collective visits")),
    (View.FROM_ABOVE, _("From above")),
    (View.ALL, pgettext_lazy("view of the ledger", "Everything")),
]
# For those who work on petitions themselves.
MINE = (View.MINE, _("In my hands"))
# Reached from the day's work and from supervision; named above the ledger only while one looks at them.
WAITING_VIEWS = {
    View.OBJECTIONS: _("Objections to decide"),
    View.PAPERS: _("Papers to approve"),
    View.TO_SERVE: _("Papers to serve"),
    View.EXTENSIONS: _("Extensions to decide"),
    View.VOIDS: _("Proposals to void"),
    View.WITHDRAWALS: _("Withdrawals to confirm"),
    View.RECUSALS: _("Recusals to decide"),
    View.KEEPS: _("Kept petitions to look at"),
    View.REPEATS: _("Repeats to decide"),
    View.TO_FINISH: _("Petitions to finish"),
    View.REMEDIES: _("Opinions to review"),
    View.CONTESTED: _("Opinions contested"),
    View.SUPERVISED: _("Under supervision"),
    View.SPONSORED: _("Sponsored by a leader"),
}


def view_words(view: View) -> str | Promise:
    """Return what a view is called."""
    return {**dict([*VIEWS, MINE]), **WAITING_VIEWS}[view]
