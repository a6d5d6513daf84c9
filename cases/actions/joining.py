"""并入: the same matter raised again while it is pending at this level is joined to the running handling (Q11)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.handlings import let_in_as_joined
from cases.locks import lock_several
from cases.matters import is_open_to_review, may_be_joined
from cases.models import Claim, JoinedMatter, Petition, Route
from cases.parts import check_version, lock_petition, touch
from cases.repeats import decide_by_joining, refuse_joining_against_decision
from cases.routes import see_if_all_routed, waiting_claims
from cases.states import RouteKind
from cases.told import issue_word
from cases.workflow import Step, check
from lib.errors import Refused


@transaction.atomic(durable=True)
def join_pending(
    petition_id: UUID,
    *,
    pending_number: str,
    claims: Sequence[int] = (),
    is_review_request: bool | None = None,
    reason: str = "",
    seen_version: int,
    by: Hat,
    now: datetime,
) -> Route:
    """Join claims to the petition that is pending at this level: linked, no 不予受理, no second T5 (Q11).

    The petitioner is told in writing, with the pending number and its day; that meets T1 or T2. While an opinion is
    open to 复查, the officer answers whether this is a request for it, which is kept with its day of receipt.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ did not register it
    :raises OutOfTurn: if nothing waits for its way
    :raises Stale: if somebody changed the petition since (Q32)
    :raises Refused: if no such petition is pending at this level, the question of 复查 is not answered, or it was
        decided that the two are not the same matter
    """
    number = pending_number.strip().upper()
    found = Petition.objects.visible_to(by).filter(number=number).first()
    # held in one order with the other one, so that two petitions cannot be joined to each other
    lock_several({petition_id, *([found.pk] if found else [])})
    petition = lock_petition(petition_id, by)
    check(Step.JOIN_PENDING, petition, by)
    check_version(petition, seen_version)
    waiting = waiting_claims(petition, claims)
    pending = Petition.objects.visible_to(by).filter(pk=found.pk).first() if found else None
    if pending is None or not may_be_joined(petition, pending, review=is_review_request):
        words = _("No such petition is pending at this level, from the same day or before.")
        raise Refused(words, fields={"pending_number": words})
    refuse_joining_against_decision(petition, pending)
    asked = is_open_to_review(pending, at=petition.received_at)
    if asked and is_review_request is None:
        words = _("Its opinion can still be taken to review: say whether this asks for it (Art 35).")
        raise Refused(words, fields={"is_review_request": words})
    if is_review_request and not asked:
        words = _("No opinion on it is open to review on the day of receipt (Art 35).")
        raise Refused(words, fields={"is_review_request": words})
    made = Route.objects.create(
        petition=petition,
        kind=RouteKind.JOIN,
        reason=reason,
        made_by=by.post,
        maker=by.user,
        made_at=now,
    )
    JoinedMatter.objects.create(
        route=made,
        petition=petition,
        pending=pending,
        is_review_request=is_review_request if asked else None,
        review_received_on=timezone.localdate(petition.received_at) if is_review_request else None,
        joined_by=by.post,
        joined_at=now,
    )
    Claim.objects.filter(pk__in=[claim.pk for claim in waiting]).update(route=made, known_at=now)
    # Not the pending number: that petition may be sealed one day, and the audit is never changed.
    facts = {"claims": [claim.number for claim in waiting], "review": bool(is_review_request)}
    record("petition.join_pending", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    decide_by_joining(petition, pending, by=by, now=now)
    _tell_who_handles_it(petition, pending, made, now)
    issue_word(made, by=by, now=now)
    see_if_all_routed(petition, by=by, now=now)
    return made


def _tell_who_handles_it(petition: Petition, pending: Petition, made: Route, now: datetime) -> None:
    """Whoever handles the pending matter reads what came again and is told of it."""
    for handling in pending.handlings.filter(ended_at=None).select_related("organ"):
        let_in_as_joined(petition, handling, key=f"joined:{made.pk}", now=now)
