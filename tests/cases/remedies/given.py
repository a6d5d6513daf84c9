"""Opinions that are contested: each step made by the deed itself, under the hat whose step it is."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from accounts.roles import Role
from cases.actions import remedies, remedy_opinions
from cases.actions.remedies import Request
from cases.handlings import addressees
from cases.models import PetitionClock, Remedy
from cases.remedies.rules import RemedyFound
from cases.remedy_states import RemedyGround, RemedyOutcome
from cases.states import ClockCode, Outcome
from documents.models import Document
from documents.rules import Sent, Service
from documents.states import Method, State
from tests.cases.handling import given
from tests.cases.handling.given import A_PDF, Case, Unit, at
from tests.given import a_hat, an_organ

# When each step is taken unless a test says otherwise; the last day for asking for review is 1 April (T7).
SERVED_AT = at(3, 2)
ASKED_AT = at(3, 20)
ANSWERED_AT = at(3, 23)
DRAFTED_AT = at(3, 30)
ISSUED_AT = at(3, 31)
ASKED_AGAIN_AT = at(4, 10)
TAKEN_IN_AT = at(4, 20)


def the_city() -> Organ:
    """Return 吕梁市人民政府, which stands next above the district."""
    city = an_organ("LVZF", kind=OrganKind.LEADING_BODY, name="吕梁市人民政府", short_name="市政府")
    Organ.objects.filter(pk=given.the_district().pk).update(next_higher=city)
    return city


def a_reviewer(organ: Organ) -> Unit:
    """Give an organ people who work on reviews: an officer and a head of section."""
    return Unit(organ, a_hat(Role.CASE_OFFICER, organ=organ), a_hat(Role.SECTION_HEAD, organ=organ))


@dataclass(frozen=True)
class Contested:
    """A case whose opinion is contested, with those who review and re-examine it."""

    case: Case
    district: Unit
    city: Unit
    remedy_id: UUID | None = None

    @property
    def pk(self) -> UUID:
        return self.case.pk

    @property
    def remedy(self) -> Remedy:
        """The remedy as it stands in the database."""
        return Remedy.objects.select_related("organ", "opinion", "notice", "handling").get(pk=self.remedy_id)

    @property
    def people(self) -> Unit:
        """Who decides on the remedy."""
        return self.city if self.remedy.organ_id == self.city.organ.pk else self.district

    def clock(self, code: ClockCode) -> PetitionClock:
        return PetitionClock.objects.filter(remedy=self.remedy_id, code=code).latest("pk")


def served(*, now: datetime = SERVED_AT, outcome: Outcome = Outcome.NOT_SUPPORT, **facts: Any) -> Contested:
    """Serve an opinion of a department; the district reviews it, the city re-examines."""
    city = a_reviewer(the_city())
    district = a_reviewer(given.the_district())
    case = given.received(given.registered(now=now, **facts), now=now)
    case = given.investigated(given.accepted(case, now=now), now=now, outcome=outcome)
    case = given.notified(case, now=now)
    case = given.opinion_issued(given.drafted(case, now=now), now=now)
    return Contested(given.served(case, now=now), district, city)


def request(
    contested: Contested,
    *,
    by: Hat | None = None,
    position: int = 1,
    now: datetime = ASKED_AT,
    received_on: date | None = None,
    **facts: Any,
) -> Remedy:
    """Note a request, as the office heard it."""
    said = Request(
        received_on=received_on or timezone.localdate(now),
        **{"reasons": "面积认定有误，未实地测量", "evidence": "测绘图一份", **facts},
    )
    case = contested.case
    person = given.the_petitioner(case, position).pk
    by = by or case.office.officer
    return remedies.request_remedy(case.pk, case.handling.pk, person, said, by=by, now=now)


def requested(contested: Contested | None = None, *, now: datetime = ASKED_AT, **facts: Any) -> Contested:
    contested = contested or served()
    return replace(contested, remedy_id=request(contested, now=now, **facts).pk)


def answer(contested: Contested, *, accept: bool = True, now: datetime = ANSWERED_AT, **facts: Any) -> Remedy:
    """Let the reviewing organ decide on the request."""
    by = facts.pop("by", contested.people.officer)
    return remedies.answer_remedy(contested.pk, contested.remedy.pk, accept=accept, by=by, now=now, **facts)


def accepted(contested: Contested | None = None, *, now: datetime = ANSWERED_AT, **facts: Any) -> Contested:
    contested = contested or requested(**facts)
    answer(contested, now=now)
    return contested


def found(outcome: RemedyOutcome = RemedyOutcome.MAINTAIN, **facts: Any) -> RemedyFound:
    """Make a finding with what its outcome asks for."""
    given_facts: dict[str, Any] = {
        "facts": "经查，原处理机关已实地测量",
        "reasons": "申请人的理由不能成立",
        "basis": "《信访工作条例》第三十五条",
    }
    if outcome is not RemedyOutcome.MAINTAIN:
        given_facts["ground"] = RemedyGround.FACTS
    if outcome is RemedyOutcome.CHANGE:
        given_facts["changed_to"] = Outcome.EXPLAIN
    if outcome is RemedyOutcome.REMAND:
        given_facts["anew_by"] = date(2026, 5, 20)
    return RemedyFound(outcome=outcome, **{**given_facts, **facts})


def draft(
    contested: Contested,
    finding: RemedyFound | None = None,
    *,
    by: Hat | None = None,
    now: datetime = DRAFTED_AT,
) -> Document:
    by = by or contested.people.officer
    return remedy_opinions.draft_remedy_opinion(
        contested.pk, contested.remedy.pk, finding or found(), by=by, now=now
    )


def issue(
    contested: Contested,
    document: Document | None = None,
    *,
    by: Hat | None = None,
    now: datetime = ISSUED_AT,
) -> Document:
    """Let a head of the reviewing organ issue a draft; without more the opinion."""
    waiting = document or contested.remedy.opinion
    assert waiting is not None
    waiting = Document.objects.get(pk=waiting.pk)
    by = by or contested.people.head
    return remedy_opinions.issue_remedy_paper(
        contested.pk, waiting.pk, version=waiting.version, by=by, now=now
    )


def decided(
    contested: Contested | None = None,
    outcome: RemedyOutcome = RemedyOutcome.MAINTAIN,
    *,
    now: datetime = ISSUED_AT,
    **facts: Any,
) -> Contested:
    """Draw up and issue the opinion on the opinion."""
    contested = contested or accepted()
    draft(contested, found(outcome, **facts), now=now)
    issue(contested, now=now)
    return contested


def serve(
    contested: Contested,
    document: Document | None = None,
    *,
    by: Hat | None = None,
    person: UUID | None = None,
    now: datetime = ISSUED_AT,
) -> None:
    """Hand the opinion to everybody it is for."""
    paper = document or contested.remedy.opinion
    assert paper is not None
    by = by or contested.people.officer
    people = [person] if person else [each.pk for each in addressees(contested.case.petition)]
    for one in people:
        service = Service(petitioner_ref=one, method=Method.IN_PERSON, served_on=timezone.localdate(now))
        remedy_opinions.serve_remedy_paper(contested.pk, paper.pk, service, by=by, now=now)


def post(contested: Contested, document: Document | None = None, *, now: datetime = ISSUED_AT) -> None:
    paper = document or contested.remedy.opinion
    assert paper is not None
    for each in addressees(contested.case.petition):
        sent = Sent(petitioner_ref=each.pk, posted_on=timezone.localdate(now))
        remedy_opinions.post_remedy_paper(contested.pk, paper.pk, sent, by=contested.people.officer, now=now)


def reviewed(contested: Contested | None = None, *, now: datetime = ISSUED_AT, **facts: Any) -> Contested:
    """Let the review opinion be served."""
    contested = decided(contested, now=now, **facts)
    serve(contested, now=now)
    return contested


def in_reexamination(contested: Contested | None = None, *, now: datetime = ASKED_AGAIN_AT) -> Contested:
    """Let the petitioner ask for re-examination, and the city accept it."""
    return accepted(requested(contested or reviewed(), now=now), now=now)


def take_in(
    contested: Contested,
    finding: RemedyFound | None = None,
    *,
    by: Hat | None = None,
    now: datetime = TAKEN_IN_AT,
) -> Document:
    """Let the office take in what an organ outside this house decided."""
    return remedy_opinions.take_in_remedy_opinion(
        contested.pk,
        contested.remedy.pk,
        finding or found(),
        number="吕政信核〔2026〕7号",
        dated_on=timezone.localdate(now),
        file=A_PDF,
        by=by or contested.case.office.officer,
        now=now,
    )


def the_draft(contested: Contested) -> Document:
    """The draft of a remedy's paper that waits for approval."""
    return Document.objects.get(case__remedy=contested.remedy_id, state=State.DRAFT)
