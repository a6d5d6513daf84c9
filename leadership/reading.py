"""Which rows about petitions a hat reads in meetings, lists and teams (Q2, Q6)."""

from django.db.models import Exists, OuterRef, Q

from accounts.hats import Hat
from cases.models import Petition, Recusal, ReportedParty
from cases.permissions import READS_ALONG


def read_of(hat: Hat, petition: str) -> Q:
    """Return the condition of rows a hat reads of the petition they are on: none sealed, none that names the reader.

    Leaders of the place read what a meeting hears of as they read its papers; all others what they see anyway.
    """
    none = Q(**{petition: None})
    if hat.role not in READS_ALONG:
        return none | Q(**{f"{petition}__in": Petition.objects.visible_to(hat)})
    named = ReportedParty.objects.filter(petition=OuterRef(petition), user=hat.user)
    withdrew = Recusal.objects.filter(petition=OuterRef(petition), user=hat.user, withdrawn=True)
    return none | Q(~Exists(named), ~Exists(withdrew), **{f"{petition}__sealed": False})
