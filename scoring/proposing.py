"""Which rule an observed cause falls under, for which unit: the version in force on its day (scoring.md §5)."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from accounts.models import Organ, OrganKind
from cases.models import Petition
from lib.trees import paths_above
from scoring.catalogue import Evidence
from scoring.evidence.breaches import breaches
from scoring.evidence.causes import Cause
from scoring.evidence.raised_again import raised_again
from scoring.evidence.reviews import set_aside
from scoring.evidence.settled import settled
from scoring.models import RuleSet, ScoreRule
from scoring.states import Attribution, RuleKind

# where the catalogue's evidence is read; each yields its causes from a moment until now
READ_BY_THE_CLOCK = (breaches, set_aside, raised_again, settled)
# what a person enters that found it; rates are told by the room of indicators
READ_BY_A_PERSON = frozenset(
    {
        *(Evidence.FALSE_REPORT, Evidence.PAPERS, Evidence.MEETINGS, Evidence.RECEPTIONS),
        *(Evidence.ROUNDS, Evidence.SPONSORSHIP, Evidence.COMMENDED),
    }
)


def causes(*, now: datetime) -> Iterator[Cause]:
    """Yield everything that any adopted rule set could speak of: since the first day of the oldest one of this year."""
    first = RuleSet.objects.adopted().filter(year__gte=timezone.localdate(now).year - 1)
    since = first.order_by("valid_from").values_list("valid_from", flat=True).first()
    if since is None:
        return
    moment = timezone.make_aware(datetime.combine(since, time.min))
    for read in READ_BY_THE_CLOCK:
        yield from read(since=moment, now=now)


def rules_for(cause: Cause) -> Iterator[tuple[ScoreRule, Organ]]:
    """Yield the rules a cause falls under, each with the unit it is counted to; one of each attribution at most."""
    answers = Organ.objects.select_related("place").get(pk=cause.organ_id)
    counted = ((Attribution.UNIT, answers), (Attribution.PLACE, township_of(cause.petition)))
    for attribution, organ in counted:
        rule = organ and _rule(cause, attribution, organ, on=cause.happened_on)
        if organ and rule:
            yield rule, organ


def _rule(cause: Cause, attribution: Attribution, organ: Organ, *, on: date) -> ScoreRule | None:
    held = RuleSet.objects.in_force(organ, on=on)
    rules = ScoreRule.objects.filter(rule_set=held, evidence=cause.evidence, attribution=attribution)
    return rules.select_related("rule_set__organ").first()


def township_of(petition: Petition) -> Organ | None:
    """Return the township or street that a petition's place lies in."""
    organs = Organ.objects.current().filter(
        kind=OrganKind.TOWNSHIP, place__path__in=paths_above(petition.place_path)
    )
    return organs.select_related("place").order_by("-place__path", "pk").first()


def points_of(rule: ScoreRule) -> Decimal:
    """Return what a rule gives or takes for one event; a deduction below nothing."""
    each = rule.weight if rule.points is None else rule.points
    return each if rule.kind == RuleKind.BONUS else -each
