"""The same matter again: where it is pending, what concluded it, until when an opinion is open to 复查 (Q11; T7)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from accounts.hats import Hat
from cases.handlings import addressees, moment_of
from cases.models import Handling, JoinedMatter, Petition, Remedy, RepeatDecision
from cases.remedy_states import RemedyOutcome, RemedyState, Stage
from cases.rules import register_level
from cases.states import OPEN, RegisterLevel, RepeatOutcome, Routing
from deadlines.parts import Preview, previews
from documents.models import Document, ServiceRecord
from places.models import Level


def pending_level_of(number: str, hat: Hat) -> RegisterLevel | None:
    """Return the highest level at which a petition of the open lane is pending; nothing if this hat sees none (Q6)."""
    found = Petition.objects.visible_to(hat).open().filter(number=number.strip().upper()).first()
    return level_of(found) if found is not None else None


def level_of(petition: Petition) -> RegisterLevel:
    """Return the highest level of the organs that lead a petition, or of the one that registered it."""
    leading = petition.handlings.filter(ended_at=None).select_related("organ__place")
    levels = [register_level(Level(each.organ.place.level)) for each in leading]
    # a larger code is a lower level (data-standard §4.6)
    return min(levels, default=RegisterLevel(petition.register_level))


def concluding_opinion_of(petition: Petition, hat: Hat) -> Document | None:
    """Return the re-examination opinion that concluded the matter a petition repeats (Art 36(3); R-42).

    It repeats it where a person decided so; nothing if this hat does not see the earlier petition (Q6), or the matter
    was sent back to be handled anew.
    """
    repeated = RepeatDecision.objects.repeats().filter(
        petition=petition, outcome=RepeatOutcome.SAME_CONCLUDED
    )
    earlier = Petition.objects.visible_to(hat).filter(pk__in=repeated.values("earlier"))
    decided = Remedy.objects.filter(
        petition__in=earlier, stage=Stage.REEXAMINATION, state=RemedyState.DECIDED
    ).exclude(outcome=RemedyOutcome.REMAND)
    last = decided.select_related("opinion__organ").order_by("-decided_at").first()
    return last.opinion if last is not None else None


def is_open_to_review(petition: Petition, *, at: datetime) -> bool:
    """Test if somebody could still ask for 复查 of an opinion on this petition at a moment (Art 35; T7)."""
    opinions = Handling.objects.filter(petition=petition, ended_at=None).exclude(opinion=None)
    people = {person.pk for person in addressees(petition)}
    for opinion in opinions.values_list("opinion", flat=True):
        served = dict(
            ServiceRecord.objects.standing()
            .filter(document=opinion)
            .values_list("petitioner_ref", "served_on")
        )
        # whoever has not received it yet still has all his days
        if people - set(served) or _some_term_runs(served.values(), at):
            return True
    return False


def review_terms(served_on: Iterable[date], *, now: datetime) -> Mapping[date, Preview]:
    """Return for each day on which an opinion was received how long 复查 may be asked for (Art 35; T7; INV-4).

    It runs from the day of a record of service alone: a posting tells nobody when he read it. Once it is over the
    right has lapsed, and what he hands in is registered all the same (ACC-5).
    """
    return terms_of("T7", served_on, now=now)


def terms_of(code: str, served_on: Iterable[date], *, now: datetime) -> Mapping[date, Preview]:
    """Return for each day on which a paper was received the petitioner's period that runs from it (T7, T9)."""
    starts = {day: moment_of(day, now=now) for day in served_on}
    terms = previews(code, starts.values())
    return {day: terms[start] for day, start in starts.items()}


def _some_term_runs(served_on: Iterable[date], at: datetime) -> bool:
    received = [day for day in served_on if moment_of(day, now=at) <= at]
    ends = [term.reckoning.due_at for term in review_terms(received, now=at).values()]
    return any(due_at is None or at < due_at for due_at in ends)


def may_be_joined(petition: Petition, to: Petition, *, review: bool | None) -> bool:
    """Test if a matter can be joined to another petition: it is pending at this level, or asked to be reviewed."""
    if to.pk == petition.pk or to.received_at > petition.received_at:
        return False
    if JoinedMatter.objects.filter(petition=to, route__ended_at=None).exists():
        # it runs where that one was joined to, and a ring of joins would never end
        return False
    if to.routing == Routing.FINISHED:
        return review is True and is_open_to_review(to, at=petition.received_at)
    return to.routing in OPEN and to.register_level == petition.register_level
