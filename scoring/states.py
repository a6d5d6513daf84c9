"""Whom a rule set is for, where it stands, what kinds of rules there are. Codes are stored, words shown."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import OrganKind


class Scope(models.TextChoices):
    """Whose year a rule set assesses; the office that keeps the scores is assessed like everybody."""

    DEPARTMENTS = "departments", _("Departments and state enterprises")
    TOWNSHIPS = "townships", _("Townships and streets")
    OFFICES = "offices", _("The petition office itself")


ORGANS_OF: Mapping[Scope, frozenset[OrganKind]] = {
    Scope.DEPARTMENTS: frozenset({OrganKind.DEPARTMENT, OrganKind.STATE_ENTERPRISE}),
    Scope.TOWNSHIPS: frozenset({OrganKind.TOWNSHIP}),
    Scope.OFFICES: frozenset({OrganKind.PETITION_OFFICE}),
}


SCORED = frozenset(kind for kinds in ORGANS_OF.values() for kind in kinds)


class SetState(models.TextChoices):
    """Where a version of a rule set stands."""

    DRAFT = "draft", pgettext_lazy("rule set", "Draft")
    ADOPTED = "adopted", pgettext_lazy("rule set", "Adopted")
    DISCARDED = "discarded", pgettext_lazy("rule set", "Discarded")


class RuleKind(models.TextChoices):
    """How a rule gives or takes points, as real rules do (scoring.md §2)."""

    RATE = "rate", _("Rate × weight")
    STEP = "step", _("Full at a rate, less for each percentage point below it")
    WHOLE = "whole", _("All or nothing")
    HELD = "held", _("So many held or handed in, less for each that is missing")
    DEDUCTION = "deduction", _("Deduction for each event")
    BONUS = "bonus", _("Bonus for each event")


# what a unit earns of its base; the others take from it or add to it
EARNED = frozenset({RuleKind.RATE, RuleKind.STEP, RuleKind.WHOLE, RuleKind.HELD})


class Period(models.TextChoices):
    """Over which time a rule counts before it begins anew."""

    MONTH = "month", pgettext_lazy("period of a rule", "Each month")
    QUARTER = "quarter", pgettext_lazy("period of a rule", "Each quarter")
    YEAR = "year", pgettext_lazy("period of a rule", "The whole year")


class Attribution(models.TextChoices):
    """Which unit a case is counted to."""

    UNIT = "unit", _("The unit that answers for it")
    PLACE = "place", _("The township or street where the problem lies")


class EntryState(models.TextChoices):
    """Where an entry of the ledger stands (scoring.md §5); nothing counts before it is final."""

    PROPOSED = "proposed", pgettext_lazy("score entry", "Proposed")
    NOTIFIED = "notified", pgettext_lazy("score entry", "The unit was told")
    APPEALED = "appealed", pgettext_lazy("score entry", "Appealed")
    DECIDED = "decided", pgettext_lazy("score entry", "Appeal decided")
    REFERRED = "referred", pgettext_lazy("score entry", "Before the joint conference")
    FINAL = "final", pgettext_lazy("score entry", "Final")
    CANCELLED = "cancelled", pgettext_lazy("score entry", "Cancelled")


# from where an entry goes where; the database holds the same
FOLLOWS: Mapping[EntryState, frozenset[EntryState]] = {
    EntryState.PROPOSED: frozenset({EntryState.NOTIFIED, EntryState.CANCELLED}),
    EntryState.NOTIFIED: frozenset({EntryState.APPEALED, EntryState.FINAL}),
    EntryState.APPEALED: frozenset({EntryState.DECIDED, EntryState.CANCELLED}),
    EntryState.DECIDED: frozenset({EntryState.REFERRED, EntryState.FINAL}),
    EntryState.REFERRED: frozenset({EntryState.FINAL, EntryState.CANCELLED}),
    EntryState.FINAL: frozenset(),
    EntryState.CANCELLED: frozenset(),
}
# the unit may contest it until a day; once that has passed it is final
CONTESTABLE = frozenset({EntryState.NOTIFIED, EntryState.DECIDED})
# somebody who took no part before decides
CONTESTED = frozenset({EntryState.APPEALED, EntryState.REFERRED})
ENDED = frozenset({EntryState.FINAL, EntryState.CANCELLED})


class Verdict(models.TextChoices):
    """What was decided on an appeal."""

    UPHELD = "upheld", pgettext_lazy("on an appeal", "It stands")
    CHANGED = "changed", pgettext_lazy("on an appeal", "Fewer points")
    CANCELLED = "cancelled", pgettext_lazy("on an appeal", "Cancelled")


class FactKind(models.TextChoices):
    """One fact of the reasoning behind an entry; the words a person adds stand beside it."""

    RECEIVED = "received", _("The unit had received the first petition")
    PERIOD_PASSED = "period_passed", _("A period of the unit had passed")
    MATCHED = "matched", _("A person found the same matter of the same petitioner")
    NOT_A_REMEDY = "not_a_remedy", _("It is no request for review, new fact, enquiry or thanks")
    OFFICE_IN_TIME = "office_in_time", _("The petition office had routed in time")
    OPINION_REVOKED = "opinion_revoked", _("The opinion was revoked on review")
    OPINION_REMANDED = "opinion_remanded", _("The opinion was sent back to be handled anew")
    CARRIED_OUT = "carried_out", _("All that was promised at the hearing was verified")
    EFFECT_HELD = "effect_held", _("Confirmed by the office, or quiet for the days set")
    FOUND = "found", _("A person found it")
    RATE_READ = "rate_read", _("The rate of the period, as it was known when it ended")
    RATE_READ_AGAIN = "rate_read_again", _("The rate of the period, read again after a correction")
    NOT_CARRIED_OUT = "not_carried_out", _("A person found the agreed result not carried out")


class ReversalGround(models.TextChoices):
    """Why a bonus is reversed: never because somebody asked, rated or spoke again (Q38)."""

    NOT_CARRIED_OUT = "not_carried_out", _("The agreed result is not carried out, as a person found")
    REVOKED = "revoked", _("The opinion was revoked on review")


class ExclusionGround(models.TextChoices):
    """Why a case does not count in scores (Q39): a closed list."""

    FORCE_MAJEURE = "force_majeure", _("Force majeure")
    OTHER_PROCEDURE = "other_procedure", _("In court or another statutory procedure")
    ABOVE = "above", _("A superior organ took it over")
    WRONG_DATA = "wrong_data", _("Registered or routed wrongly, not by the unit")


class VetoGround(models.TextChoices):
    """Why a unit is not rated excellent in a year (一票否优): a closed list of breaches (scoring.md §5)."""

    CONCEALED = "concealed", _("Concealed an urgent matter (Art 46(4))")
    LEAKED = "leaked", _("Leaked material of a report (Art 46(5))")
    RETALIATED = "retaliated", _("Retaliated against a petitioner (Art 46(6))")
    FORGED = "forged", _("Forged a file or a signature")
    REFUSED = "refused", _("Refused to carry out a supporting opinion after supervision")
    LAPSED = "lapsed", _("Let an order to rectify lapse")


class VetoState(models.TextChoices):
    """Where it stands; the unit is heard before anything is decided."""

    PROPOSED = "proposed", pgettext_lazy("veto", "Proposed")
    HEARD = "heard", pgettext_lazy("veto", "The unit was heard")
    DECIDED = "decided", pgettext_lazy("veto", "Not rated excellent")
    LIFTED = "lifted", pgettext_lazy("veto", "Lifted")
    DROPPED = "dropped", pgettext_lazy("veto", "Dropped")


class VolumeClass(models.TextChoices):
    """With which others a unit is put side by side: how much it has to handle, never a merit (Art 39)."""

    SMALL = "small", pgettext_lazy("volume class", "Few cases")
    MEDIUM = "medium", pgettext_lazy("volume class", "A medium number of cases")
    LARGE = "large", pgettext_lazy("volume class", "Many cases")


# led in the year so far, from which on a unit is of the class (D)
MEDIUM_FROM, LARGE_FROM = 30, 150


# working days of the unit to contest what it was told, and of the office to decide on it (scoring.md §5)
APPEAL_WORKING_DAYS = 5
DECISION_WORKING_DAYS = 10
