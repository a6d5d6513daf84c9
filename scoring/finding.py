"""What a hat finds of this room by its key: what is hidden from it answers as what is not there (Q6)."""

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from lib.errors import Unknown
from scoring import permissions as may
from scoring.models import CaseExclusion, MonthClose, RuleSet, ScoreEntry, Veto


def rule_set_of(hat: Hat, rule_set_id: UUID) -> RuleSet:
    """Return a version of a rule set this hat reads.

    :raises Unknown: if there is none
    """
    rows = may.rule_sets_for(hat).select_related("organ__place", "drawn_by__user", "ended_by__user")
    found = rows.filter(pk=rule_set_id).first()
    if found is None:
        raise Unknown(_("There is no such rule set."))
    return found


def entry_of(hat: Hat, entry_id: UUID) -> ScoreEntry:
    """Return an entry of the ledger this hat reads, with where it stands.

    :raises Unknown: if there is none
    """
    rows = may.entries_for(hat).standing().marked()
    found = rows.select_related("organ", "rule__rule_set__organ", "reverses").filter(pk=entry_id).first()
    if found is None:
        raise Unknown(_("There is no such score entry."))
    return found


def exclusion_of(hat: Hat, exclusion_id: UUID) -> CaseExclusion:
    """Return an exclusion of a case this hat sees.

    :raises Unknown: if there is none
    """
    found = may.exclusions_for(hat).select_related("petition").filter(pk=exclusion_id).first()
    if found is None:
        raise Unknown(_("There is no such exclusion."))
    return found


def month_of(hat: Hat, close_id: UUID) -> MonthClose:
    """Return a closed month this hat reads.

    :raises Unknown: if there is none
    """
    found = may.closes_for(hat).select_related("place", "closed_by__user").filter(pk=close_id).first()
    if found is None:
        raise Unknown(_("There is no such month."))
    return found


def unit_of(hat: Hat, code: str) -> Organ:
    """Return a unit whose entries this hat reads.

    :raises Unknown: if there is none
    """
    found = may.cards_for(hat).filter(code=code).first()
    if found is None:
        raise Unknown(_("There is no such unit."))
    return found


def veto_of(hat: Hat, veto_id: UUID) -> Veto:
    """Return one 一票否优 this hat reads.

    :raises Unknown: if there is none
    """
    found = may.vetoes_for(hat).select_related("organ").filter(pk=veto_id).first()
    if found is None:
        raise Unknown(_("No excellent rating of this kind is in question."))
    return found
