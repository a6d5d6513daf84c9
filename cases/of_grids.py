"""How far the petitions are that events of grids became: a state and nothing else for whoever may know no more (Q3)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Petition
from cases.states import Routing


def status_of(events: Collection[UUID]) -> "Mapping[UUID, str | Promise]":
    """Return the state of the petitions registered under the keys of events; of a sealed one that it was registered."""
    rows = Petition.objects.filter(submission_id__in=events)
    return {
        key: _("Registered by the petition office") if sealed else Routing(routing).label
        for key, routing, sealed in rows.values_list("submission_id", "routing", "sealed")
    }
