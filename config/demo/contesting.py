"""The demo's contested opinions: one just asked for, one to be approved, one before the city; by their deeds."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import User
from accounts.roles import Role
from cases.actions import remedies, remedy_opinions
from cases.actions.remedies import Request
from cases.handlings import addressees
from cases.models import Handling, Petitioner, Remedy
from cases.remedies.rules import RemedyFound
from cases.remedy_states import RemedyOutcome
from cases.states import OUTCOMES_OF_APPEALS, HandlingState, Routing
from config.demo.logins import LOGINS
from deadlines.calendars import working_days_after, working_days_before
from documents.models import Document, ServiceRecord
from documents.rules import Service
from documents.states import Method

_REVIEWER = "ZF"
# working days between the receipt of the opinion and each step of the one that goes to the city
_ASKED, _ANSWERED, _DECIDED, _SERVED = 1, 2, 4, 5
# how many working days ago an opinion was received that has come that far, at the least and at the most
_FAR_ENOUGH, _STILL_IN_TIME = 7, 18
_REASONS = (
    "对处理意见认定的面积不服，认为没有实地测量，请求重新核实。",
    "处理意见没有回应我提出的历史遗留问题，请求上一级机关复查。",
    "认为适用的政策文件已经修改，处理意见依据不当。",
)
_FOUND = RemedyFound(
    outcome=RemedyOutcome.MAINTAIN,
    facts="经查阅案卷并听取双方陈述，原处理机关已实地核查，认定的主要事实清楚，证据充分。",
    reasons="申请人提出的理由已在原处理意见中逐项回应，未提供新的事实和证据，复查请求不能成立。",
    basis="《信访工作条例》第三十五条",
)


def contest(*, latest: datetime) -> int:
    """Let three petitioners contest opinions of the district's departments; once in a world. Return how many did."""
    if Remedy.objects.exists():
        return 0
    registrar = _hat(dict(LOGINS)[Role.PETITION_OFFICER], latest)
    officer, head = _hat("fucha", latest), _hat("fuchazr", latest)
    served = list(_served(registrar, latest))
    old = next((one for one in served if one[1] <= _at(latest, _FAR_ENOUGH)), None)
    fresh = [one for one in served if one is not old][:2]
    yesterday = _at(latest, 1)
    for (handling, _on), reasons in zip(fresh, _REASONS, strict=False):
        _request(handling, reasons, registrar, yesterday)
    if len(fresh) > 1:
        remedy = Remedy.objects.latest("pk")
        _draft(remedy, officer, yesterday)
    if old is not None:
        _to_the_city(*old, registrar, officer, head, latest)
    return len(fresh) + (old is not None)


def _served(registrar: Hat, latest: datetime) -> Iterator[tuple[Handling, datetime]]:
    """Yield what the district reviews and the petitioner received in time, the newest first, with the moment."""
    led = Handling.objects.filter(
        ended_at=None,
        organ__next_higher__code=_REVIEWER,
        petition__sealed=False,
        petition__register_organ=registrar.organ,
        petition__routing__in=[Routing.ROUTED, Routing.FINISHED],
        state__in=[HandlingState.SERVED, HandlingState.EXECUTING, HandlingState.EXECUTED],
        claims__outcome__in=sorted(OUTCOMES_OF_APPEALS),
        opinion__isnull=False,
    ).distinct()
    earliest, newest = _at(latest, _STILL_IN_TIME), _at(latest, 2)
    found = []
    for handling in led.select_related("petition"):
        people = addressees(handling.petition)
        days = dict(
            ServiceRecord.objects.standing()
            .filter(document=handling.opinion_id)
            .values_list("petitioner_ref", "served_on")
        )
        if people and {person.pk for person in people} <= set(days):
            day = max(days[person.pk] for person in people)
            if earliest.date() <= day <= newest.date():
                found.append((day, handling))
    for day, handling in sorted(found, key=lambda one: (one[0], one[1].pk), reverse=True):
        yield handling, timezone.make_aware(datetime.combine(day, time(9, 30)))


def _request(handling: Handling, reasons: str, by: Hat, now: datetime) -> Remedy:
    asked = Request(received_on=timezone.localdate(now), reasons=reasons, evidence="原处理意见书复印件")
    person = addressees(handling.petition)[0]
    return remedies.request_remedy(handling.petition_id, handling.pk, person.pk, asked, by=by, now=now)


def _draft(remedy: Remedy, officer: Hat, now: datetime) -> Document:
    now += timedelta(hours=1)
    remedies.answer_remedy(remedy.petition_id, remedy.pk, accept=True, by=officer, now=now)
    return remedy_opinions.draft_remedy_opinion(
        remedy.petition_id, remedy.pk, _FOUND, by=officer, now=now + timedelta(hours=1)
    )


def _to_the_city(
    handling: Handling, served_at: datetime, registrar: Hat, officer: Hat, head: Hat, latest: datetime
) -> None:
    """Let one opinion be maintained, and the petitioner ask the city yesterday."""
    asked_at, answered_at = _after(served_at, _ASKED), _after(served_at, _ANSWERED)
    remedy = _request(handling, _REASONS[2], registrar, asked_at)
    remedies.answer_remedy(remedy.petition_id, remedy.pk, accept=True, by=officer, now=answered_at)
    remedy.refresh_from_db()
    if remedy.notice is not None:
        _issue(remedy, remedy.notice, head, answered_at + timedelta(hours=1))
        _hand_over(remedy, remedy.notice, officer, answered_at + timedelta(hours=2))
    decided_at = _after(served_at, _DECIDED)
    opinion = remedy_opinions.draft_remedy_opinion(
        remedy.petition_id, remedy.pk, _FOUND, by=officer, now=decided_at
    )
    _issue(remedy, opinion, head, decided_at + timedelta(hours=1))
    _hand_over(remedy, opinion, officer, _after(served_at, _SERVED))
    _request(handling, "对复查意见仍不服，请求市人民政府复核。", registrar, _at(latest, 1))


def _issue(remedy: Remedy, document: Document, head: Hat, now: datetime) -> None:
    remedy_opinions.issue_remedy_paper(
        remedy.petition_id, document.pk, version=document.version, by=head, now=now
    )


def _hand_over(remedy: Remedy, document: Document, officer: Hat, now: datetime) -> None:
    people = Petitioner.objects.filter(petition=remedy.petition_id, position__in=_positions(remedy))
    for person in people:
        service = Service(
            petitioner_ref=person.pk, method=Method.IN_PERSON, served_on=timezone.localdate(now)
        )
        remedy_opinions.serve_remedy_paper(remedy.petition_id, document.pk, service, by=officer, now=now)


def _positions(remedy: Remedy) -> list[int]:
    asking = set(remedy.requests.values_list("position", flat=True))
    return sorted(asking | {person.position for person in addressees(remedy.petition)})


def _after(moment: datetime, days: int) -> datetime:
    day = working_days_after(timezone.localdate(moment), days)
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


def _at(latest: datetime, days: int) -> datetime:
    """Return half past nine of a working day so many before."""
    day = working_days_before(timezone.localdate(latest), days)
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


def _hat(username: str, now: datetime) -> Hat:
    return hats_of(User.objects.get(username=username), on=timezone.localdate(now))[0]
