"""Finding what a hat may decide; what is hidden and what is not there answer alike (Q6)."""

from django.utils.translation import gettext as _

from accounts.hats import Hat
from lib.errors import Unknown
from mobile.models import Conflict


def conflict_of(hat: Hat, conflict_id: int) -> Conflict:
    """Return a conflict this hat may decide, with its submission and event.

    :raises Unknown: if there is none
    """
    rows = Conflict.objects.visible_to(hat).select_related(
        "receipt__event__type", "receipt__event__organ", "receipt__user", "settled_by__user"
    )
    found = rows.filter(pk=conflict_id).first()
    if found is None:
        raise Unknown(_("There is no such submission."))
    return found
