"""Does the deeds of a random world on the tables that deeds of the product write, so that its triggers see them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from accounts.models import Organ, OrganKind
from cases.models import (
    Claim,
    ContactAttempt,
    ContentCategory,
    Handling,
    Involvement,
    Petition,
    PetitionClock,
    PetitionDocument,
    PetitionRating,
    PetitionText,
    RepeatDecision,
    Route,
)
from cases.rating_states import RatingWay
from cases.states import Basis, HandlingState, PetitionClass, Purpose
from deadlines.models import Rule
from documents.models import Document, ServiceRecord
from documents.states import DocumentKind, Method
from lib.days import local_day
from tests.given import a_hat, a_place, an_organ, the_petition_office
from tests.indicators.random_world import LAW_DAYS, UNITS, Deed, midnight_in

DAY = timedelta(days=1)


class Doer:
    """Keeps which rows stand for the petitions of the list."""

    def __init__(self) -> None:
        self.office = the_petition_office()
        self.department = an_organ("WINDOW", kind=OrganKind.DEPARTMENT, number_prefix="CK")
        self.units: Mapping[str, Organ] = {unit: an_organ(unit.upper()) for unit in UNITS}
        self.hat = a_hat()
        self.keys: dict[int, UUID] = {}
        self.categories = list(ContentCategory.objects.order_by("path")[:4])
        self.rules = {code: Rule.objects.filter(code=code).order_by("version").first() for code in LAW_DAYS}

    def do_all(self, deeds: Iterable[Deed]) -> None:
        for deed in deeds:
            getattr(self, f"_{deed.do.value}")(deed)

    def _change(self, deed: Deed, **facts: Any) -> None:
        key = self.keys[deed.petition]
        running = PetitionClock.objects.filter(petition=key, met_at=None, cancelled_at=None).order_by(
            "due_at"
        )
        due = running.values_list("due_at", flat=True).first()
        Petition.objects.filter(pk=key).update(known_at=deed.at, next_due_at=due, **facts)

    def _register(self, deed: Deed) -> None:
        facts, key = deed.facts, uuid4()
        received = deed.at - facts["received_before"]
        organ = self.office if facts["office"] else self.department
        self.keys[deed.petition] = key
        Petition.objects.create(
            pk=key,
            submission_id=uuid4(),
            number=f"LS{deed.at.year}-{deed.petition:06d}",
            register_organ=organ,
            register_level=facts["level"],
            registered_by=self.hat.post,
            registered_at=deed.at,
            received_at=received,
            petition_date=local_day(received),
            source="self_received",
            litigation_related=facts["litigation"],
            known_at=deed.at,
            **self._corrected(facts),
        )
        PetitionText.objects.create(petition_id=key, title="修路", text="修路")
        for number in range(1, facts["claims"] + 1):
            Claim.objects.create(petition_id=key, number=number, wording="一", known_at=deed.at)
        self._start("T1", deed, since=received, organ=organ)
        self._change(deed)

    def _corrected(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        place = a_place(facts["township"])
        return {
            "place": place,
            "place_path": place.path,
            "channel": facts["channel"],
            "petitioner_count": facts["count"],
            "purpose": Purpose.SUGGESTION if facts["suggestion"] else Purpose.REQUEST,
            "content_category": self.categories[facts["category"]],
        }

    def _start(self, code: str, deed: Deed, *, since: datetime, organ: Organ) -> None:
        due = midnight_in(LAW_DAYS[code], since)
        PetitionClock.objects.create(
            petition_id=self.keys[deed.petition],
            organ=organ,
            code=code,
            rule=self.rules[code],
            start_event="test",
            started_at=since,
            starts_on=local_day(since),
            last_day=local_day(due - DAY),
            due_at=due,
            alarm_day=local_day(due - DAY),
            notice_at=due,
            amber_at=due,
            urge_at=due,
            known_at=deed.at,
        )

    def _meet(self, deed: Deed, code: str) -> None:
        self._open(deed, code).update(met_at=deed.at, known_at=deed.at)

    def _open(self, deed: Deed, *codes: str) -> Any:
        rows = PetitionClock.objects.filter(petition=self.keys[deed.petition], met_at=None, cancelled_at=None)
        return rows.filter(code__in=codes) if codes else rows

    def _route(self, deed: Deed) -> None:
        key, unit = self.keys[deed.petition], self.units[deed.facts["unit"]]
        route = Route.objects.create(
            petition_id=key,
            kind="forward",
            made_by=self.hat.post,
            maker=self.hat.user,
            made_at=deed.at,
        )
        handling = Handling.objects.create(
            petition_id=key,
            route=route,
            organ=unit,
            sender=self.office,
            sent_at=deed.at,
            receipt="received",
            received_at=deed.at,
            known_at=deed.at,
        )
        Involvement.objects.create(
            petition_id=key,
            organ=unit,
            bases=[Basis.LEADS],
            since=deed.at,
            sealed=False,
            routing="routed",
            place_path="x/",
            received_at=deed.at,
        )
        Claim.objects.filter(petition=key).update(route=route, handling=handling, known_at=deed.at)
        self._meet(deed, "T1")
        self._start("T3", deed, since=deed.at, organ=unit)
        self._change(deed, routing="routed")

    def _return(self, deed: Deed) -> None:
        key = self.keys[deed.petition]
        Claim.objects.filter(petition=key).update(handling=None, route=None, known_at=deed.at)
        Handling.objects.filter(petition=key, ended_at=None).update(ended_at=deed.at)
        Involvement.objects.filter(petition=key, ended_at=None).update(ended_at=deed.at)
        # also of what was met: a sending that was returned counts for nothing
        PetitionClock.objects.filter(petition=key, code="T3", cancelled_at=None).update(
            met_at=None, cancelled_at=deed.at, known_at=deed.at
        )
        self._change(deed, routing="registered")

    def _decide(self, deed: Deed) -> None:
        key = self.keys[deed.petition]
        waiting = Claim.objects.filter(petition=key, decision="")
        organ = Handling.objects.get(petition=key, ended_at=None).organ
        if waiting.update(
            decision="accepted",
            petition_class=PetitionClass.APPEAL_REQUEST,
            statutory_route="RT6",
            known_at=deed.at,
        ):
            self._start("T5", deed, since=deed.at, organ=organ)
        self._change(deed)

    def _tell(self, deed: Deed) -> None:
        self._meet(deed, "T3")
        self._change(deed)

    def _extend(self, deed: Deed) -> None:
        for clock in self._open(deed, "T5"):
            PetitionClock.objects.filter(pk=clock.pk).update(
                due_at=clock.due_at + DAY * deed.facts["days"], known_at=deed.at
            )
        self._change(deed)

    def _reply(self, deed: Deed) -> None:
        self._meet(deed, "T5")
        self._serve(deed)
        self._change(deed)

    def _serve(self, deed: Deed) -> None:
        handling = self._handling(deed)
        reply = Document.objects.create(
            kind=DocumentKind.D15,
            organ=handling.organ,
            drafted_by=self.hat.post,
            drafter=self.hat.user,
            drafted_at=deed.at,
        )
        PetitionDocument.objects.hang(reply, handling.petition, handling=handling)
        Handling.objects.filter(pk=handling.pk).update(
            opinion=reply, state=HandlingState.SERVED, accepted_on=local_day(deed.at), known_at=deed.at
        )
        ServiceRecord.objects.create(
            document=reply,
            petitioner_ref=uuid4(),
            method=Method.IN_PERSON,
            served_on=local_day(deed.at),
            recorded_by=self.hat.post,
            recorder=self.hat.user,
            recorded_at=deed.at,
        )

    def _rate(self, deed: Deed) -> None:
        handling = self._handling(deed)
        PetitionRating.objects.standing().filter(handling=handling).update(ended_at=deed.at)
        PetitionRating.objects.create(
            petition=handling.petition,
            handling=handling,
            reply=handling.opinion,
            organ=handling.organ,
            value=deed.facts["value"],
            reason="慢",
            way=RatingWay.PAGE,
            rated_at=deed.at,
        )

    def _handling(self, deed: Deed) -> Handling:
        return Handling.objects.select_related("petition", "organ", "opinion").get(
            petition=self.keys[deed.petition], ended_at=None
        )

    def _finish(self, deed: Deed) -> None:
        self._change(deed, routing="finished")

    def _reopen(self, deed: Deed) -> None:
        self._change(deed, routing="routed")

    def _end(self, deed: Deed) -> None:
        self._open(deed).update(cancelled_at=deed.at, known_at=deed.at)
        self._change(deed, routing="ended", ended_as="withdrawn")

    def _void(self, deed: Deed) -> None:
        self._change(deed, routing="void")

    def _seal(self, deed: Deed) -> None:
        self._change(deed, sealed=True)

    def _correct(self, deed: Deed) -> None:
        self._change(deed, **self._corrected(deed.facts))

    def _contact(self, deed: Deed) -> None:
        ContactAttempt.objects.create(
            petition_id=self.keys[deed.petition],
            tried_on=local_day(deed.at),
            means="phone",
            result="reached",
            noted_by=self.hat.post,
            noted_at=deed.at,
        )

    def _repeat(self, deed: Deed) -> None:
        earlier = self.keys.get(deed.facts["earlier"]) if deed.facts["earlier"] is not None else None
        key = self.keys[deed.petition]
        pair = [key, earlier]
        standing = RepeatDecision.objects.standing().filter(petition__in=pair, earlier__in=pair)
        if earlier is not None and not standing.exists():
            RepeatDecision.objects.create(
                petition_id=key,
                earlier_id=earlier,
                outcome="same_matter_pending",
                same_person=True,
                reason="同",
                decided_by=self.hat.post,
                decider=self.hat.user,
                decided_at=deed.at,
            )

    def _reverse(self, deed: Deed) -> None:
        RepeatDecision.objects.standing().filter(petition=self.keys[deed.petition]).update(
            ended_at=deed.at, ended_by=self.hat.post, ender=self.hat.user, end_reason="否"
        )
