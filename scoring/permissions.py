"""Who keeps rules and scores, who decides on them, who reads them. Each rule is one function; nothing else decides."""

from datetime import date

from django.db.models import QuerySet

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from accounts.roles import Role
from assignments.models import ANSWERS
from cases.models import Petition
from cases.permissions import READS_ALONG
from infra.local_settings import Setting, value_of
from lib.trees import paths_above
from scoring.models import (
    CaseExclusion,
    EntryQuerySet,
    ExclusionQuerySet,
    MonthClose,
    RuleSet,
    RuleSetQuerySet,
    ScoreEntry,
    Veto,
    VetoQuerySet,
)
from scoring.states import SCORED

KEEPS = frozenset(
    {Role.SCORE_OFFICER, Role.SECTION_HEAD, Role.OFFICE_DIRECTOR, Role.JOINT_CONFERENCE_OFFICER}
)
_ADOPTS = frozenset({Role.OFFICE_DIRECTOR, Role.JOINT_CONFERENCE_OFFICER})
# whoever has a page of scores
READS_SCORES = KEEPS | ANSWERS | READS_ALONG


def keeps_scores(hat: Hat) -> bool:
    """Draw up rule sets: score officers and heads of an office that looks after a place."""
    return hat.role in KEEPS and hat.organ.looks_after_a_place


def rule_sets_for(hat: Hat) -> RuleSetQuerySet:
    """Return which rule sets a hat reads: offices those of their place, everybody the adopted ones that reach him."""
    if keeps_scores(hat):
        return RuleSet.objects.filter(organ__place=hat.organ.place_id)
    if hat.role not in READS_SCORES:
        return RuleSet.objects.none()
    return RuleSet.objects.adopted().reaching(hat.organ)


def keeps_rule_set(hat: Hat, rule_set: RuleSet) -> bool:
    """Write rules into a draft, draw the next version, discard one: whoever keeps scores in its place."""
    return keeps_scores(hat) and hat.organ.place_id == rule_set.organ.place_id


def adopts(hat: Hat, rule_set: RuleSet) -> bool:
    """Adopt a draft: the office's director or the joint conference's office, by who wrote nothing of it himself."""
    if not keeps_rule_set(hat, rule_set) or hat.role not in _ADOPTS or hat.user.pk == rule_set.drawer_id:
        return False
    return not rule_set.rules.filter(writer=hat.user).exists()


def reads_all_units(hat: Hat) -> bool:
    """Read the scores of every unit of a place: who keeps them, its leaders, and inspectors of its offices."""
    of_place = hat.organ.looks_after_a_place or hat.organ.kind == OrganKind.LEADING_BODY
    return keeps_scores(hat) or (hat.role in READS_ALONG and of_place)


def units_for(hat: Hat, *, on: date) -> QuerySet[Organ]:
    """Return the units of which a hat reads how they stand, in the order of kinds and codes: never by their points.

    A unit reads itself, and all of its district where the district has said so.
    """
    if reads_all_units(hat) or not _reads_side_by_side(hat, on=on):
        return cards_for(hat)
    district = RuleSet.objects.in_force(hat.organ, on=on)
    organs = _scored()
    return organs.filter(place__path__startswith=district.organ.place.path) if district else organs.none()


def cards_for(hat: Hat) -> QuerySet[Organ]:
    """Return the units of which a hat reads every entry: who reads all units of its place, a unit itself."""
    if reads_all_units(hat):
        return _scored().filter(place__path__startswith=hat.organ.place.path)
    return _scored().filter(pk=hat.organ.pk)


def _scored() -> QuerySet[Organ]:
    organs = Organ.objects.current().filter(kind__in=sorted(SCORED))
    return organs.select_related("place").order_by("kind", "code")


def totals_for(hat: Hat, *, on: date) -> EntryQuerySet:
    """Return by which entries a hat reads how units stand; which entries these are it may not read of other units."""
    if reads_all_units(hat) or not _reads_side_by_side(hat, on=on):
        return entries_for(hat)
    return ScoreEntry.objects.of_open_lane().filter(rule__rule_set__in=rule_sets_for(hat))


def _reads_side_by_side(hat: Hat, *, on: date) -> bool:
    return hat.role in ANSWERS and bool(value_of(Setting.UNITS_READ_ALL_SCORES, on=on))


