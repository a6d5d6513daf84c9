"""A petition that was finished falsely is handled again (Q41); within a transaction of the deed that found it."""

from datetime import datetime

from accounts.hats import Hat
from cases.handlings import run_execution
from cases.models import Claim, Handling, Petition
from cases.states import HandlingState, Outcome, Routing
from cases.workflow import Step, check, move, move_handling
from lib.transactions import require_transaction


def reopen_falsely_finished(petition: Petition, *, not_carried_out: bool, by: Hat, now: datetime) -> None:
    """Let a locked petition that was finished go on; what was promised and not done is to be carried out again.

    The reply stays as it was served. If it never was, its service is corrected on its page (Q18).

    :raises NotAllowed: if this hat is no head of the office that registered it or stands over it
    :raises OutOfTurn: if it is not finished
    """
    require_transaction("reopen_falsely_finished")
    check(Step.REOPEN, petition, by)
    move(petition, Routing.ROUTED, step=Step.REOPEN, by=by, at=now)
    if not_carried_out:
        done = Handling.objects.filter(petition=petition, ended_at=None, state=HandlingState.EXECUTED)
        for handling in done.select_related("organ").order_by("pk"):
            handling.petition = petition
            _carry_out_again(handling, now=now)


def _carry_out_again(handling: Handling, *, now: datetime) -> None:
    Claim.objects.filter(handling=handling, outcome=Outcome.SUPPORT).update(executed_at=None, known_at=now)
    move_handling(handling, at=now, state=HandlingState.EXECUTING)
    run_execution(handling, now=now)
