"""Every stage a test starts from is reached by the deeds themselves, and stands where its name says."""

import pytest

from cases.models import Handling
from tests.cases.handling.given import STAGES

pytestmark = pytest.mark.django_db

# routing, receipt, state of the petition's last handling; none where nothing was sent
STANDS = {
    "registered": ("registered", None, None),
    "delivered": ("routed", "delivered", "under_review"),
    "received": ("routed", "received", "under_review"),
    "objecting": ("routed", "objection_pending", "under_review"),
    "returned": ("registered", "returned", "under_review"),
    "not_accepted": ("routed", "received", "not_accepted"),
    "investigating": ("routed", "received", "investigating"),
    "opinion_issued": ("routed", "received", "opinion_issued"),
    "served": ("routed", "received", "served"),
    "executing": ("routed", "received", "executing"),
    "executed": ("routed", "received", "executed"),
    "finished": ("finished", "received", "served"),
    "ended": ("ended", "received", "under_review"),
    "void": ("void", None, None),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_stands_where_its_name_says(stage):
    case = STAGES[stage]()

    handling = Handling.objects.filter(petition=case.pk).first()
    receipt, state = (handling.receipt, handling.state) if handling else (None, None)
    assert (case.now.routing, receipt, state) == STANDS[stage]