def closes_for(hat: Hat) -> QuerySet[MonthClose]:
    """Return which closed months a hat reads: of its place, or of those it lies in."""
    if hat.role not in READS_SCORES:
        return MonthClose.objects.none()
    return MonthClose.objects.filter(place__path__in=paths_above(hat.organ.place.path))


def entries_for(hat: Hat) -> EntryQuerySet:
    """Return which entries a hat reads, none on sealed petitions (Q2).

    Whoever keeps the scores of a place reads all of its rules; its leaders and inspectors what units were told; a unit
    what it was told itself.
    """
    rows = ScoreEntry.objects.of_open_lane()
    if reads_all_units(hat):
        of_place = rows.filter(rule__rule_set__organ__place=hat.organ.place_id)
        return of_place if keeps_scores(hat) else of_place.told()
    if hat.role in ANSWERS:
        return rows.filter(organ__in=Organ.objects.of_today(hat.organ)).told()
    return rows.none()


def keeps_entry(hat: Hat, entry: ScoreEntry) -> bool:
    """Look at a proposal and tell the unit, drop it, reverse a bonus: whoever keeps the scores of its place."""
    return keeps_scores(hat) and hat.organ.place_id == entry.rule.rule_set.organ.place_id


def contests(hat: Hat, entry: ScoreEntry) -> bool:
    """Contest an entry: who answers in the unit it is about, or in what carries it on."""
    return hat.role in ANSWERS and hat.organ.is_or_carries_on(entry.organ)


def took_no_part(hat: Hat, entry: ScoreEntry) -> bool:
    """Test that a person neither proposed an entry nor confirmed, decided or contested anything of it."""
    return not entry.steps.filter(person=hat.user).exists()


def decides_appeal(hat: Hat, entry: ScoreEntry) -> bool:
    """Decide an appeal: whoever keeps scores there and took no part before, in no unit it is about (scoring.md §5)."""
    own = hat.organ.is_or_carries_on(entry.organ)
    return keeps_entry(hat, entry) and not own and took_no_part(hat, entry)


def decides_referral(hat: Hat, entry: ScoreEntry) -> bool:
    """Decide at the second level: the joint conference's office, by who took no part before."""
    of_it = hat.organ.kind == OrganKind.JOINT_CONFERENCE_OFFICE
    return of_it and keeps_entry(hat, entry) and took_no_part(hat, entry)


def excludes(hat: Hat, petition: Petition) -> bool:
    """Propose that a case does not count, approve or lift it: whoever keeps the scores of its place (Q39)."""
    return keeps_scores(hat) and petition.place_path.startswith(hat.organ.place.path)


def exclusions_for(hat: Hat) -> ExclusionQuerySet:
    """Return which exclusions a hat reads: of the cases it sees; visible to the unit as to the office (Q39)."""
    if hat.role not in READS_SCORES:
        return CaseExclusion.objects.none()
    return CaseExclusion.objects.filter(petition__in=Petition.objects.visible_to(hat))


def vetoes_for(hat: Hat) -> VetoQuerySet:
    """Return which 一票否优 a hat reads: of every unit of its place, or of its own."""
    if hat.role not in READS_SCORES:
        return Veto.objects.none()
    if reads_all_units(hat):
        return Veto.objects.filter(organ__place__path__startswith=hat.organ.place.path)
    return Veto.objects.filter(organ__in=Organ.objects.of_today(hat.organ))


def keeps_veto(hat: Hat, veto: Veto) -> bool:
    """Hear the unit, drop a proposal: whoever keeps the scores of its place."""
    return keeps_scores(hat) and veto.organ.place.path.startswith(hat.organ.place.path)


def decides_veto(hat: Hat, veto: Veto) -> bool:
    """Decide for the joint conference: its office, by who did not propose it and is not of the unit."""
    of_it = hat.organ.kind == OrganKind.JOINT_CONFERENCE_OFFICE and not hat.organ.is_or_carries_on(veto.organ)
    return of_it and keeps_veto(hat, veto) and hat.user.pk != veto.proposer_id


def lifts_veto(hat: Hat, veto: Veto) -> bool:
    """Lift what was decided: the organ that decided it, nobody else."""
    return keeps_scores(hat) and veto.decided_by is not None and hat.organ.pk == veto.decided_by.organ_id
