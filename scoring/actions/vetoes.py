"""一票否优: proposed on a listed ground, the unit heard, decided by the joint conference and lifted by it alone."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.transactions import require_transaction
from scoring import permissions as may
from scoring.models import Veto
from scoring.parts import words_of_nobody
from scoring.states import VetoGround, VetoState


@transaction.atomic(durable=True)
def propose_veto(*, organ_id: int, year: int, ground: VetoGround, words: str, by: Hat, now: datetime) -> Veto:
    """Propose that a unit is not rated excellent in a year; nothing comes of it before the unit was heard.

    :raises NotAllowed: if this hat keeps no scores
    :raises Refused: for a unit it keeps no scores of, a ground that is proposed or stands already, or without facts
    """
    if not may.keeps_scores(by):
        raise NotAllowed(_("Whoever keeps the scores proposes it."))
    organ = may.cards_for(by).select_for_update(of=("self",), no_key=True).filter(pk=organ_id).first()
    if organ is None:
        unknown = _("You keep no scores of this unit.")
        raise Refused(unknown, fields={"organ": unknown})
    said = words_of_nobody(words, "words")
    same = Veto.objects.filter(organ=organ, year=year, ground=ground)
    if same.exclude(state__in=[VetoState.LIFTED, VetoState.DROPPED]).exists():
        twice = _("This is proposed or decided already.")
        raise Refused(twice, fields={"ground": twice})
    veto = Veto.objects.create(
        organ=organ,
        year=year,
        ground=ground,
        words=said,
        proposed_by=by.post,
        proposer=by.user,
        proposed_at=now,
    )
    record("score_veto.propose", veto, by=by.actor, at=now, facts={"veto_ground": ground, "year": year})
    return veto


@transaction.atomic(durable=True)
def hear_unit(veto_id: UUID, *, heard_on: date, heard_words: str, by: Hat, now: datetime) -> None:
    """Write down what the unit said when it was heard; a unit that stayed away has that said of it.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it keeps no scores there
    :raises OutOfTurn: if the unit was heard already
    :raises Refused: for a day before it was proposed or in the future, or without words
    """
    veto = _held(veto_id, by, {VetoState.PROPOSED})
    if not may.keeps_veto(by, veto):
        raise NotAllowed(_("Whoever keeps the scores writes down what the unit said."))
    if not timezone.localdate(veto.proposed_at) <= heard_on <= timezone.localdate(now):
        words = _("The day lies after it was proposed and not in the future.")
        raise Refused(words, fields={"heard_on": words})
    veto.state, veto.heard_on, veto.heard_by = VetoState.HEARD, heard_on, by.post
    veto.heard_words = words_of_nobody(heard_words, "heard_words")
    veto.save(update_fields=["state", "heard_on", "heard_by", "heard_words"])
    record("score_veto.hear", veto, by=by.actor, at=now, facts={"on": heard_on.isoformat()})


@transaction.atomic(durable=True)
def decide_veto(veto_id: UUID, *, decision_words: str, by: Hat, now: datetime) -> None:
    """Decide, for the joint conference, that the unit is not rated excellent in the year.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it is not the joint conference's office, proposed it, or is of the unit
    :raises OutOfTurn: if the unit was not heard, or it was decided
    :raises Refused: without the minutes and why
    """
    veto = _held(veto_id, by, {VetoState.HEARD})
    if not may.decides_veto(by, veto):
        raise NotAllowed(_("The joint conference's office decides it, by who did not propose it."))
    veto.state, veto.decided_by, veto.decider, veto.decided_at = VetoState.DECIDED, by.post, by.user, now
    veto.decision_words = words_of_nobody(decision_words, "decision_words")
    veto.save(update_fields=["state", "decided_by", "decider", "decided_at", "decision_words"])
    record("score_veto.decide", veto, by=by.actor, at=now)


@transaction.atomic(durable=True)
def drop_veto(veto_id: UUID, *, end_words: str, by: Hat, now: datetime) -> None:
    """Drop a proposal, with why; it stays to be read.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it keeps no scores there
    :raises OutOfTurn: if it was decided or ended
    :raises Refused: without a reason
    """
    veto = _held(veto_id, by, {VetoState.PROPOSED, VetoState.HEARD})
    if not may.keeps_veto(by, veto):
        raise NotAllowed(_("Whoever keeps the scores drops a proposal."))
    _end(veto, VetoState.DROPPED, end_words, by=by, now=now)
    record("score_veto.drop", veto, by=by.actor, at=now)


@transaction.atomic(durable=True)
def lift_veto(veto_id: UUID, *, end_words: str, by: Hat, now: datetime) -> None:
    """Lift what was decided, with why: the same body alone.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if its organ did not decide it
    :raises OutOfTurn: if it does not stand
    :raises Refused: without a reason
    """
    veto = _held(veto_id, by, {VetoState.DECIDED})
    if not may.lifts_veto(by, veto):
        raise NotAllowed(_("Only who decided it lifts it."))
    _end(veto, VetoState.LIFTED, end_words, by=by, now=now)
    record("score_veto.lift", veto, by=by.actor, at=now)


def _end(veto: Veto, state: VetoState, end_words: str, *, by: Hat, now: datetime) -> None:
    require_transaction("_end")
    veto.end_words = words_of_nobody(end_words, "end_words")
    veto.state, veto.ended_by, veto.ended_at = state, by.post, now
    veto.save(update_fields=["state", "ended_by", "ended_at", "end_words"])


def _held(veto_id: UUID, by: Hat, states: set[VetoState]) -> Veto:
    """Return one that a hat reads and that stands in one of some states, held."""
    if not may.vetoes_for(by).filter(pk=veto_id).exists():
        raise Unknown(_("No excellent rating of this kind is in question."))
    rows = Veto.objects.select_for_update(of=("self",)).select_related("organ__place", "decided_by")
    veto = rows.get(pk=veto_id)
    if veto.state not in states:
        raise OutOfTurn(_("It does not stand where this could be done."))
    return veto
